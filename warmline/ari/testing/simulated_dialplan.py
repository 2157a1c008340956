"""What the dialplan does in a test: the context `warmline-talk`, which looks after the parties of a conversation.

This is dialplan/warmline-talk.conf in Python, with the same rule. A helper channel tells a script that lives that a
party has gone, and the rule is applied when the helper has ended; it is applied immediately if the script is dead.
"""

from functools import partial
from typing import TYPE_CHECKING

from warmline.ari.talk_guard import (
    BEHIND_VARIABLE,
    CONTEXT,
    DIALLED_VARIABLE,
    HELPER_ARGUMENT,
    OTHERS_VARIABLE,
    PARKED_VARIABLE,
)
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
    """Join two of whom one is parked, and release a single one; hang up one who rings if nobody hears it ring."""
    names = _list_peers(gone)
    parties = [channel for channel in asterisk.channels.values() if channel.name in names]
    parties = [party for party in parties if gone.name in _list_peers(party) and party.in_script]
    on_line = [party for party in parties if party.state == "Up" or party.variables.get(BEHIND_VARIABLE)]
    is_parked = any(party.variables.get(PARKED_VARIABLE) for party in on_line)
    is_ringing = False
    for party in parties:
        if party not in on_line:
            is_dialled = party.state == "Ringing" or party.variables.get(DIALLED_VARIABLE)
            if on_line and is_dialled and not is_parked:
                is_ringing = True
            else:
                asterisk.end(party, "asterisk", *NORMAL_CAUSE)
    if len(on_line) == 1 and not is_ringing:
        _release(asterisk, on_line[0])
    elif len(on_line) > 1 and is_parked:
        bridge = SimulatedBridge(asterisk.new_id(), "", is_of_dialplan=True)
        asterisk.bridges[bridge.id] = bridge
        for party in on_line:
            asterisk.leave(party)
            party.music = ""
            asterisk.join_bridge(bridge, party)


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
