"""What `bin/simulate` runs: many lives in two processes, or one life whose seed is known."""

import argparse
import json
import logging
import os
import subprocess
import sys
import time
from dataclasses import asdict

from tests.simulation import seeds
from tests.simulation.seeds import Tally


def main(arguments: list[str]) -> int:
    """Live as many lives as *arguments* ask for. Returns 1 when something was wrong in one of them."""
    options = _options(arguments)
    if options.part is not None:
        print(json.dumps(asdict(_lived(options))))
        return 0
    started = time.monotonic()
    tally = _lived(options) if options.seed is not None else _by_processes(options)
    print("\n".join(tally.wrong[:50]) or "Nothing was lost, nothing was wrongly deleted, everything converged.")
    print(f"{tally}; {time.monotonic() - started:.0f} s")
    return 1 if tally.wrong else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/simulate", description="Lives through days of sync, one life a seed.")
    parser.add_argument("lives", nargs="?", type=int, default=100, help="how many lives; default 100")
    parser.add_argument("--base", type=int, default=1, help="the first seed; default 1")
    parser.add_argument("--seed", type=int, help="live this one life again")
    parser.add_argument("--processes", type=int, default=2, help="default 2")
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _by_processes(options: argparse.Namespace) -> Tally:
    each = [-(-(options.lives - part) // options.processes) for part in range(options.processes)]
    command = [sys.executable, "-m", "tests.simulation", "--base", str(options.base)]
    command += ["--processes", str(options.processes)]
    children = [
        subprocess.Popen([*command, str(lives), "--part", str(part)], stdout=subprocess.PIPE, text=True)
        for part, lives in enumerate(each)
    ]
    tally = Tally()
    for child in children:
        output, _ = child.communicate()
        if child.returncode != 0:
            raise SystemExit("A process of the simulation ended before it was done.")
        tally.add(Tally(**json.loads(output.splitlines()[-1])))
    return tally


def _lived(options: argparse.Namespace) -> Tally:
    _prepare()
    from tests.simulation.life import tally_of

    if options.seed is not None:
        return tally_of([options.seed])
    return tally_of(
        seeds.share(options.base, part=options.part, parts=options.processes, lives=options.lives, seconds=0)
    )


def _prepare() -> None:
    """A migrated database in memory, and no log of what goes wrong on purpose."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    logging.disable(logging.CRITICAL)
    import django
    from django.db import connection

    django.setup()
    connection.settings_dict["TEST"]["NAME"] = ":memory:"
    connection.creation.create_test_db(verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
