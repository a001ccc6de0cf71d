"""Changes to tags, contacts, companies and teammates while the sandbox runs."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from integrations.intercom.sandbox.desk import Desk
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world import made
from integrations.intercom.sandbox.world.ids import hexadecimal, randomness
from integrations.intercom.sandbox.world.model import Contact, Json

Change = Callable[[list[str]], list[str]]


class TagMutations(Desk):
    """What happens to tags."""

    def doers(self) -> dict[str, Any]:
        return {
            "tag": self._tag,
            "untag": self._untag,
            "add_tag": self._name,
            "rename_tag": self._rename,
            "delete_tag": self._delete,
        }

    def _tag(self, wish: Json) -> Json:
        """`tag_id` onto `conversation_id`, `contact_id` or `company_id`."""
        return self._retag(wish, lambda ids: [*ids, wish["tag_id"]])

    def _untag(self, wish: Json) -> Json:
        return self._retag(wish, lambda ids: [ident for ident in ids if ident != wish["tag_id"]])

    def _retag(self, wish: Json, change: Change) -> Json:
        at = self.at(wish)
        if wish.get("company_id"):
            company = self.world.companies[wish["company_id"]]
            company.tag_ids = list(dict.fromkeys(change(company.tag_ids)))
            return {"id": company.id}
        if wish.get("contact_id"):
            contact = self.contact(wish["contact_id"])
            stamped = contact.fields | {"updated_at": at}
            tagged = replace(contact, fields=stamped, tags=made.retagged(contact.tags, change, at))
            self.world.contacts.put(tagged.id, tagged, visible_at=self.visible_at())
            return {"id": tagged.id, "updated_at": at}
        document = self.copy({"id": wish["conversation_id"]})
        document |= {"tags": made.retagged(document["tags"], change, at), "updated_at": at}
        return self.store(document)

    def _name(self, wish: Json) -> Json:
        """`name`, and `id` when it is to be a certain one."""
        ident = str(wish.get("id") or next(self.world.numbers))
        self.world.tags[ident] = wish["name"]
        return {"id": ident, "name": wish["name"]}

    def _rename(self, wish: Json) -> Json:
        """`id`, `name`."""
        if wish["id"] not in self.world.tags:
            raise LookupError(f"no tag {wish['id']}")
        return self._name(wish)

    def _delete(self, wish: Json) -> Json:
        """`id`; it disappears from everything that carried it."""
        return {"id": wish["id"], "name": self.world.tags.pop(wish["id"])}


class PeopleMutations(Desk):
    """What happens to contacts, companies and teammates."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._rng = randomness(state.options.seed, "mutations")

    def doers(self) -> dict[str, Any]:
        return {
            "add_contact": self._add_contact,
            "change_contact": self._change_contact,
            "delete_contact": self._delete_contact,
            "merge_contacts": self._merge,
            "change_company": self._change_company,
            "delete_company": self._delete_company,
            "expire_scroll": self._expire_scroll,
            "remove_admin": self._remove_admin,
        }

    def _add_contact(self, wish: Json) -> Json:
        """`name`, `email`, `role`, `external_id`, `company_ids`."""
        at = self.at(wish)
        ident = hexadecimal(at, self._rng)
        email = wish.get("email", f"{ident[-8:]}@new.example")
        fields = copy.deepcopy(self.anyone().fields) | {
            "id": ident,
            "external_id": wish.get("external_id", f"usr_{ident[-8:]}"),
            "role": wish.get("role", "user"),
            "name": wish.get("name", "New Person"),
            "email": email,
            "email_domain": email.partition("@")[2],
            "created_at": at,
            "signed_up_at": at,
        }
        return self._store_contact(Contact(fields, company_ids=list(wish.get("company_ids", []))), at)

    def _change_contact(self, wish: Json) -> Json:
        """`id`, `set` and, if they change, `company_ids`."""
        contact = self.contact(wish["id"])
        companies = list(wish.get("company_ids", contact.company_ids))
        changed = replace(contact, fields=contact.fields | wish.get("set", {}), company_ids=companies)
        return self._store_contact(changed, self.at(wish))

    def _delete_contact(self, wish: Json) -> Json:
        """`id`."""
        contact = self.contact(wish["id"])
        self.world.contacts.put(contact.id, None, visible_at=self.visible_at())
        self._count_people()
        return {"id": contact.id}

    def _merge(self, wish: Json) -> Json:
        """`from` goes into `into`; it vanishes from lists and search at once."""
        merged, into, at = self.contact(wish["from"]), self.contact(wish["into"]), self.at(wish)
        if merged.id == into.id:
            raise ValueError("a contact cannot be merged into itself")
        role = merged.fields["role"]
        entry = {"type": "merge_history", "source_contact_id": merged.id, "source_contact_role": role, "merged_at": at}
        self.world.contacts.forget(merged.id)
        self.world.merged[merged.id] = into.id
        self.world.merges.append({"into": into.id, "entry": entry})
        companies = list(dict.fromkeys([*into.company_ids, *merged.company_ids]))
        return self._store_contact(replace(into, company_ids=companies), at)

    def _store_contact(self, contact: Contact, at: int) -> Json:
        stamped = replace(contact, fields=contact.fields | {"updated_at": at})
        self.world.contacts.put(stamped.id, stamped, visible_at=self.visible_at())
        self._count_people()
        return {"id": stamped.id, "updated_at": at}

    def _count_people(self) -> None:
        for company in self.world.companies.values():
            company.fields["user_count"] = 0
        for contact in self.world.contacts.live.values():
            for ident in contact.company_ids:
                if ident in self.world.companies:
                    self.world.companies[ident].fields["user_count"] += 1

    def _change_company(self, wish: Json) -> Json:
        """`id` and `set`."""
        company = self.world.companies[wish["id"]]
        company.fields |= {"updated_at": self.at(wish)} | wish["set"]
        return {"id": company.id}

    def _delete_company(self, wish: Json) -> Json:
        """`id`."""
        del self.world.companies[wish["id"]]
        for contact in self.world.contacts.live.values():
            if wish["id"] in contact.company_ids:
                contact.company_ids.remove(wish["id"])
        return {"id": wish["id"]}

    def _expire_scroll(self, _: Json) -> Json:
        """The scroll that is open, if any, is over at once."""
        self.state.scroll.expire()
        return {}

    def _remove_admin(self, wish: Json) -> Json:
        """`id`; what they said stays."""
        return {"id": self.world.admins.pop(wish["id"])["id"]}
