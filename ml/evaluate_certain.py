"""`python -m ml.evaluate_certain`: how many requests are real ones from which probability on, by language.

The rows are the project's own, each read in five orders, because the encoder's int8 rounds by what else is in a batch.
How much that changes is told too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from ml import rows
from ml.rows import UNSEEN, Measured
from sonora.insights.local.linear import Linear
from sonora.insights.local.reader import LocalReader
from sonora.insights.local.settings import Settings
from sonora.insights.model_files import FOLDER, model_file
from sonora.insights.readers import reader
from sonora.insights.reading import Reader, Reading
from sonora.insights.text.language import language_of

ORDERS = 5
LINES = (0.4, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def read(by: Reader, measured: Sequence[Measured], seed: int) -> list[Reading]:
    """The readings of *measured*, in its order, read in another one."""
    order = np.random.default_rng(seed).permutation(len(measured))
    readings = by.read([measured[at].text for at in order])
    return [readings[at] for at in np.argsort(order)]


def group(row: Measured) -> str:
    if language_of(row.text) not in {"en", None}:
        return "other languages"
    return "English, unseen" if row.kind == UNSEEN else "English"


def precisions(measured: Sequence[Measured], orders: Iterable[Sequence[Reading]]) -> None:
    """Print, for each group and line, how many that the reader takes for requests are some, and how many are found."""
    found = defaultdict(list)
    for readings in orders:
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


def changes(first: Sequence[Reading], other: Sequence[Reading]) -> None:
    """Print what two orders of the same texts differ in."""
    pairs = list(zip(first, other, strict=True))
    shifts = [abs((one.request or 0.0) - (two.request or 0.0)) for one, two in pairs]
    labels = sum(one.label != two.label for one, two in pairs)
    asking = sum((one.quote is None) != (two.quote is None) for one, two in pairs)
    print(f"of {len(pairs)} texts {labels} have another label in another order, {asking} begin or cease to ask; the")
    print(f"probability of a request differs by {np.mean(shifts):.4f} on average, {max(shifts):.2f} at most")


def main() -> None:
    measured = rows.own()
    linear = Linear.load(model_file("linear.npz", folder=FOLDER))
    settings = Settings.read(model_file("reader.json", folder=FOLDER))
    for by in (LocalReader(linear, None, settings), reader()):
        print(by.version)
        orders = [read(by, measured, seed) for seed in range(ORDERS)]
        precisions(measured, orders)
        changes(orders[0], orders[1])


if __name__ == "__main__":
    main()
