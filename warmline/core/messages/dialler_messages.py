"""The leads that a campaign's dialler proposes, and the events and actions of automatic calls."""

from dataclasses import dataclass

from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.server_action import ServerAction

# Of dialplan/warmline.conf: a context with its extension, and two contexts whose extensions are calls.
SAFE_HARBOUR_EXTENSION = ("warmline-answered", "harbour")
DETECTION_CONTEXT, SILENCE_CONTEXT = "warmline-amd", "warmline-machine-silence"


@dataclass(frozen=True, slots=True)
class DialLead:
    """A lead that the hopper proposes to be dialled now.

    `zones` has IANA names with | between them. `open_until` is the end of its legal hours, in microseconds since 1970
    (UTC). `source` is list, callback, alt_phone, address3 or api. `passes` counts the outgoing calls since the list's
    last reset. `due_callback` is the callback that the call makes, as it was when the lead was chosen.
    """

    lead: int
    list_id: str
    number: str
    caller_id: str = ""
    zones: str = ""
    open_until: int = 0
    source: str = "list"
    passes: int = 0
    due_callback: Callback | None = None


@dataclass(frozen=True, slots=True)
class OriginateToDialplan(ServerAction):
    """Create a channel with an id of Warmline and dial it for `timeout` seconds. Proof: LegRinging, LegDestroyed.

    Asterisk continues it at the answer in the dialplan's context warmline-answered. Proof of that: LegArrived with the
    argument auto. While the app is away, the dialplan plays the sound files `harbour`, separated by |. The key `optout`
    then puts the `number` on the do-not-call list.
    """

    leg: str
    endpoint: str
    caller: str
    call: str
    timeout: int
    harbour: str = ""
    number: str = ""
    optout: str = ""


@dataclass(frozen=True, slots=True)
class LeadFound:
    """The caller's lead is known."""

    call: str
    lead: int


@dataclass(frozen=True, slots=True)
class PacingDecided:
    """The pacing of a campaign proposes leads to dial now, and calls (their ids) to give up.

    `ready` and `in_flight` are the agents and calls that it saw. `threshold` is the risk of a drop that it takes, and
    `risk` the risk that it expects, both in thousandths of a drop.
    """

    campaign: str
    begin: tuple[DialLead, ...] = ()
    give_up: tuple[str, ...] = ()
    ready: int = 0
    in_flight: int = 0
    threshold: int = 0
    risk: int = 0


@dataclass(frozen=True, slots=True)
class DialHalted:
    """No dialler begins a call for 10 seconds, because the app cannot rely on its clock or its disk.

    With `campaign`, its dialler alone halts: its pacing has failed.
    """

    reason: str
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class DialIdle:
    """A dialler has begun no call for a while although agents are READY, for the `reason`; "" ends that."""

    campaign: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DialRefused:
    """The last look, at the moment of dialling, refused a lead's number, so no channel was requested.

    `status` is DNCL for the system's do-not-call list, DNCC for the campaign's, or "" if the lead stays as it was.
    """

    leg: str
    reason: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class LeadAnsweredAway:
    """A lead answered while the app was away, read from the note that the script `fallback` left in spool/.

    The dialplan played the safe harbour message. `at` is the wall time of its end, in microseconds, and `reason` is why
    the app had no part. `opted_out`: the lead pressed the key that puts `number` on the do-not-call list. `answered`
    and `message_at` are the times of the answer and of the message's beginning by the clock of Asterisk; 0 if unknown.
    """

    call: str
    at: int
    number: str
    reason: str
    opted_out: bool = False
    answered: int = 0
    message_at: int = 0


@dataclass(frozen=True, slots=True)
class CreateDetector(ServerAction):
    """Make a channel that hears only what the lead of `leg` says. Proof: LegArrived of `detector`, with ("amd", CALL).

    It is no leg: Asterisk ends it with the lead's channel.
    """

    leg: str
    detector: str
    call: str


@dataclass(frozen=True, slots=True)
class DetectTalking(ServerAction):
    """Start or stop to report the voice of a leg. Proof: ActionDone; later LegTalking."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class LegTalking:
    """The party of a leg with talk detection has begun to speak."""

    leg: str


@dataclass(frozen=True, slots=True)
class FindLead:
    """Find or create a customer's lead. `method` is a value of call_handle_method. Proof: LeadFound."""

    call: str
    number: str
    method: str
    list_id: str
    status: str = "INBND"  # of a new lead
