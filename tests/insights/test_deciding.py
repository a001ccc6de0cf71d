"""What people decide about requests holds, and can be taken back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrations.models import Connection
from sonora.insights import counting, deciding, undoing
from sonora.insights.deciding import Refused
from sonora.insights.models import Evidence, FeatureRequest, RequestDecision
from tests.factories.matching import ADA, BEN, intercom
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one:
        yield one


@pytest.fixture
def dark(link: Connection) -> FeatureRequest:
    """A request with three quotes, one of them to check."""
    request = asked(link, "Please add a dark mode.").request
    asked(link, "A dark theme would be kind to my eyes.", request=request)
    asked(link, "Is there a dark look?", request=request, state=Evidence.State.TO_CHECK)
    return request


@pytest.fixture
def night(link: Connection) -> FeatureRequest:
    request = asked(link, "Could you build a night mode?").request
    asked(link, "We want to work at night.", request=request)
    return request


def everything(link: Connection) -> list[Any]:
    """What requests and quotes say once the figures are right; a version tells nothing."""
    counting.settle(link.workspace_id)
    requests = FeatureRequest.objects.order_by("pk").values()
    return [[{**row, "version": 0} for row in requests], list(Evidence.objects.order_by("pk").values())]


def quotes(request: FeatureRequest) -> list[int]:
    return list(Evidence.objects.filter(request=request).order_by("pk").values_list("pk", flat=True))


Act = Callable[[FeatureRequest, FeatureRequest], RequestDecision | None]
ACTS: dict[str, Act] = {
    "rename": lambda dark, night: deciding.rename(dark, "Dark mode", by=ADA),
    "status": lambda dark, night: deciding.set_status(dark, "planned", by=ADA),
    "merge": lambda dark, night: deciding.merge([night.pk], dark, by=ADA),
    "split": lambda dark, night: deciding.split(quotes(dark)[:1], by=ADA),
    "move": lambda dark, night: deciding.move(quotes(dark), night, by=ADA),
    "dismiss": lambda dark, night: deciding.dismiss(dark, by=ADA),
    "accept quotes": lambda dark, night: deciding.accept_quotes(quotes(dark)[2:], by=ADA),
    "dismiss quotes": lambda dark, night: deciding.dismiss_quotes(quotes(dark), by=ADA),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_undo_restores_exactly(link: Connection, dark: FeatureRequest, night: FeatureRequest, act: Act):
    before = everything(link)
    decision = act(dark, night)
    assert decision is not None
    assert everything(link) != before
    undone = undoing.undo(decision.pk, by=BEN)
    assert (undone.changed > 0, undone.skipped) == (True, 0)
    assert everything(link) == before
    assert undoing.undo(decision.pk, by=BEN).changed == 0


@pytest.mark.parametrize("name", [name for name in ACTS if name != "split"])
def test_the_same_act_twice_decides_once(link: Connection, dark: FeatureRequest, night: FeatureRequest, name: str):
    act = ACTS[name]
    chosen = act(dark, night)
    assert chosen is not None
    if chosen.kind != RequestDecision.Kind.MOVE:  # which names the quotes of a request that has none any more
        assert act(dark, night) is None
    assert RequestDecision.objects.count() == 1


def test_merged_requests_are_counted_as_one(link: Connection, dark: FeatureRequest, night: FeatureRequest):
    deciding.merge([night.pk], dark, by=ADA)
    counting.settle(link.workspace_id)
    assert [(one.pk, one.mentions) for one in FeatureRequest.objects.all().listed()] == [(dark.pk, 4)]


def test_a_merge_of_a_merge_leads_to_the_last(link: Connection, dark: FeatureRequest, night: FeatureRequest):
    third = asked(link, "A black background, please.").request
    first = deciding.merge([night.pk], dark, by=ADA)
    deciding.merge([dark.pk], third, by=ADA)
    assert set(FeatureRequest.objects.filter(merged_into=third).values_list("pk", flat=True)) == {dark.pk, night.pk}
    assert first is not None
    assert undoing.undo(first.pk, by=BEN).reasons == [f"{ADA} decided about it since."]


def test_undo_of_an_older_move_goes_to_where_its_request_was_merged(
    link: Connection, dark: FeatureRequest, night: FeatureRequest
):
    third = asked(link, "A black background, please.").request
    (one, *_) = quotes(dark)
    moved = deciding.move([one], third, by=ADA)
    deciding.merge([dark.pk], night, by=ADA)
    assert moved is not None
    undoing.undo(moved.pk, by=BEN)
    assert Evidence.objects.get(pk=one).request_id == night.pk


def test_what_was_decided_again_stays(dark: FeatureRequest):
    first = deciding.set_status(dark, "planned", by=ADA)
    deciding.set_status(dark, "shipped", by=BEN)
    deciding.rename(dark, "Dark mode", by=BEN)
    assert first is not None
    assert undoing.undo(first.pk, by=ADA).reasons == [f"{BEN} decided about it since."]
    dark.refresh_from_db()
    assert dark.status == "shipped"


def test_another_decision_on_the_same_request_is_not_in_the_way(dark: FeatureRequest):
    first = deciding.set_status(dark, "planned", by=ADA)
    deciding.rename(dark, "Dark mode", by=BEN)
    assert first is not None
    assert undoing.undo(first.pk, by=ADA).changed == 1
    dark.refresh_from_db()
    assert (dark.status, str(dark)) == ("new", "Dark mode")


def test_a_request_that_was_split_off_stays_with_what_joined_it_since(link: Connection, dark: FeatureRequest):
    decision = deciding.split(quotes(dark)[:1], by=ADA)
    assert decision is not None
    new = decision.other
    joined = asked(link, "Make it dark.", request=new)
    undoing.undo(decision.pk, by=ADA)
    assert quotes(joined.request) == [joined.pk]


def test_a_person_is_told_what_cannot_be(link: Connection, dark: FeatureRequest, night: FeatureRequest):
    with pytest.raises(Refused, match="no such status"):
        deciding.set_status(dark, "done", by=ADA)
    with pytest.raises(Refused, match="all of its quotes"):
        deciding.split(quotes(dark), by=ADA)
    with pytest.raises(Refused, match="at least one"):
        deciding.split([], by=ADA)
    with pytest.raises(Refused, match="one request"):
        deciding.move([*quotes(dark), *quotes(night)], night, by=ADA)
    deciding.merge([night.pk], dark, by=ADA)
    with pytest.raises(Refused, match="merged into another"):
        deciding.merge([dark.pk], night, by=ADA)
    with pytest.raises(Refused, match="not known"):
        undoing.undo(0, by=ADA)


def test_a_decision_names_no_words_of_a_customer(dark: FeatureRequest, night: FeatureRequest):
    for name in ("status", "accept quotes", "split", "dismiss quotes", "merge", "dismiss"):
        ACTS[name](dark, night)
    assert RequestDecision.objects.count() == 6
    assert not [one for one in RequestDecision.objects.all() if "dark theme" in one.note or "add a" in one.note]
