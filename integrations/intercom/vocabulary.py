"""The words of Intercom's that this version reads a meaning into, and the names of those that it does not know. Pure.

Intercom adds words without a new version of its API. One that is not known is stored and shown as it came; that it came
is counted, so that somebody sees that Sonora has something to learn. Known are those of the API's description of 2.16
and of 2.17, and those that were seen in answers.
"""

import re
from collections.abc import Iterable, Iterator

INTERNAL = frozenset({"note", "note_and_reopen"})  # parts that customers never see
KNOWN = {
    "state": frozenset({"open", "snoozed", "closed"}),
    "author_type": frozenset({"user", "lead", "contact", "admin", "bot", "team", "operator"}),
    "role": frozenset({"user", "lead"}),
    "linked_object": frozenset({"ticket", "conversation"}),
    "part_type": INTERNAL
    | {
        "assign_and_reopen",
        "assign_and_snooze",
        "assign_and_unsnooze",
        "assignment",
        "away_mode_assignment",
        "call_summary",
        "channel_and_reply_time_expectation",
        "close",
        "comment",
        "company_updated",
        "conversation_attribute_updated_by_admin",
        "conversation_attribute_updated_by_user",
        "conversation_attribute_updated_by_workflow",
        "conversation_rating_changed",
        "conversation_rating_remark_added",
        "conversation_rating_requested",
        "conversation_tags_updated",
        "custom_action_finished",
        "custom_action_started",
        "default_assignment",
        "fin_guidance_applied",
        "language_detection_details",
        "merged_primary_conversation",
        "merged_secondary_conversation",
        "message_strategy_assignment",
        "open",
        "operator_workflow_event",
        "participant",
        "participant_added",
        "participant_removed",
        "quick_reply",
        "snoozed",
        "ticket_attribute_updated_by_admin",
        "ticket_state_updated_by_admin",
        "timer_unsnooze",
        "title_updated",
        "unsnoozed",
    },
}
NAME = re.compile(r"[a-z][a-z_]{0,59}")  # what is none may be somebody's words, which never leave the record
NAMELESS = "other"


def knows(name: str) -> bool:
    """Whether this version reads a meaning into *name*, which `unknown` gave, of this version or an earlier one."""
    of, _, word = name.partition(":")
    return word in KNOWN.get(of, ())


def unknown(of: str, told: Iterable[str]) -> Iterator[str]:
    """Of the words *told*, those that *of* does not know, as `of:word`, or `of:other` for what looks like no name."""
    known = KNOWN[of]
    return (f"{of}:{word if NAME.fullmatch(word) else NAMELESS}" for word in told if word and word not in known)
