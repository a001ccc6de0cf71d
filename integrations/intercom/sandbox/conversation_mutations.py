"""Changes to conversations while the sandbox runs."""

from typing import Any

from integrations.intercom.sandbox.desk import Desk
from integrations.intercom.sandbox.world import html, made
from integrations.intercom.sandbox.world.model import Json
from integrations.intercom.sandbox.world.statistics import statistics

_ENDS = {"close": ("close", "closed"), "reopen": ("open", "open"), "snooze": ("snoozed", "snoozed")}


class ConversationMutations(Desk):
    """What happens to conversations."""

    def doers(self) -> dict[str, Any]:
        return {
            "add_conversation": self._add,
            "change_conversation": self._change,
            "reply": self._reply,
            "close": self._end,
            "reopen": self._end,
            "snooze": self._end,
            "redact_part": self._redact,
            "delete_conversation": self._delete,
            "touch": self._touch,
        }

    def _add(self, wish: Json) -> Json:
        """`contact_id` (default: the first), `text`, `company_id`, `tag_ids`, `assignee_id`."""
        at = self.at(wish)
        contact = self.contact(wish["contact_id"]) if wish.get("contact_id") else self.anyone()
        text = wish.get("text", "Hello, is anyone there?")
        document = made.conversation(next(self.world.numbers), contact, at=at, text=text)
        document["company_id"] = wish.get("company_id", document["company_id"])
        document["admin_assignee_id"] = int(wish.get("assignee_id") or 0)
        document["tags"] = made.retagged([], lambda _: wish.get("tag_ids", []), at)
        return self.store(document)

    def _change(self, wish: Json) -> Json:
        """`id` and `set`: values by name of the canonical document. `quietly` leaves updated_at as it is."""
        document = self.copy(wish)
        document |= wish["set"]
        if not wish.get("quietly"):
            document["updated_at"] = wish["set"].get("updated_at", self.at(wish))
        return self.store(document)

    def _reply(self, wish: Json) -> Json:
        """`id`, `text` or `body`, `author` ("contact" or "admin"), `part_type`."""
        document = self.copy(wish)
        self._add_part(document, wish, kind=wish.get("part_type", "comment"), state=document["state"])
        return self.store(document)

    def _end(self, wish: Json) -> Json:
        """`id`; a snooze takes `until` (Unix seconds). A text may go with it."""
        kind, state = _ENDS[wish["op"]]
        document = self.copy(wish)
        until = int(wish.get("until") or self.at(wish) + 86_400) if state == "snoozed" else None
        document |= {"state": state, "open": state != "closed", "snoozed_until": until}
        self._add_part(document, {"author": "admin"} | wish, kind=kind, state=state)
        return self.store(document)

    def _redact(self, wish: Json) -> Json:
        """`id` and `part_id`; "source" redacts the opening message. Default: the first part with words."""
        document, wanted = self.copy(wish), wish.get("part_id")
        if wanted == "source":
            document["source"] |= {"body": "", "redacted": True}
        else:
            chosen = self._said(document, wanted)
            chosen |= {"body": None, "redacted": True, "updated_at": self.at(wish)}
            wanted = chosen["id"]
        document["updated_at"] = self.at(wish)
        return self.store(document) | {"part_id": str(wanted)}

    def _said(self, document: Json, wanted: Any) -> Json:
        for part in document["parts"]:
            if str(part["id"]) == str(wanted) if wanted else part["body"]:
                found: Json = part
                return found
        raise LookupError("no such part")

    def _delete(self, wish: Json) -> Json:
        """`id`; `without_feed` keeps it out of the feed of deletions."""
        conversation, at = self.conversation(wish["id"]), self.at(wish)
        self.world.conversations.put(conversation.id, None, visible_at=self.visible_at())
        gone = {"type": "conversation", "id": str(conversation.id), "metrics_retained": False, "deleted_at": at}
        if not wish.get("without_feed"):
            self.world.deletions.append(gone)
        return gone

    def _touch(self, wish: Json) -> Json:
        """Give `count` conversations (or `ids`) one and the same second as `updated_at`."""
        at = self.at(wish)
        ids = wish.get("ids") or sorted(self.world.conversations.live)[: int(wish["count"])]
        for ident in ids:
            self.store(self.world.document(self.conversation(ident)) | {"updated_at": at})
        return {"count": len(ids), "updated_at": at, "ids": [str(ident) for ident in ids]}

    def _add_part(self, document: Json, wish: Json, *, kind: str, state: str) -> None:
        at = self.at(wish)
        body = wish.get("body") or (f"<p>{html.escape(wish['text'])}</p>" if "text" in wish else None)
        author = self._author(document, wish)
        said = made.part(author, number=next(self.world.numbers), kind=kind, body=body, at=at, state=state)
        document["parts"] = [*document["parts"], said]
        document["statistics"] = statistics(document["created_at"], document["parts"])
        document["updated_at"] = at

    def _author(self, document: Json, wish: Json) -> Json:
        if wish.get("author", "contact") == "contact":
            return made.person(self.contact(document["contact_ids"][0]))
        admins = self.world.admins
        admin = admins.get(str(document["admin_assignee_id"])) or next(iter(admins.values()))
        return {key: admin[key] for key in ("type", "id", "name", "email")}
