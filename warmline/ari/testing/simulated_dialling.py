"""The channels that scripts make in an Asterisk that exists only in a test: calls, external media and snoops."""

from typing import TYPE_CHECKING

from warmline.ari import resources
from warmline.ari.outcomes import DialOutcome
from warmline.ari.testing.script_party import ScriptParty
from warmline.ari.testing.simulated_channels import change_variables, find_channel, find_in_script
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation
from warmline.ari.testing.simulated_things import SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

REFUSAL_SECONDS = 0.1  # until the network refuses a call
RING_SECONDS = 30  # if the script does not say it
BUSY_CAUSE, NO_ANSWER_CAUSE, REJECTED_CAUSE = (17, "User busy"), (19, "User alerting, no answer"), (21, "Call Rejected")
UNKNOWN_NUMBER_CAUSE = 1, "Unallocated (unassigned) number"
DIAL_STATUSES = {BUSY_CAUSE: "BUSY", REJECTED_CAUSE: "CONGESTION", UNKNOWN_NUMBER_CAUSE: "CHANUNAVAIL"}
SNOOP_DIRECTIONS = ("none", "both", "out", "in")
ENCAPSULATIONS = {"rtp": "UnicastRTP", "audiosocket": "AudioSocket", "none": "WebSocket"}


@operation("channels.originate", "POST", "channels")
@operation("channels.originateWithId", "POST", "channels/{channelId}")
def originate(asterisk: "SimulatedAsterisk", request: Request) -> resources.Channel:
    """Call a party, who comes to the script, or goes to an extension of the dialplan, when they answer."""
    channel = _build_call(asterisk, request)
    if not channel.app and not request.text("extension"):
        raise build_refusal(400, "Application or extension must be specified")
    if not channel.app:
        context, priority = request.text("context") or "default", request.number("priority") or 1
        channel.place_at_answer = (context, request.text("extension"), priority)
    asterisk.add_channel(channel)
    answer = asterisk.to_channel(channel)
    dial(asterisk, channel, request.number("timeout") or RING_SECONDS)
    return answer


@operation("channels.create", "POST", "channels/create")
def create(asterisk: "SimulatedAsterisk", request: Request) -> resources.Channel:
    """Make a channel that is in the script and not dialled yet."""
    channel = _build_call(asterisk, request)
    asterisk.add_channel(channel)
    answer = asterisk.to_channel(channel)
    if channel.app:
        asterisk.call_soon(asterisk.enter, channel)
    return answer


