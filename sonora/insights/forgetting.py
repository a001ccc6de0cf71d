"""Requests that nobody asks for any more, once what they were read from is deleted."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from sonora.insights.models import Due, Evidence, FeatureRequest, RequestDecision


def forget(most: int) -> bool:
    """Remove up to *most* requests of the current workspace under which there are no words, with what was decided
    about them; False when there are none. Their titles were customers' words.
    """
    asked_for = Evidence.objects.filter(request=OuterRef("pk"))
    with transaction.atomic():
        some = list(FeatureRequest.objects.filter(~Exists(asked_for)).values_list("pk", flat=True)[:most])
        if not some:
            return False
        Due.objects.filter(request_id__in=some).delete()
        RequestDecision.objects.filter(request__in=some).delete()
        FeatureRequest.objects.filter(pk__in=some).delete()
        RequestDecision.objects.filter(changes=None, request=None).delete()
    return True
