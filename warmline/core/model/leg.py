"""One Asterisk channel in one role, and where it is."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from warmline.core.model.actions import ContinueInFallback
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.replace import part
from warmline.core.model.server import MAIN


class Role(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    RETURNING = "returning"  # an agent's phone that logs in again, until it is answered: then AGENT
    THIRD = "third"
    IVR = "ivr"  # the dialplan that a parked customer hears instead of music
    WHISPER = "whisper"  # speaks to one leg only: the beep at delivery
    SUPERVISOR = "supervisor"  # hears an agent
    EAR = "ear"  # the snoop channel of a supervisor
    REFUSED = "refused"  # a phone whose login was refused: it hears why, then it is hung up; a caller: `fallback`


OF_A_CALL = (Role.CUSTOMER, Role.THIRD, Role.IVR)
"""Roles whose legs a call hangs up when its state has no place for them, until they are gone."""


class Phase(IntEnum):
    """How far a leg has come; it never goes back."""

    ASKED = 0  # its id is stored, Asterisk has been asked to make it
    ARRIVED = 1  # in Stasis
    DIALED = 2
    RINGING = 3
    PROGRESS = 4  # early media
    UP = 5
    GONE = 6


class HoldMusic(StrEnum):
    """The music that a leg hears while the others in its room hold their lines."""

    NONE = ""
    PLAYS = "plays"  # it was asked for
    ENDING = "ending"  # its end was asked for, and Asterisk has not said yet that it is done
    UNKNOWN = "unknown"  # it may play: what was asked last may have been done or not


@dataclass(frozen=True, kw_only=True)
class InboundMute:
    """The mute of a leg's inbound audio."""

    muted: bool | None = False  # the inbound audio is muted; None: not known
    muting: bool | None = None  # asked for, until Asterisk says that it is so
    receipts: tuple[str, ...] = ()  # the commands that wait for that


@dataclass(frozen=True, kw_only=True)
class LegDialling:
    """How a leg that we asked for is dialled."""

    asked: bool = False
    timeout: int = 0  # how long it may ring, in seconds
    redirected: str = ""  # the number that it named instead of answering
    redirects: int = 0  # how many lie between the number that was asked for and this leg's
    redirect_check: DialCheck | None = None  # the database's answer about that number
    end_held: int | None = None  # the cause of the leg's end, which waits for that answer


@dataclass(frozen=True, kw_only=True)
class LegSupervision:
    """The supervisors of an agent's leg, or the agent of a supervisor's leg."""

    receipt: str = ""  # SUPERVISOR: the command that called this phone
    peer_leg: str = ""  # SUPERVISOR: the leg of the snoop channel; EAR: the supervisor's leg
    heard_by: tuple[str, ...] = ()  # AGENT: the legs of the supervisors


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A leg with the bridge it is in, and the one it was asked into. Times in microseconds, UTC.

    `bridge` is as Asterisk last reported. `target_bridge` is "" for out of any bridge, and None once Asterisk has
    reported that the leg is there.
    """

    id: str
    role: Role
    owner: str  # the call; for an agent's leg and its whispers the agent
    server: str = MAIN
    number: str = ""
    created: int
    phase: Phase = Phase.ASKED
    bridge: str | None = None
    target_bridge: str | None = None
    silence_playing: bool = False  # silence was started on it
    held: bool = False  # its phone has the line on hold
    music: HoldMusic = HoldMusic.NONE
    rejoining: bool = False  # it is brought in again where it is: it goes out first, which is not its end there
    outbound_muted: bool = False  # the outbound audio is muted
    mute: InboundMute = part(InboundMute)
    supervision: LegSupervision = part(LegSupervision)
    prompt: bool = False  # it hears a prompt that must not be cut off
    originated: bool = False  # we asked for the channel, it did not arrive by itself
    dialling: LegDialling = part(LegDialling)
    media: str = ""  # the prompt or whisper that it plays or hears
    hangup_requested: bool = False  # its hang-up has been asked
    fallback: ContinueInFallback | None = None  # REFUSED: the exit that is used instead of a hang-up
    tries: int = 0  # moves that failed in a row
    wait_until: int = 0  # no new move before this time
    answered: int | None = None
    ended: int | None = None
    cause: int | None = None

    @property
    def dialled(self) -> bool:
        """Whether it is the far end of a number that we have dialled: it does not listen before it has answered."""
        return self.originated and self.role in (Role.THIRD, Role.CUSTOMER)

    @property
    def undialled(self) -> bool:
        """Whether its channel is there, and has not been asked to ring yet."""
        return self.originated and self.phase is Phase.ARRIVED and not self.dialling.asked

    @property
    def hung_up_alone(self) -> bool:
        """Whether no call asks for its hang-up again: it is in none, is an agent's phone, or could not be dialled."""
        return self.role not in OF_A_CALL or (self.originated and self.phase is Phase.ARRIVED)

    @property
    def idle(self) -> bool:
        """In no bridge, not on the way to one, and not listening to a prompt."""
        free = self.bridge is None and self.target_bridge is None and not self.prompt and not self.hangup_requested
        return self.phase is Phase.UP and free
