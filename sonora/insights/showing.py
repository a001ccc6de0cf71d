"""Of which conversations the sentiment is shown: where its analysis is turned off, nothing is shown."""

from django.apps import apps
from django.db.models import Q

from sonora.core.among import among_those


def is_shown(path: str = "connection") -> Q:
    """That the connection to which *path* leads has its sentiment analysed."""
    connections = apps.get_model("integrations", "Connection").objects.filter(analyse_sentiment=True)
    return Q(among_those(path, connections.order_by().values("pk")))
