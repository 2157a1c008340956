"""Compares a server's snapshot with the world: each difference becomes an ordinary event. Pure, without requests.

Legs and calls of other servers are left out.
"""

from collections.abc import Container, Iterator
from dataclasses import replace

from ari_app.asterisk.event_decoding import arrival, hears_harbour, into_harbour
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.link.call_control import Orphans
from warmline.core.agents import supervision
from warmline.core.messages import events
from warmline.core.messages.events import Event
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import Leg, Phase
from warmline.core.world.world import World

ROOM = "room-"  # the bridge of a call in which its parties talk


def differences(picture: AsteriskSnapshot, world: World, moving: Container[str] | None = None) -> list[Event]:
    """Return the events that must have happened since the world's last event, in a possible order, then `Reconciled`.

    An object that was requested after the snapshot is not treated as missing. After a start, `moving` are the legs
    with an unfinished move on record. Any other leg outside of its call's room was `found` there.
    """
    found: list[Event] = []
    # Legs that still exist come first, so that no answered leg is hung up on account of a leg that is gone.
    legs = (leg for leg in world.legs.values() if leg.server == picture.server)
    for leg in sorted(legs, key=lambda leg: leg.id not in picture.channels):
        events_of = _of_lead(leg, picture) if _is_in_flight(leg, world) else _of_leg(leg, picture)
        found += events_of if moving is None or leg.id in moving else map(_found, events_of)
    found += _lost_bridges(picture, world)
    found += _recordings(picture, world)
    found += arrivals(picture, world)
    found += _unasked(picture, world)
    return [*found, events.Reconciled(picture.server)]


def arrivals(picture: AsteriskSnapshot, world: World) -> list[events.LegArrived]:
    """Return the arrivals of channels in Warmline's application that are no leg."""
    return [arrival(picture.channels[leg], args, picture.server) for leg, args in _strangers(picture, world)]


def orphans(picture: AsteriskSnapshot, world: World) -> Orphans:
    """Return channels in Warmline's application that are no leg, and bridges that belong to no open call or leg."""
    ours = {name for call in _calls(picture, world) for name in call.bridges}
    ours |= {supervision.to_bridge_id(leg.id) for leg in world.legs.values() if leg.server == picture.server}
    bridges = (name for name in picture.bridges if name.startswith(("room-", "spot-", "ear-")) and name not in ours)
    channels = tuple(leg for leg, _ in _strangers(picture, world))
    return Orphans(channels, tuple(sorted(bridges)), picture.server)


def strangers_with_known_ids(picture: AsteriskSnapshot, world: World) -> list[str]:
    """Return channels in Warmline's application whose ids are those of legs of another server."""
    known = (leg for leg in picture.channels if (found := world.legs.get(leg)) and found.server != picture.server)
    return [leg for leg in known if picture.args_of(leg) is not None]


def abandoned(picture: AsteriskSnapshot, world: World, ending: Container[str] = ()) -> list[str]:
    """Return empty bridges of no open call: the app stopped, or its request was lost, before it destroyed them.

    The legs in `ending` are about to be hung up, and a bridge with no others counts as empty.
    """
    used = {bridge for leg, bridge in picture.places.items() if leg not in ending}
    return [bridge for bridge in orphans(picture, world).bridges if bridge not in used]


def _calls(picture: AsteriskSnapshot, world: World) -> list[Call]:
    return [call for call in world.calls.values() if call.server == picture.server]


def _is_in_flight(leg: Leg, world: World) -> bool:
    """Return whether a leg is that of a lead who has not answered, so that it need not be in Stasis."""
    call = world.calls.get(leg.owner)
    return call is not None and call.state is State.CALLING


def _of_lead(leg: Leg, picture: AsteriskSnapshot) -> Iterator[Event]:
    """Yield the missed events of a lead's leg in flight. One who hears the message is known by the dialplan."""
    channel, args = picture.channels.get(leg.id), picture.args_of(leg.id)
    if channel is None:
        yield from _of_leg(leg, picture)
    elif args is not None:
        yield arrival(channel, args, picture.server)
    elif hears_harbour(channel):
        yield into_harbour(channel)
    elif channel.state == "Ringing" and leg.phase < Phase.RINGING:
        yield events.LegRinging(leg.id)
    elif channel.state == "Up" and leg.phase < Phase.UP:
        yield events.LegAnswered(leg.id)


def _found(event: Event) -> Event:
    """Mark that a leg left the room of its call without a record."""
    return replace(event, found=True) if isinstance(event, events.LegLeft) and event.bridge.startswith(ROOM) else event


def _of_leg(leg: Leg, picture: AsteriskSnapshot) -> Iterator[Event]:
    if leg.phase is Phase.GONE:
        return
    channel, args = picture.channels.get(leg.id), picture.args_of(leg.id)
    if channel is None:
        if leg.created < picture.at:
            yield events.LegDestroyed(leg.id, 0)
        return
    if args is None:  # in the dialplan: not in Stasis yet, or no longer
        if leg.phase > Phase.ASKED:
            yield into_harbour(channel) if hears_harbour(channel) else events.LegLeftStasis(leg.id)
        return
    if leg.phase is Phase.ASKED:
        yield arrival(channel, args, picture.server)
    if channel.state == "Ringing" and leg.phase < Phase.RINGING:
        yield events.LegRinging(leg.id)
    if channel.state == "Up" and leg.phase < Phase.UP:
        yield events.LegAnswered(leg.id)
    if leg.held and leg.id not in picture.held:
        yield events.LegHoldChanged(leg.id, on=False)
    place = picture.places.get(leg.id)
    if leg.bridge != place:
        if leg.bridge is not None:
            yield events.LegLeft(leg.id, leg.bridge)
        if place is not None:
            yield events.LegJoined(leg.id, place)


def _lost_bridges(picture: AsteriskSnapshot, world: World) -> Iterator[Event]:
    for call in _calls(picture, world):
        if call.arrived >= picture.at:
            continue
        for name, is_open in call.bridges.items():
            if is_open and name not in picture.bridges:
                yield events.BridgeDestroyed(name)


def _recordings(picture: AsteriskSnapshot, world: World) -> Iterator[Event]:
    for recording in world.recordings.values():
        if recording.ended is not None or recording.server != picture.server:
            continue
        if recording.id not in picture.recordings:
            if recording.asked < picture.at:
                yield events.RecordingFinished(recording.id, found=True)
        elif recording.started is None:
            yield events.RecordingStarted(recording.id, picture.server)


def _unasked(picture: AsteriskSnapshot, world: World) -> Iterator[Event]:
    """Yield an event for each channel of another program in a bridge of Warmline."""
    ours = {name for call in _calls(picture, world) for name in call.bridges}
    for leg, bridge in picture.places.items():
        if bridge in ours and leg not in world.legs and picture.args_of(leg) is None:
            yield events.LegJoined(leg, bridge)


def _strangers(picture: AsteriskSnapshot, world: World) -> Iterator[tuple[str, tuple[str, ...]]]:
    for leg in picture.channels:
        args = picture.args_of(leg)
        if args is not None and leg not in world.legs:
            yield leg, args
