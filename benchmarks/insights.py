"""How many texts a second the reader takes on one core, by CPU time, and the memory of the process that holds it.

python benchmarks/insights.py
"""

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ml.grammar.messages import messages
from sonora.insights.model_files import FOLDER, SUMS
from sonora.insights.readers import local_reader
from sonora.insights.reading import Reader

TEXTS = 3_000
BATCH = 256
LINEAR = ("linear.npz", "reader.json", SUMS)


def per_second(reader: Reader, texts: list[str]) -> float:
    reader.read(texts[:BATCH])
    began = time.process_time()
    for start in range(0, len(texts), BATCH):
        reader.read(texts[start : start + BATCH])
    return len(texts) / (time.process_time() - began)


def main() -> None:
    texts = [message.text for message in messages(TEXTS, seed=9)]
    with tempfile.TemporaryDirectory() as folder:
        for name in LINEAR:
            shutil.copy(FOLDER / name, folder)
        alone = local_reader(Path(folder))
    both = local_reader(FOLDER)
    for reader, some in ((alone, texts), (both, texts[: BATCH * 3])):
        print(f"{reader.version:16} {per_second(reader, some):7,.0f} texts a second of CPU")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
