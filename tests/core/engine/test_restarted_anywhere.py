"""The app dies in any scene and restarts: every command then has the same result as without the death."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    QUICK,
    SCENES,
    SILENT,
    handed_off,
    people,
    recordings,
    restarted,
    talking,
    then,
)
from tests.core.packed_scene import packed, unpacked
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.messages.process_messages import ServersKnown, ServerWeight
from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Receipt
from warmline.core.rules.configuration import Agent

SECOND_AGENT, TAKER = "1001", "1003"  # agents: logged in only if the scene needs one more; READY without an in-group
DESK = "1004"  # an agent who is not logged in, and talks in a conversation of Asterisk's dialplan
TALK = OutsideTalk(
    named=OutsideLeg(id="outside-phone", name=f"PJSIP/{DESK}-00000002", phone=DESK),
    other=OutsideLeg(id="outside-caller", name="PJSIP/trunk-00000001", phone="trunk", number="3125550177"),
    caller="outside-caller",
)
ARGUMENTS: dict[Kind, dict[str, Any]] = {
    Kind.DIAL_WITH_CUSTOMER: {"number": QUICK},
    Kind.PARK_CUSTOMER_DIAL: {"number": QUICK},
    Kind.BLIND_TRANSFER: {"number": QUICK},
    Kind.DIAL: {"number": QUICK},
    Kind.PREVIEW: {"number": QUICK},
    Kind.LOCAL_CLOSER: {"ingroup": "SUPPORTLINE"},
    Kind.CHANGE_INGROUPS: {"message": "SUPPORTLINE"},
    Kind.TAKE_CALL: {"to_agent": TAKER},
    Kind.LOGIN: {"agent": SECOND_AGENT},
    Kind.LISTEN: {"number": SECOND_AGENT},
    Kind.WHISPER: {"number": SECOND_AGENT},
    Kind.BARGE: {"number": SECOND_AGENT},
    Kind.STATUS: {"status": "A"},
    Kind.SET_STATUS: {"status": "B"},
    Kind.SWITCH_LEAD: {"lead": 7},
    Kind.VM_MESSAGE: {"message": "just-for-you"},
    Kind.AUDIO_PLAY: {"message": "beep"},
    Kind.ADOPT: {"agent": "", "message": TALK.named.name, "conversation": TALK},
    Kind.DIALLER_START: {"agent": "", "campaign": "TESTCAMP"},
    Kind.DIALLER_STOP: {"agent": "", "campaign": "TESTCAMP"},
    Kind.SERVER_DRAIN: {"agent": "", "server": "main"},
    Kind.SERVER_RESUME: {"agent": "", "server": "main"},
    Kind.CALLBACK: {"callback": Callback(id="one", call="", number=QUICK, at=0)},
    Kind.MAKE_CALLBACK: {"callback": Callback(id="", call="", lead=7, number=QUICK, at=0)},
}
NAMES_THE_CALL = (Kind.END_CALL, Kind.TAKE_CALL, Kind.SET_STATUS)
# An agent's audio ends with the app, so it begins after the restart.
PREPARATIONS = {
    Kind.AUDIO_STOP: (Kind.AUDIO_PLAY,),
    Kind.AUDIO_PAUSE: (Kind.AUDIO_PLAY,),
    Kind.AUDIO_RESUME: (Kind.AUDIO_PLAY, Kind.AUDIO_PAUSE),
    Kind.AUDIO_RESTART: (Kind.AUDIO_PLAY,),
}
MAKES_CHANGES_FIRST = (*PREPARATIONS, Kind.SERVER_DRAIN, Kind.SERVER_RESUME)
MOVES = (do.AddToBridge, do.RemoveFromBridge, do.HangUpLeg, do.ContinueInFallback, do.ContinueInDialplan)


def ready(lab: Driver) -> Driver:
    return lab


def paused(lab: Driver) -> Driver:
    assert lab.ask(Kind.PAUSE) == ""
    return lab


def previewing(lab: Driver) -> Driver:
    assert paused(lab).ask(Kind.PREVIEW, number=QUICK) == ""
    return lab


def waiting(lab: Driver) -> Driver:
    paused(lab).customer()
    return then(lab, State.WAITING)


def ringing_agent(lab: Driver) -> Driver:
    paused(lab).log_in("1002")
    lab.customer()
    lab.wait(0.5)
    return then(lab, State.RINGING_AGENT)


def dialing_out(lab: Driver) -> Driver:
    lab = then(lab, State.DIALING_OUT, Kind.DIAL, number=SILENT)
    lab.wait(0.5)
    return lab


def much_asked(lab: Driver) -> Driver:
    """Return what comes only with the end of the call, or with another command."""
    talking(lab)
    assert [give(lab, kind) for kind in (Kind.PAUSE, Kind.STATUS, Kind.VM_MESSAGE, Kind.SWITCH_LEAD)] == [""] * 4
    return lab


def microphone_off(lab: Driver) -> Driver:
    return then(talking(lab), State.TALKING, Kind.MUTE)


def help_asked(lab: Driver) -> Driver:
    return then(talking(lab), State.TALKING, Kind.ASK_HELP)


def recording_muted(lab: Driver) -> Driver:
    return then(talking(lab), State.TALKING, Kind.RECORD_MUTE)


def not_recorded(lab: Driver) -> Driver:
    return then(talking(lab), State.TALKING, Kind.RECORD_STOP)


def phone_lost(lab: Driver) -> Driver:
    """Return whether the phone was called back without an answer."""
    answers, lab.asterisk.far_ends["1000"] = lab.asterisk.far_ends["1000"], [(0.1, 21)]
    lab.hang_up(PHONE)
    lab.wait(1)
    lab.asterisk.far_ends["1000"] = answers
    return lab


def no_code_yet(lab: Driver) -> Driver:
    talking(lab).hang_up(CUSTOMER)
    return lab


def code_can_be_undone(lab: Driver) -> Driver:
    assert no_code_yet(lab).ask(Kind.STATUS, status="A", undo=True) == ""
    return lab


def left_with_a_code(lab: Driver) -> Driver:
    return then(handed_off(lab), State.HANDED_OFF, Kind.STATUS, status="A")


EVERYWHERE: dict[str, Callable[[Driver], Driver]] = SCENES | {
    scene.__name__: scene
    for scene in (
        ready,
        paused,
        previewing,
        waiting,
        ringing_agent,
        dialing_out,
        much_asked,
        microphone_off,
        help_asked,
        recording_muted,
        not_recorded,
        phone_lost,
        no_code_yet,
        code_can_be_undone,
        left_with_a_code,
    )
}


def in_scene(scene: str) -> Driver:
    """Return a copy of the scene with all parties in it, recorded; a ringing phone continues to ring."""
    return unpacked(_played(scene))


def restarted_in_scene(scene: str) -> Driver:
    """Return a copy of the scene after a death and a restart, which are played once for all commands."""
    return unpacked(_restarted(scene))


def pair(scene: str) -> tuple[Driver, Driver]:
    """Return the scene without and with a death. No command was given there, or only refused ones."""
    return _left.pop(scene, None) or (in_scene(scene), restarted_in_scene(scene))


_left: dict[str, tuple[Driver, Driver]] = {}


@cache
def _restarted(scene: str) -> bytes:
    return packed(restarted(in_scene(scene)))


@cache
def _played(scene: str) -> bytes:
    options = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS", "park_ivr": "ivr@park"}
    options |= {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}
    rules = demo_rules(**options)
    taker = Agent(id=TAKER, phone=TAKER, campaign="TESTCAMP")
    desk = Agent(id=DESK, phone=DESK, campaign="TESTCAMP")
    lab = Driver(replace(rules, agents={**rules.agents, TAKER: taker, DESK: desk}))
    lab.next_leads.append(DialLead(17, "101", QUICK))
    lab.asterisk.outside = {TALK.named.id, TALK.other.id}
    lab.log_in("1000")
    lab.log_in(TAKER)
    return packed(EVERYWHERE[scene](lab))


def what_is(lab: Driver) -> dict[str, object]:
    """Return what is observable: who hears whom or music, all states, and all records."""
    asterisk, closed_records = lab.asterisk, lab.closed.values()
    names = {leg_id: asterisk.channels[leg_id].dialled or leg_id for leg_id in people(lab)}
    hearing_pairs = [(leg_id, peer_id) for leg_id in names for peer_id in names if asterisk.hears(leg_id, peer_id)]
    return {
        "people": sorted(names.values()),
        "hear each other": sorted((names[leg_id], names[peer_id]) for leg_id, peer_id in hearing_pairs),
        "hear music": sorted(names[leg_id] for leg_id in names if asterisk.hears_music(leg_id)),
        "microphone off": sorted(names[leg_id] for leg_id in names if asterisk.channels[leg_id].muted),
        "ring tones": sorted(asterisk.tones.values()),
        "audio, and whether it goes on": sorted((leg_id, leg_id in asterisk.audio_until) for leg_id in asterisk.audio),
        "keys sent to": sorted(leg for leg, _ in asterisk.pressed),
        "calls": sorted((call.state, call.lead, call.prompts.vm_message) for call in lab.world.calls.values()),
        "calls that are over": sorted(
            (call.outcome.ended_by, call.outcome.status) for call in closed_records if isinstance(call, Call)
        ),
        "agents": sorted(
            (
                session.agent,
                session.state,
                session.pause_code,
                session.after_call.pause,
                session.after_call.logout,
                session.ingroups,
                session.previewed_number,
            )
            for session in lab.world.sessions.values()
        ),
        "commands": sorted(
            (receipt.kind, str(receipt.outcome)) for receipt in closed_records if isinstance(receipt, Receipt)
        ),
        "codes": sorted(
            (record.status, record.correction, record.undone)
            for record in closed_records
            if isinstance(record, DispositionEntry)
        ),
        "callbacks": sorted((record.number, record.state) for record in closed_records if isinstance(record, Callback)),
        "files": recordings(lab),
        "recorded now": sorted(asterisk.files[name].muted for name in asterisk.recordings),
    }


def give(lab: Driver, kind: Kind) -> str | None:
    """Give the command with its arguments; return the answer."""
    for preparation in PREPARATIONS.get(kind, ()):
        give(lab, preparation)
    if kind in (Kind.SERVER_DRAIN, Kind.SERVER_RESUME):
        lab.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 10))))
    call_field = {"call": next(iter(lab.world.calls), "")} if kind in NAMES_THE_CALL else {}
    return lab.ask(kind, **call_field, **ARGUMENTS.get(kind, {}))


@pytest.mark.parametrize("scene", EVERYWHERE)
def test_a_restart_changes_no_state_and_moves_no_party(scene: str) -> None:
    lab = in_scene(scene)
    old_facts, members, action_count = what_is(lab), people(lab), len(lab.asked)
    restarted(lab)
    assert what_is(lab) == old_facts
    assert [action for action in lab.asked[action_count:] if isinstance(action, MOVES) and action.leg in members] == []


def test_a_recording_that_is_to_be_silent_and_is_not_yet() -> None:
    lab = in_scene("talking")
    perform, lab.perform = lab.perform, lambda action: None  # type: ignore[method-assign] # it dies before performing
    assert lab.ask(Kind.RECORD_MUTE) is None
    lab.perform = perform  # type: ignore[method-assign]
    assert what_is(restarted(lab)) == what_is(in_scene("recording_muted"))


def test_a_recording_that_is_silent_is_not_asked_to_be_again() -> None:
    lab = in_scene("recording_muted")
    so_far = len(lab.asked)
    restarted(lab)
    assert not [action for action in lab.asked[so_far:] if isinstance(action, do.MuteRecording)]


@pytest.mark.fault("the app is killed (-9)")
@pytest.mark.parametrize("kind", Kind)
def test_every_command_has_the_result_that_it_has_without_a_restart(kind: Kind) -> None:
    accepted = []
    for scene in EVERYWHERE:
        untouched, restarted = pair(scene)
        answers = [give(lab, kind) for lab in (untouched, restarted)]
        assert (scene, answers[1], what_is(restarted)) == (scene, answers[0], what_is(untouched))
        if answers[0] and kind not in MAKES_CHANGES_FIRST:
            _left[scene] = untouched, restarted  # the next command has the same result there, too
            continue
        assert_same_later(scene, untouched, restarted)
        accepted += [scene] if answers[0] == "" else []
    assert accepted


def test_refused_commands_have_no_later_result_after_a_restart() -> None:
    for scene in EVERYWHERE:
        assert_same_later(scene, *pair(scene))


def assert_same_later(scene: str, untouched: Driver, restarted: Driver) -> None:
    for lab in (untouched, restarted):
        lab.wait(3)
    assert (scene, what_is(restarted)) == (scene, what_is(untouched))
