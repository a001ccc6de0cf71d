"""Where people stand, kept as rows: they say what a look at the person says, whatever changed, and as time goes by."""

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, transaction
from django.db import connection as database

from sonora.core import clock
from sonora.filters.dates import Latest
from sonora.graph import figures, keeping
from sonora.graph.figures import Days
from sonora.graph.models import Due, PersonStanding
from sonora.graph.standing import Standing, standing
from sonora.insights.models import ConversationSentiment
from sonora.people import choosing, deciding
from sonora.people.models import Contact, Person
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories import cast
from tests.factories.conversations import MessageFactory
from tests.factories.integrations import NOW
from tests.graph.test_figures import DAY, House

pytestmark = pytest.mark.django_db

Execute = Callable[[str, Any, bool, Any], Any]
TURN = 'FROM "workspaces_workspace" WHERE "workspaces_workspace"."id" ='  # a batch begins with this question


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def house() -> Iterator[House]:
    with scopes_disabled():
        made = House()
    with scope(workspace=made.connection.workspace):
        yield made


def kept(contact: Contact) -> PersonStanding | None:
    """What is kept of whoever *contact* is, once nobody is due any more."""
    while keeping.settle():
        pass
    contact.refresh_from_db()
    return PersonStanding.objects.filter(person=contact.person_id).first()


def looked_at(contact: Contact) -> Standing:
    contact.refresh_from_db()
    person = Person.objects.all().with_choices().get(pk=contact.person_id)
    return figures.standings([person], Days.of(clock.now(), ZoneInfo("UTC")))[person.pk]


def is_as_seen(contact: Contact) -> bool:
    row, seen = kept(contact), looked_at(contact)
    assert row is not None
    return (row.engagement, row.rhythm, row.is_champion, row.strength, row.felt, row.felt_number, row.last_at) == (
        seen.engagement.level,
        seen.silence.state,
        seen.champion.is_champion,
        seen.strength.points,
        seen.facts.felt,
        seen.facts.felt_number,
        seen.facts.last_at,
    )


def wrote(house: House, contact: Contact, *, ago: float, label: str = "positive") -> None:
    talk = house.talk(contact, ago=ago)
    message = MessageFactory(conversation=talk, contact=contact, created_at=NOW - int(ago * DAY))
    cast.felt(talk, message, "Fine.", label=label)


def a_conversation(house: House) -> None:
    wrote(house, house.ines, ago=1)


def one_more_message(house: House) -> None:
    talk = house.ines.conversation_links.get().conversation
    house.says(talk, house.ines, NOW - 60)
    talk.updated_at = NOW - 60
    talk.save()


def a_deleted_conversation(house: House) -> None:
    talk = house.ines.conversation_links.get().conversation
    talk.deleted_at = NOW
    talk.save()


def out_of_the_conversation(house: House) -> None:
    house.ines.conversation_links.get().delete()


def a_removed_message(house: House) -> None:
    message = house.ines.conversation_links.get().conversation.messages.get()
    message.redacted, message.text = True, ""
    message.save()


def another_feeling(house: House) -> None:
    ConversationSentiment.objects.get().delete()


def bouncing(house: House) -> None:
    house.ines.has_bounced = True
    house.ines.save()


def said_a_champion(house: House) -> None:
    assert house.ines.person is not None
    choosing.choose_champion(house.ines.person, True, by="Noor")


def said_how_engaged(house: House) -> None:
    assert house.ines.person is not None
    choosing.choose_engagement(house.ines.person, "high", by="Noor")


@pytest.mark.parametrize(
    "change",
    [
        a_conversation, one_more_message, a_deleted_conversation, out_of_the_conversation, a_removed_message,
        another_feeling, bouncing, said_a_champion, said_how_engaged,
    ],
)  # fmt: skip
def test_a_row_follows_what_changed(house: House, change: Callable[[House], None]) -> None:
    wrote(house, house.ines, ago=40)
    before = kept(house.ines)
    change(house)
    assert is_as_seen(house.ines)
    after = kept(house.ines)
    assert before is not None
    assert after is not None
    assert facts(before) != facts(after)


def facts(row: PersonStanding) -> tuple[object, ...]:
    return (row.engagement, row.rhythm, row.is_champion, row.strength, row.felt_number, row.last_at)


def test_a_word_that_is_taken_back_is_no_more(house: House) -> None:
    said_a_champion(house)
    assert house.ines.person is not None
    assert kept(house.ines).is_champion  # type: ignore[union-attr]
    choosing.choose_champion(house.ines.person, None, by="Noor")
    assert not kept(house.ines).is_champion  # type: ignore[union-attr]


