"""What scripts do with the bridges of an Asterisk that exists only in a test."""

from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing import simulated_playbacks, simulated_recordings
from warmline.ari.testing.simulated_asterisk import to_bridge
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation
from warmline.ari.testing.simulated_things import HOLD_MUSIC, SimulatedBridge, SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

BRIDGE_TYPES = {"mixing", "holding", "dtmf_events", "proxy_media", "video_sfu", "video_single", "sdp_label"}


@operation("bridges.list", "GET", "bridges")
def list_bridges(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Bridge]:
    """Return all bridges."""
    return [to_bridge(bridge) for bridge in asterisk.bridges.values()]


@operation("bridges.create", "POST", "bridges")
@operation("bridges.createWithId", "POST", "bridges/{bridgeId}")
def create(asterisk: "SimulatedAsterisk", request: Request) -> resources.Bridge:
    """Make a bridge."""
    bridge_id = request.names.get("bridgeId") or request.text("bridgeId") or asterisk.new_id()
    if bridge_id in asterisk.bridges:
        raise build_refusal(409, f"Bridge with id '{bridge_id}' already exists")
    types = tuple(request.text("type", "mixing").split(","))
    if not BRIDGE_TYPES.issuperset(types):
        raise build_refusal(500, "Unable to create bridge")
    bridge = SimulatedBridge(bridge_id, request.text("name"), types)
    bridge.variables.update(request.variables())
    asterisk.bridges[bridge_id] = bridge
    return to_bridge(bridge)


@operation("bridges.get", "GET", "bridges/{bridgeId}")
def get_bridge(asterisk: "SimulatedAsterisk", request: Request) -> resources.Bridge:
    """Return a bridge."""
    return to_bridge(_find_bridge(asterisk, request))


