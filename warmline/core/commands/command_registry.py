"""All commands in one table: their fields, their kind of function, and the function.

A row's help is the docstring of its class; the states in which it fits are in `COMMANDS` of transition_tables.py.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, NamedTuple, TypedDict, TypeVar, Unpack

from warmline.core.agents import (
    agent_disposition,
    call_notes,
    callback_promise,
    change_ingroups,
    disposition_undo,
    inbound_mute,
    pause_and_logout,
    phone,
    remote_login,
    supervision,
    supervisor_help,
)
from warmline.core.calls import outbound
from warmline.core.calls.lead import call_lead
from warmline.core.commands import (
    adoption,
    call_end,
    disposition_correction,
    key_presses,
    next_lead,
    transfer_preparation,
)
from warmline.core.media import audio_playback, recording_decision, recording_mute
from warmline.core.messages import agent_command_types as to_agent
from warmline.core.messages import call_command_types as to_call
from warmline.core.messages.command_classes import NumberDial
from warmline.core.messages.commands import Ask, CommandFields, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.model.transition_tables import COMMANDS, Cell
from warmline.core.rules import reasons
from warmline.core.servers import draining
from warmline.core.world.turn import Turn


class Handling(Enum):
    """How a command is handled, and the arguments of its function besides the turn and the command."""

    MOVE_CALL = auto()  # moves a call to another state; gets the call and the receipt; returns the prepared call
    ACT_ON_CALL = auto()  # acts on a call without a move; gets the call and the receipt
    ACT_ON_SESSION = auto()  # acts on an agent who is logged in; gets the session and the receipt
    ACT_ON_AGENT = auto()  # acts on an agent who need not be logged in; gets the receipt
    HANDLE_REQUEST = auto()  # handles the request itself, unless it is impossible
    CORRECT = auto()  # handles the request itself, even if it is impossible


class RegisteredCommand(NamedTuple):
    """One command, and what the rest of Warmline needs to know of it.

    `run` does it, unless its arguments do not allow that. For MOVE_CALL it returns the call, prepared for the move, or
    the reason for a refusal. For the three ACT_ON_… it returns the reason for a refusal, "" if the command is done, or
    None if the function finishes the receipt itself, now or later. For HANDLE_REQUEST and CORRECT it returns nothing.
    `find_refusal` returns the reason why the command is refused now, whatever its arguments are, or "". It gets the
    turn, and the call or the session; for ACT_ON_AGENT, the agent. It is called before `run`, except for
    HANDLE_REQUEST, where `run` calls it.
    `agent_api`: the functions of VICIdial's API for this command, each with the values of its field that select it.
    `agent_api_only`: no other interface has it. `custom_name`: its name in addresses and on the command line, if that
    differs from the kind. `address`: an address that it shares with others, whose bodies name the kind.
    """

    command_class: type[CommandFields]
    handling: Handling
    run: Callable[..., Any]
    find_refusal: Callable[[Turn, Any], str] = lambda turn, subject: ""
    agent_api: tuple[str, ...] = ()
    agent_api_only: bool = False
    custom_name: str = ""
    address: str = ""

    @property
    def kind(self) -> Kind:
        return self.command_class.kind

    @property
    def is_about_call(self) -> bool:
        """Return whether it is about an agent's current call."""
        return self.handling in (Handling.MOVE_CALL, Handling.ACT_ON_CALL)

    @property
    def states(self) -> Mapping[State, Cell]:
        """Return the states that allow it, with the state that follows; empty for a command without a move."""
        return COMMANDS.get(self.kind, {})

    @property
    def has_number(self) -> bool:
        """Return whether it has a number to dial or preview; dial rules and do-not-call lists apply to it."""
        return issubclass(self.command_class, NumberDial)

    @property
    def help(self) -> str:
        """Return what it does, in one sentence."""
        return (self.command_class.__doc__ or "").partition("\n")[0]

    @property
    def summary(self) -> str:
        """Return the same sentence without its full stop."""
        return self.help.removesuffix(".")

    @property
    def public_name(self) -> str:
        """Return its name in addresses and on the command line, such as `call-agent`."""
        return self.custom_name or self.kind.lower().replace("_", "-")


CommandT = TypeVar("CommandT", bound=CommandFields)
PreparedCall = Call | str


class CommandOptions(TypedDict, total=False):
    """The check of a command, and its names for clients: see RegisteredCommand."""

    find_refusal: Callable[[Turn, Any], str]
    agent_api: tuple[str, ...]
    agent_api_only: bool
    custom_name: str
    address: str


