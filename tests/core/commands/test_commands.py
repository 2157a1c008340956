"""Every command in every state: the state that follows and who hears whom, or the refusal."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, SCENES, apart, in_seat, lab_with, together
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.command_classes import COMMAND_CLASSES
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import COMMANDS

# The places in a state: r bridge, s holding bridge with music, - none; customer, agent, third party; agent's state.
WHERE = {
    "talking": "rr- INCALL",
    "parked": "sr- INCALL",
    "dialing": "rr. INCALL",
    "dialing_parked": "sr. INCALL",
    "three_way": "rrr INCALL",
    "consulting": "srr INCALL",
    "third_parked": "rrs INCALL",
    "both_parked": "srs INCALL",
    "customer_gone": "-rr DEAD",
    "customer_gone_third_parked": "-rs DEAD",
    "left_ringing": "r-. DISPO",
    "blind": "r-. DISPO",
    "message": "s-- DISPO",
    "waiting": "s-- DISPO",
    "handed_off": "r-r DISPO",
    "ended": "--- DISPO",
}

DIALS = {"talking": "dialing", "parked": "dialing"}
HANGUPS = {
    scene: "ended"
    for scene in SCENES
    if scene not in ("left_ringing", "blind", "message", "handed_off", "with_closer", "consulting_closer")
}

OF_AGENT = tuple(kind for kind in COMMANDS if kind is not Kind.END_CALL)  # a command that names a call, from any agent

ALLOWED: dict[Kind, dict[str, str]] = {
    Kind.DIAL_WITH_CUSTOMER: DIALS,
    Kind.PARK_CUSTOMER_DIAL: {"talking": "dialing_parked", "parked": "dialing_parked"},
    Kind.LEAVE_3WAY_CALL: {
        "three_way": "handed_off",
        "consulting": "handed_off",
        "dialing": "left_ringing",
        "dialing_parked": "left_ringing",
        "asking": "waiting",
        "asking_parked": "waiting",
    },
    Kind.HANGUP_XFER: {
        "dialing": "talking",
        "dialing_parked": "parked",
        "asking": "talking",
        "asking_parked": "parked",
        "three_way": "talking",
        "third_parked": "talking",
        "consulting": "parked",
        "both_parked": "parked",
        "customer_gone": "ended",
        "customer_gone_third_parked": "ended",
    },
    Kind.HANGUP_BOTH: HANGUPS,
    Kind.HANGUP: HANGUPS,
    Kind.HANGUP_CUSTOMER: {
        "three_way": "customer_gone",
        "consulting": "customer_gone",
        "third_parked": "customer_gone_third_parked",
    },
    Kind.BLIND_TRANSFER: {"talking": "blind", "parked": "blind"},
    Kind.LEAVE_VM: {"talking": "message", "parked": "message"},
    Kind.LOCAL_CLOSER: {"talking": "waiting", "parked": "waiting"},
    Kind.PARK_CUSTOMER: {"talking": "parked", "three_way": "consulting", "third_parked": "both_parked"},
    Kind.PARK_IVR_CUSTOMER: {},  # see test_park_ivr.py
    Kind.TAKE_CALL: {},  # see test_take_call.py
    Kind.GRAB_CUSTOMER: {
        "parked": "talking",
        "consulting": "three_way",
        "both_parked": "third_parked",
        "dialing_parked": "dialing",
        "asking_parked": "dialing",
    },
    Kind.PARK_XFER: {"three_way": "third_parked", "consulting": "both_parked"},
    Kind.GRAB_XFER: {
        "third_parked": "three_way",
        "both_parked": "consulting",
        "customer_gone_third_parked": "customer_gone",
    },
    Kind.SWAP_PARK_CUSTOMER: {"third_parked": "consulting"},
    Kind.SWAP_PARK_XFER: {"consulting": "third_parked"},
    Kind.HANGUP_XFER_GRAB_CUSTOMER: {
        "consulting": "talking",
        "both_parked": "talking",
        "dialing_parked": "talking",
        "asking_parked": "talking",
    },
}
PLAIN = [scene for scene in SCENES if scene not in ("with_closer", "consulting_closer")]
STATE_OF = {"dialing_parked": "dialing", "customer_gone_third_parked": "customer_gone"}
DIALLING = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER)
AGENT_AWAY = ("left_ringing", "blind", "message", "handed_off")


def ask(lab: Driver, kind: Kind) -> str | None:
    """Return the command with the arguments that it needs."""
    if kind in (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER):
        return lab.ask(kind, number="5551234")
    if kind is Kind.LOCAL_CLOSER:
        return lab.ask(kind, ingroup="SUPPORTLINE")
    return lab.ask(kind)


def everybody_is_where(lab: Driver, scene: str, third: str) -> None:
    """Check that each party is in the place of WHERE, and hears the sound of that place."""
    places, state = WHERE[scene].split()
    people = dict(zip((CUSTOMER, PHONE, third), places, strict=True))
    talking_people = [person for person, position in people.items() if position == "r" and person]
    assert together(lab, *talking_people)
    for person, position in people.items():
        if position == "s":
            assert lab.asterisk.hears_music(person)
            assert apart(lab, person, *(other for other in people if other != person))
        elif position == "-" and person not in ("", PHONE):
            assert person not in lab.asterisk.channels
    assert lab.session().state is AgentState[state]
    assert PHONE not in lab.asterisk.channels or in_seat(lab) == (people[PHONE] == "-")


def test_an_allowed_command_leads_to_its_next_state(subtests: pytest.Subtests) -> None:
    for kind, scene, state_after in [(k, s, a) for k, row in ALLOWED.items() for s, a in row.items()]:
        with subtests.test(kind=kind, scene=scene, state_after=state_after):
            lab = plain_scene(scene)
            call, third = lab.call().id, lab.call().third or ""
            assert ask(lab, kind) == ""
            live_call = lab.world.calls.get(call)
            assert (live_call.state if live_call else State.ENDED) == STATE_OF.get(state_after, state_after)
            everybody_is_where(lab, state_after, (live_call.third if live_call else "") or third)
            if kind in DIALLING:
                assert lab.receipt().outcome is None  # until the party answers
            else:
                assert lab.receipt().outcome is Outcome.COMPLETED


def test_elsewhere_it_is_refused_and_nothing_changes(subtests: pytest.Subtests) -> None:
    for kind, scene in [(k, s) for k in OF_AGENT for s in PLAIN if s not in ALLOWED[k]]:
        with subtests.test(kind=kind, scene=scene):
            lab = plain_scene(scene)
            records_before = {entity.id: entity for entity in lab.world.iterate_open_records()}
            channels = {person.id: (person.bridge, person.up) for person in lab.asterisk.channels.values()}
            answer = ask(lab, kind)
            assert answer
            assert (answer == "the agent has no live call") == (scene in AGENT_AWAY)
            assert {entity.id: entity for entity in lab.world.iterate_open_records()} == records_before
            assert {person.id: (person.bridge, person.up) for person in lab.asterisk.channels.values()} == channels
            assert (lab.receipt().outcome, lab.receipt().cause) == (Outcome.REFUSED, answer)


def test_each_command_has_one_row_one_shape_and_a_sentence() -> None:
    assert set(REGISTERED_COMMANDS) == set(COMMAND_CLASSES) == set(Kind)
    assert all(
        row.command_class is COMMAND_CLASSES[kind] and row.help.endswith(".")
        for kind, row in REGISTERED_COMMANDS.items()
    )


def test_a_callback_command_without_a_callback_leaves_the_agent_paused() -> None:
    lab = lab_with()
    lab.log_in("1000")
    assert ask(lab, Kind.PAUSE) == ""
    assert ask(lab, Kind.CALLBACK) == "it names no callback"
    assert lab.session().state is AgentState.PAUSED


def test_an_in_group_that_does_not_exist_changes_no_in_groups() -> None:
    lab = lab_with()
    before = lab.session().ingroups
    assert lab.ask(Kind.CHANGE_INGROUPS, message="SALESLINE NOWHERE") == "in-group NOWHERE does not exist"
    assert lab.session().ingroups == before
