"""`python -m ml.evaluate_certain`: how many requests are real ones from which probability on, by language; own rows."""

from collections import defaultdict
from collections.abc import Sequence

from ml import rows
from ml.rows import UNSEEN, Measured
from sonora.insights.local.linear import Linear
from sonora.insights.local.reader import LocalReader
from sonora.insights.local.settings import Settings
from sonora.insights.model_files import FOLDER, model_file
from sonora.insights.readers import reader
from sonora.insights.reading import Reading
from sonora.insights.text.language import language_of

LINES = (0.4, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def group(row: Measured) -> str:
    if language_of(row.text) not in {"en", None}:
        return "other languages"
    return "English, unseen" if row.kind == UNSEEN else "English"


def precisions(measured: Sequence[Measured], readings: Sequence[Reading]) -> None:
    """Print, for each group and line, how many that the reader takes for requests are some, and how many are found."""
    found = defaultdict(list)
    for row, reading in zip(measured, readings, strict=True):
        found[group(row)].append((reading.request or 0.0 if reading.quote else 0.0, bool(row.asks)))
    for name, some in sorted(found.items()):
        for line in LINES:
            above = [asks for request, asks in some if request >= line]
            asking = sum(asks for _, asks in some)
            print(
                f"{name:16} {line:.2f} {sum(above):4} of {len(above):4} = {sum(above) / max(1, len(above)):.3f}", end=""
            )
            print(f", {sum(above) / asking:.0%} of those that ask")


def main() -> None:
    measured = rows.own()
    linear = Linear.load(model_file("linear.npz", folder=FOLDER))
    settings = Settings.read(model_file("reader.json", folder=FOLDER))
    for by in (LocalReader(linear, None, settings), reader()):
        print(by.version)
        precisions(measured, by.read([row.text for row in measured]))


if __name__ == "__main__":
    main()
