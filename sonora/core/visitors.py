"""From where somebody asks."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str | None:
    """The address of who asks, as the outermost of our own proxies saw it; None where none was told.

    Each proxy adds to X-Forwarded-For whom it was asked by. What stands there further left was sent by the visitor, so
    no more is believed than `PROXIES_IN_FRONT` of the settings says that there are.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES_IN_FRONT:
        hops = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), *hops]
    return _read(hops[max(0, len(hops) - 1 - settings.PROXIES_IN_FRONT)]) or _read(hops[-1])


def _read(told: str) -> str | None:
    """The address in *told*, which a proxy may have written with a port behind it."""
    text = told.strip()
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return None
