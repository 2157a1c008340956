"""What scripts do with the channels of an Asterisk that exists only in a test."""

import re
from functools import partial
from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing import simulated_playbacks, simulated_recordings
from warmline.ari.testing.simulated_operations import (
    NORMAL_CAUSE,
    Request,
    build_refusal,
    operation,
    refuse_operation,
)
from warmline.ari.testing.simulated_things import HOLD_MUSIC, SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

MUTED_DIRECTIONS = {"in": {"in"}, "out": {"out"}, "both": {"in", "out"}}
HANGUP_CAUSES = {
    "normal": NORMAL_CAUSE,
    "busy": (17, "User busy"),
    "congestion": (34, "Circuit/channel congestion"),
    "no_answer": (19, "User alerting, no answer"),
    "timeout": (18, "No user responding"),
    "rejected": (21, "Call Rejected"),
    "unallocated": (1, "Unallocated (unassigned) number"),
    "normal_unspecified": (31, "Normal, unspecified"),
    "number_incomplete": (28, "Invalid number format"),
    "codec_mismatch": (58, "Bearer capability not available"),
    "interworking": (127, "Interworking, unspecified"),
    "failure": (38, "Network out of order"),
    "answered_elsewhere": (26, "Answered elsewhere"),
}
HANGUP_HANDLER_FUNCTION = "CHANNEL(hangup_handler_push)"
FUNCTION = re.compile(r"(\w+)\((.*)\)")


