"""Words of Intercom's that this version does not know are named, and nothing that may be a person's words is."""

import pytest

from integrations.intercom.vocabulary import KNOWN, knows, unknown
from tests.intercom.mapped import contact, conversation, part, parts


def test_each_unknown_word_is_named_as_often_as_it_comes() -> None:
    assert (
        list(unknown("part_type", ["comment", "quick_poll", "", "note", "quick_poll"])) == ["part_type:quick_poll"] * 2
    )


@pytest.mark.parametrize("told", ["My invoice is wrong", "IBAN", "a1", "x" * 61, "_", "naïve", "a\nb", "1700000000"])
def test_what_looks_like_no_name_is_not_repeated(told: str) -> None:
    assert list(unknown("state", [told])) == ["state:other"]


def test_a_name_that_an_update_knows_is_unknown_no_more() -> None:
    assert knows("part_type:comment")
    assert not any(map(knows, ["part_type:quick_poll", "part_type:other", "other", "nothing:comment"]))


def test_every_known_word_would_be_named() -> None:
    words = {word for words in KNOWN.values() for word in words} - KNOWN["role"]
    assert set(unknown("role", words)) == {f"role:{word}" for word in words}


def test_a_conversation_is_kept_with_what_is_unknown_of_it() -> None:
    found = conversation(
        state="Archived",
        linked_objects={"data": [{"type": "side_note", "id": "8"}, {"type": "ticket", "id": "9"}]},
        conversation_parts=parts(part(id="1", part_type="quick_poll"), part(id="2", author={"type": "robot"})),
    )
    assert found.unknown == ("state:archived", "part_type:quick_poll", "author_type:robot", "linked_object:side_note")
    assert (found.state, len(found.messages), found.linked_tickets) == ("archived", 3, ("9",))
    assert (found.messages[1].kind, found.messages[2].author.type) == ("quick_poll", "robot")


def test_the_role_of_a_contact_may_be_unknown() -> None:
    assert (contact(role="partner").role, contact(role="partner").unknown) == ("partner", ("role:partner",))
    assert contact(role="lead").unknown == ()
