"""How the companies of each connection are matched, as their admin chose."""

from dataclasses import dataclass, field

from sonora.customers.matching import names
from sonora.customers.models import MatchingRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Whether ids count, of which source ("": of all), and how names are looked at."""

    by_id: bool = True
    source: str = ""
    by_name: names.Rules = field(default_factory=names.Rules)


DEFAULT = Rules()


def of(row: MatchingRules) -> Rules:
    """What *row* says, as values."""
    mode: names.Mode = {"off": "off", "link": "link"}.get(row.names, "suggest")  # type: ignore[assignment]
    looked_at = names.Rules(mode=mode, normal_forms=row.normal_forms, use_domains=row.use_domains)
    return Rules(by_id=row.by_id, source=row.source, by_name=looked_at)


def by_connection() -> dict[int, Rules]:
    """The rules of those connections that have any; the others have `DEFAULT`."""
    return {row.connection_id: of(row) for row in MatchingRules.objects.all()}
