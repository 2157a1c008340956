"""Notices a dialler that begins no call although agents are READY."""

from collections.abc import Iterable

from warmline.core.dialler.dialler_view import DiallerView
from warmline.core.messages.dialler_messages import DialIdle

AFTER = 30_000_000  # microseconds without a call


class IdleAlarm:
    """Remembers since when each dialler has been without a call. Times are microseconds UTC."""

    def __init__(self) -> None:
        self._since: dict[str, int] = {}

    def changes(self, views: Iterable[DiallerView], now: int) -> list[DialIdle]:
        """Return what is new: a dialler that has been idle for 30 s, or that is idle no longer."""
        found = []
        for view in views:
            name, before = view.dialler.id, view.dialler.idle
            has_calls = view.calls_in_flight or view.waiting_calls
            if has_calls or not (view.dialler.running and view.ready_agents and view.reason):
                self._since.pop(name, None)
                if before:
                    found.append(DialIdle(name))
            elif now - self._since.setdefault(name, now) >= AFTER and not before:
                found.append(DialIdle(name, view.reason))
        return found
