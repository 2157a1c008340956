"""What operations learn from the process that serves HTTP."""

import time
from functools import cached_property

from ari_app.http.people.session_use import SessionUse
from ari_app.http.v1.live_state import JsonApi
from warmline.access.login_delays import Delay
from warmline.core.model.shown_state import to_shown_state


class HttpProcess:
    """The ApiProcess of `warmline.operations`, for one request."""

    def __init__(self, api: JsonApi) -> None:
        self.api = api

    @cached_property
    def _streams(self) -> set[str]:
        return self.api.askers.with_streams()

    def delays(self) -> list[Delay]:
        """Return the users whose next password has to wait."""
        return self.api.users.delays() if self.api.users else []

    def forget_failures(self, user: str) -> int:
        """Forget the wrong passwords of a user; return the number of addresses and devices that sent them."""
        return self.api.users.forget_failures(user) if self.api.users else 0

    def last_seen(self, token: str, stored: int) -> int:
        """Return when a session was used last; one with an open stream is in use now."""
        if token in self._streams:
            return time.time_ns() // 1000
        use = self.api.parts.get(SessionUse)
        return max(stored, use.last(token) if use else 0)

    def agent_state(self, agent: str) -> str:
        """Return the state of an agent, "" for one who is not logged in."""
        world = self.api.board.world
        session = world.sessions.get(agent)
        return to_shown_state(session, world.calls.get(session.call or "")) if session else ""


async def read_sessions_again(api: JsonApi) -> None:
    """Read users and tokens again, which ends the streams of sessions that have ended. Raises StoreError."""
    if api.users:
        api.users.clear()
    api.askers.clear()
    await api.askers.fill()
