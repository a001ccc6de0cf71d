"""What a run brought, in a sentence for whoever asked for it and waits."""

from integrations.models import SyncRun
from sonora.core import words

Result = SyncRun.Result


def of(run: SyncRun) -> str:
    """What came of *run*, which has ended."""
    if run.result in (Result.FAILED, Result.PARTLY):
        return "Not everything could be read. The run says what."
    if run.result == Result.CANCELLED:
        return "The sync was stopped."
    conversations, everything = run.saved.get("conversations", 0), sum(run.saved.values())
    if conversations:
        return f"{words.counted(conversations, 'conversation')} updated."
    return f"{words.counted(everything, 'object')} updated." if everything else "Nothing new."
