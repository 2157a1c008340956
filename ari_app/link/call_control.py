"""The interface of the switchboard for the APIs, in its own process or through a socket."""

from typing import NamedTuple, Protocol

from ari_app.live.committed_turns import TurnSource
from warmline.core.model.commands import Command
from warmline.core.model.receipt import Receipt
from warmline.core.state.world import World

ANSWER_WITHIN = 5.05  # seconds an API client waits; the core refuses a command that still waits after 5


class CommandReply(NamedTuple):
    """The answer to a command: `why` is "" on success (for a dial, once it began), otherwise the reason.

    `refused`: the command was not accepted and changed nothing. `receipt` is the first command's for a repeated one.
    """

    receipt: str
    why: str
    refused: bool = False


class CommandTimeout(TimeoutError):
    """The command continues; its `receipt` shows how it ends."""

    def __init__(self, receipt: str) -> None:
        super().__init__("timed out")
        self.receipt = receipt


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
