"""Of which conversations the sentiment is shown: where its analysis is turned off, nothing is shown."""

from django.apps import apps
from django.db.models import Case, CharField, F, Q, Value, When

from sonora.core.among import among_those


def is_shown(path: str = "connection") -> Q:
    """That the connection to which *path* leads has its sentiment analysed."""
    connections = apps.get_model("integrations", "Connection").objects.filter(analyse_sentiment=True)
    return Q(among_those(path, connections.order_by().values("pk")))


def label(to: str = "") -> Case:
    """How the conversation felt to which *to* leads (`conversation__`); empty where nothing is shown."""
    felt = When(is_shown(f"{to}connection"), then=F(f"{to}sentiment__label"))
    return Case(felt, default=Value(""), output_field=CharField())
