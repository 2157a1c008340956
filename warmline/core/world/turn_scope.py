"""Find the calls and legs that an input is about. After a failed turn, these are checked again."""

from collections.abc import Callable, Iterable

from warmline.core.messages.action_answers import ActionDone, ActionFailed
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import Event
from warmline.core.model.call import Call
from warmline.core.world.world import World


def find_subject(world: World, core_input: Event | Ask) -> str:
    """Return the id of the leg, call, recording, agent or webhook that an input names, or ""."""
    subject_holder: object = core_input
    if isinstance(core_input, Ask):
        subject_holder = core_input.command
    elif isinstance(core_input, ActionDone | ActionFailed):
        subject_holder = core_input.action
    for field in ("leg", "call", "name", "agent", "webhook"):
        if record_id := getattr(subject_holder, field, ""):
            return str(record_id)
    for field in ("calls", "legs"):
        if record_ids := getattr(subject_holder, field, ()):
            return str(record_ids[0])
    for field in ("bridge", "audio", "tone"):  # room-CALL, spot-CALL-c, audio-CALL-1
        if record_id := getattr(subject_holder, field, ""):
            return f"{record_id}-".split("-")[1]
    return next(iter(world.session_index.list_phone_agents(getattr(subject_holder, "phone", ""))), "")


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
    leg_ids = dict.fromkeys(legs)
    for call in filter(None, map(world.calls.get, calls)):
        leg_ids |= dict.fromkeys(filter(None, (call.customer, call.third, call.ivr)))
        for session in filter(
            None, map(world.sessions.get, (call.agent or "", call.consultation.closer or "", *call.queueing.rung))
        ):
            leg_ids |= {session.leg: None} if session.leg else {}
        for bridge in call.bridges:
            leg_ids |= dict.fromkeys(world.bridge_members.in_bridge(bridge))
    return leg_ids


def make_event_filter(world: World, calls: Iterable[str], legs: Iterable[str]) -> Callable[[Event], bool]:
    """Return a function that returns whether an event is about these calls or legs."""
    calls = tuple(calls)
    leg_ids = list_legs(world, calls, legs)
    bridges = {bridge for call in filter(None, map(world.calls.get, calls)) for bridge in call.bridges}
    recordings = {recording.id for recording in world.recordings.values() if recording.call in calls}

    def is_concerned(event: Event) -> bool:
        leg, bridge, recording = (getattr(event, field, None) for field in ("leg", "bridge", "name"))
        return leg in leg_ids or bridge in bridges or recording in recordings

    return is_concerned
