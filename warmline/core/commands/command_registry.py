"""All commands in one table: their fields, their kind of function, and the function.

A row's help is the docstring of its shape; the states in which it fits are in `COMMANDS` of transition_tables.py.
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
from warmline.core.commands import adoption, call_end, disposition_correction, key_presses, next_lead
from warmline.core.commands import transfer_preparation as prepare
from warmline.core.media import audio_playback, recording_control, recording_mute
from warmline.core.messages import agent_command_types as to_agent
from warmline.core.messages import call_command_types as to_call
from warmline.core.messages.command_shapes import NumberDial
from warmline.core.messages.commands import Ask, CommandFields, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.model.transition_tables import COMMANDS, Cell
from warmline.core.rules import reasons
from warmline.core.servers import draining
from warmline.core.world.turn import Turn


class Way(Enum):
    """How a command is handled, and the arguments of its function besides the turn and the command."""

    MOVES = auto()  # moves a call to another state; gets the call and the receipt; returns the prepared call
    AT_ONCE = auto()  # acts on a call without a move; gets the call and the receipt
    AGENT = auto()  # acts on an agent who is logged in; gets the session and the receipt
    ANYONE = auto()  # acts on an agent who need not be logged in; gets the receipt
    WHOLE = auto()  # handles the request itself, unless it is impossible
    CORRECTION = auto()  # handles the request itself


class RegisteredCommand(NamedTuple):
    """One command. `do` returns the reason for a refusal, "" if it is done, or None if it closes the receipt itself.

    `why_not` returns why the command is refused now, whatever its arguments are, or "". It gets the turn, and the call
    or the session; for ANYONE, the agent. It is asked before `do`; a command handled WHOLE asks it itself.
    `agent_api`: the functions of VICIdial's API for this command, each with the values of its field that select it.
    `agent_api_only`: no other interface has it. `named`: its name in addresses and on the command line, if it differs
    from the kind. `address`: an address that it shares with others, whose bodies name the kind.
    """

    shape: type[CommandFields]
    way: Way
    do: Callable[..., Any]
    why_not: Callable[[Turn, Any], str] = lambda turn, subject: ""
    agent_api: tuple[str, ...] = ()
    agent_api_only: bool = False
    named: str = ""
    address: str = ""

    @property
    def kind(self) -> Kind:
        return self.shape.kind

    @property
    def of_call(self) -> bool:
        """Return whether it is about an agent's current call."""
        return self.way in (Way.MOVES, Way.AT_ONCE)

    @property
    def states(self) -> Mapping[State, Cell]:
        """Return the states that allow it, with the state that follows; empty for a command without a move."""
        return COMMANDS.get(self.kind, {})

    @property
    def dials(self) -> bool:
        """Return whether it has a number to dial or preview; dial rules and do-not-call lists apply to it."""
        return issubclass(self.shape, NumberDial)

    @property
    def help(self) -> str:
        """Return what it does, in one sentence."""
        return (self.shape.__doc__ or "").partition("\n")[0]

    @property
    def summary(self) -> str:
        """Return the same sentence without its full stop."""
        return self.help.removesuffix(".")

    @property
    def word(self) -> str:
        """Return its name in addresses and on the command line, such as `call-agent`."""
        return self.named or self.kind.lower().replace("_", "-")


C = TypeVar("C", bound=CommandFields)
Prepared = Call | str


class Forms(TypedDict, total=False):
    """The check of a command, and its names for clients: see RegisteredCommand."""

    why_not: Callable[[Turn, Any], str]
    agent_api: tuple[str, ...]
    agent_api_only: bool
    named: str
    address: str


def _moves(
    shape: type[C],
    make_ready: Callable[[Turn, Call, Receipt, C], Prepared] = prepare.nothing,
    **forms: Unpack[Forms],
) -> RegisteredCommand:
    return RegisteredCommand(shape, Way.MOVES, make_ready, **forms)


