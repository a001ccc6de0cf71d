"""How fast is the sync? `python benchmarks/sync.py --help`; README.md says what the figures mean."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT), str(ROOT / "bin/gates")]  # the sandbox's control, and a PostgreSQL for once

import databases  # noqa: E402
import tables  # noqa: E402
from jobs import ALL, JOBS, QUICK, UNLIMITED, Section  # noqa: E402
from measuring import Bench, Measured, counted  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402

Way = Callable[[], Measured]


def main(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    text = [tables.head()]
    print(text[0], flush=True)
    for section in ALL if options.all else [_named(options.section) or _section(options)]:
        text.append(tables.table(section, measure(section, profiles=options.profile)))
        print(f"\n{text[-1]}", flush=True)
    if options.all:
        tables.into_readme("\n\n".join(text))


def measure(section: Section, *, profiles: str = "") -> list[Measured]:
    """The best run of each way under each latency. The ways take turns, so that a noisy minute hits all of them."""
    with ExitStack() as stack:
        opened = [stack.enter_context(databases.opened(name)) for name in section.databases]
        flags: dict[str, Any] = {**section.job.flags(), "rate_limit": section.rate_limit}
        intercom = stack.enter_context(Sandbox(**flags))
        bench = Bench(intercom=intercom, truth=counted(intercom), profiles=profiles, share=section.share)
        return [best for latency in section.latencies for best in _bests(section, bench, opened, latency)]


def _bests(section: Section, bench: Bench, opened: Sequence[databases.Database], latency: int) -> Iterator[Measured]:
    ways: list[Way] = [partial(bench.sequential, latency)] if section.sequential else []
    ways += [partial(bench.synced, latency, database) for database in opened]
    ways += [partial(bench.through_worker, latency, database) for database in opened if section.worker]
    runs: list[list[Measured]] = [[] for _ in ways]
    for number in range(section.runs):
        for way, done in zip(ways, runs, strict=True):
            if number == 0 or way.func != bench.sequential or latency < 100:  # type: ignore[attr-defined]
                done.append(way())
                print(f"{section.title}: {done[-1].how}, {latency} ms, {done[-1].seconds:.2f} s", file=sys.stderr)
    return (min(done, key=lambda one: one.seconds) for done in runs)


def _named(title: str) -> Section | None:
    return next((section for section in ALL if section.title == title), None)


def _section(options: argparse.Namespace) -> Section:
    sizes = {name: getattr(options, name) for name in ("conversations", "parts", "contacts", "companies")}
    job = replace(QUICK if options.quick else JOBS[options.job], **{k: v for k, v in sizes.items() if v is not None})
    both = ("sqlite", "postgresql")
    default = "sqlite" if options.quick else "both"
    database = options.database or default
    return Section(
        title=f"Job: {'quick' if options.quick else options.job}",
        job=job,
        latencies=tuple(options.latency or ([20] if options.quick else [20, 100])),
        databases=both if database == "both" else (database,),
        runs=options.runs or (1 if options.quick or options.profile else 3),
        share=options.share,
        rate_limit=options.rate_limit,
        sequential=options.rate_limit == UNLIMITED,  # it knows no limit, so it would run into it
        worker=options.worker,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/sync.py",
        description="Measures `intercom sync --now --wait` on a fresh database against a plain sequential client.",
    )
    add = parser.add_argument
    add("--all", action="store_true", help="every table of README.md, written into it (more than ten minutes)")
    add("--section", choices=[section.title for section in ALL], default="", help="one table of README.md")
    add("--job", choices=sorted(JOBS), default="reference", help="sizes of the workspace (default reference)")
    add("--quick", action="store_true", help="60 conversations, SQLite, 20 ms, one run")
    for name in ("conversations", "parts", "contacts", "companies"):
        add(f"--{name}", type=int, metavar="N", help="instead of the job's")
    add("--latency", type=int, nargs="+", metavar="MS", help="milliseconds added to each answer (default 20 100)")
    add("--database", choices=("sqlite", "postgresql", "both"))
    add("--runs", type=int, metavar="K", help="how often; the best counts (default 3)")
    add("--share", type=float, default=1.0, help="of the rate limit (default 1.0)")
    add("--rate-limit", type=int, default=UNLIMITED, metavar="N", help="of the sandbox, in 10 s (default: none)")
    add("--worker", action="store_true", help="also by a Celery worker")
    add("--profile", metavar="FOLDER", default="", help="also write what cProfile says; the times are then no use")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
