"""Icons, pills, avatars, times and numbers as templates write them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import timezone

from sonora.core import words
from sonora.core.icons import ICONS
from sonora.core.marks import Bar, Share
from sonora.core.templatetags.sonora import GLYPHS

NOW = datetime(2026, 11, 3, 14, 2, 31, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return Template("{% load sonora %}" + source).render(Context(context))


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_and_hidden_from_screen_readers(name: str):
    drawn = render("{% icon name %}", name=name)
    assert 'aria-hidden="true" focusable="false"' in drawn
    shapes = [shape.tag for shape in ET.fromstring(drawn)]
    assert shapes
    assert set(shapes) <= {"path", "circle", "rect"}


def test_an_unknown_icon_is_a_loud_error():
    with pytest.raises(KeyError):
        render("{% icon 'unicorn' %}")


@pytest.mark.parametrize("provider", GLYPHS)
def test_a_provider_has_a_glyph(provider: str):
    assert 'class="glyph"' in render("{% provider_glyph name %}", name=provider)


@pytest.mark.parametrize("meaning", ["ok", "warn", "error", "info", "neutral", "accent"])
def test_a_pill_has_an_icon_and_a_word(meaning: str):
    drawn = render("{% pill meaning 'Healthy' %}", meaning=meaning)
    assert f'class="pill pill-{meaning}"' in drawn
    assert "<svg" in drawn
    assert drawn.endswith("Healthy</span>")


def test_a_pill_escapes_its_word():
    assert "&lt;b&gt;" in render("{% pill 'ok' word %}", word="<b>")


def test_a_pill_takes_another_icon():
    assert ICONS["pause"] in render("{% pill 'neutral' 'Paused' icon='pause' %}")


def test_an_unknown_meaning_is_a_loud_error():
    with pytest.raises(KeyError):
        render("{% pill 'great' 'Great' %}")


@pytest.mark.parametrize(("name", "word"), [("open", "Open"), ("snoozed", "Snoozed"), ("closed", "Closed")])
def test_a_conversation_state_is_icon_and_word(name: str, word: str):
    drawn = render("{% state name %}", name=name)
    assert "<svg" in drawn
    assert word in drawn


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Owen Tate", "OT"),
        ("Cher", "C"),
        ("Ines van der Kovač", "IK"),
        ("sam@northwind.example", "SN"),
        ("", "?"),
        ("<b>", "?"),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name: str, letters: str):
    assert f">{letters}</span>" in render("{% avatar name %}", name=name)


def test_progress_has_a_value_only_with_a_true_total():
    drawn = render("{% progress 34 100 'Conversations' %}")
    assert 'role="progressbar"' in drawn
    assert 'aria-valuenow="34"' in drawn
    assert 'width="34.0%"' in drawn
    assert (
        render("{% progress 34 total 'Conversations' %}", total=None)
        == '<span class="progress-unknown">no total yet</span>'
    )


def test_progress_never_leaves_its_bar():
    assert 'width="100.0%"' in render("{% progress 120 100 'x' %}")


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "just now"),
        (30, "30 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 day ago"),
        (3 * 86_400, "3 days ago"),
        (8 * 86_400, "26 Oct"),
        (400 * 86_400, "29 Sep 2025"),
        (-660, "in 11 min"),
    ],
)
def test_a_moment_is_told_as_people_say_it(seconds: int, expected: str):
    then = NOW - timedelta(seconds=seconds)
    assert f">{expected}</time>" in render("{{ when|ago }}", when=then)
    assert f">{expected}</time>" in render("{{ when|ago }}", when=then.timestamp())


def test_a_relative_time_carries_the_exact_one_in_the_current_zone():
    with timezone.override(ZoneInfo("Europe/Copenhagen")):
        drawn = render("{{ when|ago }}", when=NOW - timedelta(minutes=4))
    assert 'datetime="2026-11-03T13:58:31+00:00"' in drawn
    assert 'title="3 Nov 2026, 14:58:31 CET"' in drawn
    assert 'data-relative="ago"' in drawn


def test_a_day_is_the_one_of_the_current_zone():
    late = datetime(2026, 8, 23, 23, 30, tzinfo=UTC)
    assert render("{{ when|day }}", when=late) == "23 Aug 2026"
    with timezone.override(ZoneInfo("Europe/Copenhagen")):
        assert render("{{ when|day }}", when=late) == "24 Aug 2026"
        assert ">24 Aug, 01:30</time>" in render("{{ when|clock }}", when=late)


@pytest.mark.parametrize("filter_name", ["ago", "age", "day", "clock", "thousands", "duration"])
def test_what_is_missing_is_left_empty(filter_name: str):
    assert render("{{ value|" + filter_name + "|default:'—' }}", value=None) == "—"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="names no time zone"):
        words.moment(datetime(2026, 11, 3))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"),
        (48, "48 s"),
        (412, "6 min 52 s"),
        (1200, "20 min"),
        (7500, "2 h 5 min"),
        (86_400, "1 day"),
        (277_200, "3 days 5 h"),
    ],
)
def test_a_duration_is_its_two_largest_units(seconds: int, expected: str):
    assert render("{{ seconds|duration }}", seconds=seconds) == expected


@pytest.mark.parametrize(
    ("number", "forms_of", "expected"),
    [
        (1, "conversation", "1 conversation"),
        (0, "conversation", "0 conversations"),
        (1208, "company,companies", "1,208 companies"),
    ],
)
def test_a_number_goes_with_its_noun(number: int, forms_of: str, expected: str):
    assert render("{{ n|counted:forms }}", n=number, forms=forms_of) == expected


class TagForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As your team says it.")
    every = forms.ChoiceField(choices=[("15", "15 min")])


def test_a_field_shows_its_error_and_links_it():
    form = TagForm({"name": "", "every": "15"})
    drawn = render("{% include '_field.html' with field=form.name %}", form=form)
    assert 'class="input"' in drawn
    assert 'aria-invalid="true"' in drawn
    described = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert described
    for name in described[1].split():
        assert f'id="{name}"' in drawn
    assert "This field is required." in drawn


def test_a_select_has_its_arrow():
    assert '<span class="select"><select' in render("{% include '_field.html' with field=form.every %}", form=TagForm())


def test_a_strip_draws_each_bar_up_or_down_from_its_line_and_says_what_it_shows():
    bars = [
        Bar(height=1.0, meaning="ok"),
        Bar(height=0.0, meaning="warn"),
        Bar(height=1.0, meaning="error", is_down=True),
    ]
    drawn = ET.fromstring(render("{% strip bars words %}", bars=bars, words="Three <runs>"))
    assert (drawn.get("role"), drawn.get("aria-label"), drawn[0].text) == ("img", "Three <runs>", "Three <runs>")
    line = 26
    tall, low, down = [(float(bar.get("y", "")), float(bar.get("height", ""))) for bar in drawn[2:]]
    assert tall == (line - 24, 24)
    assert low == (line - 2, 2)
    assert down[0] > line
    assert [bar.get("class") for bar in drawn[2:]] == ["strip-ok", "strip-warn", "strip-error"]


def test_shares_fill_the_width_in_the_order_in_which_they_come():
    parts = [
        Share(word="a", number=3, look="ok"),
        Share(word="b", number=0, look="warn"),
        Share(word="c", number=1, look="strong"),
    ]
    drawn = ET.fromstring(render("{% shares parts words %}", parts=parts, words="3 a, 1 c"))
    assert drawn.get("aria-label") == "3 a, 1 c"
    assert [(bar.get("class"), bar.get("x"), bar.get("width")) for bar in drawn[1:]] == [
        ("share-ok", "0.0%", "75.0%"),
        ("share-strong", "75.0%", "25.0%"),
    ]


def test_shares_of_nothing_draw_nothing():
    assert len(ET.fromstring(render("{% shares parts words %}", parts=[], words="none"))) == 1