def find_channel(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedChannel:
    """Return the channel of a request. Raises AriError."""
    channel = asterisk.channels.get(request.names["channelId"])
    if channel is None:
        raise build_refusal(404, "Channel not found")
    return channel


def find_in_script(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedChannel:
    """Return the channel of a request, if it is in a script. Raises AriError."""
    channel = find_channel(asterisk, request)
    if not channel.in_script:
        raise build_refusal(409, "Channel not in Stasis application")
    return channel


def find_begun(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedChannel:
    """Return the channel of a request, if it is in a script and is no call that is not dialled yet. Raises AriError."""
    channel = find_in_script(asterisk, request)
    if channel.state in ("Down", "Rsrvd"):
        raise build_refusal(412, "Channel in invalid state")
    return channel


@operation("channels.list", "GET", "channels")
def list_channels(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Channel]:
    """Return all channels."""
    return [asterisk.to_channel(channel) for channel in asterisk.channels.values()]


@operation("channels.get", "GET", "channels/{channelId}")
def get_channel(asterisk: "SimulatedAsterisk", request: Request) -> resources.Channel:
    """Return a channel."""
    return asterisk.to_channel(find_channel(asterisk, request))


@operation("channels.hangup", "DELETE", "channels/{channelId}")
def hang_up(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Hang up."""
    channel = find_channel(asterisk, request)
    reason, code = request.text("reason"), request.text("reason_code")
    if reason and code:
        raise build_refusal(400, "The reason and reason_code can't both be specified")
    if reason not in ("", *HANGUP_CAUSES):
        raise build_refusal(400, "Invalid reason for hangup reason provided")
    if code and not code.isdigit():
        raise build_refusal(400, "Invalid reason for hangup reason code provided")
    cause, text = (int(code), "") if code else HANGUP_CAUSES[reason or "normal"]
    asterisk.end(channel, "script", cause, text)


@operation("channels.answer", "POST", "channels/{channelId}/answer")
async def answer(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Answer a call from the dialplan, when what is played has ended."""
    channel = find_begun(asterisk, request)
    await channel.player.wait_until_idle()
    asterisk.answer(channel)


@operation("channels.ring", "POST", "channels/{channelId}/ring")
def ring(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let the party hear the ring tone."""
    asterisk.hear(find_begun(asterisk, request), "ring")


@operation("channels.ringStop", "DELETE", "channels/{channelId}/ring")
def stop_ringing(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End the ring tone."""
    find_begun(asterisk, request)


@operation("channels.progress", "POST", "channels/{channelId}/progress")
def progress(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Report progress to the party's phone."""
    find_begun(asterisk, request)


@operation("channels.startMoh", "POST", "channels/{channelId}/moh")
def start_music(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Play music on hold."""
    channel = find_begun(asterisk, request)
    channel.music = request.text("mohClass") or HOLD_MUSIC
    asterisk.hear(channel, f"music {channel.music}")


@operation("channels.stopMoh", "DELETE", "channels/{channelId}/moh")
def stop_music(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End music on hold."""
    find_begun(asterisk, request).music = ""


@operation("channels.startSilence", "POST", "channels/{channelId}/silence")
@operation("channels.stopSilence", "DELETE", "channels/{channelId}/silence")
def change_silence(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send silence to the party, or end it: nobody hears a difference."""
    find_begun(asterisk, request)


@operation("channels.hold", "POST", "channels/{channelId}/hold")
def hold(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Tell the party's phone that it is held: it plays music."""
    channel = find_begun(asterisk, request)
    channel.is_held = True
    asterisk.hear(channel, f"music {HOLD_MUSIC}")


@operation("channels.unhold", "DELETE", "channels/{channelId}/hold")
def unhold(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Tell the party's phone that it is not held any more."""
    find_begun(asterisk, request).is_held = False


@operation("channels.mute", "POST", "channels/{channelId}/mute")
def mute(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let nobody hear the party, or the party hear nothing, or both."""
    find_begun(asterisk, request).muted_directions |= _read_direction(request)


@operation("channels.unmute", "DELETE", "channels/{channelId}/mute")
def unmute(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let the party be heard, and hear, again."""
    find_begun(asterisk, request).muted_directions -= _read_direction(request)


@operation("channels.sendDTMF", "POST", "channels/{channelId}/dtmf")
def send_keys(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send keys to the party."""
    channel = find_begun(asterisk, request)
    asterisk.hear(channel, f"keys {request.required('dtmf', 'DTMF is required')}")


@operation("channels.continueInDialplan", "POST", "channels/{channelId}/continue")
def continue_in_dialplan(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let a call go on in the dialplan, when what is played has ended."""
    channel = find_begun(asterisk, request)
    context, extension, priority = request.text("context"), request.text("extension"), request.number("priority")

    def go_on() -> None:
        if channel.in_script:
            asterisk.go_on(channel, context, extension, priority)

    channel.player.call_when_idle(go_on)


@operation("channels.move", "POST", "channels/{channelId}/move")
def move(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Give a channel to another script."""
    channel = find_in_script(asterisk, request)
    app, arguments = request.required("app"), request.arguments()

    def enter_other() -> None:
        if not channel.in_script:
            return
        if not asterisk.is_listening(app):
            event = events.ApplicationMoveFailed(channel=asterisk.to_channel(channel), destination=app, args=arguments)
            asterisk.send(channel.app, event)
            return
        asterisk.send(channel.app, events.StasisEnd(channel=asterisk.to_channel(channel)))
        channel.subscribers = {app}
        channel.app, channel.arguments = app, arguments
        asterisk.send(app, asterisk.build_start(channel))

    channel.player.call_when_idle(enter_other)


@operation("channels.redirect", "POST", "channels/{channelId}/redirect")
def redirect(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send a party's phone to another endpoint: its call ends here."""
    channel = find_begun(asterisk, request)
    endpoint = request.required("endpoint", "Required parameter 'endpoint' not provided.")
    technology, _, resource = endpoint.partition("/")
    own_technology = channel.name.partition("/")[0]
    if not technology or not resource:
        raise build_refusal(422, f"Endpoint parameter '{endpoint}' does not contain tech/resource")
    if technology.lower() != own_technology.lower():
        reason = f"Endpoint technology '{technology}' does not match channel technology '{own_technology}'"
        raise build_refusal(422, reason)
    channel.party.redirected_to = endpoint
    asterisk.end(channel, "script", *NORMAL_CAUSE)


@operation("channels.play", "POST", "channels/{channelId}/play")
@operation("channels.playWithId", "POST", "channels/{channelId}/play/{playbackId}")
def play(asterisk: "SimulatedAsterisk", request: Request) -> resources.Playback:
    """Play sounds to the party."""
    return simulated_playbacks.play(asterisk, request, find_begun(asterisk, request))


@operation("channels.record", "POST", "channels/{channelId}/record")
def record(asterisk: "SimulatedAsterisk", request: Request) -> resources.LiveRecording:
    """Record what the party says."""
    simulated_recordings.check_limits(request)
    return simulated_recordings.record(asterisk, request, find_in_script(asterisk, request))


# -- variables --


@operation("channels.getChannelVar", "GET", "channels/{channelId}/variable")
def get_variable(asterisk: "SimulatedAsterisk", request: Request) -> resources.Variable:
    """Return a variable of a channel, or of a function such as CHANNEL(state)."""
    name = request.required("variable", "Variable name is required")
    return resources.Variable(value=_read_variable(asterisk, _find_with_variables(asterisk, request), name))


@operation("channels.getChannelVars", "GET", "channels/{channelId}/variables")
def get_variables(asterisk: "SimulatedAsterisk", request: Request) -> resources.Variables:
    """Return several variables of a channel."""
    names = [name.strip() for name in request.texts("variables")]
    if not names:
        raise build_refusal(400, "At least one variable name is required")
    channel = _find_with_variables(asterisk, request)
    return resources.Variables(variables={name: _read_variable(asterisk, channel, name) for name in names})


@operation("channels.setChannelVar", "POST", "channels/{channelId}/variable")
def set_variable(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set a variable of a channel."""
    name = request.required("variable", "Variable name is required")
    change_variables(find_in_script(asterisk, request), {name: request.text("value")})


@operation("channels.setChannelVars", "POST", "channels/{channelId}/variables")
def set_variables(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set several variables of a channel."""
    if "variables" not in request.parameters:
        raise build_refusal(400, "The 'variables' field is required")
    change_variables(find_in_script(asterisk, request), request.variables())


def change_variables(channel: SimulatedChannel, variables: dict[str, str]) -> None:
    """Set variables of a channel; a hangup handler is pushed."""
    for name, value in variables.items():
        if name == HANGUP_HANDLER_FUNCTION:
            channel.hangup_handlers.append(value)
        channel.variables[name] = value


def _find_with_variables(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedChannel:
    channel = asterisk.channels.get(request.names["channelId"])
    if channel is None:
        raise build_refusal(404, "Provided channel was not found")
    return channel


def _read_variable(asterisk: "SimulatedAsterisk", channel: SimulatedChannel, name: str) -> str:
    if name in channel.variables:
        return channel.variables[name]
    if name == "BRIDGEPEER" and channel.bridge:
        return ",".join(peer.name for peer in channel.bridge.channels if peer is not channel)
    function = FUNCTION.fullmatch(name)
    if function is None:
        raise build_refusal(404, "Provided variable was not found")
    readers = {
        "CHANNEL(state)": partial(str, channel.state),
        "CHANNEL(name)": partial(str, channel.name),
        "CHANNEL(uniqueid)": partial(str, channel.id),
        "CHANNEL(language)": partial(str, "en"),
        "CALLERID(num)": partial(str, channel.party.number),
        "CALLERID(name)": partial(str, channel.party.name),
    }
    if name in readers:
        return readers[name]()
    if function[1] == "DIALPLAN_EXISTS":
        return str(int(function[2].partition(",")[0] in asterisk.dialplan_contexts))
    raise build_refusal(500, "Unable to read provided function")


def _read_direction(request: Request) -> set[str]:
    direction = request.required("direction", "Direction is required")
    if direction not in MUTED_DIRECTIONS:
        raise build_refusal(400, "Invalid direction specified")
    return MUTED_DIRECTIONS[direction]


refuse_operation(
    "channels.rtpstatistics", "GET", "channels/{channelId}/rtp_statistics", "no packets are sent in a test"
)
refuse_operation(
    "channels.transfer_progress",
    "POST",
    "channels/{channelId}/transfer_progress",
    "no phone of a test transfers its call by SIP",
)
