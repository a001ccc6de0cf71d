"""Who answers whom, and after how long."""

from sonora.graph.facts import Pace
from sonora.graph.replies import Line, exchanges, pace

INES, MAREK, NOOR, SAM = 1, 2, 11, 12


def said(*lines: tuple[int, int], conversation: int = 1) -> list[Line]:
    """(who, when) as lines; teammates have two digits."""
    return [
        Line(conversation=conversation, at=at, person=who if who < 10 else None, teammate=who if who > 9 else None)
        for who, at in lines
    ]


def test_an_answer_is_measured_from_the_first_message_that_waited() -> None:
    found = exchanges(said((INES, 0), (INES, 50), (NOOR, 100), (NOOR, 130), (INES, 400)))
    assert found[INES].ours == [100]
    assert found[INES].theirs == [300]
    assert found[INES].by_teammate == ((NOOR, 2),)


def test_each_answers_for_themselves_where_several_talk() -> None:
    found = exchanges(said((INES, 0), (NOOR, 10), (MAREK, 30), (SAM, 70), (SAM, 80)))
    assert (found[INES].ours, found[INES].theirs, found[INES].by_teammate) == ([10], [], ((NOOR, 1),))
    assert (found[MAREK].ours, found[MAREK].theirs, found[MAREK].by_teammate) == ([40], [20], ((SAM, 2),))


def test_conversations_are_told_apart() -> None:
    found = exchanges([*said((INES, 0)), *said((NOOR, 5), (INES, 9), conversation=2)])
    assert (found[INES].ours, found[INES].theirs) == ([], [4])


def test_whom_we_wrote_first_and_who_never_answered_has_no_answer() -> None:
    assert exchanges(said((NOOR, 0), (SAM, 10))) == {}


def test_a_pace_is_the_median() -> None:
    assert pace([10, 1000, 20]) == Pace(20, 3)
    assert pace([]) == Pace(None, 0)
