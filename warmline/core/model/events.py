"""What happened. Events are never refused and never raise: a late, repeated or unknown one changes nothing.

A leg is one Asterisk channel, named by its channel id. Times are not in events: each input comes with its `now`.
"""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.actions import Action
from warmline.core.model.commands import Ask
from warmline.core.model.dial_check import DialFacts
from warmline.core.model.server import MAIN
from warmline.core.rules.configuration import Rules


@dataclass(frozen=True, slots=True)
class LegArrived:
    """A leg entered Stasis: a customer, a phone that logs in, or a leg that we asked for.

    `args` are Stasis()'s arguments: ("ingroup", NAME), ("agent", USER) or ("login", USER) for arriving legs.
    `call` and `session` are WARMLINE_CALL and WARMLINE_SESSION, empty where the dialplan set none; `why` are the rules
    that were asked before, each with its answer.
    """

    leg: str
    args: tuple[str, ...] = ()
    number: str = ""
    dialled: str = ""
    call: str = ""
    session: str = ""
    up: bool = False
    why: tuple[str, ...] = ()
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class LegRinging:
    leg: str


@dataclass(frozen=True, slots=True)
class LegProgress:
    """Early media comes from the far end."""

    leg: str


@dataclass(frozen=True, slots=True)
class LegAnswered:
    leg: str


@dataclass(frozen=True, slots=True)
class LegJoined:
    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class LegLeft:
    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class LegLeftStasis:
    """The leg left Stasis. An arriving leg has ended then; one we made still brings LegDestroyed with its cause."""

    leg: str


@dataclass(frozen=True, slots=True)
class LegDestroyed:
    """The channel is destroyed. `cause` is the Q.850 number, 0 when Asterisk does not say."""

    leg: str
    cause: int = 0


@dataclass(frozen=True, slots=True)
class LegHoldChanged:
    """A phone put its line on hold, or took it back: meanwhile it sends nothing and hears nothing."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class LegWithoutAudio:
    """Asterisk has sent a leg no packet for a while, in a bridge where it sent others some."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class PhoneUnreachable:
    """Asterisk cannot reach the endpoint `phone`, and nothing comes from its live leg, if it has one."""

    phone: str


@dataclass(frozen=True, slots=True)
class PhoneReachable:
    """The endpoint `phone` can be reached, or has just registered."""

    phone: str


@dataclass(frozen=True, slots=True)
class ReferReceived:
    """A phone sent REFER to this target, "" if with Replaces; nothing moves until it is answered.

    `impossible` and `checked` are of rows that core version 9 wrote: the app had asked the database before.
    """

    leg: str
    target: str = ""
    impossible: str = ""
    checked: bool = False
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class LegRedirected:
    """A called party names this number instead of answering (SIP 302); its end follows.

    `impossible` and `checked` are of rows that core version 9 wrote: the app had asked the database before.
    """

    leg: str
    target: str
    impossible: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class BridgeDestroyed:
    bridge: str


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    name: str
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class RecordingFinished:
    name: str


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    name: str
    cause: str


@dataclass(frozen=True, slots=True)
class RecordingMeasured:
    """The finished file as it is on disk. `length` in milliseconds; everything 0 or empty when there is no file.

    `mended`: Asterisk had not closed it.
    """

    name: str
    path: str
    bytes: int
    length: int
    sha256: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class RecordingConverted:
    """The other format of a file as it is on disk; `cause`: why there is none, and the rest is 0 or empty."""

    name: str
    path: str = ""
    bytes: int = 0
    sha256: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class WebhookTried:
    """One try of a webhook is over. `status` is HTTP's, 0 without an answer; `final`: no try can come to more."""

    webhook: str
    status: int = 0
    why: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class LeadFound:
    """The caller's lead is known."""

    call: str
    lead: int


@dataclass(frozen=True, slots=True)
class DialFactsFound:
    """The database has answered about a number: `check` and `agent` are those of the question."""

    check: str
    agent: str
    facts: DialFacts


