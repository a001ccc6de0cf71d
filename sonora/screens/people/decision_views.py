"""Who is whom: merging two people, splitting a contact off, taking either back; who is a champion, and how engaged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sonora.conversations.models import ConversationContact
from sonora.core import typed
from sonora.filters.filterset import FilterSet
from sonora.graph import keeping
from sonora.people import choosing, deciding
from sonora.people.deciding import Refused
from sonora.people.models import Contact, Level, Person, PersonDecision
from sonora.screens import connection
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member, permitted
from sonora.workspaces.permissions import EDIT_PEOPLE

SHOWN = 20  # people to choose from
CHAMPION = {"yes": True, "no": False, "reset": None}
ENGAGEMENT: dict[str, str | None] = {**{level: level for level in Level.values}, "reset": None}


@require_http_methods(["GET", "POST"])
@permitted(EDIT_PEOPLE)
def merge(request: Request, pk: int) -> HttpResponse:
    """Merge the person named by `other` into this one. Without it, choose; a GET with it shows what would move."""
    person = get_object_or_404(Person.objects.all().present(), pk=pk)
    other = _other(request, person)
    if request.method == "POST" and other is not None:
        return _merge(request, person, other)
    context: dict[str, Any] = {"person": person, "other": other, "text": typed.text(request.GET.get("q", ""))}
    if other is None:
        context["choices"] = _choices(request, person, context["text"])
    else:
        contacts = Contact.objects.filter(person=other).order_by("pk")
        talks = ConversationContact.objects.filter(contact__in=contacts).values("conversation").distinct()
        context |= {"contacts": contacts.present(), "conversations": talks.count()}
    return render(request, "people/merge.html", context)


@require_POST
@permitted(EDIT_PEOPLE)
def split(request: Request, pk: int) -> HttpResponse:
    """Make a contact a person of its own."""
    contact = get_object_or_404(Contact.objects.all().present(), pk=pk)
    person = get_object_or_404(Person, pk=contact.person_id)
    try:
        decision = deciding.split(contact.pk, by=request.user.email)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("person-identities", pk=person.pk)
    keeping.renew([decision.person_id, decision.other_id])
    detail = {"person": decision.person_id, "contact": contact.pk, "became": decision.other_id}
    audit.record("person.split", subject=f"person {person.pk}", detail=detail, request=request)
    undo_url = reverse("undo-person-decision", args=[decision.pk])
    messages.success(request, f"{decision.other} is a person of their own now.", extra_tags=undo_url)
    return redirect("person-identities", pk=decision.other_id)


@require_POST
@permitted(EDIT_PEOPLE)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back; what was decided since stays."""
    decision = get_object_or_404(PersonDecision, pk=pk)
    try:
        decision = deciding.undo(decision.pk, by=request.user.email)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        keeping.renew([decision.person_id, decision.other_id])
        detail = {"decision": decision.kind, "person": decision.person_id, "other": decision.other_id}
        audit.record("person.decision_undone", subject=f"person {decision.person_id}", detail=detail, request=request)
        was_merge = decision.kind == PersonDecision.Kind.MERGE
        again = "is a person of their own again" if was_merge else "is the same person again"
        messages.success(request, f"{decision.other} {again}.")
    return redirect("person-identities", pk=decision.person_id)


@require_POST
@member
def choose_champion(request: Request, pk: int) -> HttpResponse:
    """Say whether a person is a champion: `champion` is yes, no, or reset."""
    person = get_object_or_404(Person.objects.all().present(), pk=pk)
    said = request.POST.get("champion", "")
    if said in CHAMPION:
        choosing.choose_champion(person, CHAMPION[said], by=str(request.user))
        _tell_choice(request, person, champion=said)
    return redirect("person", pk=pk)


@require_POST
@member
def choose_engagement(request: Request, pk: int) -> HttpResponse:
    """Say how engaged a person is: `engagement` is a level, or reset."""
    person = get_object_or_404(Person.objects.all().present(), pk=pk)
    said = request.POST.get("engagement", "")
    if said in ENGAGEMENT:
        choosing.choose_engagement(person, ENGAGEMENT[said], by=str(request.user))
        _tell_choice(request, person, engagement=said)
    return redirect("person", pk=pk)


def _tell_choice(request: Request, person: Person, **said: str) -> None:
    """Lists follow at once, and the audit trail knows it."""
    keeping.renew([person.pk])
    ((what, how),) = said.items()
    detail = {"person": person.pk, **said}
    audit.record(f"person.{what}_chosen", subject=f"person {person.pk}", detail=detail, request=request)
    messages.success(request, "Saved." if how != "reset" else "What the figures say holds again.")


def _other(request: Request, person: Person) -> Person | None:
    asked = typed.key(request.POST.get("other") or request.GET.get("other", ""))
    return Person.objects.all().present().filter(pk=asked or 0).exclude(pk=person.pk).first()


def _choices(request: Request, person: Person, text: str) -> list[Person]:
    """With *text* the people that are found by it, else those whose name begins alike."""
    first = person.name.split()[:1]
    alike = Person.objects.all().present().filter(name__istartswith=first[0]) if first else Person.objects.none()
    found = FilterSet(text=text).people_passing(connection.viewer(request)) if text else alike
    return list(found.exclude(pk=person.pk).order_by("name", "pk")[:SHOWN])


def _merge(request: Request, person: Person, other: Person) -> HttpResponse:
    try:
        decision = deciding.merge(person.pk, other.pk, by=request.user.email)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("merge-person", pk=person.pk)
    keeping.renew([decision.person_id, decision.other_id])
    detail = {"person": person.pk, "merged": other.pk, "contacts": len(decision.contacts)}
    audit.record("person.merged", subject=f"person {person.pk}", detail=detail, request=request)
    undo_url = reverse("undo-person-decision", args=[decision.pk])
    messages.success(request, f"{other} is part of {person} now. You can undo it below.", extra_tags=undo_url)
    return redirect("person-identities", pk=person.pk)
