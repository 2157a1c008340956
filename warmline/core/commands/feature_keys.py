"""The feature keys of an agent's phone: the command that each stands for in the agent's current state."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from warmline.core.messages import agent_command_types as to_agent
from warmline.core.messages import call_command_types as to_call
from warmline.core.messages.commands import CommandFields
from warmline.core.model import disposition_rules
from warmline.core.model.call import Call
from warmline.core.model.call_states import LegBridge, State
from warmline.core.model.session import Session
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Disposition, PauseCode
from warmline.core.world.world import World

START_KEY, END_KEY = "*", "#"
NUMBER_ARGUMENT, CODE_ARGUMENT = "number", "code"


class Feature(NamedTuple):
    """One feature key. `argument` is what follows the key before END_KEY: a number, a code, or "" for nothing."""

    command: Callable[[World, Session, str], CommandFields]
    meaning: str
    argument: str = ""


def find_call(world: World, session: Session) -> Call | None:
    """Return the agent's call, or None."""
    return world.calls.get(session.call or "")


def _dial(world: World, session: Session, digits: str) -> CommandFields:
    numbers = world.rules.campaign(session.campaign).feature_numbers
    preset_numbers = numbers[int(digits) - 1 : int(digits)] if len(digits) == 1 else ()
    number = preset_numbers[0] if preset_numbers else digits
    if session.call:
        return to_call.ParkCustomerDial(session.agent, number=number, by_person=True)
    return to_agent.Dial(session.agent, number=number, by_person=True)


def _swap(world: World, session: Session, _: str) -> CommandFields:
    if _find_target_state(world, session) is State.THIRD_PARKED:
        return to_call.SwapParkCustomer(session.agent)
    return to_call.SwapParkXfer(session.agent)


def _hold(world: World, session: Session, _: str) -> CommandFields:
    """Return the command that holds the customer, or takes back the party on hold; both: the customer."""
    state = _find_target_state(world, session)
    if state in (State.TALKING, State.THREE_WAY):
        return to_call.ParkCustomer(session.agent)
    if state in (State.THIRD_PARKED, State.CUSTOMER_GONE):
        return to_call.GrabXfer(session.agent)
    return to_call.GrabCustomer(session.agent)


def _record(world: World, session: Session, _: str) -> CommandFields:
    call = find_call(world, session)
    return (to_call.RecordStop if call and call.recording.running else to_call.RecordStart)(session.agent)


def _drop_third(world: World, session: Session, _: str) -> CommandFields:
    """Return the command that hangs up the third party and takes back a customer on hold."""
    call, state = find_call(world, session), _find_target_state(world, session)
    is_ringing_third = state is State.DIALING and call is not None and call.parking.customer_place is LegBridge.HOLDING
    if is_ringing_third or state in (State.CONSULTING, State.BOTH_PARKED):
        return to_call.HangupXferGrabCustomer(session.agent)
    return to_call.HangupXfer(session.agent)


def _find_target_state(world: World, session: Session) -> State | None:
    """Return the state of the agent's call after the pending command, or None."""
    call = find_call(world, session)
    return (call.commands.target or call.state) if call else None


def _pause(world: World, session: Session, digits: str) -> CommandFields:
    code = _find_code(list_pause_codes(world, session), digits)
    if digits and not code:
        reason = reasons.PAUSE_CODE_KEY_UNKNOWN.text(campaign=session.campaign, key=digits)
    else:
        reason = disposition_rules.explain_pause_refusal(world.rules, session.campaign, code)
    return to_agent.Pause(session.agent, pause_code=code, impossible=reason)


FEATURES: dict[str, Feature] = {
    "1": Feature(
        _dial, "Put the customer on hold and dial a number. Without a call: dial a customer.", NUMBER_ARGUMENT
    ),
    "2": Feature(_swap, "Put the party that you talk to on hold, and take the other one back."),
    "3": Feature(
        lambda _world, session, _digits: to_call.Leave3WayCall(session.agent), "Leave the call; the others stay."
    ),
    "4": Feature(_hold, "Put the customer on hold, or take back the party on hold."),
    "5": Feature(_record, "Start or stop the recording."),
    "6": Feature(_drop_third, "Hang up the third party, and take back a customer on hold."),
    "7": Feature(
        lambda _world, session, _digits: to_call.Hangup(session.agent), "Hang up the customer and the third party."
    ),
    "8": Feature(lambda _world, session, _digits: to_agent.Resume(session.agent), "Take calls, now or after the call."),
    "9": Feature(_pause, "Pause, now or after the call. The key of a pause code may come before #.", CODE_ARGUMENT),
    "0": Feature(lambda _world, session, _digits: to_agent.Logout(session.agent), "Log out, now or after the call."),
}


def to_disposition_command(world: World, session: Session, digits: str) -> CommandFields:
    """Return the command that gives the agent's last call the disposition with this key."""
    status = _find_code(list_dispositions(world, session), digits)
    if status:
        reason = disposition_rules.explain_refusal(world.rules, session, status, notes="")
    else:
        reason = reasons.DISPOSITION_KEY_UNKNOWN.text(key=digits)
    return to_agent.SetDisposition(session.agent, status=status, impossible=reason)


def list_dispositions(world: World, session: Session) -> list[Disposition]:
    """Return the dispositions that the agent can give the last call."""
    return disposition_rules.list_choices(world.rules, session)


def list_pause_codes(world: World, session: Session) -> list[PauseCode]:
    """Return the pause codes of the agent."""
    return disposition_rules.list_pause_choices(world.rules, session.campaign)


def is_key_prefix(codes: Iterable[Disposition | PauseCode], digits: str) -> bool:
    """Return whether the key of a code begins with these digits."""
    return bool(digits) and any(code.key.startswith(digits) for code in codes)


def _find_code(codes: Iterable[Disposition | PauseCode], digits: str) -> str:
    return next((code.id for code in codes if digits and code.key == digits), "")