def test_a_level_of_engagement_that_is_taken_back_is_no_more(house: House) -> None:
    wrote(house, house.ines, ago=40)
    said_how_engaged(house)
    assert house.ines.person is not None
    assert kept(house.ines).engagement == "high"  # type: ignore[union-attr]
    choosing.choose_engagement(house.ines.person, None, by="Noor")
    assert kept(house.ines).engagement == "low"  # type: ignore[union-attr]


def test_who_was_a_champion_before_they_fell_silent_is_one_for_a_year(house: House) -> None:
    befriend(house, since=100)
    assert is_as_seen(house.ines)
    row = kept(house.ines)
    assert row is not None
    assert (row.is_champion, row.rhythm) == (True, "quiet")
    assert looked_at(house.ines).champion.until == NOW - 100 * DAY
    with clock.fixed(NOW + 265 * DAY):
        assert kept(house.ines).is_champion  # type: ignore[union-attr]
    with clock.fixed(NOW + 265 * DAY + 1):
        assert not kept(house.ines).is_champion  # type: ignore[union-attr]


def test_who_was_unhappy_before_they_fell_silent_was_no_champion(house: House) -> None:
    befriend(house, since=100)
    ConversationSentiment.objects.filter(label="positive").update(label="negative")
    assert not looked_at(house.ines).champion.is_champion


def test_who_was_glad_but_far_before_they_fell_silent_was_no_champion(house: House) -> None:
    for ago in (100, 103, 106):
        wrote(house, house.ines, ago=ago)
    assert not looked_at(house.ines).champion.is_champion


def test_what_was_more_than_90_days_before_their_last_message_makes_no_champion(house: House) -> None:
    befriend(house, since=200)
    wrote(house, house.ines, ago=100)
    other = house.contact("rui@larch.example")
    for ago in (250, 255, 260):  # whose days are read in the same breath
        wrote(house, other, ago=ago)
    assert not kept(house.ines).is_champion  # type: ignore[union-attr]
    assert is_as_seen(house.ines)


def befriend(house: House, *, since: int) -> None:
    """Ines was a champion until *since* days ago: eight happy conversations, in which they answered at once."""
    for number in range(8):
        ago = since + number * 3
        wrote(house, house.ines, ago=ago)
        talk = house.ines.conversation_links.latest("pk").conversation
        at = NOW - ago * DAY
        house.says(talk, house.noor, at - 60)
        house.says(talk, house.ines, at - 1)


def test_saving_what_is_the_same_makes_nobody_due(house: House) -> None:
    wrote(house, house.ines, ago=1)
    kept(house.ines)
    for row in (house.ines, house.ines.conversation_links.get().conversation, ConversationSentiment.objects.get()):
        row.save()
    assert not Due.objects.exists()


def test_silence_comes_without_any_change(house: House) -> None:
    wrote(house, house.ines, ago=59)
    assert kept(house.ines).rhythm == "active"  # type: ignore[union-attr]
    with clock.fixed(NOW + 2 * DAY - 1):
        assert kept(house.ines).rhythm == "active"  # type: ignore[union-attr]
    with clock.fixed(NOW + 2 * DAY):
        row = kept(house.ines)
    assert row is not None
    assert (row.rhythm, row.silent_since) == ("quiet", NOW + 2 * DAY)


def test_the_day_is_worked_out_anew_when_the_next_one_begins_where_they_are(house: House) -> None:
    house.connection.app_time_zone = "Asia/Tokyo"
    house.connection.save()
    wrote(house, house.ines, ago=1)
    midnight = Latest(1, "day").bounds(NOW, ZoneInfo("Asia/Tokyo"))[1]
    assert kept(house.ines).again_at == midnight  # type: ignore[union-attr]
    assert midnight is not None
    with clock.fixed(midnight - 1):
        assert keeping.settle() == 0
    with clock.fixed(midnight):
        assert keeping.settle() == 1


def test_of_whom_time_can_change_nothing_more_nobody_asks_again(house: House) -> None:
    wrote(house, house.ines, ago=400)
    assert kept(house.ines).again_at is None  # type: ignore[union-attr]
    for days in range(0, 800, 50):
        with clock.fixed(NOW + days * DAY):
            assert is_as_seen(house.ines)


def test_what_is_kept_lasts_until_it_is_due(house: House) -> None:
    for ago in (2.5, 9, 16, 23):
        wrote(house, house.ines, ago=ago)
    at, ends = NOW, NOW + 30 * DAY
    while at is not None and at < ends:
        with clock.fixed(at):
            row = kept(house.ines)
        assert row is not None
        just_before = min((row.again_at or ends) - 1, ends)
        with clock.fixed(just_before):
            seen = looked_at(house.ines)
        assert (row.engagement, row.rhythm, row.is_champion) == (
            seen.engagement.level,
            seen.silence.state,
            seen.champion.is_champion,
        )
        at = row.again_at or ends


