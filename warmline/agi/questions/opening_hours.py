"""The question whether a call time is open now."""

import time
from datetime import datetime

from warmline.core.rules import call_times
from warmline.store.agi import routing_facts
from warmline.system import settings


class OpeningAnswer:
    """A call time now. It is true if the call time is open, so `if open_now(NAME):` says what it looks like."""

    __slots__ = ("open", "until", "why")

    def __init__(self, open: bool, until: datetime | None, why: str) -> None:
        self.open = open
        self.until = until
        self.why = why

    def __bool__(self) -> bool:
        """Return whether the call time is open."""
        return self.open


def open_now(call_time: str) -> OpeningAnswer:
    """Return whether a call time is open now, by the rule that also routes calls. The app need not run for it.

    Raises CodedError, also if the call time does not exist. The result is true if the call time is open, and has these
    attributes:

    - `open`: the same as a `bool`
    - `until`: the `datetime` of the next change, in the call time's own zone; None if there is none within 8 days
    - `why`: the hours that decided it, in words
    """
    db = str(settings.load(servers=False).db)
    hours, zone = routing_facts.hours(db, call_time, time.time_ns() // 1000)
    local_end = None if hours.until_us is None else call_times.to_local_time(hours.until_us, zone)
    return OpeningAnswer(hours.is_open, local_end, hours.reason)
