"""Alarms ring once, in order, and not for what is over; and few of those lie about."""

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.state.timers import FEW, Timers

TIMES, KEYS = st.integers(0, 9), st.sampled_from("abc")
STEPS = st.one_of(st.tuples(st.just("set"), TIMES, KEYS), st.tuples(st.sampled_from(["forget", "due"]), TIMES, KEYS))


@given(st.lists(STEPS))
def test_it_rings_as_a_plain_list_of_alarms_would(steps: list[tuple[str, int, str]]) -> None:
    clock, plain = Timers(), set[tuple[int, str]]()
    for step, at, key in steps:
        if step == "set":
            clock.set(at, key)
            plain.add((at, key))
        elif step == "forget":
            clock.forget(key)
            plain = {alarm for alarm in plain if alarm[1] != key}
        else:
            assert list(clock.due(at)) == [key for when, key in sorted(plain) if when <= at]
            plain = {alarm for alarm in plain if alarm[0] > at}
        assert clock.next() == min((when for when, _ in plain), default=None)


def test_what_is_set_while_it_rings_rings_too() -> None:
    clock = Timers()
    clock.set(1, "first")
    rung = []
    for key in clock.due(2):
        rung.append(key)
        if key == "first":
            clock.set(2, "second")
            clock.set(3, "later")
    assert (rung, clock.next()) == (["first", "second"], 3)


def test_those_of_what_is_over_are_let_go_although_their_time_is_far() -> None:
    clock = Timers()
    clock.set(10**9, "open")
    for number in range(10 * FEW):
        clock.set(10**9, f"over-{number}")
        clock.forget(f"over-{number}")
        assert len(clock) <= FEW + 2
    assert list(clock.due(10**9)) == ["open"]
