"""One Asterisk channel in one role, and where it is."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from warmline.core.messages.leg_messages import ContinueInFallback
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.dial_check import DialCheck
from warmline.core.moment import Moment
from warmline.core.replace import make_record, part_updater


class Role(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    RETURNING = "returning"  # an agent's phone that is to replace its leg, until it is answered; then AGENT
    THIRD = "third"
    IVR = "ivr"  # the dialplan that a parked customer hears instead of music
    WHISPER = "whisper"  # speaks to one leg only: the beep at delivery
    SUPERVISOR = "supervisor"  # hears an agent
    SNOOP = "ear"  # the snoop channel of a supervisor
    KEYS = "keys"  # an on_hook agent's phone that types keys between calls
    REFUSED = "refused"  # a phone that hears why its login was refused; a caller with `fallback`


CALL_ROLES = (Role.CUSTOMER, Role.THIRD, Role.IVR)
"""Roles whose legs a call hangs up, until they are gone, when its state has no place for them."""


class Phase(IntEnum):
    """The progress of a leg, which only increases."""

    ASKED = 0  # its id is stored, and the channel is requested
    ARRIVED = 1  # in Stasis
    DIALED = 2
    RINGING = 3
    PROGRESS = 4  # early media
    UP = 5
    GONE = 6


class HoldMusic(StrEnum):
    """The music for a leg while the other parties in its bridge hold their lines."""

    NONE = ""
    PLAYS = "plays"  # requested
    ENDING = "ending"  # its end was requested, and Asterisk has not confirmed it
    UNKNOWN = "unknown"  # it may play: the last request may have been done or not


@dataclass(frozen=True, kw_only=True)
class InboundMute:
    """The mute of a leg's inbound audio."""

    muted: bool | None = False  # the inbound audio is muted; None: not known
    muting: bool | None = None  # the requested value, until Asterisk confirms it
    receipts: tuple[str, ...] = ()  # the commands that wait for that


@dataclass(frozen=True, kw_only=True)
class LegDialling:
    """The dialling of a leg that Warmline requested."""

    asked: bool = False
    timeout: int = 0  # how long it may ring, in seconds
    answered_elsewhere: bool = False  # it stops ringing because another phone has the call
    redirected: str = ""  # the number that it named instead of answering
    redirects: int = 0  # how many redirects led from the requested number to this leg's
    redirect_check: DialCheck | None = None  # the database's answer about that number
    end_held: int | None = None  # the cause of the leg's end, kept until that answer


@dataclass(frozen=True, kw_only=True)
class LegSupervision:
    """The supervisors of an agent's leg, or the agent of a supervisor's leg."""

    receipt: str = ""  # SUPERVISOR: the command that called this phone
    peer_leg: str = ""  # SUPERVISOR: the leg of the snoop channel; EAR: the supervisor's leg
    heard_by: tuple[str, ...] = ()  # AGENT: the legs of the supervisors


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A leg with its current and its requested bridge. Times in microseconds, UTC.

    `bridge` is Asterisk's last report. `target_bridge` is "" for out of any bridge. It is None after Asterisk has
    reported that the leg is there.
    """

    id: str
    role: Role
    owner: str  # the call; the agent for an agent's leg and its whispers
    server: str = MAIN_SERVER
    trunk: str = ""  # the trunk of an outside party, or empty
    number: str = ""  # for a supervisor's browser phone, the client that gave the command
    page: str = ""  # the id of the page that brought it, if it is a browser phone
    replaces: str = ""  # the leg in a bridge that is hung up when this one is there
    created: Moment
    phase: Phase = Phase.ASKED
    bridge: str | None = None
    target_bridge: str | None = None
    silence_playing: bool = False  # silence was started on it
    held: bool = False  # its phone has the line on hold
    music: HoldMusic = HoldMusic.NONE
    rejoining: bool = False  # it joins its own bridge again; its exit before is expected
    outbound_muted: bool = False  # the outbound audio is muted
    absorbs_keys: bool = False  # the others in its bridge do not get its phone's keys
    mute: InboundMute = make_record(InboundMute)
    supervision: LegSupervision = make_record(LegSupervision)
    prompt: bool = False  # it hears a prompt that must not be cut off
    accept: str = ""  # AGENT: the key that takes its call, while the phone is asked for it
    accept_until: Moment = 0  # until then
    originated: bool = False  # Warmline requested the channel
    dialling: LegDialling = make_record(LegDialling)
    media: str = ""  # the prompt or whisper that it plays or hears
    hangup_requested: bool = False  # its hang-up has been requested
    fallback: ContinueInFallback | None = None  # REFUSED: the exit that is used instead of a hang-up
    tries: int = 0  # moves that failed in a row
    wait_until: Moment = 0  # no new move before this time
    answered: Moment | None = None
    ended: Moment | None = None
    cause: int | None = None

    with_mute = part_updater("mute", InboundMute)
    with_supervision = part_updater("supervision", LegSupervision)
    with_dialling = part_updater("dialling", LegDialling)

    @property
    def is_dialled(self) -> bool:
        """Return whether Warmline dialled this party, which must hear nothing before it has answered."""
        return self.originated and self.role in (Role.THIRD, Role.CUSTOMER)

    @property
    def is_awaiting_dial(self) -> bool:
        """Return whether its channel exists and is not dialled yet."""
        return self.originated and self.phase is Phase.ARRIVED and not self.dialling.asked

    @property
    def is_hung_up_alone(self) -> bool:
        """Return whether no call repeats its hang-up: an agent's phone, a leg without a call, or one never dialled."""
        return self.role not in CALL_ROLES or (self.originated and self.phase is Phase.ARRIVED)

    @property
    def is_idle(self) -> bool:
        """Return whether the leg is in no bridge, on the way to none, and hears no prompt."""
        is_unused = self.bridge is None and self.target_bridge is None and not self.prompt and not self.hangup_requested
        return self.phase is Phase.UP and is_unused
