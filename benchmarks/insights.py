"""How many texts a second the reader takes on one core, by CPU time, and the memory of a worker.

python benchmarks/insights.py
python benchmarks/insights.py --worker    # memory with Django, Celery's tasks, the reader and the encoder of requests
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import processes  # noqa: E402
from stopwatch import own_peak_mb  # noqa: E402

from ml.grammar.messages import messages  # noqa: E402
from sonora.insights.model_files import FOLDER, SUMS  # noqa: E402
from sonora.insights.readers import local_reader  # noqa: E402
from sonora.insights.reading import Reader  # noqa: E402

TEXTS = 3_000
BATCH = 256
LINEAR = ("linear.npz", "reader.json", SUMS)
USUAL = 775
LONG, LENGTH = 256, 10_000  # texts, characters of each


def per_second(reader: Reader, texts: list[str]) -> float:
    reader.read(texts[:BATCH])
    began = time.process_time()
    for start in range(0, len(texts), BATCH):
        reader.read(texts[start : start + BATCH])
    return len(texts) / (time.process_time() - began)


def speed() -> None:
    texts = [message.text for message in messages(TEXTS, seed=9)]
    with tempfile.TemporaryDirectory() as folder:
        for name in LINEAR:
            shutil.copy(FOLDER / name, folder)
        alone = local_reader(Path(folder))
    both = local_reader(FOLDER)
    for reader, some in ((alone, texts), (both, texts[: BATCH * 3])):
        print(f"{reader.version:16} {per_second(reader, some):7,.0f} texts a second of CPU")
    print(f"memory {own_peak_mb():.0f} MB")


def worker() -> None:
    """As a worker of the queue `analysis` comes to hold it: first usual texts, then long ones."""
    import django

    folder = tempfile.TemporaryDirectory()
    os.environ.update(processes.environment({"SONORA_DATA_DIR": folder.name}))
    django.setup()
    from sonora.insights import backend, encoding, tasks  # noqa: F401  what a worker imports
    from sonora.insights.aliases import Names

    texts = [message.text for message in messages(USUAL, seed=9)]
    long = [(" ".join(texts[at % 500 :]) * 3)[:LENGTH] for at in range(LONG)]
    for title, some in (("usual", texts), ("long", long)):
        asks = [one.quote for one in backend.reader().read(some) if one.quote]
        encoding.encoder(Names()).vectors(asks)
        print(f"memory after {len(some)} {title} texts, {len(asks)} of which ask: {own_peak_mb():.0f} MB")


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["--worker"] else speed()