def _at_once(
    shape: type[C], do: Callable[[Turn, Call, Receipt, C], str | None], **forms: Unpack[Forms]
) -> RegisteredCommand:
    return RegisteredCommand(shape, Way.AT_ONCE, do, **forms)


def _agent(
    shape: type[C], do: Callable[[Turn, Session, Receipt, C], str | None], **forms: Unpack[Forms]
) -> RegisteredCommand:
    return RegisteredCommand(shape, Way.AGENT, do, **forms)


def _anyone(shape: type[C], do: Callable[[Turn, Receipt, C], str | None], **forms: Unpack[Forms]) -> RegisteredCommand:
    return RegisteredCommand(shape, Way.ANYONE, do, **forms)


def _whole(
    shape: type[C], take: Callable[[Turn, Ask, C], None], way: Way = Way.WHOLE, **forms: Unpack[Forms]
) -> RegisteredCommand:
    return RegisteredCommand(shape, way, take, **forms)


def _to_dialler(turn: Turn, ask: Ask, command: to_call.DiallerCommand) -> None:
    from warmline.core.dialler import dialler_commands  # imported here because a call centre need not have a dialler

    dialler_commands.change(turn, ask, command)


def _why_no_disposition(_turn: Turn, session: Session) -> str:
    last = session.state is AgentState.DISPO or session.last.status
    return "" if session.call or last else reasons.DISPOSITION_WITHOUT_CALL.text()


def _set_disposition(turn: Turn, session: Session, receipt: Receipt, command: to_agent.SetDisposition) -> str:
    if command.call not in ("", session.call or session.last.call):
        return reasons.DISPOSITION_TOO_LATE.text(agent=session.agent)
    return agent_disposition.set_status(
        turn,
        session,
        command.status,
        receipt.by,
        command.notes,
        command.callback,
        amends=command.amends,
        undo=command.undo,
    )


def _set_vm_message(turn: Turn, call: Call, _receipt: Receipt, command: to_call.VmMessage) -> str:
    turn.put(call.with_prompts(vm_message=command.message))
    return ""


def _changes_audio(shape: type[audio_playback.PlaybackChange], value: str) -> RegisteredCommand:
    """Return the command that changes the playing files, by its value of VICIdial's function."""
    return _at_once(
        shape,
        lambda turn, call, _, command: audio_playback.change_playback(turn, call, command),
        why_not=audio_playback.get_change_refusal,
        agent_api=_of("audio_playback", value),
        address="audio",
    )


def _of(function: str, *values: str) -> tuple[str, ...]:
    """Return the one function of VICIdial's API for a command, with the values that select it."""
    return (" ".join((function, *values)),)


def _transfer(kind: Kind) -> tuple[str, ...]:
    return _of("transfer_conference", kind.value)


