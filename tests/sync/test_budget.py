"""How a slice asks: in its turn, again where that may help, and no more at once than Intercom bears."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.errors import NotFound, ProviderUnavailable, RateLimited
from integrations.intercom import rates
from integrations.records import Answer, Rate
from integrations.sync.budget import ATTEMPTS, Budget, MustWait, Terms
from integrations.sync.budget.here import Here, Windows
from integrations.sync.budget.retries import Retries
from tests.sync.fake_intercom import Intercom, now, run

Ask = Callable[[], Awaitable[Answer[str]]]
OK: Answer[str] = Answer(value="ok")


def budget(*, share: float = 1.0, patience: float = 2.0, retries: Retries | None = None) -> Budget:
    here = Here("app", Terms(share), Windows(asyncio.get_running_loop().time))
    return Budget(here, patience=patience, retries=retries or Retries())


def ask(question: Ask, *, times: int = 1, patience: float = 2.0, retries: Retries | None = None) -> Budget:
    """Ask one after the other, in fake time; the budget that it was done by."""

    async def many() -> Budget:
        used = budget(patience=patience, retries=retries)
        for _ in range(times):
            await used.run(question)
        return used

    return run(many())


class Script:
    """Answers in this order, or raises; then *last* for ever. Notes when it was asked."""

    def __init__(self, *answers: Answer[str] | Exception, last: Answer[str] | Exception = OK) -> None:
        self._answers = list(answers)
        self._last = last
        self.asked: list[float] = []

    async def __call__(self) -> Answer[str]:
        self.asked.append(now())
        await asyncio.sleep(0.01)
        said = self._answers.pop(0) if self._answers else self._last
        if isinstance(said, Exception):
            raise said
        return said

    @property
    def pauses(self) -> list[float]:
        return [later - earlier for earlier, later in zip(self.asked, self.asked[1:], strict=False)]


# ---- turns ----
def test_a_turn_that_is_too_far_off_gives_the_place_back() -> None:
    intercom = Intercom(limit=20)
    with pytest.raises(MustWait) as waiting:
        ask(intercom.answer, times=21)
    assert 2 < waiting.value.seconds <= 11.1
    assert not waiting.value.refused


def test_many_short_waits_are_no_longer_than_the_patience_either() -> None:
    async def many() -> float:
        paced = Budget(Here("app", Terms(0.5, paced=True), Windows(asyncio.get_running_loop().time)))
        await paced.run(Intercom(limit=100).answer)  # five a second, from now on
        began = now()
        came = await asyncio.gather(*(paced.run(Script()) for _ in range(40)), return_exceptions=True)
        assert sum(isinstance(one, MustWait) for one in came) > 10
        return now() - began

    assert run(many()) <= 2.2


def test_nothing_left_on_a_good_answer_stops_before_the_next_request() -> None:
    script = Script(Answer(value="ok", at=1_000, rate=Rate(limit=100, remaining=0, reset=1_007)))
    ask(script, times=2, patience=15.0)
    assert 7 <= script.pauses[0] <= 7.7


# ---- refusals ----
def test_after_a_429_nothing_goes_out_before_the_time_it_names() -> None:
    script = Script(RateLimited(at=1_000, retry_at=1_007))
    ask(script, patience=15.0)
    assert 7 <= script.pauses[0] <= 9.1


def test_a_429_that_names_no_time_waits_ten_seconds_and_then_longer() -> None:
    script = Script(*[RateLimited() for _ in range(4)])
    ask(script, patience=500.0)
    for pause, least in zip(script.pauses, [10, 20, 40, 80], strict=True):
        assert least <= pause <= least + 2.1


def test_a_429_further_off_than_the_patience_gives_the_place_back_and_says_why() -> None:
    with pytest.raises(MustWait) as waiting:
        ask(Script(RateLimited(at=1_000, retry_at=1_007)))
    assert waiting.value.refused
    assert 6.9 <= waiting.value.seconds <= 9


def test_after_a_good_answer_the_next_429_waits_ten_seconds_again() -> None:
    script = Script(RateLimited(), OK, RateLimited())
    ask(script, times=2, patience=500.0)
    assert [10 <= pause <= 12.1 for pause in (script.pauses[0], script.pauses[2])] == [True, True]


# ---- headers ----
numbers = st.sampled_from(
    ["0", "1", "83", "1667", "-5", "soon", "", "1e9", "99999999999999999999", "32503680000", "999"]
)
headers = st.dictionaries(
    st.sampled_from([b"x-ratelimit-limit", b"x-ratelimit-remaining", b"x-ratelimit-reset", b"retry-after"]),
    numbers.map(str.encode) | st.integers(0, 1_100).map(lambda one: b"%d" % one),
)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(headers, st.booleans()), min_size=1, max_size=6))
def test_whatever_the_headers_say_nobody_waits_more_than_a_minute_for_a_good_answer(
    said: list[tuple[dict[bytes, bytes], bool]],
) -> None:
    """Absent, text, negative, in the past, in the year 2999: the sync goes on by its own pace."""
    script = Script(*[_said(one, date=date) for one, date in said])
    ask(script, times=len(said) + 1, patience=500.0)
    assert max(script.pauses) <= 60 + 0.6


def _said(told: dict[bytes, bytes], *, date: bool) -> Answer[str]:
    return Answer(value="ok", at=1_000 if date else None, rate=rates.rate(told, now=1_000))


def test_without_headers_no_more_than_ten_are_in_flight_and_the_documented_limit_is_kept() -> None:
    script = Script()

    async def many() -> None:
        used = budget(patience=500.0)
        await asyncio.gather(*(used.run(script) for _ in range(40)))

    run(many())
    assert max(sum(at <= one < at + 0.01 for one in script.asked) for at in script.asked) <= 10


# ---- again ----
def test_an_outage_is_asked_through_but_not_for_ever() -> None:
    script = Script(last=ProviderUnavailable())
    with pytest.raises(ProviderUnavailable):
        ask(script)
    assert len(script.asked) == ATTEMPTS
    assert sum(script.pauses) <= 1 + 2 + 4 + 8 + 0.1


def test_one_request_in_ten_is_asked_again_however_many_slices_ask() -> None:
    retries, script = Retries(), Script(*[ProviderUnavailable(), OK] * 1_000)
    questions = 0

    async def slices() -> None:
        nonlocal questions
        for _ in range(300):
            questions += 1
            await asyncio.gather(budget(retries=retries).run(script), return_exceptions=True)

    run(slices())
    repeated = len(script.asked) - questions
    assert 0.1 * questions <= repeated <= 5 + 0.1 * questions


def test_what_will_not_change_is_asked_once() -> None:
    script = Script(last=NotFound())
    with pytest.raises(NotFound):
        ask(script)
    assert len(script.asked) == 1


@pytest.mark.parametrize("code", ["dns", "connect", "tls"])
def test_a_request_that_never_went_out_does_not_count(code: str) -> None:
    async def many() -> int:
        windows = Windows(asyncio.get_running_loop().time)
        used = Budget(Here("app", Terms(0.001), windows), retries=Retries(left=0))  # one request in a window
        for _ in range(3):
            with pytest.raises(ProviderUnavailable):
                await used.run(Script(last=ProviderUnavailable(code=code)))
        return (await Here("app", Terms(0.001), windows).take()).turns

    assert run(many()) == 1


# ---- at once ----
def test_more_is_asked_at_once_with_each_answer_and_half_as_much_with_each_failure() -> None:
    widths = []

    async def many() -> None:
        used = budget()
        widths.append(used.width.now)
        for answer in [*[OK] * 20, *[ProviderUnavailable()] * 4]:
            used.retries.left = 0
            await asyncio.gather(used.run(Script(answer)), return_exceptions=True)
            widths.append(used.width.now)

    run(many())
    assert widths[:4] == [8, 9, 10, 11]
    assert widths[15:] == [23, *[24] * 5, 12, 6, 4, 4]
