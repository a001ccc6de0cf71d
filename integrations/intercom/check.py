"""The live check of a token: what Intercom lets it read, and whether a connection may be made with it.

Nothing is stored. The verdicts, the first that fits: busy · the token is refused by everything that answered ·
the version is refused · unreachable (what is needed could not be asked) · another region · a needed permission is
missing · limited (another permission, the plan or the workspace's name is missing) · ready.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from integrations import errors
from integrations.checks import CheckResult, Outcome
from integrations.errors import ProviderError
from integrations.intercom import probes, regions
from integrations.intercom.client import IntercomClient
from integrations.intercom.probes import CLOSED, ME, Finding, findings
from integrations.intercom.regions import REGIONS, Origin
from integrations.intercom.verdicts import PERMISSIONS, UNNAMED, Permission, missing_sentence, plan_sentence, row
from integrations.providers import AskerOf
from integrations.records import AppIdentity, Rate

WAIT = 10  # seconds, where Intercom does not say how long it is busy


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    outcome: Outcome
    sentence: str
    field: str = ""
    right_base_url: str = ""
    retry_at: int | None = None
    elsewhere: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the six questions found, *now* in Unix seconds of Intercom's clock."""

    of: Mapping[str, Finding]
    origin: Origin
    extra: Sequence[str]
    now: int

    @property
    def errors(self) -> list[ProviderError]:
        return [finding.error for finding in self.of.values() if finding.error is not None]

    def lacking(self, kind: type[ProviderError], *more: type[ProviderError]) -> list[Permission]:
        """The permissions whose question met exactly one of these errors."""
        return [each for each in PERMISSIONS if type(self.of[each.name].error) in (kind, *more)]


async def check(
    client: IntercomClient,
    origin: Origin,
    asker_of: AskerOf,
    *,
    app_id: str = "",
    extra: Sequence[str] = (),
    closed_after: int | None = None,
) -> CheckResult:
    """Ask Intercom at *origin* what the client's token may read: six requests, at most 9 seconds.

    They count in the limit of the app that the token belongs to, which is *app_id* where that is known.
    *extra*: the settings' further origins, among which the right address for another region may lie. *closed_after*
    (Unix seconds): count the closed conversations that changed after it too, in a seventh request.
    """
    more = [] if closed_after is None else [probes.closed_after(closed_after)]
    of = await findings(client, asker_of, region=origin.region, app_id=app_id, more=more)
    closed = of.pop(CLOSED, None)  # whatever came of it, it is no verdict
    now = max((finding.at for finding in of.values() if finding.at), default=int(time.time()))
    found = Findings(of=of, origin=origin, extra=extra, now=now)
    verdict = next(verdict for rule in RULES if (verdict := rule(found)) is not None)
    is_accepted = _refused(found) is None
    identity = of[ME].identity or AppIdentity()
    return CheckResult(
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        field=verdict.field,
        identity=identity,
        region=identity.region,
        right_base_url=verdict.right_base_url,
        rows=[row(permission, of, is_accepted=is_accepted) for permission in PERMISSIONS],
        rate=_lowest_rate(of),
        retry_at=verdict.retry_at,
        at=now,
        elsewhere=verdict.elsewhere,
        closed=closed.count if closed else None,
    )


def _busy(found: Findings) -> Verdict | None:
    limited = [problem for problem in found.errors if isinstance(problem, errors.RateLimited)]
    if not limited:
        return None
    told = [problem.retry_at for problem in limited if problem.retry_at is not None]
    retry_at = max(told, default=found.now + WAIT)
    seconds = max(1, retry_at - found.now)
    is_ours = all(problem.code == errors.OWN_LIMIT for problem in limited)
    why = "All requests that Intercom allows just now are used" if is_ours else "Intercom is busy"
    return Verdict(outcome="busy", sentence=f"{why}. Check again in {seconds} s.", retry_at=found.now + seconds)