_TABLE = (
    _anyone(to_agent.Login, remote_login.log_in, why_not=remote_login.why_not),
    _agent(
        to_agent.Pause,
        lambda turn, session, _, command: pause_and_logout.pause(turn, session, command.pause_code),
        agent_api=("external_pause PAUSE", "pause_code"),
    ),
    _agent(
        to_agent.Resume,
        lambda turn, session, *_: pause_and_logout.resume(turn, session),
        why_not=pause_and_logout.why_not_resume,
        agent_api=_of("external_pause", "RESUME"),
    ),
    _agent(
        to_agent.Logout,
        lambda turn, session, *_: pause_and_logout.ask_logout(turn, session),
        agent_api=_of("logout"),
    ),
    _agent(
        to_agent.CallAgent,
        lambda turn, session, *_: phone.call_again(turn, session),
        why_not=phone.why_no_call,
        named="ring",
        agent_api=_of("call_agent"),
    ),
    _agent(
        to_agent.ChangeIngroups,
        lambda turn, session, _, command: change_ingroups.change(turn, session, command.ingroups),
        agent_api_only=True,
        agent_api=_of("change_ingroups"),
    ),
    _whole(
        to_agent.Dial,
        outbound.accept_dial,
        why_not=outbound.get_dial_refusal,
        agent_api=("external_dial", "preview_dial_action DIALONLY ALTDIAL ADR3DIAL"),
    ),
    _whole(
        to_agent.DialNext, next_lead.accept, why_not=next_lead.why_not, agent_api=_of("external_dial", "MANUALNEXT")
    ),
    _agent(
        to_agent.Preview,
        outbound.preview_number,
        why_not=outbound.get_preview_refusal,
        agent_api=_of("external_dial"),
    ),
    _agent(
        to_agent.SkipPreview,
        lambda turn, session, *_: outbound.skip_preview(turn, session),
        why_not=outbound.get_skip_refusal,
        agent_api=_of("preview_dial_action", "SKIP", "FINISH"),
    ),
    _anyone(to_agent.ChangeCallback, outbound.change_callback),
    _anyone(to_agent.MakeCallback, callback_promise.make),
    _agent(to_agent.Listen, supervision.begin, why_not=supervision.why_not),
    _agent(to_agent.Whisper, supervision.begin, why_not=supervision.why_not),
    _agent(to_agent.Barge, supervision.begin, why_not=supervision.why_not),
    _agent(to_agent.Mute, inbound_mute.switch, why_not=inbound_mute.why_not),
    _agent(to_agent.Unmute, inbound_mute.switch, why_not=inbound_mute.why_not),
    _agent(
        to_agent.AskHelp, lambda turn, session, *_: supervisor_help.ask(turn, session), why_not=supervisor_help.why_not
    ),
    _agent(
        to_agent.EndHelp,
        lambda turn, session, *_: supervisor_help.end(turn, session.agent),
        why_not=supervisor_help.why_no_end,
    ),
    _agent(
        to_agent.KeepNotes,
        lambda turn, session, _, command: call_notes.keep(turn, session, command),
        why_not=call_notes.why_not,
    ),
    _agent(
        to_agent.SetDisposition,
        _set_disposition,
        why_not=_why_no_disposition,
        agent_api=("external_status", "ra_call_control"),
    ),
    _agent(
        to_agent.UndoDisposition,
        lambda turn, session, receipt, _: disposition_undo.undo(turn, session, receipt.by),
        why_not=disposition_undo.why_not,
    ),
    _whole(to_agent.CorrectDisposition, disposition_correction.correct, Way.CORRECTION),
    _moves(to_call.DialWithCustomer, prepare.third_party, agent_api=_transfer(Kind.DIAL_WITH_CUSTOMER)),
    _moves(to_call.ParkCustomerDial, prepare.third_party, agent_api=_transfer(Kind.PARK_CUSTOMER_DIAL)),
    _moves(
        to_call.Leave3WayCall,
        prepare.leave_3way,
        agent_api=("transfer_conference LEAVE_3WAY_CALL", "force_fronter_leave_3way"),
    ),
    _moves(to_call.HangupXfer, agent_api=_transfer(Kind.HANGUP_XFER)),
    _moves(to_call.HangupBoth, prepare.hang_up, agent_api=_transfer(Kind.HANGUP_BOTH)),
    _moves(to_call.Hangup, prepare.hang_up, agent_api=("external_hangup", "ra_call_control")),
    _moves(to_call.HangupCustomer),
    _moves(to_call.BlindTransfer, prepare.blind, agent_api=("transfer_conference BLIND_TRANSFER", "ra_call_control")),
    _moves(to_call.LeaveVm, prepare.message, agent_api=_transfer(Kind.LEAVE_VM)),
    _moves(to_call.LocalCloser, prepare.closer, agent_api=("transfer_conference LOCAL_CLOSER", "ra_call_control")),
    _moves(to_call.ParkCustomer, agent_api=_of("park_call", "PARK_CUSTOMER")),
    _moves(to_call.GrabCustomer, agent_api=_of("park_call", "GRAB_CUSTOMER", "GRAB_IVR_CUSTOMER")),
    _moves(
        to_call.ParkIvrCustomer,
        prepare.park_ivr,
        why_not=prepare.why_no_ivr,
        agent_api=_of("park_call", "PARK_IVR_CUSTOMER"),
    ),
    _moves(to_call.ParkXfer, agent_api=_of("park_call", "PARK_XFER")),
    _moves(to_call.GrabXfer, agent_api=_of("park_call", "GRAB_XFER")),
    _moves(to_call.SwapParkCustomer, agent_api=_of("park_call", "SWAP_PARK_CUSTOMER")),
    _moves(to_call.SwapParkXfer, agent_api=_of("park_call", "SWAP_PARK_XFER")),
    _moves(
        to_call.HangupXferGrabCustomer,
        named="hangup-grab",
        address="transfers",
        agent_api=_of("park_call", "HANGUP_XFER_GRAB_CUSTOMER"),
    ),
    _at_once(
        to_call.RecordStart,
        lambda turn, call, *_: recording_control.start_by_command(turn, call),
        why_not=recording_control.get_start_refusal,
        agent_api=_of("recording", "START"),
    ),
    _at_once(
        to_call.RecordStop,
        lambda turn, call, *_: recording_control.stop_by_command(turn, call),
        why_not=recording_control.get_stop_refusal,
        agent_api=_of("recording", "STOP"),
    ),
    _at_once(to_call.RecordMute, recording_mute.switch_mute, why_not=recording_mute.get_mute_refusal),
    _at_once(to_call.RecordUnmute, recording_mute.switch_mute, why_not=recording_mute.get_unmute_refusal),
    _at_once(to_call.SendKeys, key_presses.send, why_not=key_presses.why_not, agent_api=_of("send_dtmf")),
    _at_once(to_call.VmMessage, _set_vm_message, agent_api=_of("vm_message")),
    _at_once(
        to_call.SwitchLead,
        lambda turn, call, _, command: call_lead.switch_lead(turn, call, command),
        agent_api_only=True,
        agent_api=_of("switch_lead"),
    ),
    _at_once(
        to_call.AudioPlay,
        lambda turn, call, _, command: audio_playback.play_files(turn, call, command),
        why_not=audio_playback.get_play_refusal,
        agent_api=_of("audio_playback", "PLAY"),
        address="audio",
    ),
    _changes_audio(to_call.AudioStop, "STOP"),
    _changes_audio(to_call.AudioPause, "PAUSE"),
    _changes_audio(to_call.AudioResume, "RESUME"),
    _changes_audio(to_call.AudioRestart, "RESTART"),
    _moves(to_call.TakeCall, prepare.take),
    _whole(to_call.Adopt, adoption.accept),
    _whole(to_call.DiallerStart, _to_dialler),
    _whole(to_call.DiallerStop, _to_dialler),
    _whole(to_call.ServerDrain, draining.change),
    _whole(to_call.ServerResume, draining.change),
    _whole(to_call.EndCall, call_end.end, why_not=call_end.why_not, agent_api=_of("ra_call_control")),
)

ROWS: dict[Kind, RegisteredCommand] = {row.kind: row for row in _TABLE}
CALL_COMMANDS = tuple(kind for kind, row in ROWS.items() if row.of_call or row.shape is to_call.EndCall)
DIALS = tuple(kind for kind, row in ROWS.items() if row.dials and row.of_call)


def of_function(function: str) -> dict[str, type[CommandFields]]:
    """Return the commands of a function of VICIdial's API, by the value that selects each."""
    given = ((row.shape, form.split()) for row in _TABLE for form in row.agent_api)
    return {value: shape for shape, (name, *values) in given if name == function for value in values}
