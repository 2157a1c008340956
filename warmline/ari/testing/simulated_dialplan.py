"""What the dialplan does in a test: the context `warmline-talk`, which looks after the parties of a conversation.

This is dialplan/warmline-talk.conf in Python, with the same rule. A helper channel tells a script that lives that a
party has gone, and the rule is applied when the helper has ended; it is applied immediately if the script is dead.
"""

from functools import partial
from typing import TYPE_CHECKING

from warmline.ari.talk_guard import BEHIND_VARIABLE, CONTEXT, HELPER_ARGUMENT, OTHERS_VARIABLE
from warmline.ari.testing.simulated_operations import NORMAL_CAUSE
from warmline.ari.testing.simulated_things import SimulatedBridge, SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

HELPER_SECONDS = 5.0  # after which the helper ends in any case


def run_hangup_handlers(asterisk: "SimulatedAsterisk", channel: SimulatedChannel) -> None:
    """Run what the dialplan does when a channel has ended."""
    for handler in channel.hangup_handlers:
        if handler.partition(",")[0] == CONTEXT and _list_peers(channel):
            _begin_helper(asterisk, channel, app=handler.partition("(")[2].rstrip(")"))


def end_bridge(asterisk: "SimulatedAsterisk", bridge: SimulatedBridge) -> None:
    """End a bridge of the dialplan, because one of the two has gone: the other one is released."""
    if asterisk.bridges.pop(bridge.id, None) is None:
        return
    for channel in list(bridge.channels):
        _release(asterisk, channel)


def _begin_helper(asterisk: "SimulatedAsterisk", gone: SimulatedChannel, app: str) -> None:
    """Let the helper channel come into the script; without one, apply the rule."""
    apply_rule = partial(_apply_rule, asterisk, gone)
    if not asterisk.is_listening(app):
        asterisk.call_soon(apply_rule)
        return
    arguments = (HELPER_ARGUMENT, gone.id)
    helper_id = f"{asterisk.new_id()};2"
    helper = SimulatedChannel(
        helper_id, asterisk.build_stranger(""), app, arguments=arguments, is_called=False, state="Up"
    )
    helper.name, helper.at_end = f"Local/left@{CONTEXT}-{helper_id}", apply_rule
    asterisk.add_channel(helper)
    asterisk.call_soon(asterisk.enter, helper)
    asterisk.call_later(HELPER_SECONDS, asterisk.end, helper, "asterisk", *NORMAL_CAUSE)


def _apply_rule(asterisk: "SimulatedAsterisk", gone: SimulatedChannel) -> None:
    """Join two parties who have nobody now, and release a single one."""
    names = _list_peers(gone)
    candidates = [channel for channel in asterisk.channels.values() if channel.name in names]
    candidates.sort(key=lambda channel: names.index(channel.name))
    lonely_channels = [channel for channel in candidates if _is_alone(channel, gone)]
    for channel in lonely_channels:
        if channel.state != "Up" and not channel.variables.get(BEHIND_VARIABLE):  # it rings, and nobody waits
            asterisk.end(channel, "asterisk", *NORMAL_CAUSE)
    waiting_channels = [channel for channel in lonely_channels if channel.id in asterisk.channels]
    if len(waiting_channels) == 1:
        _release(asterisk, waiting_channels[0])
    elif waiting_channels:
        bridge = SimulatedBridge(asterisk.new_id(), "", is_of_dialplan=True)
        asterisk.bridges[bridge.id] = bridge
        for channel in waiting_channels[:2]:
            asterisk.leave(channel)
            channel.music = ""
            asterisk.join_bridge(bridge, channel)


def _is_alone(channel: SimulatedChannel, gone: SimulatedChannel) -> bool:
    """Return whether a party who talked with the gone one has nobody now."""
    names = _list_peers(channel)
    bridge_names = [peer.name for peer in channel.bridge.channels] if channel.bridge else []
    return gone.name in names and channel.in_script and not set(names) & ({*bridge_names} - {gone.name})


def _list_peers(channel: SimulatedChannel) -> list[str]:
    """Return the channels of those with whom a party is in a conversation."""
    return [name for name in channel.variables.get(OTHERS_VARIABLE, "").split("&") if name]


def _release(asterisk: "SimulatedAsterisk", channel: SimulatedChannel) -> None:
    """Let a caller go on behind Stasis(), and hang up a party whom the script called."""
    channel.variables[OTHERS_VARIABLE] = ""
    if behind := channel.variables.get(BEHIND_VARIABLE):
        context, extension, priority = behind.split(",")
        asterisk.go_on(channel, context, extension, int(priority))
    else:
        asterisk.end(channel, "asterisk", *NORMAL_CAUSE)
