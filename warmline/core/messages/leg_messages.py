"""Legs: the requests to make, dial, move, mute and end one, and the reports of Asterisk about it.

"Proof:" in a request names the report that shows that it was done; its own answer shows only that Asterisk accepted it.
"""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction


@dataclass(frozen=True, slots=True)
class MoveIntoStasis(ServerAction):
    """Take both legs of a conversation out of the dialplan, and into this bridge. Proof: LegJoined of each.

    `app` is the ARI application that has them instead of the dialplan.
    """

    customer: str
    agent_leg: str
    bridge: str
    app: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLeg(ServerAction):
    """Answer an arriving leg. Proof: LegAnswered."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendProgress(ServerAction):
    """Start early media on an arriving leg, so that it hears audio before it is answered."""

    leg: str


@dataclass(frozen=True, slots=True)
class PlaySilence(ServerAction):
    """Start or stop the silence of an idle leg. It must stop before a join, or the leg hears no other party."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteOutbound(ServerAction):
    """Mute the audio to a leg, because a party must not hear the bridge before the answer."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteInbound(ServerAction):
    """Mute the audio from a leg. It still hears the others, and they hear silence from it. Proof: ActionDone."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class CreateChannel(ServerAction):
    """Create a channel with an id of Warmline, not dialled yet. Proof: LegArrived. A failed leg never existed.

    `caller` is the number and `name` the name that it shows to the far end. `headers` are SIP headers as "NAME: TEXT".
    `variables` are channel variables with their values, which the channels that it dials inherit.
    """

    leg: str
    endpoint: str
    caller: str
    call: str
    name: str = ""
    headers: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DialLeg(ServerAction):
    """Dial a created leg; `timeout` in seconds. Proof: ActionDone; later LegAnswered or LegDestroyed with the cause."""

    leg: str
    timeout: int


@dataclass(frozen=True, slots=True)
class HangUpLeg(ServerAction):
    """Hang up a leg. Proof: LegDestroyed.

    `answered_elsewhere` tells a phone that rings that another one has the call, so that it lists no missed call.
    """

    leg: str
    answered_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class ContinueInFallback(ServerAction):
    """Send an arriving leg back to the dialplan's fallback, with the reason in its log. Proof: LegLeftStasis.

    `next` sends it to the next priority of its dialplan instead; None does that if the dialplan is not Warmline's.
    """

    leg: str
    reason: str
    next: bool | None = False


@dataclass(frozen=True, slots=True)
class ContinueInDialplan(ServerAction):
    """Send an arriving leg to a place in the dialplan that the option `reason` names. Proof: LegLeftStasis."""

    leg: str
    context: str
    exten: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CreateWhisperLeg(ServerAction):
    """Make a leg that only `to` hears. Proof: LegArrived of `leg`."""

    leg: str
    to: str


@dataclass(frozen=True, slots=True)
class LegArrived:
    """A leg entered Stasis: a customer, an agent's phone, or a leg that Warmline requested.

    The arguments of an arriving leg say what it is: ("ingroup", NAME) and ("agent", USER) for a caller, ("login", USER)
    for a phone, ("browser", USER, PAGE) for a browser phone, with a CLIENT for a supervisor's, ("auto",) for a lead.
    """

    leg: str
    args: tuple[str, ...] = ()
    number: str = ""  # of the far end
    dialled: str = ""  # the number that the caller dialled
    call: str = ""  # the id that the dialplan gave the call, or ""
    session: str = ""  # the id that the dialplan gave the session, or ""
    up: bool = False  # whether it was answered before
    why: tuple[str, ...] = ()  # the rules that the dialplan's scripts have checked
    server: str = MAIN_SERVER
    data: tuple[tuple[str, str], ...] = ()  # the call's data: names and values
    after: bool = False  # whether the dialplan has [warmline-after] for the customer
    priority: int = 0  # the call's own, in its queue
    caller_name: str = ""
    answered: int = 0  # when a lead answered (microseconds UTC), or 0 if that is not known
    trunk: str = ""  # the SIP endpoint of a customer

    def get_argument(self, position: int) -> str:
        """Return the argument at this position, or ""."""
        return self.args[position] if position < len(self.args) else ""


@dataclass(frozen=True, slots=True)
class LegRinging:
    """The far end rings."""

    leg: str


@dataclass(frozen=True, slots=True)
class LegProgress:
    """The far end sends early media."""

    leg: str


@dataclass(frozen=True, slots=True)
class LegAnswered:
    """The far end has answered."""

    leg: str


@dataclass(frozen=True, slots=True)
class LegJoined:
    """The leg has joined a bridge."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class LegLeft:
    """The leg has left a bridge."""

    leg: str
    bridge: str
    found: bool = False  # a start found the leg outside, and has no record of a move: see unrecorded_moves.py


@dataclass(frozen=True, slots=True)
class LegLeftStasis:
    """The leg left Stasis. An arriving leg has ended; for a leg of Warmline, LegDestroyed with its cause follows.

    With `harbour`, the dialplan plays the safe harbour message to an answered lead. `answered` and `message_at` are the
    times of the answer and of the message's beginning by the clock of Asterisk, in microseconds; 0 if unknown.
    """

    leg: str
    harbour: bool = False
    answered: int = 0
    message_at: int = 0


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