@operation("bridges.destroy", "DELETE", "bridges/{bridgeId}")
def destroy(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End a bridge; who was in it stays in the script."""
    asterisk.destroy_bridge(_find_bridge(asterisk, request))


@operation("bridges.addChannel", "POST", "bridges/{bridgeId}/addChannel")
async def add_channels(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let channels into a bridge, when what is played to them has ended."""
    channels, bridge = _find_channels_and_bridge(asterisk, request)
    for channel in channels:
        if any(recording.target is channel for recording in asterisk.live_recordings.values()):
            raise build_refusal(409, f"Channel {channel.id} currently recording")
        await channel.player.wait_until_idle()
        if not channel.in_script:
            raise build_refusal(422, "Channel not in Stasis application")
        asterisk.leave_bridge(channel)
        channel.role = request.text("role") if bridge.is_holding_bridge else ""
        channel.is_muted_in_bridge = request.flag("mute")
        asterisk.join_bridge(bridge, channel)


@operation("bridges.removeChannel", "POST", "bridges/{bridgeId}/removeChannel")
async def remove_channels(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Take channels out of a bridge, when what is played to them has ended."""
    channels, bridge = _find_channels_and_bridge(asterisk, request)
    for channel in channels:
        if channel.bridge is not bridge:
            raise build_refusal(422, "Channel not in this bridge")
    for channel in channels:
        await channel.player.wait_until_idle()
        if channel.bridge is bridge:
            asterisk.leave_bridge(channel)


@operation("bridges.setVideoSource", "POST", "bridges/{bridgeId}/videoSource/{channelId}")
def set_video_source(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let all see one of those in the bridge."""
    bridge = _find_bridge(asterisk, request)
    [channel] = _find_channels(asterisk, [request.names["channelId"]])
    if channel.bridge is not bridge:
        raise build_refusal(422, "Channel not in this bridge")
    former = bridge.video_source
    bridge.video_source = channel
    event = events.BridgeVideoSourceChanged(bridge=to_bridge(bridge), old_video_source_id=former.id if former else "")
    asterisk.send_of_bridge(bridge, event)


@operation("bridges.clearVideoSource", "DELETE", "bridges/{bridgeId}/videoSource")
def clear_video_source(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let all see who talks."""
    _find_bridge(asterisk, request).video_source = None


@operation("bridges.startMoh", "POST", "bridges/{bridgeId}/moh")
def start_music(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Play music on hold to all in a bridge."""
    bridge = _find_bridge(asterisk, request)
    bridge.music = request.text("mohClass") or HOLD_MUSIC
    asterisk.play_sound(bridge, f"music {bridge.music}")


@operation("bridges.stopMoh", "DELETE", "bridges/{bridgeId}/moh")
def stop_music(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End music on hold."""
    bridge = _find_bridge(asterisk, request)
    if not bridge.music:
        raise build_refusal(409, "Bridge isn't playing music")
    bridge.music = ""


@operation("bridges.play", "POST", "bridges/{bridgeId}/play")
@operation("bridges.playWithId", "POST", "bridges/{bridgeId}/play/{playbackId}")
def play(asterisk: "SimulatedAsterisk", request: Request) -> resources.Playback:
    """Play sounds to all in a bridge."""
    return simulated_playbacks.play(asterisk, request, _find_bridge(asterisk, request))


@operation("bridges.record", "POST", "bridges/{bridgeId}/record")
def record(asterisk: "SimulatedAsterisk", request: Request) -> resources.LiveRecording:
    """Record what all in a bridge say."""
    bridge = _find_bridge(asterisk, request)
    simulated_recordings.check_limits(request)
    return simulated_recordings.record(asterisk, request, bridge)


@operation("bridges.getBridgeVar", "GET", "bridges/{bridgeId}/variable")
def get_variable(asterisk: "SimulatedAsterisk", request: Request) -> resources.Variable:
    """Return a variable of a bridge."""
    bridge, name = _find_bridge(asterisk, request), request.required("variable", "Variable name is required")
    return resources.Variable(value=_read_variable(bridge, name))


@operation("bridges.getBridgeVars", "GET", "bridges/{bridgeId}/variables")
def get_variables(asterisk: "SimulatedAsterisk", request: Request) -> resources.Variables:
    """Return several variables of a bridge."""
    bridge, names = _find_bridge(asterisk, request), [name.strip() for name in request.texts("variables")]
    if not names:
        raise build_refusal(400, "At least one variable name is required")
    return resources.Variables(variables={name: _read_variable(bridge, name) for name in names})


@operation("bridges.setBridgeVar", "POST", "bridges/{bridgeId}/variable")
def set_variable(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set a variable of a bridge."""
    bridge = _find_bridge(asterisk, request)
    bridge.variables[request.required("variable", "Variable name is required")] = request.text("value")


@operation("bridges.setBridgeVars", "POST", "bridges/{bridgeId}/variables")
def set_variables(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set several variables of a bridge."""
    bridge = _find_bridge(asterisk, request)
    if "variables" not in request.parameters:
        raise build_refusal(400, "The 'variables' field is required")
    bridge.variables.update(request.variables())


def _find_bridge(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedBridge:
    bridge = asterisk.bridges.get(request.names["bridgeId"])
    if bridge is None:
        raise build_refusal(404, "Bridge not found")
    return bridge


def _find_channels_and_bridge(
    asterisk: "SimulatedAsterisk", request: Request
) -> tuple[list[SimulatedChannel], SimulatedBridge]:
    bridge = _find_bridge(asterisk, request)
    names = request.texts("channel")
    if not any(names):
        raise build_refusal(400, "Missing parameter channel")
    return _find_channels(asterisk, names), bridge


def _find_channels(asterisk: "SimulatedAsterisk", names: list[str]) -> list[SimulatedChannel]:
    channels = []
    for name in names:
        channel = asterisk.channels.get(name)
        if channel is None:
            raise build_refusal(400, "Channel not found")
        if not channel.in_script:
            raise build_refusal(422, "Channel not in Stasis application")
        channels.append(channel)
    return channels


def _read_variable(bridge: SimulatedBridge, name: str) -> str:
    if name not in bridge.variables:
        raise build_refusal(404, "Provided variable was not found")
    return bridge.variables[name]