def _move_call(
    command_class: type[CommandT],
    run: Callable[[Turn, Call, Receipt, CommandT], PreparedCall] = transfer_preparation.prepare_nothing,
    **options: Unpack[CommandOptions],
) -> RegisteredCommand:
    return RegisteredCommand(command_class, Handling.MOVE_CALL, run, **options)


def _act_on_call(
    command_class: type[CommandT],
    run: Callable[[Turn, Call, Receipt, CommandT], str | None],
    **options: Unpack[CommandOptions],
) -> RegisteredCommand:
    return RegisteredCommand(command_class, Handling.ACT_ON_CALL, run, **options)


def _act_on_session(
    command_class: type[CommandT],
    run: Callable[[Turn, Session, Receipt, CommandT], str | None],
    **options: Unpack[CommandOptions],
) -> RegisteredCommand:
    return RegisteredCommand(command_class, Handling.ACT_ON_SESSION, run, **options)


def _act_on_agent(
    command_class: type[CommandT],
    run: Callable[[Turn, Receipt, CommandT], str | None],
    **options: Unpack[CommandOptions],
) -> RegisteredCommand:
    return RegisteredCommand(command_class, Handling.ACT_ON_AGENT, run, **options)


def _handle_request(
    command_class: type[CommandT],
    run: Callable[[Turn, Ask, CommandT], None],
    handling: Handling = Handling.HANDLE_REQUEST,
    **options: Unpack[CommandOptions],
) -> RegisteredCommand:
    return RegisteredCommand(command_class, handling, run, **options)


def _change_dialler(turn: Turn, request: Ask, command: to_call.DiallerCommand) -> None:
    from warmline.core.dialler import dialler_commands  # imported here because a call centre need not have a dialler

    dialler_commands.change_dialler(turn, request, command)


def _find_disposition_refusal(_turn: Turn, session: Session) -> str:
    has_last_call = session.state is AgentState.DISPO or session.last.status
    return "" if session.call or has_last_call else reasons.DISPOSITION_WITHOUT_CALL.text()


def _set_disposition(turn: Turn, session: Session, receipt: Receipt, command: to_agent.SetDisposition) -> str:
    if command.call not in ("", session.call or session.last.call):
        return reasons.DISPOSITION_TOO_LATE.text(agent=session.agent)
    return agent_disposition.set_status(
        turn,
        session,
        command.status,
        author=receipt.by,
        notes=command.notes,
        callback=command.callback,
        amends=command.amends,
        can_undo=command.undo,
    )


def _set_vm_message(turn: Turn, call: Call, _receipt: Receipt, command: to_call.VmMessage) -> str:
    turn.put(call.with_prompts(vm_message=command.message))
    return ""


def _change_audio(command_class: type[audio_playback.PlaybackChange], selector: str) -> RegisteredCommand:
    """Return the command that changes the playing files, by its value of VICIdial's function."""
    return _act_on_call(
        command_class,
        lambda turn, call, _, command: audio_playback.change_playback(turn, call, command),
        find_refusal=audio_playback.find_change_refusal,
        agent_api=_select_function("audio_playback", selector),
        address="audio",
    )


def _select_function(function: str, *selectors: str) -> tuple[str, ...]:
    """Return the one function of VICIdial's API for a command, with the values that select it."""
    return (" ".join((function, *selectors)),)


def _select_transfer(kind: Kind) -> tuple[str, ...]:
    return _select_function("transfer_conference", kind.value)


