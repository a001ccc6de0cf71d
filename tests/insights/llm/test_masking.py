import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonora.insights.llm.masking import masked
from tests.insights.text.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("write to ann.lee+x@mail.acme.example!", "write to [email 1]!"),
        ("see https://x.example/reset?token=abc or www.y.example", "see [link 1] or [link 2]"),
        ("https://ann@x.example/a@b.example", "[link 1]"),
        ("pay to DE89 3704 0044 0532 0130 00 please", "pay to [account 1] please"),
        ("pay to GB29NWBK60161331926819", "pay to [account 1]"),
        ("card 4111 1111 1111 1111 expired", "card [card 1] expired"),
        ("card 4111-1111-1111-1111", "card [card 1]"),
        ("number 1234567890123456789", "number [card 1]"),
        ("call +49 (30) 555-0100 now", "call [phone 1] now"),
        ("call 020 7946 0000", "call [phone 1]"),
        ("the key sk_live_51Hxa7QyTz0000000000", "the key [key 1]"),
        ("version 2.16 of 3 pages, 40,000 rows", "version 2.16 of 3 pages, 40,000 rows"),
        ("room 4711, order 123456", "room 4711, order 123456"),
        ("a_very_long_name_of_a_variable_here", "a_very_long_name_of_a_variable_here"),
    ],
)
def test_what_points_to_a_person_or_opens_a_door_is_masked(text: str, sent: str):
    assert masked(text).text == sent


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(["a@b.cd ", "+49 30 5550100 ", "www.x.de ", "x "])).map("".join)
)
def test_what_was_masked_can_be_shown_again(text: str):
    found = masked(text)
    if not any(mask in text for mask in found.hidden):
        assert found.shown(found.text) == text


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "a@", "a.", "-", "A1", "http://", "(1"])
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str):
    assert_linear(masked, piece)
