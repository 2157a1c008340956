"""The table of the parts of `warmline serve`: a process for each."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from warmline.system import link_sockets
from warmline.system.settings import Settings

Main = Callable[[PassedSockets, SystemdNotifier], None]
"""A part's main function: it runs until SIGTERM, with the sockets that it got, and reports READY=1.

SIGHUP lets it read its settings again; it reports READY=1 when that is done, too. It ends with SystemExit, whose text
is an error that it cannot fix.
"""


class Part(NamedTuple):
    """A part: its name in `warmline serve NAME`, its main function (`module:function`), and the sockets that it gets.

    `sockets` are names of `ari_app/supervisor/sockets.py`. A part that has not ended `ends_within` seconds after
    SIGTERM is killed. So is one that has not fed the watchdog for `stuck_after` seconds, as under systemd (WatchdogSec
    of its unit); 0 means no limit.
    `warmline serve` leaves a part out if its `setting` is empty; "" means that it always runs. A part with a `nice`
    value leaves the processor to the others.
    """

    name: str
    target: str
    sockets: tuple[str, ...]
    ends_within: float
    setting: str = ""
    stuck_after: float = 0.0
    nice: int = 0

    def load(self) -> Main:
        """Import the part's module, and return its main function."""
        module, _, function = self.target.partition(":")
        main: Main = getattr(import_module(module), function)
        return main


def wanted(settings: Settings) -> list[Part]:
    """Return the parts that run with these settings."""
    return [part for part in PARTS if not part.setting or getattr(settings, part.setting)]


CALLS = tuple(one.name for one in link_sockets.ALL)

# In the order in which they start. They end in the reverse order.
PARTS = (
    Part("calls", "ari_app.call_process:main", CALLS, 8.0, stuck_after=10.0),
    Part("api", "ari_app.api_process:main", ("http",), 8.0, stuck_after=10.0, nice=2),
    Part("workers", "ari_app.workers_process:main", (), 4.0, stuck_after=10.0, nice=5),
    # At the gate of an Asterisk whose app is on another machine.
    Part("media", "ari_app.media_process:main", (), 4.0, "gate", stuck_after=10.0, nice=5),
    # Asterisk waits for FastAGI without limit, so a stuck process must end.
    Part("agi", "ari_app.agi_process:main", ("fastagi",), 3.0, "fastagi", stuck_after=3.0),
)
