"""What happened to a conversation between two messages, in one line of words."""

WORDS = {
    "assignment": "assigned the conversation",
    "assign_and_reopen": "assigned and reopened the conversation",
    "assign_and_unsnooze": "assigned the conversation and ended its snooze",
    "assign_and_snooze": "assigned and snoozed the conversation",
    "away_mode_assignment": "was away, so the conversation was assigned anew",
    "default_assignment": "assigned the conversation by default",
    "close": "closed the conversation",
    "open": "reopened the conversation",
    "snoozed": "snoozed the conversation",
    "unsnoozed": "ended the snooze",
    "timer_unsnooze": "Snooze ended by its timer",
    "participant_added": "added somebody to the conversation",
    "participant_removed": "removed somebody from the conversation",
    "conversation_rating_changed": "changed the rating",
    "conversation_rating_remark_added": "added a remark to the rating",
    "conversation_rating_requested": "asked for a rating",
    "conversation_tags_updated": "changed the tags",
    "channel_and_reply_time_expectation": "Reply time was told",
    "note_and_reopen": "left a note and reopened the conversation",
    "quick_reply": "chose a quick reply",
    "title_updated": "changed the title",
    "language_detection_details": "Language was detected",
    "fin_guidance_applied": "Guidance was applied",
    "custom_action_started": "started an action",
    "custom_action_finished": "finished an action",
    "operator_workflow_event": "ran a workflow",
    "merged_primary_conversation": "merged another conversation into this one",
    "merged_secondary_conversation": "merged this conversation into another one",
}
ICONS = {"close": "check", "open": "conversations", "snoozed": "clock", "unsnoozed": "clock", "timer_unsnooze": "clock"}


def caption(kind: str, *, author: str) -> str:
    """What *author* did, by the provider's word *kind*; a word that is not known is shown as it is."""
    words = WORDS.get(kind)
    if words is None:
        return f"{author}: {kind.replace('_', ' ') or 'an event without a name'}"
    return words if words[0].isupper() else f"{author} {words}"


def icon(kind: str) -> str:
    """The icon that stands before the caption."""
    if kind.startswith(("assign", "default_assign", "away_mode", "participant")):
        return "people"
    return ICONS.get(kind, "tag" if "tag" in kind else "info")
