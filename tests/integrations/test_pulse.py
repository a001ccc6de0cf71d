"""The last runs as bars: how much each changed, and which did not end well."""

from integrations import pulse
from integrations.models import SyncRun


def run(result: str, **saved: int) -> SyncRun:
    return SyncRun(kind="scheduled", result=result, started_at=0, saved=saved)


def test_the_oldest_stands_left_and_heights_grow_with_the_root_of_what_changed():
    newest_first = [run("succeeded", messages=100), run("partly", messages=20, contacts=5), run("succeeded")]
    bars = pulse.bars(newest_first)
    assert [(bar.height, bar.meaning, bar.is_down) for bar in bars] == [
        (0.0, "ok", False),
        (0.5, "warn", False),
        (1.0, "ok", False),
    ]


def test_what_failed_or_was_cancelled_hangs_below_the_line():
    bars = pulse.bars([run("failed", messages=9), run("cancelled"), run("running")])
    assert [(bar.meaning, bar.is_down) for bar in bars] == [("info", False), ("neutral", True), ("error", True)]


def test_the_words_name_each_result_that_there_is():
    runs = [run("succeeded", messages=1_412), run("succeeded"), run("failed")]
    assert pulse.in_words(runs) == "Last 3 runs: 2 succeeded, 1 failed. The most that one changed: 1,412 objects."