def _refused(found: Findings) -> Verdict | None:
    """Every answer was a refusal of the token; a question without an answer says nothing."""
    answers = [finding for finding in found.of.values() if type(finding.error) not in _NO_ANSWER]
    if not answers or not all(isinstance(each.error, errors.CredentialRejected) for each in answers):
        return None
    if found.origin.region in ("eu", "au"):
        # The US address passes tokens on to the right region; the others refuse what is not theirs.
        return Verdict(
            outcome="refused",
            sentence="This token isn't accepted here. Check the region and the token.",
            field="token",
            elsewhere=[other.base_url for other in regions.others(found.origin, found.extra)],
        )
    return Verdict(outcome="refused", sentence=errors.CredentialRejected.user_message, field="token")


def _version(found: Findings) -> Verdict | None:
    if not any(isinstance(problem, errors.VersionRefused) for problem in found.errors):
        return None
    return Verdict(outcome="version_refused", sentence=errors.VersionRefused.user_message)


def _unreachable(found: Findings) -> Verdict | None:
    """Whose token it is, or what no sync can do without, could not be asked."""
    necessary = [ME, *(permission.name for permission in PERMISSIONS if permission.needed)]
    unasked = [problem for name in necessary if type(problem := found.of[name].error) in _NO_ANSWER and problem]
    if not unasked:
        return None
    odd = [problem for problem in unasked if not isinstance(problem, errors.ProviderUnavailable)]
    return Verdict(outcome="unreachable", sentence=(odd or unasked)[0].user_message)


def _other_region(found: Findings) -> Verdict | None:
    identity = found.of[ME].identity
    region = identity.region if identity else ""
    if not region or not found.origin.region or region == found.origin.region:
        return None
    right = regions.right_base_url(region, found.origin, found.extra)
    sentence = f"This workspace is in {_PLACES[region]}. Use {right}."
    return Verdict(outcome="region_differs", sentence=sentence, field="base_url", right_base_url=right)


def _missing(found: Findings) -> Verdict | None:
    lacking = found.lacking(errors.PermissionMissing, errors.CredentialRejected)
    if not lacking:
        return None
    needed = any(permission.needed for permission in lacking)
    if not needed and found.of[ME].error and [permission.name for permission in lacking] == ["admins"]:
        return Verdict(outcome="limited", sentence=UNNAMED)
    if needed:
        return Verdict(outcome="refused", sentence=missing_sentence(lacking), field="token")
    return Verdict(outcome="limited", sentence=missing_sentence(lacking))


def _plan(found: Findings) -> Verdict | None:
    lacking = found.lacking(errors.PlanRestricted)
    return Verdict(outcome="limited", sentence=plan_sentence(lacking)) if lacking else None


def _unnamed(found: Findings) -> Verdict | None:
    return Verdict(outcome="limited", sentence=UNNAMED) if found.of[ME].error else None


def _ready(found: Findings) -> Verdict:
    identity = found.of[ME].identity
    name = identity.app_name if identity else ""
    return Verdict(outcome="ready", sentence=f"Ready to connect {name}." if name else "Ready to connect.")


def _lowest_rate(of: Mapping[str, Finding]) -> Rate | None:
    told = [finding.rate for finding in of.values() if finding.rate is not None]
    return min(told, key=lambda rate: rate.limit or 0 if rate.remaining is None else rate.remaining, default=None)


_NO_ANSWER = (
    errors.ProviderUnavailable,
    errors.BadResponse,
    errors.PeerUntrusted,
    errors.RequestRefused,
    errors.NotFound,
)
_PLACES = {key: "the United States" if key == "us" else region.title for key, region in REGIONS.items()}

RULES: Sequence[Callable[[Findings], Verdict | None]] = (
    _busy,
    _refused,
    _version,
    _unreachable,
    _other_region,
    _missing,
    _plan,
    _unnamed,
    _ready,
)
