"""What the HTTP door needs of the switchboard."""

from typing import Protocol

from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.switchboard import CommandReply
from warmline.core.model.commands import Command
from warmline.core.model.receipt import Receipt
from warmline.core.state.world import World


class CallControl(Protocol):
    @property
    def world(self) -> World:
        """What lives now; read only, and only between two awaits."""

    @property
    def connected(self) -> bool:
        """Whether Asterisk's picture has been read since the start."""

    @property
    def lost_at(self) -> int:
        """Since when Asterisk is away, if it is (microseconds UTC); 0: since the start."""

    @property
    def committed(self) -> Broadcast:
        """Rings after each commit of the journal."""

    def receipt(self, receipt: str) -> Receipt | None:
        """The receipt of that id, if its command goes on or has ended lately."""

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        """Give a command: its receipt's id, and why not ("" once it is done). Raises CommandTimeout after 5 s."""

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """How a command of a moment ago ends. Raises TimeoutError after `within` seconds."""