@operation("channels.dial", "POST", "channels/{channelId}/dial")
def dial_created(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Dial a channel that was made by `create`."""
    channel = find_in_script(asterisk, request)
    if channel.state not in ("Down", "Rsrvd"):
        raise build_refusal(409, "Channel is not in the 'Down' state")
    dial(asterisk, channel, request.number("timeout") or RING_SECONDS)


@operation("channels.externalMedia", "POST", "channels/externalMedia")
def make_external_media(asterisk: "SimulatedAsterisk", request: Request) -> resources.Channel:
    """Make a channel to a program outside, such as a voice bot: a party of the test who is not on the telephone."""
    app = request.required("app", "app cannot be empty")
    encapsulation = request.text("encapsulation") or "rtp"
    if encapsulation not in ENCAPSULATIONS:
        raise build_refusal(501, "The encapsulation and/or transport is not supported")
    host = request.text("external_host")
    if not host and request.text("connection_type") != "server":
        raise build_refusal(400, "external_host is required for all but websocket server connections")
    request.required("format", "format cannot be empty")
    channel_id = request.text("channelId") or asterisk.new_id()
    program = asterisk.build_stranger(host)
    channel = SimulatedChannel(channel_id, program, app, arguments=(), is_called=True, state="Down", dialled=host)
    channel.name = f"{ENCAPSULATIONS[encapsulation]}/{host}-{channel_id}"
    channel.variables.update(request.variables())
    if encapsulation == "rtp":
        channel.variables |= {"UNICASTRTP_LOCAL_ADDRESS": "127.0.0.1", "UNICASTRTP_LOCAL_PORT": "10000"}
    asterisk.add_channel(channel)
    program.begin(channel)
    asterisk.external_media.append(program)
    channel.subscribers.add(app)
    answer = asterisk.to_channel(channel)
    asterisk.report_dial(channel, "")
    asterisk.call_soon(_answer, asterisk, channel)
    return answer


@operation("channels.snoopChannel", "POST", "channels/{channelId}/snoop")
@operation("channels.snoopChannelWithId", "POST", "channels/{channelId}/snoop/{snoopId}")
def snoop(asterisk: "SimulatedAsterisk", request: Request) -> resources.Channel:
    """Make a channel that hears what another one says or hears, and whispers there."""
    spied = find_channel(asterisk, request)
    directions = {}
    for kind in ("spy", "whisper"):
        directions[kind] = request.text(kind) or "none"
        if directions[kind] not in SNOOP_DIRECTIONS:
            raise build_refusal(400, f"Invalid direction specified for {kind}")
    if set(directions.values()) == {"none"}:
        raise build_refusal(400, "Direction must be specified for at least spy or whisper")
    app = request.required("app", "Application name is required")
    snoop_id = request.names.get("snoopId") or request.text("snoopId") or asterisk.new_id()
    if snoop_id in asterisk.channels:
        raise build_refusal(500, "Snoop channel could not be created")
    channel = SimulatedChannel(
        snoop_id,
        asterisk.build_stranger(""),
        app,
        arguments=request.arguments(),
        is_called=False,
        state="Up",
        name=f"Snoop/{spied.id}-{snoop_id}",
        spied=spied,
        spy=directions["spy"],
        whisper=directions["whisper"],
    )
    asterisk.add_channel(channel)
    spied.snoops.append(channel)
    answer = asterisk.to_channel(channel)
    asterisk.call_soon(asterisk.enter, channel)
    return answer


def dial(asterisk: "SimulatedAsterisk", channel: SimulatedChannel, ring_seconds: float) -> None:
    """Let a party's phone ring, and let the party answer, or not."""
    party = find_party(asterisk, channel.dialled)
    called_party = party or channel.party
    channel.party = called_party
    asterisk.report_dial(channel, "")
    outcome = called_party.next_outcome()
    called_party.calls += 1
    if called_party.on_line or called_party.ringing:
        asterisk.call_later(REFUSAL_SECONDS, _fail, asterisk, channel, BUSY_CAUSE)
        return
    called_party.begin(channel)
    if party is None:
        asterisk.call_later(REFUSAL_SECONDS, _fail, asterisk, channel, UNKNOWN_NUMBER_CAUSE)
    elif outcome is DialOutcome.ANSWERED and called_party.answers_after < ring_seconds:
        _ring(asterisk, channel)
        asterisk.call_later(called_party.answers_after, _answer, asterisk, channel)
    elif outcome in (DialOutcome.BUSY, DialOutcome.REFUSED):
        cause = BUSY_CAUSE if outcome is DialOutcome.BUSY else REJECTED_CAUSE
        asterisk.call_later(REFUSAL_SECONDS, _fail, asterisk, channel, cause)
    else:
        _ring(asterisk, channel)
        asterisk.call_later(ring_seconds, _fail, asterisk, channel, NO_ANSWER_CAUSE)


def find_party(asterisk: "SimulatedAsterisk", endpoint: str) -> ScriptParty | None:
    """Return the party of an endpoint, or the one with the longest number in it: a template may add digits."""
    for party in asterisk.parties:
        if party.endpoint and party.endpoint.lower() == endpoint.lower():
            return party
    numbers = [party for party in asterisk.parties if not party.endpoint and party.number]
    parties = [party for party in numbers if party.number.lstrip("+") in endpoint]
    return max(parties, key=lambda party: len(party.number), default=None)


def _build_call(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedChannel:
    """Return the channel of a call that is not dialled yet. Raises AriError."""
    endpoint = request.required("endpoint", "Endpoint must be specified")
    technology, _, resource = endpoint.partition("/")
    if not technology or not resource:
        raise build_refusal(400, "Invalid endpoint specified")
    channel_id = request.names.get("channelId") or request.text("channelId") or asterisk.new_id()
    caller_id = request.text("callerId")
    stranger = asterisk.build_stranger(endpoint)
    party = find_party(asterisk, endpoint) or stranger
    app = request.text("app")
    channel = SimulatedChannel(
        channel_id,
        party,
        app,
        arguments=request.arguments(),
        is_called=True,
        state="Down",
        name=f"{technology}/test-{channel_id}",
        dialled=endpoint,
        caller_id=caller_id,
    )
    channel.subscribers |= {app} if app else set()
    change_variables(channel, request.variables())
    return channel


def _ring(asterisk: "SimulatedAsterisk", channel: SimulatedChannel) -> None:
    asterisk.change_state(channel, "Ringing")
    asterisk.report_dial(channel, "RINGING")


def _answer(asterisk: "SimulatedAsterisk", channel: SimulatedChannel) -> None:
    if asterisk.channels.get(channel.id) is not channel:
        return
    asterisk.answer(channel)
    asterisk.report_dial(channel, "ANSWER")
    if channel.place_at_answer:
        asterisk.go_on(channel, *channel.place_at_answer)
    elif channel.in_script:
        asterisk.start_clock(channel)
    else:
        asterisk.enter(channel)


def _fail(asterisk: "SimulatedAsterisk", channel: SimulatedChannel, cause: tuple[int, str]) -> None:
    """End a call that was not answered."""
    if asterisk.channels.get(channel.id) is channel:
        if cause in DIAL_STATUSES:
            asterisk.report_dial(channel, DIAL_STATUSES[cause])
        asterisk.end(channel, "", *cause)
