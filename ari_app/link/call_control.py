"""The interface of the switchboard for the APIs, in its own process or through a socket."""

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, Protocol

from ari_app.live.committed_turns import TurnSource
from ari_app.live.server_records import ServerReach
from ari_app.process.broadcast import Broadcast
from ari_app.process.dial_stop_requests import DialStopClient
from warmline.core.messages.call_command_types import Adopt
from warmline.core.messages.commands import Command
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.dialler import PulseFacts
from warmline.core.model.receipt import Receipt
from warmline.core.queue.queue_state import QueueState
from warmline.core.rules import reasons
from warmline.core.world.world import World
from warmline.store.journal.storage_state import StorageState
from warmline.text.coded_error import CodedError

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


class CommandUnrecorded(CommandTimeout):
    """The command succeeded, and neither the database nor the spill file could store that in time.

    Its `receipt` ends when one of them has. After a crash before that, Asterisk shows what is true.
    """


class CallProcessAway(CodedError):
    """The call process does not answer. `sent` tells whether it may have got the request."""

    def __init__(self, code: str, sentence: str, *, sent: bool = False, **fields: object) -> None:
        super().__init__(code, sentence, **fields)
        self.sent = sent


class Orphans(NamedTuple):
    """Channels of Warmline's ARI application, and bridges with its names, that belong to no call or agent session."""

    channels: tuple[str, ...]
    bridges: tuple[str, ...]
    server: str = MAIN_SERVER


FindOrphans = Callable[[], Awaitable[Orphans]]
"""Reads Asterisk. Raises AsteriskUnreadable."""

FindConversation = Callable[[str], Awaitable[OutsideTalk | str]]
"""Returns the conversation of a channel or phone in Asterisk, or why there is none. Raises AsteriskUnreadable."""


ChangeDialStop = Callable[[bool, str, DialStopClient], Awaitable[bool]]
"""Stops all automatic dialling, or lifts the stop, with a reason, for a client; returns whether that is new.

Raises DialStopUnwritable, DialStopRefused, Conflict, StoreError, CallProcessAway.
"""


class CallControl(Protocol):
    @property
    def world(self) -> World:
        """The live state. Read it only between two awaits, and do not change it."""

    @property
    def is_up(self) -> bool:
        """Whether the process of the calls can be reached."""

    @property
    def connected(self) -> bool:
        """Whether Asterisk sends events and its state is known."""

    @property
    def lost_at(self) -> int:
        """When the connection to Asterisk was lost (microseconds UTC); 0 if none existed since the start."""

    @property
    def servers(self) -> Mapping[str, ServerReach]:
        """The connection to each server of the settings, `main` first."""

    @property
    def pulses(self) -> Mapping[str, PulseFacts]:
        """The facts of the diallers that run, by campaign, as of their last pulse."""

    @property
    def storage(self) -> StorageState:
        """Whether the database and the spill file can be written."""

    @property
    def status(self) -> Broadcast:
        """Rung after a change of `connected`, `lost_at`, `servers` or `storage`."""

    @property
    def turns(self) -> TurnSource:
        """The live state and each commit of the journal, for one follower."""

    def waiting(self, queue: str) -> int:
        """Return how many calls wait in a queue: an in-group's, or an agent's own with DIRECT before it."""

    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        """Return the state of the queues of these in-groups now.

        Raises CallProcessAway: at once if the call process is away, after 1 s if it does not answer.
        """

    async def known(self) -> None:
        """Wait until the live state is known. Raises CallProcessAway after 3 s."""

    def receipt(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently."""

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        """Return the receipt of a client's key, if its command is in progress or ended recently.

        Raises CommandUnrecorded if its success is not on disk yet.
        """

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""


class CommandSwitchboard(CallControl, Protocol):
    """The switchboard for programs of its own process, which have checked their clients."""

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        """Give a command; return its receipt's id and reason ("" on success), which are on disk.

        Raises CommandTimeout after 5 s; CommandUnrecorded if the command succeeded and is not on disk.
        """


def adoption(channel: str, found: OutsideTalk | str, agent: str = "", app: str = "") -> Adopt:
    """Return the command for a conversation, or with the reason for which there is none.

    `app` is the ARI application that gives its conversation up; that of another one stays there.
    """
    if isinstance(found, OutsideTalk) and found.app not in ("", app):
        found = reasons.CHANNEL_IN_STASIS.text(channel=found.named.name, app=found.app)
    if isinstance(found, str):
        return Adopt(agent, channel=channel, impossible=found)
    return Adopt(agent, channel=channel, conversation=found)
