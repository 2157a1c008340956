"""The events from Asterisk and the app. Events are never refused and never raise.

A late, repeated or unknown event changes nothing. A leg is one Asterisk channel, named by its id. Events have no times.
"""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.actions import Action
from warmline.core.model.commands import Ask
from warmline.core.model.dial_check import DialFacts
from warmline.core.model.dial_lead import DialEvent
from warmline.core.model.queue_wait import AgentChosen
from warmline.core.model.server import MAIN
from warmline.core.model.session import PageEvent
from warmline.core.rules.configuration import Rules


@dataclass(frozen=True, slots=True)
class LegArrived:
    """A leg entered Stasis: a customer, an agent's phone, or a leg that Warmline requested.

    `args` are ("ingroup", NAME), ("agent", USER), ("login", USER) or ("browser", USER, PAGE) for arriving legs. A
    supervisor's page also has a CLIENT. A lead that answers has ("auto",); `answered` is when it did so, in
    microseconds UTC, or 0 if that is not known. `call` and `session` are the dialplan's, or empty. `why` are the rules
    checked before. `caller_name` and `data` come with the call, and `priority` from a hook. `after`: see
    [warmline-after]. `trunk` is the SIP endpoint of a customer.
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
    data: tuple[tuple[str, str], ...] = ()
    after: bool = False
    priority: int = 0
    caller_name: str = ""
    answered: int = 0
    trunk: str = ""


@dataclass(frozen=True, slots=True)
class LegRinging:
    leg: str


@dataclass(frozen=True, slots=True)
class LegProgress:
    """The far end sends early media."""

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
    found: bool = False  # a start found the leg outside, and has no record of a move: see unrecorded_moves.py


@dataclass(frozen=True, slots=True)
class LegLeftStasis:
    """The leg left Stasis. An arriving leg has ended; for a leg of Warmline, LegDestroyed with its cause follows."""

    leg: str
    harbour: bool = False  # the dialplan plays the safe harbour message to an answered lead


@dataclass(frozen=True, slots=True)
class LegDestroyed:
    """The channel is destroyed. `cause` is the Q.850 number, or 0 if Asterisk reports none."""

    leg: str
    cause: int = 0


@dataclass(frozen=True, slots=True)
class LegHoldChanged:
    """A phone put its line on hold or resumed it. During a hold, it sends and hears nothing."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class LegWithoutAudio:
    """Asterisk has sent no packets to a leg for some time, although it sent packets to others in the bridge."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class PhoneUnreachable:
    """Asterisk cannot reach the endpoint `phone`, and receives nothing from its live leg, if it has one."""

    phone: str


@dataclass(frozen=True, slots=True)
class PhoneReachable:
    """The endpoint `phone` can be reached, or has just registered."""

    phone: str


@dataclass(frozen=True, slots=True)
class ReferReceived:
    """A phone sent REFER to this target, or "" with Replaces. The call stays as it is until the answer.

    `impossible` and `checked` are in rows of core version 9, whose app queried the database itself.
    """

    leg: str
    target: str = ""
    impossible: str = ""
    checked: bool = False
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class LegRedirected:
    """A called party names this number instead of answering (SIP 302). The end of the leg follows.

    `impossible` and `checked` are in rows of core version 9, whose app queried the database itself.
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
    """The finished file on disk. `length` in milliseconds; all values are 0 or empty if there is no file.

    `mended`: Asterisk had not closed the file, and it was repaired.
    """

    name: str
    path: str
    bytes: int
    length: int
    sha256: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class RecordingConverted:
    """The converted file on disk. If the conversion failed, `cause` says why, and the rest is 0 or empty."""

    name: str
    path: str = ""
    bytes: int = 0
    sha256: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class WebhookTried:
    """One try of a webhook is over. `status` is the HTTP status, or 0 without an answer. `final`: no retry can help."""

    webhook: str
    status: int = 0
    why: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class DialFactsFound:
    """The database has answered a query about a number. `check` and `agent` are those of the query."""

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
    """An agent's audio in a bridge came to its end, was stopped, or could not be played."""

    audio: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class DtmfReceived:
    """A party pressed a key.

    `digit` is "" if the key means nothing to Warmline. `kept` is the id under which the app has such a key of an agent,
    until it is passed on. `number` is the number that an agent has typed before the key #. See key_press_privacy.py.
    """

    leg: str
    digit: str = ""
    kept: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ActionDone:
    """Asterisk accepted an action that has no event as its proof."""

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

    `at` is the wall time in microseconds. `goto` is the place in the dialplan to which its DID sent it. Without `goto`,
    it took the fallback, or its caller hung up.
    """

    call: str
    at: int
    number: str
    dialled: str
    reason: str
    goto: str = ""


@dataclass(frozen=True, slots=True)
class ConfigurationChanged:
    """The complete configuration from now on."""

    rules: Rules


@dataclass(frozen=True, slots=True)
class AppStarted:
    """The app has started with the records that were open. The first input, so that a replay can begin here."""


@dataclass(frozen=True, slots=True)
class Reconciling:
    """The app is about to read a server's snapshot. Requests to it without proof are forgotten, and none are made.

    Calls of other servers continue.
    """

    server: str = MAIN


@dataclass(frozen=True, slots=True)
class AsteriskConnected:
    """The app is connected to an Asterisk that started at `started` (microseconds UTC; 0 if unknown)."""

    started: int
    server: str = MAIN


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Every difference to a server's snapshot has been reported; missing parts are requested now."""

    server: str = MAIN


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer of the core is due."""


@dataclass(frozen=True, slots=True)
class CallsReconciled:
    """Every difference of these calls and legs to Asterisk has been reported: see ReconcileCalls."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


class Remedy(StrEnum):
    """The remedy for a failed turn."""

    RECONCILE = "reconcile"  # its calls are compared with Asterisk
    FALLBACK = "fallback"  # the call goes to the fallback and is closed, after a second failure
    REMOVE = "remove"  # the same, without the rules of calls and agents, because they failed too
    NONE = "none"  # the input is set aside, or the command is refused
    GIVEN_UP = "given_up"  # the same without a receipt, because the receipt failed too


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """An input whose turn raised an exception, which is a bug. The turn changed nothing; the remedy takes its place.

    `error` is the exception's type and `place` its origin. The exception's text is not kept, because it may hold a
    secret. `subject` is the id of the record in work, and `call` the call of that record, or "". `calls` and `legs`
    have missed the input or are compared with Asterisk. They may be others than the failed ones.
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
    | PageEvent
    | ReferReceived
    | LegRedirected
    | BridgeDestroyed
    | RecordingStarted
    | RecordingFinished
    | RecordingFailed
    | RecordingMeasured
    | RecordingConverted
    | WebhookTried
    | DialFactsFound
    | DialEvent
    | AgentChosen
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
