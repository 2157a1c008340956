"""The differences that the app finds in the simulated Asterisk after a restart or a lost connection."""

from tools.simulation.asterisk.simulated_asterisk import SimulatedAsterisk
from warmline.core.messages import events as ev
from warmline.core.model.leg import Phase
from warmline.core.world.world import World


def difference(asterisk: SimulatedAsterisk, world: World, *, start: bool = False) -> list[ev.Event]:
    """Return each difference of this server as an ordinary event, between `Reconciling` and `Reconciled`.

    `start`: these are the differences after a start.
    """
    server = asterisk.server
    told: list[ev.Event] = [ev.Reconciling(server), ev.AsteriskConnected(asterisk.started, server)]
    legs = (leg for leg in world.legs.values() if leg.server == server)
    for leg in sorted(legs, key=lambda leg: leg.id not in asterisk.channels):
        channel = asterisk.channels.get(leg.id)
        if leg.id in asterisk.outside:
            continue
        if channel is None:
            told.append(ev.LegDestroyed(leg.id, 0))
            continue
        if channel.args == ("auto",):
            answered = channel.answered
            if leg.phase < Phase.UP and not channel.in_dialplan:
                told.append(ev.LegArrived(leg.id, channel.args, up=True, server=server, answered=answered))
        elif channel.in_dialplan:
            pass
        elif leg.phase is Phase.ASKED:
            told.append(ev.LegArrived(leg.id, channel.args, up=channel.up, server=server))
        if channel.rings and not channel.up and leg.phase < Phase.RINGING:
            told.append(ev.LegRinging(leg.id))
        if channel.up and leg.phase < Phase.UP and channel.args != ("auto",):
            told.append(ev.LegAnswered(leg.id))
        if leg.held != channel.held:
            told.append(ev.LegHoldChanged(leg.id, channel.held))
        if leg.bridge != channel.bridge:
            if leg.bridge is not None:
                found = start and leg.target_bridge is None and leg.bridge.startswith("room-")
                told.append(ev.LegLeft(leg.id, leg.bridge, found))
            if channel.bridge is not None:
                told.append(ev.LegJoined(leg.id, channel.bridge))
    for call in [call for call in world.calls.values() if call.server == server]:
        for name, is_open in call.bridges.items():
            if is_open and name not in asterisk.bridges:
                told.append(ev.BridgeDestroyed(name))
    for recording in [one for one in world.recordings.values() if one.server == server]:
        if recording.ended is None and recording.id not in asterisk.recordings:
            told.append(ev.RecordingFinished(recording.id, found=True))
        elif recording.ended is None and recording.started is None:
            told.append(ev.RecordingStarted(recording.id, server))
    for channel in asterisk.channels.values():
        if channel.id not in world.legs and not channel.in_dialplan:
            after = asterisk.has_after and channel.args[:1] != ("login",)
            told.append(ev.LegArrived(channel.id, channel.args, server=server, data=channel.data, after=after))
    return [*told, ev.Reconciled(server)]
