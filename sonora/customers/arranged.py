"""The customers of a workspace, arranged for looking up names, and kept from one time to the next."""

from collections.abc import Collection
from threading import Lock

from sonora.customers.matching.index import Customers, KnownCustomer
from sonora.customers.models import Customer
from sonora.workspaces.scoping import scoped_workspace

Row = tuple[int, str, str]  # primary key, name, domain
KEPT = 2  # workspaces; some ten megabytes for five thousand customers
FEW = 200  # customers that changed: of more it is quicker to arrange all anew

_kept: dict[int, tuple[frozenset[Row], Customers]] = {}  # by workspace, the one that was asked for last at the end
_lock = Lock()


def customers() -> Customers:
    """All customers of the workspace whose scope is open; of those kept, only what changed is arranged anew."""
    workspace = scoped_workspace()
    rows = list(Customer.objects.order_by("pk").values_list("pk", "name", "domain"))
    now = frozenset(rows)
    before = _kept.get(workspace)
    arranged = _changed(*before, now) if before else None
    if arranged is None:
        arranged = Customers(_known(rows))
    _keep(workspace, now, arranged)
    return arranged


def _changed(before: frozenset[Row], arranged: Customers, now: frozenset[Row]) -> Customers | None:
    """*arranged*, which is of *before*, as it is *now*; None where too much changed."""
    if before == now:
        return arranged
    gone, new = before - now, now - before
    if len(gone) + len(new) > FEW:
        return None
    return arranged.but(without={pk for pk, _, _ in gone}, added=_known(new))


def _known(rows: Collection[Row]) -> list[KnownCustomer]:
    return [KnownCustomer(pk=pk, name=name, domain=domain) for pk, name, domain in rows]


def _keep(workspace: int, rows: frozenset[Row], arranged: Customers) -> None:
    with _lock:
        _kept.pop(workspace, None)
        _kept[workspace] = rows, arranged
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
