"""A campaign above its drop limit says so, goes on one to one, and halts only if it gets worse."""

from dataclasses import replace

from tests.core.dialler.lead_stage import ANSWERS, called, dialling, goes, lead, propose
from tests.core.dialler.test_ring_hold import with_persons
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.dialler import dialler_view
from warmline.core.dialler.dialler_halts import MAX_HALT_SECONDS, MIN_HALT_SECONDS
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import ConfigurationChanged
from warmline.core.model.dialler import Dialler
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Disposition
from warmline.store.events.event_types import DIALLER_ABOVE, DIALLER_HALTED
from warmline.store.events.turn_events import events_of

SECOND = 1_000_000
PERSON = {"SALE": Disposition(id="SALE", human_answered="Y")}


def dialler(lab: Driver) -> Dialler:
    return lab.world.diallers["TESTCAMP"]


def drop(lab: Driver, serial: int) -> list[str]:
    """Let an agent go though a lead rings, so that the lead is dropped; return the events of the dialler."""
    found: list[str] = []
    lab.record = lambda _entry, turn, _base: found.extend(kind for kind, _ in events_of(turn) if "dialler" in kind)  # type: ignore[method-assign]
    called(lab, ANSWERS, serial)
    goes(lab)
    lab.wait(6)
    lab.ask(Kind.RESUME)
    return found


def halted_for(lab: Driver) -> float:
    return max(0, dialler(lab).begins_at - lab.asterisk.now) / SECOND


def test_the_first_drop_above_the_limit_is_an_event_and_no_halt() -> None:
    lab = dialling("1000")
    assert drop(lab, 1) == [DIALLER_ABOVE]
    assert dialler(lab).above and not dialler(lab).halted
    called(lab, ANSWERS, 2)  # one to one goes on


def test_a_drop_within_the_limit_is_no_event() -> None:
    lab = dialling("1000")
    lab.hang_up(called(lab, "8501", 9).customer or "")
    with_persons(lab, 100)
    assert drop(lab, 1) == [] and not dialler(lab).above


def test_each_further_drop_halts_the_dialler_for_longer() -> None:
    lab = dialling("1000")
    drop(lab, 1)
    seconds = MIN_HALT_SECONDS
    for serial in range(2, 9):
        assert drop(lab, serial) == [DIALLER_HALTED]
        assert dialler(lab).halt == seconds and 0 < halted_for(lab) <= seconds
        why = reasons.DROP_LIMIT_REACHED.text(dropped=serial, answered=serial, limit=3)
        assert dialler(lab).halted == why
        assert propose(lab, lead(lab, ANSWERS, 99)).notes == [f"lead 99 is not dialled: {why}"]
        [view] = dialler_view.list_views(lab.world, ["TESTCAMP"], lab.asterisk.now)
        assert view.reason == why and all(view.is_above(window) for window in view.windows)
        lab.wait(halted_for(lab) + 0.1)
        seconds = min(MAX_HALT_SECONDS, 2 * seconds)


def test_persons_who_get_agents_end_the_state_without_an_event() -> None:
    lab = dialling("1000")
    lab.feed(ConfigurationChanged(replace(lab.world.rules, dispositions=PERSON)))
    drop(lab, 1)
    with_persons(lab, 33, 1)
    called(lab, ANSWERS, 2)
    lab.wait(3)
    lab.ask(Kind.HANGUP)
    assert dialler(lab).above
    lab.ask(Kind.STATUS, status="SALE")
    assert not dialler(lab).above


def test_a_stopped_dialler_does_not_halt() -> None:
    lab = dialling("1000")
    drop(lab, 1)
    called(lab, ANSWERS, 2)
    lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    goes(lab)
    lab.wait(6)
    assert dialler(lab).halted == "" and dialler(lab).drops.windows[0].dropped == 2


def test_a_start_by_hand_ends_the_halt() -> None:
    lab = dialling("1000")
    drop(lab, 1)
    drop(lab, 2)
    assert halted_for(lab)
    for kind in (Kind.DIALLER_STOP, Kind.DIALLER_START):
        assert lab.ask(kind, agent="", campaign="TESTCAMP") == ""
    assert (halted_for(lab), dialler(lab).halted) == (0, "")
    called(lab, ANSWERS, 3)


def test_a_new_window_ends_the_state() -> None:
    lab = dialling("1000")
    drop(lab, 1)
    windows = tuple(replace(one, ends=lab.asterisk.now) for one in dialler(lab).drops.windows)
    lab.world.keep(dialler(lab).with_drops(windows=windows))
    called(lab, ANSWERS, 2)
    assert not dialler(lab).above
