"""What only the process that serves HTTP knows: who waits after wrong passwords, and which sessions are in use."""

from typing import Protocol

from warmline.access.login_delays import Delay


class ApiProcess(Protocol):
    """Operations ask it in that process; other threads than its loop may, too."""

    def delays(self) -> list[Delay]:
        """Return the users whose next password has to wait."""

    def forget_failures(self, user: str) -> int:
        """Forget the wrong passwords of a user; return the number of addresses and devices that sent them."""

    def last_seen(self, token: str, stored: int) -> int:
        """Return when a session was used last, by the hash of its token and the stored time, in microseconds UTC."""

    def agent_state(self, agent: str) -> str:
        """Return the state of an agent as people read it, "" for one who is not logged in."""
