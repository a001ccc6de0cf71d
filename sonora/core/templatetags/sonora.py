"""The small marks of every screen: icons, pills, avatars, times and numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from django import template
from django.forms import BoundField, Select
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sonora.core import words
from sonora.core.icons import ICONS
from sonora.core.marks import Bar, Share

register = template.Library()

MEANINGS = {"ok": "check", "warn": "attention", "error": "attention", "info": "sync", "neutral": "dot", "accent": "dot"}
STATES = {"open": ("dot", "Open"), "snoozed": ("clock", "Snoozed"), "closed": ("check", "Closed")}
SENTIMENTS = {
    "positive": ("pos", "Positive"),
    "neutral": ("neu", "Neutral"),
    "negative": ("neg", "Negative"),
    "mixed": ("mix", "Mixed"),
    "unsure": ("uns", "Unsure"),
    "none": ("uns", "Not enough text"),
}
GLYPHS = {
    "intercom": '<rect x="3.5" y="3.5" width="17" height="17" rx="4"/>'
    '<path d="M7.75 8v4.5M10.6 7.25v6.5M13.4 7.25v6.5M16.25 8v4.5M7.5 16.25c2.4 1.7 6.6 1.7 9 0"/>',
}
LOGO = "M2.5 8.5v3M6.25 4.25v8.5M10 2.25v15.5M13.75 7.25v8.5M17.5 8.5v3"


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """The icon *name*, *size* pixels wide (16 or 20). Raises KeyError for a name that is not in `ICONS`."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{1}</svg>',
        size,
        mark_safe(ICONS[name]),  # noqa: S308  drawn in this package
    )


@register.simple_tag
def logo(size: int = 20) -> SafeString:
    """The mark of Sonora, five bars, *size* pixels wide."""
    return format_html(
        '<svg class="logo" width="{0}" height="{0}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        '<path d="{1}"/></svg>',
        size,
        LOGO,
    )


@register.simple_tag
def provider_glyph(provider: str, size: int = 24) -> SafeString:
    """The one-colour sign of *provider*, *size* pixels wide. Raises KeyError for a provider without one."""
    return format_html(
        '<svg class="glyph" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        "{1}</svg>",
        size,
        mark_safe(GLYPHS[provider]),  # noqa: S308  drawn in this module
    )


@register.simple_tag
def pill(meaning: str, word: str, *, icon: str = "") -> SafeString:
    """The state of one thing as a filled pill.

    *meaning* is ok, warn, error, info, neutral or accent and brings an icon unless *icon* names another.
    Raises KeyError for another meaning or an unknown icon.
    """
    default = MEANINGS[meaning]
    return format_html('<span class="pill pill-{}">{}{}</span>', meaning, _icon(icon or default), word)


@register.simple_tag
def state(name: str) -> SafeString:
    """The state of a conversation (open, snoozed or closed) as icon and word without fill. Raises KeyError."""
    symbol, word = STATES[name]
    return format_html('<span class="state state-{}">{}{}</span>', name, _icon(symbol), word)


@register.simple_tag
def sentiment(name: str, *, pill: bool = False) -> SafeString:
    """A sentiment (positive, neutral, negative, mixed, unsure or none) as icon and word; *pill*: filled, as a headline.

    Raises KeyError for another.
    """
    look, word = SENTIMENTS[name]
    filled = mark_safe(" sentiment-pill") if pill else ""
    return format_html('<span class="sentiment sentiment-{}{}">{}{}</span>', look, filled, _icon(f"s-{look}"), word)


@register.simple_tag
def voiceline(labels: Sequence[str]) -> SafeString:
    """A bar for each of *labels* (sentiments of a customer's messages, oldest first), up, down or a dot on the line."""
    heights = {"positive": (1.0, 8.0), "negative": (9.0, 8.0)}
    marks = format_html_join(
        "",
        '<rect class="voiceline-{}" x="{}" y="{}" width="4" height="{}" rx="2"/>',
        ((SENTIMENTS[label][0], 6 * place, *heights.get(label, (7.5, 3.0))) for place, label in enumerate(labels)),
    )
    counts = [
        words.counted(labels.count(one), f"{SENTIMENTS[one][1].lower()} message") for one in dict.fromkeys(labels)
    ]
    return format_html(
        '<svg class="voiceline" role="img" width="{0}" height="18" viewBox="0 0 {0} 18" aria-label="{1}">{2}</svg>',
        max(4, 6 * len(labels) - 2),
        ", ".join(counts),
        marks,
    )


