"""Charts that the server draws: SVG whose text is never scaled, so each is drawn for a wide and for a narrow place."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sonora.core.plot import Bucket, Mark, Plot, plot

register = template.Library()

WIDE, NARROW, HEIGHT = 560, 264, 176  # units, which are pixels
THIN = 3.0  # the height of a bar whose value is next to nothing


@register.simple_tag
def balance_chart(buckets: Sequence[Bucket], *, title: str, summary: str, first: str, last: str) -> SafeString:
    """*buckets* between all positive and all negative, oldest first; *first* and *last* name the ends of the time.

    *title* says what it shows and *summary* what there is to see: they are what a screen reader tells. Put the table
    of the same numbers behind it.
    """
    drawn = [
        _svg(plot(buckets, width=width, height=HEIGHT), look, title=title, summary=summary, first=first, last=last)
        for width, look in ((WIDE, "chart-wide"), (NARROW, "chart-narrow"))
    ]
    return format_html('<div class="chart">{}{}</div>', *drawn)


def _svg(shown: Plot, look: str, *, title: str, summary: str, first: str, last: str) -> SafeString:
    return format_html(
        '<svg class="{look}" role="img" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' aria-label="{title}. {summary}"><title>{title}</title><desc>{summary}</desc>{grid}{marks}{words}</svg>',
        look=look,
        width=shown.width,
        height=shown.height,
        title=title,
        summary=summary,
        grid=_grid(shown),
        marks=format_html_join("", "{}", ((_mark(mark, shown.zero),) for mark in shown.marks)),
        words=_words(shown, first=first, last=last),
    )


def _grid(shown: Plot) -> SafeString:
    end = shown.width - 8
    lines = f"M64 {shown.top}H{end}M64 {shown.bottom}H{end}"
    return format_html(
        '<path class="chart-grid" d="{}"/><path class="chart-zero" d="M64 {}H{}"/>', lines, shown.zero, end
    )


def _mark(mark: Mark, zero: float) -> SafeString:
    bucket = mark.bucket
    if bucket.is_enough:
        tall = max(THIN, abs(mark.y - zero))
        top = zero - THIN / 2 if tall == THIN else min(mark.y, zero)
        left = round(mark.x - mark.wide / 2, 1)
        bar = '<rect class="chart-{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"><title>{}</title></rect>'
        return format_html(bar, bucket.look, left, top, mark.wide, round(tall, 1), bucket.words)
    dot = (
        '<circle class="chart-few chart-{}" cx="{}" cy="{}" r="4"><title>{}</title></circle>'
        '<text class="chart-number" x="{}" y="{}" text-anchor="middle">{}</text>'
    )
    return format_html(dot, bucket.look, mark.x, mark.y, bucket.words, mark.x, round(mark.y - 8, 1), bucket.number)


def _words(shown: Plot, *, first: str, last: str) -> SafeString:
    left = (("Positive", shown.top), ("Neutral", shown.zero), ("Negative", shown.bottom))
    foot = shown.height - 8
    return format_html(
        '{}<text x="64" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
        format_html_join("", '<text x="56" y="{}" text-anchor="end">{}</text>', ((y + 4, word) for word, y in left)),
        foot,
        first,
        shown.width - 8,
        foot,
        last,
    )
