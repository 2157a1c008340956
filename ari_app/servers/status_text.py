"""The words in which systemd shows whether the app takes calls."""

from collections.abc import Callable, Collection

TAKES, WAITS, UNSEEN = "takes calls", "waits for Asterisk", "callers go to the fallback until the heartbeat is visible"


class StatusText:
    """Tells `show` in a few words whether the app takes calls, and which of `servers` are away.

    `reached` returns the servers whose events arrive, and whose state is known.
    """

    def __init__(
        self, servers: Collection[str], reached: Callable[[], Collection[str]], show: Callable[[str], None]
    ) -> None:
        self._servers, self._reached, self._show = servers, reached, show
        self._beats = False  # the dialplan sees this app's heartbeat; before, it may see that of a dead app

    def changed(self) -> None:
        """Show the state after a server was reached or lost."""
        reached = self._reached()
        away = [name for name in self._servers if name not in reached]
        if len(away) == len(self._servers):
            self._show(WAITS)
            return
        text = TAKES if self._beats else UNSEEN
        self._show(f"{text}; waits for {', '.join(away)}" if away else text)

    def beaten(self) -> None:
        """Report that the first heartbeat is written, so that the dialplan sends callers."""
        if not self._beats and self._reached():
            self._beats = True
            self.changed()
