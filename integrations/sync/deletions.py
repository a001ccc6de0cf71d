"""What Intercom says was deleted: the feed is the first question of each run. Below API version 2.16 there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations import store
from integrations.errors import NotFound, PermissionMissing, RequestRefused, VersionRefused
from integrations.records import Answer, Deletion, Page
from integrations.sync import dead, pending
from integrations.sync.slice import Slice

A_DAY = 86_400
PAGES = 200  # of 60: more at once is for the reconciliation, not for the feed


@dataclass(frozen=True, slots=True)
class First:
    """The feed's first page, when it was given (the provider's clock), and whether there is more of it."""

    at: int | None
    rows: Sequence[Deletion] = ()
    more: bool = False
    refused: bool = False


def first_page(work: Slice) -> First:
    """The newest deletions. Where the feed is not offered, or not allowed, the refusal still tells the time.

    Which of its refusals an old version gives for a feed that it does not know is nobody's promise: each will do.
    """
    try:
        answer = _page(work, 1)
    except (VersionRefused, PermissionMissing, RequestRefused, NotFound) as error:
        return First(error.at, refused=True)
    return First(answer.at, answer.value.rows, bool(answer.value.next))


def apply_first(work: Slice, first: First, *, target: int) -> None:
    """Delete here what the first page names, inside the transaction that opens the run."""
    _delete(work, first.rows, at=target)
    work.lease.save(deletions_refused=first.refused)
    if first.refused:
        return
    since = work.state.deleted_seen_at
    if since is None or not first.more or _reaches(first.rows, min(since, target)):
        work.lease.save(deleted_seen_at=target)
    else:
        work.lease.save(owed=[*work.state.owed, "deletions"])


def read_on(work: Slice) -> None:
    """The older pages, down to a day before what was seen last time; only then is the feed seen up to this run."""
    since = work.state.deleted_seen_at or 0
    # The watermark is the run's target once its windows are read; where they are not, it is an earlier time.
    target = work.state.run_target if work.state.run_target is not None else work.state.watermark
    for page in range(2, PAGES):
        answer = _page(work, page)
        with work.commit():
            _delete(work, answer.value.rows, at=work.server_time(answer))
        if not answer.value.next or not answer.value.rows or _reaches(answer.value.rows, since):
            break
    with work.commit(owed=[one for one in work.state.owed if one != "deletions"], deleted_seen_at=target):
        pass


def _page(work: Slice, number: int) -> Answer[Page[Deletion]]:
    return work.ask(lambda source: source.deletions(number))


def _reaches(rows: Sequence[Deletion], since: int) -> bool:
    return any(row.deleted_at < since - A_DAY for row in rows)


def _delete(work: Slice, rows: Sequence[Deletion], *, at: int) -> None:
    gone = [row.external_id for row in rows]
    if gone:
        work.count("deletions", saved=store.delete_conversations(work.holder, gone, at=at))
        pending.drop(work, gone)
        dead.bury(work, gone)
