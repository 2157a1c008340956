"""An event of the journal as answers and streams contain it."""

from warmline.operations.live_records import EventNow, iso
from warmline.store.events.journal_events import JournalEvent
from warmline.store.events.public_records import TIMES


def event_now(one: JournalEvent) -> EventNow:
    """Return an event of the stream."""
    data = {name: iso(value) if name in TIMES and value is not None else value for name, value in one.data.items()}
    return EventNow(str(one.id), iso(one.at), one.type, one.call, one.agent, data)