@register.simple_tag
def avatar(name: str, kind: str = "person") -> SafeString:
    """The initials of *name*; *kind* is person, teammate (both round) or customer (a square)."""
    return format_html('<span class="avatar avatar-{}" aria-hidden="true">{}</span>', kind, initials(name))


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of *name*; a question mark where there is no letter."""
    letters = [word[0] for word in name.replace("@", " ").split() if word[0].isalnum()]
    return "".join([*letters[:1], *letters[1:][-1:]]).upper() or "?"


@register.simple_tag
def progress(value: float, total: float | None, label: str) -> SafeString:
    """A bar of *value* in *total*, named *label* for screen readers; without a total the words "no total yet"."""
    if not total:
        return format_html('<span class="progress-unknown">{}</span>', "no total yet")
    percent = round(100 * max(0.0, min(1.0, value / total)), 1)
    return format_html(
        '<svg class="progress" role="progressbar" aria-label="{}" aria-valuemin="0" aria-valuemax="100"'
        ' aria-valuenow="{}"><rect class="progress-track" width="100%" height="100%" rx="3"/>'
        '<rect class="progress-fill" width="{}%" height="100%" rx="3"/></svg>',
        label,
        int(percent),
        percent,
    )


@register.simple_tag
def strip(bars: Sequence[Bar], label: str) -> SafeString:
    """*bars* beside each other on one line, oldest first; *label* says in words what they show."""
    step, line, up, down = 8, 26, 24, 6
    drawn = format_html_join(
        "",
        '<rect class="strip-{}" x="{}" y="{}" width="5" height="{}" rx="1.5"/>',
        (
            (bar.meaning, step * place, line + 2 if bar.is_down else line - tall, tall)
            for place, bar in enumerate(bars)
            for tall in [round(max(2.0, bar.height * (down if bar.is_down else up)), 1)]
        ),
    )
    width = step * len(bars)
    return format_html(
        '<svg class="strip" role="img" width="{0}" height="36" viewBox="0 0 {0} 36" aria-label="{1}"><title>{1}</title>'
        '<path class="strip-line" d="M0 {2}.5h{0}"/>{3}</svg>',
        width,
        label,
        line,
        drawn,
    )


@register.simple_tag
def shares(parts: Sequence[Share], label: str) -> SafeString:
    """A whole cut into its *parts*, as wide as they are many; *label* says in words what it shows."""
    total = sum(part.number for part in parts)
    ends = list(accumulate((100 * part.number / total for part in parts), initial=0.0)) if total else []
    drawn = format_html_join(
        "",
        '<rect class="share-{}" x="{}%" width="{}%" height="100%"/>',
        (
            (part.look, round(start, 2), round(end - start, 2))
            for part, (start, end) in zip(parts, pairwise(ends), strict=False)
            if part.number
        ),
    )
    return format_html('<svg class="shares" role="img" aria-label="{0}"><title>{0}</title>{1}</svg>', label, drawn)


@register.filter
def ago(when: datetime | float | None) -> str:
    """A moment (Unix seconds or an aware datetime) as 4 min ago, exact to the second on hover; empty for None."""
    return _time(when, relative="ago")


@register.filter
def age(when: datetime | float | None) -> str:
    """As `ago`, without the word "ago": 4 min. For narrow columns."""
    return _time(when, relative="age")


@register.filter
def day(when: datetime | float | None) -> str:
    """The day of a moment in the current time zone: 24 Aug 2026; empty for None."""
    return "" if when is None else words.day(words.moment(when), zone=timezone.get_current_timezone())


@register.filter
def clock(when: datetime | float | None) -> str:
    """Day and time of a moment in the current time zone as a message head shows it: 28 Oct, 09:12; empty for None."""
    if when is None:
        return ""
    zone, then = timezone.get_current_timezone(), words.moment(when)
    text = f"{words.short_day(then, now=timezone.now(), zone=zone)}, {then.astimezone(zone):%H:%M}"
    return _time_element(then, text, relative="")


@register.filter
def hour(when: datetime | float | None) -> str:
    """The time of a moment in the current time zone: 14:02, the day in front unless it is today; empty for None."""
    if when is None:
        return ""
    zone, then = timezone.get_current_timezone(), words.moment(when).astimezone(timezone.get_current_timezone())
    is_today = then.date() == timezone.now().astimezone(zone).date()
    return _time_element(then, f"{then:%H:%M}", relative="") if is_today else clock(when)


@register.filter
def thousands(number: float | None) -> str:
    """A number with commas at the thousands; empty for None."""
    return "" if number is None else words.thousands(number)


@register.filter
def plural(number: float, forms: str) -> str:
    """The word that goes with a number: ``{{ n|plural:"company,companies" }}``."""
    return words.plural(number, forms)


@register.filter
def counted(number: float, forms: str) -> str:
    """A number and its word: ``{{ n|counted:"conversation" }}`` is 1,208 conversations."""
    return words.counted(number, forms)


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words: 6 min 52 s; empty for None."""
    return "" if seconds is None else words.duration(seconds)


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """The widget of a form's *field* in Sonora's look; a select gets its arrow. Django adds the aria attributes."""
    classes = f"input {field.field.widget.attrs.get('class', '')}".strip()
    widget = field.as_widget(attrs={"class": classes})
    if isinstance(field.field.widget, Select):
        return format_html('<span class="select">{}{}</span>', widget, icon("chevron-down"))
    return widget


_icon = icon  # `pill` takes an argument of that name


def _time(when: datetime | float | None, *, relative: str) -> str:
    if when is None:
        return ""
    then, now, zone = words.moment(when), timezone.now(), timezone.get_current_timezone()
    text = words.ago(then, now=now, zone=zone)
    if relative == "age":
        text = words.age(then, now=now) or text
    return _time_element(then, text, relative=relative)


def _time_element(then: datetime, text: str, *, relative: str) -> SafeString:
    exact = words.exact(then, zone=timezone.get_current_timezone())
    attribute = format_html(' data-relative="{}"', relative) if relative else ""
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>', then.astimezone(UTC).isoformat(), exact, attribute, text
    )
