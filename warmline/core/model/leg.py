"""One Asterisk channel in one role, and where it is."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from warmline.core.model.actions import ContinueInFallback
from warmline.core.model.dial_check import DialCheck


class Role(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    RETURNING = "returning"  # an agent's phone that logs in again, until it is answered: then AGENT
    THIRD = "third"
    IVR = "ivr"  # the dialplan that a parked customer hears instead of music
    WHISPER = "whisper"  # speaks to one leg only: the beep at delivery
    SUPERVISOR = "supervisor"  # hears an agent
    EAR = "ear"  # the snoop by which he does
    REFUSED = "refused"  # a phone whose login was refused: it hears why, then it is hung up; a caller: `fallback`


OF_A_CALL = (Role.CUSTOMER, Role.THIRD, Role.IVR)
"""Whom their call hangs up once its state wants them no more, again and again until they are gone."""


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
    """Whether what a leg says is muted."""

    muted: bool | None = False  # what it says is muted; None: not known
    muting: bool | None = None  # asked for, until Asterisk says that it is so
    receipts: tuple[str, ...] = ()  # the commands that wait for that


@dataclass(frozen=True, kw_only=True)
class LegDialling:
    """How a leg that we asked for is dialled."""

    asked: bool = False
    timeout: int = 0  # how long it may ring, in seconds
    redirected: str = ""  # the number that it named instead of answering
    redirects: int = 0  # how many lie between the number that was asked for and this leg's


@dataclass(frozen=True, kw_only=True)
class LegSupervision:
    """Who hears an agent's leg, or whom a supervisor's leg hears."""

    receipt: str = ""  # SUPERVISOR: the command that called him
    peer_leg: str = ""  # SUPERVISOR: his ear; EAR: whose it is
    heard_by: tuple[str, ...] = ()  # AGENT: the legs of those who supervise him


@dataclass(frozen=True, kw_only=True)
class Leg:
    """`bridge` is the one the leg is in as Asterisk last said; `target_bridge` the one it was asked into ("" for out
    of any), until Asterisk says it is there. Times in microseconds, UTC."""

    id: str
    role: Role
    owner: str  # the call; for an agent's leg and its whispers the agent
    number: str = ""
    created: int
    phase: Phase = Phase.ASKED
    bridge: str | None = None
    target_bridge: str | None = None
    silence_playing: bool = False  # silence was started on it
    held: bool = False  # its phone has the line on hold
    music: HoldMusic = HoldMusic.NONE
    rejoining: bool = False  # it is brought in again where it is: it goes out first, which is not its end there
    outbound_muted: bool = False  # what it gets is muted
    mute: InboundMute = InboundMute()
    supervision: LegSupervision = LegSupervision()
    prompt: bool = False  # it hears a prompt that must not be cut off
    originated: bool = False  # we asked for the channel, it did not arrive by itself
    dialling: LegDialling = LegDialling()
    redirect_check: DialCheck | None = None  # what the database knows about that number
    end_held: int | None = None  # the cause of its end, which waits for that answer
    media: str = ""  # what it plays or hears: a prompt, a whisper
    hangup_requested: bool = False  # its hang-up has been asked
    fallback: ContinueInFallback | None = None  # REFUSED: by this he is to leave, instead of a hang-up
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
