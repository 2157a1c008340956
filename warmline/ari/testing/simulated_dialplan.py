"""What the dialplan does in a test: the context `warmline-talk`, whose hangup handler looks after those who are left.

This is dialplan/warmline-talk.conf in Python: both have the same rule.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from warmline.ari.testing.simulated_things import SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

Handler = Callable[["SimulatedAsterisk", SimulatedChannel, list[SimulatedChannel], str], None]
HANGUP_HANDLERS: dict[str, Handler] = {}  # by context


def run_hangup_handlers(
    asterisk: "SimulatedAsterisk", channel: SimulatedChannel, peers: list[SimulatedChannel]
) -> None:
    """Run what the dialplan does when a channel has ended; `peers` are those who were in its bridge."""
    for handler in channel.hangup_handlers:
        context = handler.partition(",")[0]
        if context in HANGUP_HANDLERS:
            arguments = handler.partition("(")[2].rstrip(")")
            asterisk.call_soon(HANGUP_HANDLERS[context], asterisk, channel, peers, arguments)
