"""What a request is called and which words are typical of it, from the words that ask for it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from sonora.insights import vectors
from sonora.insights.models import Evidence, FeatureRequest
from sonora.insights.models.requests import LONGEST_TITLE

MOST = 500  # of the latest words of a request are looked at


def describe(requests: Sequence[FeatureRequest], *, version: int) -> None:
    """Give *requests*, which are locked, the title, the quote and the vector of their words, as of *version*.

    One that was merged into another keeps its vector: new words like its own are led on by it. Its title goes when
    the words that it was taken from are gone.
    """
    for request in requests:
        if request.merged_into_id is None:
            _describe(request, version)


def _describe(request: FeatureRequest, version: int) -> None:
    words = _latest(request)
    request.quote = _typical([one for one in words if one.state in Evidence.COUNTED] or words)
    request.title = title(request.quote)
    request.vector = _mean(words)
    request.version = version
    request.save(update_fields=["quote", "title", "vector", "version"])
    still_said = Evidence.objects.filter(request=request, quote=OuterRef("quote"))
    FeatureRequest.objects.filter(merged_into=request).exclude(Exists(still_said)).update(quote="", title="")


def _latest(request: FeatureRequest) -> list[Evidence]:
    """The latest words of *request*, but for dismissed ones, whose vectors can be compared with the very latest."""
    words = Evidence.objects.filter(request=request).exclude(state=Evidence.State.DISMISSED)
    found = list(words.only("quote", "state", "vector").order_by("-pk")[:MOST])
    length = len(found[0].vector) if found else 0
    return [one for one in found if len(one.vector) == length]


def _typical(words: Sequence[Evidence]) -> str:
    if not words or not words[0].vector:
        return words[0].quote if words else ""
    oldest_first = words[::-1]  # of two that are as typical the older: titles are to stay
    return oldest_first[vectors.medoid(vectors.unpack([one.vector for one in oldest_first]))].quote


def _mean(words: Sequence[Evidence]) -> bytes:
    if not words or not words[0].vector:
        return b""
    return vectors.pack(vectors.mean(vectors.unpack([one.vector for one in words])))


def title(quote: str) -> str:
    """The thing that *quote* asks for, as a heading."""
    from sonora.insights.grouping import shortened  # brings the encoder's library along, which pages do without

    return shortened(quote)[:LONGEST_TITLE]