_COMMAND_TABLE = (
    _act_on_agent(to_agent.Login, remote_login.log_in, find_refusal=remote_login.find_refusal),
    _act_on_session(
        to_agent.Pause,
        lambda turn, session, _, command: pause_and_logout.pause_agent(turn, session, command.pause_code),
        agent_api=("external_pause PAUSE", "pause_code"),
    ),
    _act_on_session(
        to_agent.Resume,
        lambda turn, session, *_: pause_and_logout.resume_agent(turn, session),
        find_refusal=pause_and_logout.find_resume_refusal,
        agent_api=_select_function("external_pause", "RESUME"),
    ),
    _act_on_session(
        to_agent.Logout,
        lambda turn, session, *_: pause_and_logout.request_logout(turn, session),
        agent_api=_select_function("logout"),
    ),
    _act_on_session(
        to_agent.CallAgent,
        lambda turn, session, *_: phone.call_phone(turn, session),
        find_refusal=phone.find_call_refusal,
        custom_name="ring",
        agent_api=_select_function("call_agent"),
    ),
    _act_on_session(
        to_agent.ChangeIngroups,
        lambda turn, session, _, command: change_ingroups.set_ingroups(turn, session, command.ingroups),
        agent_api_only=True,
        agent_api=_select_function("change_ingroups"),
    ),
    _handle_request(
        to_agent.Dial,
        outbound.accept_dial,
        find_refusal=outbound.find_dial_refusal,
        agent_api=("external_dial", "preview_dial_action DIALONLY ALTDIAL ADR3DIAL"),
    ),
    _handle_request(
        to_agent.DialNext,
        next_lead.accept_command,
        find_refusal=next_lead.find_refusal,
        agent_api=_select_function("external_dial", "MANUALNEXT"),
    ),
    _act_on_session(
        to_agent.Preview,
        outbound.preview_number,
        find_refusal=outbound.find_preview_refusal,
        agent_api=_select_function("external_dial"),
    ),
    _act_on_session(
        to_agent.SkipPreview,
        lambda turn, session, *_: outbound.skip_preview(turn, session),
        find_refusal=outbound.find_skip_refusal,
        agent_api=_select_function("preview_dial_action", "SKIP", "FINISH"),
    ),
    _act_on_agent(to_agent.ChangeCallback, outbound.change_callback),
    _act_on_agent(to_agent.MakeCallback, callback_promise.make_callback),
    _act_on_session(to_agent.Listen, supervision.begin_supervision, find_refusal=supervision.find_refusal),
    _act_on_session(to_agent.Whisper, supervision.begin_supervision, find_refusal=supervision.find_refusal),
    _act_on_session(to_agent.Barge, supervision.begin_supervision, find_refusal=supervision.find_refusal),
    _act_on_session(to_agent.Mute, inbound_mute.switch_mute, find_refusal=inbound_mute.find_refusal),
    _act_on_session(to_agent.Unmute, inbound_mute.switch_mute, find_refusal=inbound_mute.find_refusal),
    _act_on_session(
        to_agent.AskHelp,
        lambda turn, session, *_: supervisor_help.request_help(turn, session),
        find_refusal=supervisor_help.find_refusal,
    ),
    _act_on_session(
        to_agent.EndHelp,
        lambda turn, session, *_: supervisor_help.end_help(turn, session.agent),
        find_refusal=supervisor_help.find_end_refusal,
    ),
    _act_on_session(
        to_agent.KeepNotes,
        lambda turn, session, _, command: call_notes.keep_notes(turn, session, command),
        find_refusal=call_notes.find_refusal,
    ),
    _act_on_session(
        to_agent.SetDisposition,
        _set_disposition,
        find_refusal=_find_disposition_refusal,
        agent_api=("external_status", "ra_call_control"),
    ),
    _act_on_session(
        to_agent.UndoDisposition,
        lambda turn, session, receipt, _: disposition_undo.undo_code(turn, session, receipt.by),
        find_refusal=disposition_undo.find_refusal,
    ),
    _handle_request(to_agent.CorrectDisposition, disposition_correction.correct_disposition, Handling.CORRECT),
    _move_call(
        to_call.DialWithCustomer,
        transfer_preparation.prepare_third_party,
        agent_api=_select_transfer(Kind.DIAL_WITH_CUSTOMER),
    ),
    _move_call(
        to_call.ParkCustomerDial,
        transfer_preparation.prepare_third_party,
        agent_api=_select_transfer(Kind.PARK_CUSTOMER_DIAL),
    ),
    _move_call(
        to_call.Leave3WayCall,
        transfer_preparation.prepare_leave,
        agent_api=("transfer_conference LEAVE_3WAY_CALL", "force_fronter_leave_3way"),
    ),
    _move_call(to_call.HangupXfer, agent_api=_select_transfer(Kind.HANGUP_XFER)),
    _move_call(to_call.HangupBoth, transfer_preparation.prepare_hang_up, agent_api=_select_transfer(Kind.HANGUP_BOTH)),
    _move_call(to_call.Hangup, transfer_preparation.prepare_hang_up, agent_api=("external_hangup", "ra_call_control")),
    _move_call(to_call.HangupCustomer),
    _move_call(
        to_call.BlindTransfer,
        transfer_preparation.prepare_blind_transfer,
        agent_api=("transfer_conference BLIND_TRANSFER", "ra_call_control"),
    ),
    _move_call(to_call.LeaveVm, transfer_preparation.prepare_message, agent_api=_select_transfer(Kind.LEAVE_VM)),
    _move_call(
        to_call.LocalCloser,
        transfer_preparation.prepare_closer,
        agent_api=("transfer_conference LOCAL_CLOSER", "ra_call_control"),
    ),
    _move_call(to_call.ParkCustomer, agent_api=_select_function("park_call", "PARK_CUSTOMER")),
    _move_call(to_call.GrabCustomer, agent_api=_select_function("park_call", "GRAB_CUSTOMER", "GRAB_IVR_CUSTOMER")),
    _move_call(
        to_call.ParkIvrCustomer,
        transfer_preparation.prepare_ivr_park,
        find_refusal=transfer_preparation.find_ivr_refusal,
        agent_api=_select_function("park_call", "PARK_IVR_CUSTOMER"),
    ),
    _move_call(to_call.ParkXfer, agent_api=_select_function("park_call", "PARK_XFER")),
    _move_call(to_call.GrabXfer, agent_api=_select_function("park_call", "GRAB_XFER")),
    _move_call(to_call.SwapParkCustomer, agent_api=_select_function("park_call", "SWAP_PARK_CUSTOMER")),
    _move_call(to_call.SwapParkXfer, agent_api=_select_function("park_call", "SWAP_PARK_XFER")),
    _move_call(
        to_call.HangupXferGrabCustomer,
        custom_name="hangup-grab",
        address="transfers",
        agent_api=_select_function("park_call", "HANGUP_XFER_GRAB_CUSTOMER"),
    ),
    _act_on_call(
        to_call.RecordStart,
        lambda turn, call, *_: recording_decision.start_by_command(turn, call),
        find_refusal=recording_decision.find_start_refusal,
        agent_api=_select_function("recording", "START"),
    ),
    _act_on_call(
        to_call.RecordStop,
        lambda turn, call, *_: recording_decision.stop_by_command(turn, call),
        find_refusal=recording_decision.find_stop_refusal,
        agent_api=_select_function("recording", "STOP"),
    ),
    _act_on_call(to_call.RecordMute, recording_mute.switch_mute, find_refusal=recording_mute.find_mute_refusal),
    _act_on_call(to_call.RecordUnmute, recording_mute.switch_mute, find_refusal=recording_mute.find_unmute_refusal),
    _act_on_call(
        to_call.SendKeys,
        key_presses.send_keys,
        find_refusal=key_presses.find_refusal,
        agent_api=_select_function("send_dtmf"),
    ),
    _act_on_call(to_call.VmMessage, _set_vm_message, agent_api=_select_function("vm_message")),
    _act_on_call(
        to_call.SwitchLead,
        lambda turn, call, _, command: call_lead.switch_lead(turn, call, command),
        agent_api_only=True,
        agent_api=_select_function("switch_lead"),
    ),
    _act_on_call(
        to_call.AudioPlay,
        lambda turn, call, _, command: audio_playback.play_files(turn, call, command),
        find_refusal=audio_playback.find_play_refusal,
        agent_api=_select_function("audio_playback", "PLAY"),
        address="audio",
    ),
    _change_audio(to_call.AudioStop, "STOP"),
    _change_audio(to_call.AudioPause, "PAUSE"),
    _change_audio(to_call.AudioResume, "RESUME"),
    _change_audio(to_call.AudioRestart, "RESTART"),
    _move_call(to_call.TakeCall, transfer_preparation.prepare_take),
    _handle_request(to_call.Adopt, adoption.accept_command),
    _handle_request(to_call.DiallerStart, _change_dialler),
    _handle_request(to_call.DiallerStop, _change_dialler),
    _handle_request(to_call.ServerDrain, draining.change_draining),
    _handle_request(to_call.ServerResume, draining.change_draining),
    _handle_request(
        to_call.EndCall,
        call_end.end_call,
        find_refusal=call_end.find_refusal,
        agent_api=_select_function("ra_call_control"),
    ),
)

REGISTERED_COMMANDS: dict[Kind, RegisteredCommand] = {row.kind: row for row in _COMMAND_TABLE}
CALL_COMMANDS = tuple(
    kind for kind, row in REGISTERED_COMMANDS.items() if row.is_about_call or row.command_class is to_call.EndCall
)
DIAL_COMMANDS = tuple(kind for kind, row in REGISTERED_COMMANDS.items() if row.has_number and row.is_about_call)


def find_function_commands(function: str) -> dict[str, type[CommandFields]]:
    """Return the commands of a function of VICIdial's API, by the value that selects each."""
    commands: dict[str, type[CommandFields]] = {}
    for row in _COMMAND_TABLE:
        for function_with_selectors in row.agent_api:
            name, *selectors = function_with_selectors.split()
            if name == function:
                commands |= dict.fromkeys(selectors, row.command_class)
    return commands
