"""How well and how fast companies are matched: `python benchmarks/matching.py [--seed N] [--companies N] [--errors N]`,
`python benchmarks/matching.py --service` for the time that the services and pages take.

Customers are invented firms of many countries; companies are the same firms as somebody else writes them, and strangers
that look like them (`firms.py`, `variants.py`). Names link by themselves here, the strictest of the modes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import variants
from benchmarks.firms import Firm, firms
from benchmarks.variants import Written
from sonora.customers.matching.index import Customers, KnownCustomer
from sonora.customers.matching.names import Found, Rules, Subject, by_name
from sonora.customers.matching.normal import name

LINK = Rules(mode="link")
WITH_DOMAIN = 0.7  # share of customers whose domain is known
WORDS = ("auto", "suggested", "conflict", "conflict wrong", "unmatched", "auto wrong", "suggested wrong")


def main() -> None:
    options = _options()
    if options.service:
        _serve(options)
        return
    world = World.of(seed=options.seed, customers=options.customers, companies=options.companies)
    measured = measure(world)
    sizes = f"{len(world.companies):,} companies × {len(world.customers):,} customers"
    print(f"{sizes}: {measured.seconds:.2f} s of CPU, {measured.index_seconds:.2f} s of it the index")
    print(f"precision of automatic links {measured.precision:.4f} of {measured.count('auto')}")
    print(f"top-1 of suggestions         {measured.top_1:.4f} of {measured.count('suggested')}")
    print(f"recall                       {measured.recall:.4f} of {measured.wanted}")
    _table(measured)
    _mistakes(world, measured, most=options.errors)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--companies", type=int, default=10_000)
    parser.add_argument("--customers", type=int, default=5_000)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N mistakes of each kind")
    parser.add_argument("--service", action="store_true", help="instead: what the services take, in a SQLite database")
    return parser.parse_args()


def _serve(options: argparse.Namespace) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bin/gates"))
    import databases  # which needs Sonora's own packages only where a database is wanted
    import processes

    sizes = [str(one) for one in (options.seed, options.customers, options.companies)]
    with databases.opened("sqlite") as kind, kind.fresh() as extra:
        print(processes.python("benchmarks/serving.py", *sizes, extra=extra), end="")


@dataclass(frozen=True, slots=True)
class World:
    """The customers, as Sonora knows them, and the companies."""

    customers: list[KnownCustomer]
    companies: list[Written]

    @classmethod
    def of(cls, *, seed: int, customers: int, companies: int) -> "World":
        rng = random.Random(seed)
        known = firms(rng, customers)
        written = variants.companies(rng, known, companies)
        return cls([_known(rng, at, firm) for at, firm in enumerate(known)], written)

    def can_be_found(self, one: Written) -> bool:
        """Whether *one* is a customer, and Sonora knows what tells it."""
        return one.truth is not None and (one.kind not in {"website alone", "e-mail alone"} or self.domain(one.truth))

    def domain(self, customer: int) -> bool:
        return bool(self.customers[customer].domain)


def _known(rng: random.Random, pk: int, firm: Firm) -> KnownCustomer:
    return KnownCustomer(pk=pk, name=firm.name, domain=firm.domain if rng.random() < WITH_DOMAIN else "")


@dataclass(slots=True)
class Measured:
    """What was found, counted by how a company is written and what became of it."""

    seconds: float = 0.0  # of CPU, the index included
    index_seconds: float = 0.0
    wanted: int = 0  # companies that are customers and can be found
    found: list[Found] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, state: str) -> int:
        """How many companies are in *state*, rightly or not."""
        return sum(count for (_, word), count in self.kinds.items() if word.split()[0] == state)

    @property
    def precision(self) -> float:
        return self._right("auto") / max(1, self.count("auto"))

    @property
    def top_1(self) -> float:
        return self._right("suggested") / max(1, self.count("suggested"))

    @property
    def recall(self) -> float:
        return (self._right("auto") + self._right("suggested")) / max(1, self.wanted)

    def _right(self, state: str) -> int:
        return sum(count for (_, word), count in self.kinds.items() if word == state)


def measure(world: World) -> Measured:
    """Match all companies of *world*, names first seen included."""
    name.cache_clear()
    measured, began = Measured(), time.process_time()
    customers = Customers(world.customers)
    measured.index_seconds = time.process_time() - began
    measured.found = [_found(one, customers) for one in world.companies]
    measured.seconds = time.process_time() - began
    for one, found in zip(world.companies, measured.found, strict=True):
        measured.wanted += bool(world.can_be_found(one))
        unknown = "" if one.truth is None or world.can_be_found(one) else ", domain unknown"
        measured.kinds[f"{one.kind}{unknown}", _word(one, found)] += 1
    return measured


def _found(one: Written, customers: Customers) -> Found:
    return by_name(Subject(name=one.name, website=one.website, people=one.people), customers, rules=LINK)


def _word(one: Written, found: Found) -> str:
    right = found.best is None or found.best.customer == one.truth
    return found.state if right else f"{found.state} wrong"


def _table(measured: Measured) -> None:
    print(f"{'':34}" + "".join(f"{word:>16}" for word in WORDS))
    for kind in sorted({kind for kind, _ in measured.kinds}):
        print(f"{kind:34}" + "".join(f"{measured.kinds[kind, word] or '':>16}" for word in WORDS))


def _mistakes(world: World, measured: Measured, *, most: int) -> None:
    shown: Counter[str] = Counter()
    for one, found in zip(world.companies, measured.found, strict=True):
        right = found.best.customer == one.truth if found.best else not world.can_be_found(one)
        if (right and found.state != "conflict") or shown[one.kind] >= most:
            continue
        shown[one.kind] += 1
        truth = world.customers[one.truth].name if one.truth is not None else "–"
        best = f"{world.customers[found.best.customer].name} {found.best.reasons}" if found.best else "–"
        print(f"[{one.kind}] {one.name!r} is {truth!r}; {found.state}: {best}")


if __name__ == "__main__":
    main()
