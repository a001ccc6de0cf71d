"""Taking a decision back: each company's match becomes what it was, unless somebody decided about it again since."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from sonora.core import clock
from sonora.customers import matches, rewrite
from sonora.customers.decisions import SOURCE, Done, Refused, Skipped, match_free
from sonora.customers.models import Change, Customer, Decision, ExternalId, Match, Rejection


def undo(decision_pk: int, *, by: str) -> Done:
    """Undo a decision for *by* (an e-mail), inside the scope of its workspace.

    What cannot be put back is skipped and told. A customer that the decision created goes, if nothing hangs on it.
    Undoing twice does nothing more. Raises Refused for a decision that is not known.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update().filter(pk=decision_pk).first()
        if decision is None:
            raise Refused("This decision is not known any more.")
        if decision.undone_at is not None:
            return Done()
        decision.undone_by, decision.undone_at = by, clock.now()
        decision.save(update_fields=["undone_by", "undone_at"])
        done = _put_back(decision)
        done.decision = decision
        return done


def _put_back(decision: Decision) -> Done:
    changes = {change.company_id: change for change in Change.objects.filter(decision=decision)}
    held = list(
        Match.objects.filter(company__in=changes)
        .order_by("pk")
        .select_related("company")
        .select_for_update(of=("self",))
    )
    before = {match.company_id: rewrite.linked_to(match) for match in held}
    done, back = Done(), []
    later = _decided_since(decision, list(changes))
    there = _customers_there(changes.values())
    for match in held:
        change = changes[match.company_id]
        why = _stands_in_the_way(change, later.get(match.company_id), there)
        if why:
            done.skipped.append(Skipped(company=match.company_id, why=why))
            continue
        _restore(match, change)
        back.append(match)
    _drop_ids_that_are_gone(back)
    rewrite.save(back, now=clock.now())
    _forget_rejections([changes[match.company_id] for match in back])
    _remove_created(decision)
    done.free = match_free(back)  # Sonora may know more by now
    now_linked = Match.objects.filter(pk__in=[match.pk for match in back])
    done.moved = {match.company_id for match in now_linked if before[match.company_id] != rewrite.linked_to(match)}
    done.changed = len(back)
    return done


def _decided_since(decision: Decision, companies: list[int]) -> dict[int, str]:
    """Who decided about each of *companies* after *decision*; decisions that were undone do not count."""
    later = Change.objects.filter(company__in=companies, decision__pk__gt=decision.pk, decision__undone_at__isnull=True)
    last = later.order_by().values("company_id").annotate(last=Max("decision_id")).values("last")
    return dict(
        Change.objects.filter(decision__in=last, company__in=companies).values_list("company_id", "decision__by")
    )


def _customers_there(changes: Iterable[Change]) -> set[int]:
    wanted = {change.before["customer_id"] for change in changes}
    return set(Customer.objects.filter(pk__in=wanted - {None}).values_list("pk", flat=True))


def _stands_in_the_way(change: Change, later: str | None, there: set[int]) -> str:
    if later:
        return f"{later} decided about it since."
    customer = change.before["customer_id"]
    return "" if customer is None or customer in there else "The customer that it was is deleted."


def _restore(match: Match, change: Change) -> None:
    for name, value in change.before.items():
        setattr(match, name, value)
    match.names_due = match.is_by_machine


def _drop_ids_that_are_gone(back: list[Match]) -> None:
    wanted = {match.external_id_id for match in back if match.external_id_id is not None}
    there = set(ExternalId.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for match in back:
        match.external_id_id = match.external_id_id if match.external_id_id in there else None


def _forget_rejections(changes: list[Change]) -> None:
    pairs = {change.company_id: change.rejected_id for change in changes if change.rejected_id}
    for some in matches.chunks(pairs):
        held = Rejection.objects.filter(company__in=some).values_list("pk", "company_id", "customer_id")
        gone = [pk for pk, company, customer in held if pairs[company] == customer]
        Rejection.objects.filter(pk__in=gone).delete()


def _remove_created(decision: Decision) -> None:
    customer = decision.created_customer
    if customer is None or Match.objects.filter(customer=customer).exists():
        return
    if customer.external_ids.exclude(source=SOURCE).exists():
        return
    customer.delete()