def test_two_who_are_one_have_one_row_until_they_are_two_again(house: House) -> None:
    twin = house.contact("twin@larch.example")
    wrote(house, house.ines, ago=1)
    wrote(house, twin, ago=2)
    kept(twin)
    assert twin.person_id is not None
    assert house.ines.person_id is not None
    decision = deciding.merge(house.ines.person_id, twin.person_id, by="noor@larch.example")
    assert is_as_seen(house.ines)
    assert PersonStanding.objects.count() == 1
    assert kept(house.ines).felt_number == 2  # type: ignore[union-attr]
    deciding.undo(decision.pk, by="noor@larch.example")
    assert is_as_seen(house.ines)
    assert is_as_seen(twin)
    assert PersonStanding.objects.count() == 2


def test_who_was_split_off_has_a_row_of_their_own(house: House) -> None:
    twin = house.contact("twin@larch.example", person=house.ines.person)
    wrote(house, house.ines, ago=1)
    wrote(house, twin, ago=2)
    kept(twin)
    decision = deciding.split(twin.pk, by="noor@larch.example")
    assert is_as_seen(twin)
    assert is_as_seen(house.ines)
    assert PersonStanding.objects.count() == 2
    deciding.undo(decision.pk, by="noor@larch.example")
    assert is_as_seen(house.ines)
    assert PersonStanding.objects.count() == 1


def test_who_is_gone_at_the_provider_has_no_row(house: House) -> None:
    wrote(house, house.ines, ago=1)
    kept(house.ines)
    Contact.objects.filter(pk=house.ines.pk).update(deleted_at=NOW)
    assert kept(house.ines) is None


def test_turning_the_analysis_of_sentiment_off_takes_feelings_and_champions_away(house: House) -> None:
    wrote(house, house.ines, ago=1)
    assert kept(house.ines).felt == "positive"  # type: ignore[union-attr]
    house.connection.analyse_sentiment = False
    house.connection.save()
    assert kept(house.ines).felt == "none"  # type: ignore[union-attr]


def test_a_change_that_comes_while_a_batch_is_read_is_not_lost(house: House) -> None:
    kept(house.ines)
    Due.objects.create(workspace_id=house.connection.workspace_id, person_id=house.ines.person_id)
    left = [a_conversation]

    def late(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT INTO" in sql and "graph_personstanding" in sql and left:
            left.pop()(house)
        return execute(sql, params, many, context)

    with database.execute_wrapper(late):
        keeping.settle()
    assert not left
    assert is_as_seen(house.ines)


def test_a_workspace_with_much_to_do_does_not_keep_another_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST", 1)
    with scopes_disabled():
        other = House()
        for number in range(5):
            other.contact(f"p{number}@larch.example")
    workspaces = []

    def noted(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        if TURN in sql:
            workspaces.append(next(one for one in (house, other) if one.connection.workspace_id in params))
        return execute(sql, params, many, context)

    with database.execute_wrapper(noted):
        keeping.run(seconds=60)
    assert house in workspaces[:2]
    assert len(workspaces) == 7
    assert not Due.objects.exists()


def test_trouble_in_one_workspace_is_not_the_trouble_of_another(house: House) -> None:
    with scopes_disabled():
        other = House()

    def failing(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        if TURN in sql and other.connection.workspace_id in params:
            raise OperationalError("Ines Larch")
        return execute(sql, params, many, context)

    with database.execute_wrapper(failing):
        keeping.run(seconds=60)
    with scopes_disabled():
        assert [one.person_id for one in PersonStanding.objects.all()] == [house.ines.person_id]
    assert {one.workspace_id for one in Due.objects.all()} == {other.connection.workspace_id}


def test_nothing_is_left_of_a_workspace_that_is_deleted(house: House) -> None:
    wrote(house, house.ines, ago=1)
    kept(house.ines)
    a_conversation(house)
    workspace = house.connection.workspace
    with scopes_disabled(), transaction.atomic():
        Workspace.objects.get(pk=workspace.pk).delete()
        assert not PersonStanding.objects.exists()
    assert not Due.objects.exists()


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/Havana", "Africa/Cairo", "Pacific/Apia"])
@pytest.mark.parametrize("at", [NOW, 1_774_738_800, 1_793_494_800, 1_777_000_000])
def test_its_days_are_those_of_a_filter(zone: str, at: int) -> None:
    days = Days.of(at, ZoneInfo(zone))
    for number, since in ((30, days.since_30), (90, days.since_90)):
        assert Latest(number, "day").bounds(at, ZoneInfo(zone)) == (since, days.until)


def test_a_standing_tells_since_when_somebody_left() -> None:
    facts = figures.Facts(has_bounced=True, wrote_at=NOW - 100 * DAY, changed_at=NOW - 80 * DAY)
    assert standing(facts, now=NOW).silence.at == NOW - 70 * DAY
