"""The web server of a house, in which a hundred rows are as many as ten thousand are elsewhere."""

from sonora.wsgi import application as sonora

MANY = 100  # rows


def _few_are_many() -> None:
    """Words that everybody uses are too common to be counted by groups, as they are among a million conversations."""
    from sonora.chat.answers import talks
    from sonora.conversations import search

    search.COMMON = talks.MOST = MANY


_few_are_many()
application = sonora