@dataclass(frozen=True, slots=True)
class PlayFinished:
    """A prompt to one leg came to its end, was stopped, or could not be played; `play` is its id."""

    leg: str
    ok: bool = True
    play: str = ""


@dataclass(frozen=True, slots=True)
class AudioEnded:
    """What an agent plays into his room came to its end, was stopped, or could not be played."""

    audio: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class DtmfReceived:
    """Somebody pressed a key of his phone. `digit` is "" where nothing was offered (core/queue/wait_choices.py)."""

    leg: str
    digit: str = ""


@dataclass(frozen=True, slots=True)
class ActionDone:
    """Asterisk accepted an action that no event of its own proves."""

    action: Action


@dataclass(frozen=True, slots=True)
class ActionFailed:
    """Asterisk refused an action, or did not answer in time (status 0)."""

    action: Action
    status: int
    text: str


@dataclass(frozen=True, slots=True)
class FallbackTaken:
    """A call that the app did not have, read from the note that the script `fallback` left in spool/.

    `at` is the wall time in microseconds. `goto` is the place in the dialplan that its DID sent it to; without one it
    took the fallback, or its caller hung up.
    """

    call: str
    at: int
    number: str
    dialled: str
    reason: str
    goto: str = ""


@dataclass(frozen=True, slots=True)
class ConfigurationChanged:
    """The configuration in force from now on, whole."""

    rules: Rules


@dataclass(frozen=True, slots=True)
class AppStarted:
    """The app has begun, with what was open when it ended; told first, so that a replay begins there as well."""


@dataclass(frozen=True, slots=True)
class Reconciling:
    """A server's snapshot is about to be read: what was asked there and not proved is forgotten, and nothing is asked.

    Calls of other servers go on.
    """

    server: str = MAIN


@dataclass(frozen=True, slots=True)
class AsteriskConnected:
    """We are connected to the Asterisk that says it started at `started` (microseconds UTC; 0: it does not say)."""

    started: int
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Every difference of a server has been told: what is missing there is asked for now."""

    server: str = MAIN


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A deadline of the core's has come."""


@dataclass(frozen=True, slots=True)
class CallsReconciled:
    """Every difference between these calls and legs and what Asterisk has has been told: see ReconcileCalls."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


class Remedy(StrEnum):
    """What is done instead of a turn that failed."""

    RECONCILE = "reconcile"  # the calls it is about are compared with what Asterisk has
    FALLBACK = "fallback"  # the call goes to the fallback and is closed, after a second failure
    REMOVE = "remove"  # the same without the rules of calls and agents, which have failed too
    NONE = "none"  # the input is set aside, or the command refused, and no more
    GIVEN_UP = "given_up"  # the same without a receipt, which has failed too


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """An input whose turn raised an exception, which is a bug: the turn has changed nothing, and this is done instead.

    `error` is the exception's type and `place` where it was raised; what it says is not kept, for it may hold a secret.
    `subject` is the id of the record that the turn was at, `call` the call of that record, or "". `calls` and `legs`
    are those that have missed the input, or are looked at again: they may be others.
    """

    failed: "Event | Ask"
    error: str
    place: str
    remedy: Remedy
    subject: str = ""
    call: str = ""
    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


Event = (
    LegArrived
    | LegRinging
    | LegProgress
    | LegAnswered
    | LegJoined
    | LegLeft
    | LegLeftStasis
    | LegDestroyed
    | LegHoldChanged
    | LegWithoutAudio
    | PhoneUnreachable
    | PhoneReachable
    | ReferReceived
    | LegRedirected
    | BridgeDestroyed
    | RecordingStarted
    | RecordingFinished
    | RecordingFailed
    | RecordingMeasured
    | RecordingConverted
    | WebhookTried
    | LeadFound
    | DialFactsFound
    | PlayFinished
    | AudioEnded
    | DtmfReceived
    | ActionDone
    | ActionFailed
    | FallbackTaken
    | AppStarted
    | ConfigurationChanged
    | Reconciling
    | AsteriskConnected
    | Reconciled
    | CallsReconciled
    | TurnFailed
    | TimerFired
)
