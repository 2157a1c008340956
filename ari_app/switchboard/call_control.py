"""The part of the switchboard that the HTTP APIs use."""

from typing import Protocol

from ari_app.live.committed_turns import TurnSource
from ari_app.switchboard.switchboard import CommandReply
from warmline.core.model.commands import Command
from warmline.core.model.receipt import Receipt
from warmline.core.state.world import World


class CallControl(Protocol):
    @property
    def world(self) -> World:
        """The live state. Read it only between two awaits, and do not change it."""

    @property
    def connected(self) -> bool:
        """Whether Asterisk sends events and its state is known."""

    @property
    def lost_at(self) -> int:
        """When the connection to Asterisk was lost (microseconds UTC); 0 if none existed since the start."""

    @property
    def turns(self) -> TurnSource:
        """The live state and each commit of the journal, for one follower."""

    def receipt(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently."""

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        """Give a command; return its receipt's id and reason ("" on success). Raises CommandTimeout after 5 s."""

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""
