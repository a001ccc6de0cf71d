"""What it costs a database to take what a sync wrote, with all that is kept along or without. A process of its own.

python benchmarks/replayed.py RESULT RECORD ROUNDS: writes what RECORD says to copies of this process's database.
"""

import json
import os
import pickle
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import django

django.setup()

import copies  # noqa: E402
import costs  # noqa: E402
import kept_along  # noqa: E402
from django.db import connection as database  # noqa: E402
from maintained import STANDINGS, Written  # noqa: E402
from recording import Statement, replay  # noqa: E402

Seconds = dict[str, dict[str, list[float]]]  # by way and what was measured, one for each round


def main(result: str, record: str, rounds: str) -> None:
    written: Written = pickle.loads(Path(record).read_bytes())
    database.close()
    found: Seconds = {way: defaultdict(list) for way in kept_along.WAYS}
    for _ in range(int(rounds)):
        for way in random.sample(kept_along.WAYS, k=len(kept_along.WAYS)):
            for what, seconds in _once(written, way).items():
                found[way][what].append(seconds)
    Path(result).write_text(json.dumps(found))


def _once(written: Written, way: str) -> dict[str, float]:
    """CPU seconds of the database for each thing that was measured: on SQLite those of this process."""
    found = defaultdict[str, float](float)
    with copies.of(os.environ) as copied:
        database.settings_dict["NAME"] = copies.name(copied)
        kept_along.take_away(way)
        for what, statements in written:
            cost = costs.measured(partial(replay, _left(what, statements, way)))
            found[what] += cost.database if database.vendor == "postgresql" else cost.client
        database.close()
    return found


def _left(what: str, statements: Sequence[Statement], way: str) -> Sequence[Statement]:
    """Those of *statements* that are there without aggregates, too."""
    if way == kept_along.ALL:
        return statements
    return [] if what.endswith(STANDINGS) else [one for one in statements if not kept_along.is_aggregate(one.sql)]


if __name__ == "__main__":
    main(*sys.argv[1:])
