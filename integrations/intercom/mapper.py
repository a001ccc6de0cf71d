"""Payload → record. Pure. A provider's words stop here.

Each function raises UnreadableObject when the object has no id that it could be stored and asked for by; anything else
that is odd becomes an empty value.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from integrations.errors import UnreadableObject
from integrations.intercom import payloads
from integrations.intercom.attributes import job_title
from integrations.intercom.links import Links
from integrations.intercom.lists import ids, is_whole, listed_in, once, tag_ids, tags
from integrations.intercom.messages import messages, preview
from integrations.intercom.regions import region_of
from integrations.intercom.scalars import amount, assignee, count, flag, identifier, moment, text
from integrations.intercom.vocabulary import unknown
from integrations.records import (
    AppIdentity,
    CompanyRecord,
    CompanyRef,
    ContactRecord,
    ConversationRecord,
    ConversationSeen,
    Deletion,
    TagRecord,
    TeammateRecord,
    TeamRecord,
    Unreadable,
)
from sonora.core.html import plain_text


def identity(me: payloads.Me) -> AppIdentity:
    """Whose token it is. `app` is null for tokens that may not read it."""
    app = me.app if isinstance(me.app, payloads.App) else payloads.App()
    return AppIdentity(
        app_id=identifier(app.id_code),
        app_name=text(app.name),
        region=region_of(app.region),
        time_zone=text(app.timezone),
        person_name=text(me.name),
        person_email=text(me.email),
    )


def conversation(
    payload: payloads.Conversation, *, links: Links, broken: Sequence[Unreadable] = ()
) -> ConversationRecord:
    """*broken*: parts that could not even be decoded."""
    external_id = _own_id(payload, "conversation")
    source = payload.source if isinstance(payload.source, payloads.Source) else None
    parts = payload.conversation_parts
    written, unreadable = messages(source, payload, conversation_id=external_id)
    rating = payload.conversation_rating if isinstance(payload.conversation_rating, payloads.Rating) else None
    company = payload.company if isinstance(payload.company, payloads.Company) else None
    snoozed_until = moment(payload.snoozed_until)
    state = _state(payload, snoozed_until)
    return ConversationRecord(
        external_id=external_id,
        title=_title(payload, source),
        preview=preview(written),
        state=state,
        open=state in ("open", "snoozed") or flag(payload.open) is True,
        priority=text(payload.priority),
        channel=_channel(payload, source),
        delivered_as=text(source.delivered_as) if source else "",
        waiting_since=moment(payload.waiting_since),
        snoozed_until=snoozed_until,
        rating=count(rating.rating) if rating else None,
        rating_remark=text(rating.remark) if rating else "",
        url=links.conversation(external_id, app_id=identifier(company.app_id) if company else ""),
        assignee=assignee(payload.admin_assignee_id),
        team=assignee(payload.team_assignee_id),
        company=_company_ref(company),
        contacts=ids(payload.contacts, "contacts"),
        tags=tags(payload.tags),
        messages=written,
        parts_total=count(parts.total_count) if isinstance(parts, payloads.Parts) else None,
        linked_tickets=_tickets(payload),
        unreadable=(*broken, *unreadable),
        unknown=(
            *unknown("state", [state]),
            *unknown("part_type", (one.kind for one in written if one.origin == "part")),
            *unknown("author_type", (one.author.type for one in written)),
            *unknown("linked_object", (text(one.type) for one in _linked(payload))),
        ),
        created_at=moment(payload.created_at),
        updated_at=moment(payload.updated_at),
    )


def seen(payload: payloads.SeenConversation) -> ConversationSeen:
    return ConversationSeen(
        external_id=_own_id(payload, "conversation"),
        updated_at=moment(payload.updated_at),
        created_at=moment(payload.created_at),
        tags=tag_ids(payload.tags),
        company=identifier(payload.company.id) if isinstance(payload.company, payloads.Ref) else "",
    )


def deletion(payload: payloads.DeletedConversation) -> Deletion:
    """Raises UnreadableObject also without a time: the feed is read by time."""
    external_id = _own_id(payload, "deletion")
    at = moment(payload.deleted_at)
    if at is None:
        raise UnreadableObject("The deletion has no time.", external_id=external_id, raw=msgspec.json.encode(payload))
    return Deletion(external_id=external_id, deleted_at=at)


def contact(payload: payloads.Contact, *, links: Links) -> ContactRecord:
    external_id = _own_id(payload, "contact")
    app_id = identifier(payload.workspace_id)
    return ContactRecord(
        external_id=external_id,
        role=text(payload.role),
        name=text(payload.name),
        email=text(payload.email),
        phone=text(payload.phone),
        job_title=job_title(payload.custom_attributes),
        user_id=text(payload.external_id),
        app_id=app_id,
        url=links.contact(external_id, app_id=app_id),
        companies=ids(payload.companies, "companies"),
        companies_complete=is_whole(payload.companies),
        tags=tags(payload.tags),
        tags_complete=is_whole(payload.tags),
        unknown=tuple(unknown("role", [text(payload.role)])),
        has_bounced=flag(payload.has_hard_bounced) is True,
        last_seen_at=moment(payload.last_seen_at),
        created_at=moment(payload.created_at),
        updated_at=moment(payload.updated_at),
    )


def company(payload: payloads.Company, *, links: Links) -> CompanyRecord:
    external_id = _own_id(payload, "company")
    app_id = identifier(payload.app_id)
    return CompanyRecord(
        external_id=external_id,
        company_id=text(payload.company_id),
        name=text(payload.name),
        website=text(payload.website),
        industry=text(payload.industry),
        plan=text(payload.plan.name) if isinstance(payload.plan, payloads.Plan) else "",
        size=count(payload.size),
        user_count=count(payload.user_count),
        monthly_spend=amount(payload.monthly_spend),
        url=links.company(external_id, app_id=app_id),
        app_id=app_id,
        tags=tags(payload.tags),
        created_at=moment(payload.created_at),
        updated_at=moment(payload.updated_at),
    )


def teammate(payload: payloads.Admin) -> TeammateRecord:
    return TeammateRecord(
        external_id=_own_id(payload, "admin"),
        name=text(payload.name),
        email=text(payload.email),
        job_title=text(payload.job_title),
    )


def team(payload: payloads.Team) -> TeamRecord:
    return TeamRecord(external_id=_own_id(payload, "team"), name=text(payload.name))


def tag(payload: payloads.Tag) -> TagRecord:
    return TagRecord(
        external_id=_own_id(payload, "tag"), name=text(payload.name), applied_at=moment(payload.applied_at)
    )


def _own_id(payload: Any, noun: str) -> str:
    found = identifier(payload.id)
    if not found:
        raise UnreadableObject(f"The {noun} has no usable id.", raw=msgspec.json.encode(payload))
    return found


def _state(payload: payloads.ConversationHead, snoozed_until: int | None) -> str:
    told = text(payload.state).strip().lower()
    if told:
        return told
    if flag(payload.open) is False:
        return "closed"
    return "snoozed" if snoozed_until else "open"


def _title(payload: payloads.ConversationHead, source: payloads.Source | None) -> str:
    """The conversation's own title, else the opening message's subject unless that was redacted."""
    title = text(payload.title)
    if not title.strip() and source is not None and not flag(source.redacted):
        title = text(source.subject)
    return " ".join(plain_text(title).split()) if title else ""


def _channel(payload: payloads.ConversationHead, source: payloads.Source | None) -> str:
    told = text(source.type) if source else ""
    if told or not isinstance(payload.channel, payloads.Channel):
        return told
    return text(payload.channel.initial) or text(payload.channel.current)


def _company_ref(company: payloads.Company | None) -> CompanyRef | None:
    external_id = identifier(company.id) if company else ""
    if company is None or not external_id:
        return None
    return CompanyRef(external_id=external_id, company_id=text(company.company_id), name=text(company.name))


def _tickets(payload: payloads.ConversationHead) -> Sequence[str]:
    linked = [each for each in _linked(payload) if each.type == "ticket"]
    own = [payload.ticket] if isinstance(payload.ticket, payloads.Ref) else []
    return once(identifier(each.id) for each in [*linked, *own])


def _linked(payload: payloads.ConversationHead) -> list[payloads.Ref]:
    return listed_in(payload.linked_objects, payloads.Ref, "data")
