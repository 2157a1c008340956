"""The events of a dialler: it is started and stopped by people, and halts by itself."""

from tests.core.dialler.lead_stage import dialling
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.engine.engine import Input
from warmline.core.messages.call_command_types import DiallerStart, DiallerStop
from warmline.core.messages.commands import Ask
from warmline.core.messages.dialler_messages import DialHalted, DialIdle
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.store.events.public_records import PublicDialler
from warmline.store.events.turn_events import events_of


def told(turn: Turn) -> list[tuple[str, PublicDialler]]:
    """Return the events of the turn about diallers."""
    return [(kind, public) for kind, public in events_of(turn) if isinstance(public, PublicDialler)]


def fed(lab: Driver, entry: Input) -> list[tuple[str, PublicDialler]]:
    return told(lab.feed(entry))


def test_a_stop_and_a_start_are_events() -> None:
    lab = dialling("1000")
    [(kind, public)] = fed(lab, Ask("R1", DiallerStop("", campaign="TESTCAMP"), by="user:ben", source="api"))
    assert (kind, public) == ("dialler.stopped", PublicDialler("TESTCAMP", public.since, by="user:ben"))
    [(kind, public)] = fed(lab, Ask("R2", DiallerStart("", campaign="TESTCAMP"), by="user:ben", source="api"))
    assert (kind, public.running, public.halted_until) == ("dialler.started", True, None)
    assert fed(lab, Ask("R3", DiallerStart("", campaign="TESTCAMP"), by="user:ben", source="api")) == []


def test_a_dialler_without_calls_is_an_event_and_its_end_too() -> None:
    lab = dialling("1000")
    [(kind, public)] = fed(lab, DialIdle("TESTCAMP", "no lead is left"))
    assert (kind, public.idle) == ("dialler.idle", "no lead is left")
    assert fed(lab, DialIdle("TESTCAMP", "another reason")) == fed(lab, DialIdle("NOWHERE", "a reason")) == []
    [(kind, public)] = fed(lab, DialIdle("TESTCAMP"))
    assert (kind, public.idle) == ("dialler.idle_over", "")
    fed(lab, DialIdle("TESTCAMP", "no lead is left"))
    [(kind, public)] = fed(lab, Ask("R1", DiallerStop("", campaign="TESTCAMP"), by="user:ben", source="api"))
    assert (kind, public.idle) == ("dialler.stopped", "")


def test_a_halt_by_the_app_is_an_event() -> None:
    [(kind, public)] = fed(dialling("1000"), DialHalted(reasons.COMMITS_LATE.text(limit=200)))
    assert (kind, public.halted) == ("dialler.halted", reasons.COMMITS_LATE.text(limit=200))
