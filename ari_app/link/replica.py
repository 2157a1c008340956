"""A copy of the live state in another process, kept up to date by the call process's messages.

Changed records are decoded when the copy is read, not when they come. A record that changed ten times since then is
decoded once, and one that has ended since then not at all.
"""

from collections.abc import Iterator
from contextlib import suppress

from ari_app.link import record_codec
from ari_app.link.messages import Changes, LiveRecord, StateBegins, StateEnds, StatePart
from ari_app.live.live_changes import Change
from warmline.core.indexes.record_table import RecordTable
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.world.world import OpenRecord, World

REMEMBERED = 1000  # ended commands that are remembered
UNREAD = 1000  # records that wait to be decoded; more only if one message brings more


class Replica:
    """The world with the followed records, up to the journal's row `row`; `frame` is the number of the last frame.

    Reading `world` decodes the records that came since. It raises msgspec.ValidationError, ValueError or LookupError if
    one cannot be decoded. The world then stays without the changes that follow it.
    """

    def __init__(self) -> None:
        self._world = World()
        self._unread: dict[tuple[str, str], LiveRecord] = {}  # the last change of each record, in their order
        self.ended: dict[str, Receipt] = {}  # the last commands that ended
        self.queues: dict[str, int] = {}  # how many calls wait, by queue
        self.row = 0
        self.told_row = 0  # the last row that came; `row` can be ahead of it while the disk is late
        self.frame = 0
        self._next: World | None = None  # while the whole state comes

    @property
    def world(self) -> World:
        self.settle()
        return self._world

    def begin(self, message: StateBegins) -> None:
        """Begin to take the whole state; until it is whole, `world` stays as it is."""
        self._next = World(record_codec.decoded_rules(message.rules))

    def add(self, message: StatePart) -> None:
        """Take a part of the whole state."""
        assert self._next is not None
        for one in message.records:
            self._next.keep(record_codec.decoded(one))
        self._next.begin()  # forgets how to undo it

    def end(self, message: StateEnds) -> None:
        """Replace the world by the state that came."""
        assert self._next is not None
        for one in self._unread.values():
            if one.body and not one.is_open:
                with suppress(*record_codec.UNREADABLE):  # the whole state has all else
                    self._remember(one)
        self._world, self._next = self._next, None
        self._unread.clear()
        self.row, self.frame, self.queues = message.row, message.frame, message.queues
        self.told_row = message.row

    def apply(self, message: Changes) -> None:
        """Take later changes. Raises ValueError if earlier ones are missing, and the errors of reading `world`."""
        if message.frame != self.frame + 1:
            raise ValueError(f"frame {message.frame} came after frame {self.frame}")
        self.frame, self.queues = message.frame, message.queues
        if message.rules:
            self.world.rules = record_codec.decoded_rules(message.rules)
        records = message.records
        if message.row <= self.row:  # known already, except for commands whose end was not on disk
            records = [one for one in records if one.body and not one.is_open]
        self.row = max(self.row, message.row)
        if message.rows:
            self.told_row = max(self.told_row, message.rows[-1].seq)
        if len(self._unread) + len(records) > UNREAD:
            self.settle()
        for one in records:
            self._unread.pop((one.kind, one.id), None)  # so that the last change is last
            self._unread[one.kind, one.id] = one

    def settle(self) -> list[Change]:
        """Decode the records that came since the last time; return each change that is new here."""
        if not self._unread:
            return []
        unread, self._unread = self._unread, {}
        self._world.begin()
        return [change for one in unread.values() for change in self._change(one)]

    def _change(self, message: LiveRecord) -> Iterator[Change]:
        if message.is_open:
            record = record_codec.decoded(message)
            yield record, self._world.keep(record)
        elif message.body:
            receipt = self._remember(message)
            yield receipt, self._world.forget(receipt)
        elif (before := self._open(message)) is not None:
            self._world.forget(before)
            yield before, before

    def _remember(self, message: LiveRecord) -> Receipt:
        """Keep the receipt of a command that has ended, for those who ask how it did; return it."""
        receipt = record_codec.decoded(message)
        assert isinstance(receipt, Receipt)
        self.ended[receipt.id] = receipt
        while len(self.ended) > REMEMBERED:
            del self.ended[next(iter(self.ended))]
        return receipt

    def _open(self, message: LiveRecord) -> OpenRecord | None:
        kind = record_codec.KINDS[message.kind]
        if kind is Session:  # the world has sessions by agent
            return next((one for one in self._world.sessions.values() if one.id == message.id), None)
        table: RecordTable[OpenRecord] = record_codec.table_of(self._world, kind)
        return table.get(message.id)
