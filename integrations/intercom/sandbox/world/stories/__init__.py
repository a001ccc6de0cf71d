"""All stories, by language."""

from integrations.intercom.sandbox.world.stories import elsewhere, everyday, german, incidents, money, romance, wishes
from integrations.intercom.sandbox.world.stories.story import Story

OUTAGE = incidents.OUTAGE
_ALL = (
    *incidents.STORIES,
    *money.STORIES,
    *everyday.STORIES,
    *wishes.STORIES,
    *german.STORIES,
    *romance.STORIES,
    *elsewhere.STORIES,
)
STORIES: dict[str, tuple[Story, ...]] = {
    language: tuple(story for story in _ALL if story.language == language)
    for language in dict.fromkeys(story.language for story in _ALL)
}
BY_KEY = {story.key: story for story in (OUTAGE, *_ALL)}
