"""A campaign above its drop limit says so, goes on one to one, and halts only if it gets worse."""

from dataclasses import replace

from tests.core.dialler.lead_stage import ANSWERS, called, dialling, goes, lead, propose
from tests.core.dialler.test_ring_hold import put_persons
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

SECOND_US = 1_000_000
PERSON = {"SALE": Disposition(id="SALE", human_answered="Y")}


def get_dialler(lab: Driver) -> Dialler:
    return lab.world.diallers["TESTCAMP"]


def drop_lead(lab: Driver, serial: int) -> list[str]:
    """Let an agent go though a lead rings, so that the lead is dropped; return the events of the dialler."""
    notes: list[str] = []
    lab.record = lambda _entry, turn, _base: notes.extend(kind for kind, _ in events_of(turn) if "dialler" in kind)  # type: ignore[method-assign]
    called(lab, ANSWERS, serial)
    goes(lab)
    lab.wait(6)
    lab.ask(Kind.RESUME)
    return notes


def get_halt_seconds(lab: Driver) -> float:
    return max(0, get_dialler(lab).begins_at - lab.asterisk.now) / SECOND_US


def test_the_first_drop_above_the_limit_is_an_event_and_no_halt() -> None:
    lab = dialling("1000")
    assert drop_lead(lab, 1) == [DIALLER_ABOVE]
    assert get_dialler(lab).above and not get_dialler(lab).halted
    called(lab, ANSWERS, 2)  # one to one goes on


def test_a_drop_within_the_limit_is_no_event() -> None:
    lab = dialling("1000")
    lab.hang_up(called(lab, "8501", 9).customer or "")
    put_persons(lab, 100)
    assert drop_lead(lab, 1) == [] and not get_dialler(lab).above


def test_each_further_drop_halts_the_dialler_for_longer() -> None:
    lab = dialling("1000")
    drop_lead(lab, 1)
    seconds = MIN_HALT_SECONDS
    for serial in range(2, 9):
        assert drop_lead(lab, serial) == [DIALLER_HALTED]
        assert get_dialler(lab).halt == seconds and 0 < get_halt_seconds(lab) <= seconds
        reason = reasons.DROP_LIMIT_REACHED.text(dropped=serial, answered=serial, limit=3)
        assert get_dialler(lab).halted == reason
        assert propose(lab, lead(lab, ANSWERS, 99)).notes == [f"lead 99 is not dialled: {reason}"]
        [view] = dialler_view.list_views(lab.world, ["TESTCAMP"], lab.asterisk.now)
        assert view.reason == reason and all(view.is_above(window) for window in view.windows)
        lab.wait(get_halt_seconds(lab) + 0.1)
        seconds = min(MAX_HALT_SECONDS, 2 * seconds)


def test_persons_who_get_agents_end_the_state_without_an_event() -> None:
    lab = dialling("1000")
    lab.feed(ConfigurationChanged(replace(lab.world.rules, dispositions=PERSON)))
    drop_lead(lab, 1)
    put_persons(lab, 33, 1)
    called(lab, ANSWERS, 2)
    lab.wait(3)
    lab.ask(Kind.HANGUP)
    assert get_dialler(lab).above
    lab.ask(Kind.STATUS, status="SALE")
    assert not get_dialler(lab).above


def test_a_stopped_dialler_does_not_halt() -> None:
    lab = dialling("1000")
    drop_lead(lab, 1)
    called(lab, ANSWERS, 2)
    lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    goes(lab)
    lab.wait(6)
    assert get_dialler(lab).halted == "" and get_dialler(lab).drops.windows[0].dropped == 2


def test_a_start_by_hand_ends_the_halt() -> None:
    lab = dialling("1000")
    drop_lead(lab, 1)
    drop_lead(lab, 2)
    assert get_halt_seconds(lab)
    for kind in (Kind.DIALLER_STOP, Kind.DIALLER_START):
        assert lab.ask(kind, agent="", campaign="TESTCAMP") == ""
    assert (get_halt_seconds(lab), get_dialler(lab).halted) == (0, "")
    called(lab, ANSWERS, 3)


def test_a_new_window_ends_the_state() -> None:
    lab = dialling("1000")
    drop_lead(lab, 1)
    windows = tuple(replace(window, ends=lab.asterisk.now) for window in get_dialler(lab).drops.windows)
    lab.world.keep(get_dialler(lab).with_drops(windows=windows))
    called(lab, ANSWERS, 2)
    assert not get_dialler(lab).above
