"""Find the calls and legs that an input is about. After a failed turn, these are checked again."""

from collections.abc import Callable, Iterable

from warmline.core.messages.action_answers import ActionDone, ActionFailed
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import Event
from warmline.core.model.call import Call
from warmline.core.world.world import World


def find_subject(world: World, entry: Event | Ask) -> str:
    """Return the id of the leg, call, recording, agent or webhook that an input names, or ""."""
    about: object = entry
    if isinstance(entry, Ask):
        about = entry.command
    elif isinstance(entry, ActionDone | ActionFailed):
        about = entry.action
    for name in ("leg", "call", "name", "agent", "webhook"):
        if value := getattr(about, name, ""):
            return str(value)
    for name in ("calls", "legs"):
        if values := getattr(about, name, ()):
            return str(values[0])
    for name in ("bridge", "audio", "tone"):  # room-CALL, spot-CALL-c, audio-CALL-1
        if value := getattr(about, name, ""):
            return f"{value}-".split("-")[1]
    return next(iter(world.session_index.list_phone_agents(getattr(about, "phone", ""))), "")


def is_open(world: World, subject: str) -> bool:
    """Return whether an open record has this id. Records of a failed turn do not exist."""
    tables = (world.calls, world.legs, world.sessions, world.receipts, world.recordings, world.webhooks)
    return any(subject in table for table in tables)


def find_call(world: World, subject: str) -> Call | None:
    """Return the open call of a record, by the record's id, or None."""
    owner = subject
    if leg := world.legs.get(subject):
        owner = leg.owner
    elif record := world.receipts.get(subject) or world.recordings.get(subject):
        owner = record.call
    session = world.sessions.get(owner)
    return world.calls.get((session.call or "") if session else owner)


def list_legs(world: World, calls: Iterable[str], legs: Iterable[str]) -> dict[str, None]:
    """Return these legs and those of these calls, their agents' phones included, in order."""
    found = dict.fromkeys(legs)
    for call in filter(None, map(world.calls.get, calls)):
        found |= dict.fromkeys(filter(None, (call.customer, call.third, call.ivr)))
        for session in filter(
            None, map(world.sessions.get, (call.agent or "", call.consultation.closer or "", *call.queueing.rung))
        ):
            found |= {session.leg: None} if session.leg else {}
        for bridge in call.bridges:
            found |= dict.fromkeys(world.bridge_members.in_bridge(bridge))
    return found


def make_event_filter(world: World, calls: Iterable[str], legs: Iterable[str]) -> Callable[[Event], bool]:
    """Return a function that returns whether an event is about these calls or legs."""
    calls = tuple(calls)
    ours = list_legs(world, calls, legs)
    bridges = {bridge for call in filter(None, map(world.calls.get, calls)) for bridge in call.bridges}
    files = {file.id for file in world.recordings.values() if file.call in calls}

    def test(event: Event) -> bool:
        leg, bridge, file = (getattr(event, name, None) for name in ("leg", "bridge", "name"))
        return leg in ours or bridge in bridges or file in files

    return test
