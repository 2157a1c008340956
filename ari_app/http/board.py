"""What the HTTP door needs of the switchboard."""

from typing import Protocol

from warmline.core.commands import Command
from warmline.core.world import World


class Board(Protocol):
    @property
    def world(self) -> World:
        """What lives now; read only, and only between two awaits."""

    @property
    def connected(self) -> bool:
        """Whether Asterisk's picture has been read since the start."""

    async def ask(self, command: Command, by: str, source: str) -> str:
        """Give a command: "" once it is done, else why not. Raises TimeoutError after 5 s; the command goes on."""
