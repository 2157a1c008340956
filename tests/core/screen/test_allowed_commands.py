"""The allowed commands: in every state and fork, what a page is told is what the core then answers."""

from collections.abc import Callable
from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, SCENES, lab_with, slowly, talking
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver, command
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.engine.engine import handle
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.rules import reasons
from warmline.core.screen.allowed_commands import AGENT_KINDS, NON_AGENT_KINDS, list_refusals

# The arguments with which nothing but the state can refuse a command.
ARGUMENTS: dict[Kind, dict[str, Any]] = {
    Kind.DIAL_WITH_CUSTOMER: {"number": "8500"},
    Kind.PARK_CUSTOMER_DIAL: {"number": "8500"},
    Kind.BLIND_TRANSFER: {"number": "8500"},
    Kind.DIAL: {"number": "8500"},
    Kind.PREVIEW: {"number": "8500"},
    Kind.LOCAL_CLOSER: {"ingroup": "SUPPORTLINE"},
    Kind.TAKE_CALL: {"to_agent": "1001"},
    Kind.DIAL_NEXT: {"number": "8500"},
    Kind.STATUS: {"status": "SALE", "amends": True},
    Kind.SWITCH_LEAD: {"lead": 41},
    Kind.AUDIO_PLAY: {"file": "vm-goodbye", "instead": True},
    Kind.VM_MESSAGE: {"message": "vm-goodbye"},
}


def logged_out(lab: Driver) -> Driver:
    lab.ask(Kind.LOGOUT)
    return lab


def ready(lab: Driver) -> Driver:
    return lab


def paused(lab: Driver) -> Driver:
    lab.ask(Kind.PAUSE)
    return lab


def previewing(lab: Driver) -> Driver:
    paused(lab).ask(Kind.PREVIEW, number="8500")
    assert lab.session().previewed_number
    return lab


def dialling_out(lab: Driver) -> Driver:
    lab.ask(Kind.DIAL, number="8501")
    lab.wait(0.5)
    assert lab.call().state is State.DIALING_OUT
    return lab


def phone_rings(lab: Driver) -> Driver:
    lab.ask(Kind.LOGIN, "1002")
    paused(lab).customer()
    assert lab.call().state is State.RINGING_AGENT
    return lab


def wrapping_up(lab: Driver) -> Driver:
    talking(lab).hang_up(CUSTOMER)
    return lab


def disposed(lab: Driver) -> Driver:
    wrapping_up(lab).ask(Kind.STATUS, status="SALE")
    return lab


def undoable(lab: Driver) -> Driver:
    wrapping_up(lab).ask(Kind.STATUS, status="SALE", undo=True)
    return lab


def leaving(lab: Driver) -> Driver:
    talking(lab).ask(Kind.LOGOUT)
    return lab


def phone_lost(lab: Driver) -> Driver:
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up(PHONE)
    lab.wait(60)
    return lab


def muted(lab: Driver) -> Driver:
    talking(lab).ask(Kind.MUTE)
    return lab


def recorded(lab: Driver) -> Driver:
    talking(lab).ask(Kind.RECORD_START)
    return lab


def closer_parked(lab: Driver) -> Driver:
    SCENES["with_closer"](lab).ask(Kind.PARK_XFER)
    assert lab.call().state is State.THIRD_PARKED
    return lab


def playing(lab: Driver) -> Driver:
    talking(lab).ask(Kind.AUDIO_PLAY, file="vm-goodbye")
    return lab


OTHERS: tuple[Callable[[Driver], Driver], ...] = (
    *(logged_out, ready, paused, previewing, dialling_out, phone_rings, wrapping_up, disposed, undoable, leaving),
    *(phone_lost, muted, recorded, playing, closer_parked),
)
STAGES = SCENES | {scene.__name__: scene for scene in OTHERS}
USERS = ("1000", "1001", "1002")
CAMPAIGNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "forced": {"park_ivr": "5000@ivr", "campaign_recording": "ALLFORCE", "manual_preview_dial": "PREVIEW_AND_SKIP"},
}


def given(lab: Driver, kind: Kind, user: str) -> dict[str, Any]:
    """Return the arguments of the command in this scene."""
    session = lab.world.sessions.get(user)
    call = lab.world.calls.get(session.call or "") if session else None
    if kind in (Kind.LISTEN, Kind.WHISPER, Kind.BARGE):
        return {"phone": next(user_id for user_id in lab.world.rules.agents if user_id not in lab.world.sessions)}
    if kind is Kind.END_CALL:
        return {"call": call.id if call else ""}
    if kind is Kind.SEND_DTMF and call and not call.customer:
        return {"to": "XFER"}
    return ARGUMENTS.get(kind, {})


def answer(lab: Driver, kind: Kind, user: str) -> str:
    """Give the command, and take it back; return why it was refused, or ""."""
    request = Ask("A" * 26, command(kind, user, **given(lab, kind, user)), checked=True)
    turn = handle(lab.world, request, lab.asterisk.now, "B" * 26)
    receipts = [record for record, _ in turn.changes if isinstance(record, Receipt) and record.id == request.receipt]
    lab.world.roll_back()
    return next((receipt.cause for receipt in receipts if receipt.outcome is Outcome.REFUSED), "")


def test_the_allowed_commands_equal_the_answers_of_the_core(subtests: pytest.Subtests) -> None:
    for campaign, scene in product(CAMPAIGNS.values(), STAGES):
        with subtests.test(scene=scene, campaign=campaign):
            lab = STAGES[scene](lab_with(**campaign))
            records_before = {entity.id: entity for entity in lab.world.iterate_open_records()}
            for user in USERS:
                refusals = list_refusals(lab.world, user, lab.asterisk.now)
                assert set(refusals) == set(AGENT_KINDS)
                for kind, reason in refusals.items():
                    if kind is not Kind.TAKE_CALL or reason:  # otherwise the agent that it names decides
                        assert (kind, answer(lab, kind, user)) == (kind, reason)
                    assert not reason or reasons.find_by_text(reason), reason
            assert {entity.id: entity for entity in lab.world.iterate_open_records()} == records_before


@pytest.mark.parametrize("kind", [Kind.PARK_CUSTOMER, Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER])
def test_behind_a_pending_command_the_state_after_it_counts(kind: Kind) -> None:
    lab = plain_scene("three_way")
    with slowly(lab):
        lab.ask(kind)
        assert lab.call().commands.target
        refusals = list_refusals(lab.world, "1000", lab.asterisk.now)
        answers = {}
        for later_kind in (Kind.GRAB_CUSTOMER, Kind.PARK_CUSTOMER, Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER):
            copy = deepcopy(lab)
            del copy.pump  # Asterisk's events come
            copy.ask(later_kind)
            copy.pump()
            answers[later_kind] = copy.receipt().outcome is Outcome.REFUSED
    assert {later_kind: bool(refusals[later_kind]) for later_kind in answers} == answers


def test_every_command_is_told_or_is_not_about_an_agent() -> None:
    assert {*AGENT_KINDS, *NON_AGENT_KINDS} == set(REGISTERED_COMMANDS)
