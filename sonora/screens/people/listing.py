"""One page of the list of people."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q
from django.urls import reverse

from sonora.conversations.models import ConversationContact
from sonora.core import keyset, paging, typed
from sonora.core.fulltext import Found, Words
from sonora.customers.models import Match
from sonora.people.models import Contact, ContactCompany, Person, PersonQuerySet
from sonora.screens import counts
from sonora.screens.people import working


@dataclass(slots=True, kw_only=True)
class Row:
    """One person of the list; *customers* are (primary key, name), a company that is no customer has no key."""

    person: Person
    customers: list[tuple[int | None, str]] = field(default_factory=list)
    conversations: int = 0
    last_at: int | None = None  # Unix seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    text: str
    work: str
    unnamed: bool
    rows: list[Row]
    total: str
    has_unnamed: bool
    links: paging.Links


def page(query: str, *, work: str, unnamed: bool, after: str | None, before: str | None) -> ListPage:
    """People by name; those without one apart (*unnamed*), unless *query* searches names and addresses of all or
    *work*, one of `working.FILTERS`, says where they work.
    """
    text = typed.text(query)
    work = work if work in working.FILTERS else ""
    unnamed = unnamed and not text and not work
    people = matching(text) if text else Person.objects.all()
    people = working.FILTERS[work](people) if work else people
    if not text and not work:
        people = people.filter(name="") if unnamed else people.filter(name__gt="")
    people = people.present()
    order = ("email", "pk") if unnamed else ("name", "pk")
    shown = keyset.page(people, order=order, after=after, before=before)
    total = counts.text(counts.capped(people))
    kept = {"q": text, "work": work, "unnamed": "1" if unnamed else ""}
    return ListPage(
        text=text,
        work=work,
        unnamed=unnamed,
        rows=rows(shown.rows),
        total=total,
        has_unnamed=not (text or work or unnamed) and Person.objects.filter(name="").present().exists(),
        links=paging.links(
            shown,
            path=reverse("people"),
            query=urlencode({name: value for name, value in kept.items() if value}),
            total=total,
        ),
    )


def matching(text: str) -> PersonQuerySet:
    """People one of whose contacts has the words of *text* in name or address; none for a text without words."""
    words = Words.typed(text)
    if not words:
        return Person.objects.none()
    return Person.objects.filter(pk__in=Contact.objects.all().present().filter(Found(F("pk"), words)).values("person"))


def rows(people: list[Person]) -> list[Row]:
    """*people* in their order, each with customers, number of conversations and the last of them."""
    found = {person.pk: Row(person=person) for person in people}
    talks = Q(conversation__fetched_at__isnull=False, conversation__deleted_at__isnull=True)
    talked = ConversationContact.objects.filter(talks, contact__person__in=people).order_by()
    for person, count, last in talked.values_list("contact__person").annotate(
        Count("conversation", distinct=True), Max("conversation__updated_at")
    ):
        found[person].conversations, found[person].last_at = count, last
    works = ContactCompany.objects.filter(contact__person__in=people, company__deleted_at__isnull=True)
    for link in works.select_related("contact", "company__match__customer").order_by("company__name"):
        customer = _customer(link)
        if link.contact.person_id in found and customer not in found[link.contact.person_id].customers:
            found[link.contact.person_id].customers.append(customer)
    return list(found.values())


def _customer(link: ContactCompany) -> tuple[int | None, str]:
    match = getattr(link.company, "match", None)
    if match is not None and match.customer is not None and match.state in Match.LINKING:
        return match.customer.pk, match.customer.name
    return None, str(link.company)
