"""What the frame of a page needs: where the visitor is, and the theme chosen."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sonora.core.navigation import AT_HAND, PLACES, SETTINGS, SETTINGS_PLACES, Place

register = template.Library()


@register.inclusion_tag("_nav.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The side navigation. `nav_errors` in the context is the number on Settings: connections in error only."""
    path = _path(context)
    places = [(place, place.holds(path)) for place in PLACES]
    settings = (SETTINGS, SETTINGS.holds(path))
    return {
        "at_hand": places[:AT_HAND],
        "more": places[AT_HAND:],
        "settings": settings,
        "is_in_more": any(current for _, current in (*places[AT_HAND:], settings)),
        "errors": context.get("nav_errors", 0),
    }


@register.simple_tag(takes_context=True)
def place_of_page(context: dict[str, Any]) -> Place | None:
    """The place in which the page lies, or would if it was there; None: in none of the lists."""
    path = _path(context)
    return next((place for place in PLACES if place.holds(path)), None)


@register.inclusion_tag("_subnav.html", takes_context=True)
def settings_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The list of the settings pages that the member may open, left of each of them."""
    path, may = _path(context), context.get("may", {})
    shown = [place for place in SETTINGS_PLACES if not place.needs or may.get(place.needs)]
    places: list[tuple[Place, bool]] = [(place, place.holds(path)) for place in shown]
    return {"places": places}


@register.simple_tag(takes_context=True)
def theme_attribute(context: dict[str, Any]) -> SafeString:
    """` data-theme="dark"` where the user chose a theme; nothing where the system decides."""
    theme = chosen_theme(context)
    return SafeString("") if theme == "system" else format_html(' data-theme="{}"', theme)


@register.simple_tag(takes_context=True)
def chosen_theme(context: dict[str, Any]) -> str:
    """system, light or dark, as the signed-in user chose; system for a visitor."""
    user = getattr(context.get("request"), "user", None)
    theme = getattr(user, "theme", "system")
    return theme if theme in {"light", "dark"} else "system"


def _path(context: dict[str, Any]) -> str:
    """The address of the page, or `here` of the context where a page lies elsewhere than its address says."""
    request = context.get("request")
    if here := context.get("here"):
        return str(here)
    return request.path if isinstance(request, HttpRequest) else ""
