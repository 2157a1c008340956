"""Timers fire once, in order, and not for records that are over; few obsolete ones are kept."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.core_stage import lab_with
from warmline.core.indexes.timers import MAX_STALE_TIMERS, TimerKey, TimerKind, Timers
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState

TIMES = st.integers(0, 9)
KEYS = st.builds(TimerKey, st.sampled_from("abc"), st.sampled_from([TimerKind.CALL, TimerKind.SESSION]))
STEPS = st.one_of(st.tuples(st.just("set"), TIMES, KEYS), st.tuples(st.sampled_from(["forget", "due"]), TIMES, KEYS))


def call(name: str) -> TimerKey:
    return TimerKey(name, TimerKind.CALL)


@given(st.lists(STEPS))
def test_timers_fire_like_a_plain_list_of_alarms(steps: list[tuple[str, int, TimerKey]]) -> None:
    clock, plain = Timers(), set[tuple[int, TimerKey]]()
    for step, time_us, key in steps:
        if step == "set":
            clock.set(time_us, key)
            plain.add((time_us, key))
        elif step == "forget":
            clock.forget(key)
            plain = {alarm for alarm in plain if alarm[1] != key}
        else:
            assert list(clock.take_due(time_us)) == [key for timer_us, key in sorted(plain) if timer_us <= time_us]
            plain = {alarm for alarm in plain if alarm[0] > time_us}
        assert clock.get_next_us() == min((timer_us for timer_us, _ in plain), default=None)


def test_a_timer_set_during_the_firing_fires_too() -> None:
    clock = Timers()
    clock.set(1, call("first"))
    rung = []
    for key in clock.take_due(2):
        rung.append(key.id)
        if key.id == "first":
            clock.set(2, call("second"))
            clock.set(3, call("later"))
    assert (rung, clock.get_next_us()) == (["first", "second"], 3)


def test_timers_of_ended_records_are_dropped_before_their_time() -> None:
    clock = Timers()
    clock.set(10**9, call("open"))
    for number in range(10 * MAX_STALE_TIMERS):
        clock.set(10**9, call(f"over-{number}"))
        clock.forget(call(f"over-{number}"))
        assert len(clock) <= MAX_STALE_TIMERS + 2
    assert list(clock.take_due(10**9)) == [call("open")]


def test_an_alarm_reaches_its_own_kind_of_record_alone() -> None:
    lab = lab_with(pause_max=60)
    lab.ask(Kind.PAUSE)
    lab.world.timers = Timers()
    later = lab.asterisk.now + 61_000_000
    for kind in set(TimerKind) - {TimerKind.SESSION}:
        lab.world.timers.set(later, TimerKey("1000", kind))
    lab.wait(62)
    assert not lab.world.timers.get_next_us() and lab.session("1000").state is AgentState.PAUSED
    lab.world.timers.set(lab.asterisk.now + 1, TimerKey("1000", TimerKind.SESSION))
    lab.wait(1)
    assert "1000" not in lab.world.sessions
