"""Tells other processes of each batch of turns: its changed records, and its journal rows once they are on disk."""

import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from ari_app.link import record_codec
from ari_app.link.messages import Changes, LiveRecord, StateBegins, StateEnds, StatePart
from ari_app.live.committed_turns import JournalRow
from warmline.core.model.receipt import Receipt
from warmline.core.rules.configuration import Rules
from warmline.core.world.world import OpenRecord, World
from warmline.store.journal.journal_entry import JournalEntry
from warmline.system.socket_messages.frame import frame

KEPT = 8 * 1024 * 1024  # bytes of frames that a follower may have missed; after more it gets the whole state again
PIECE = 500  # records in one frame
PIECE_BYTES = 1024 * 1024  # of records in one frame; the last one may exceed it
REUSED = 1000  # frames; an encoded state that is no older is sent again, with the frames since

Take = Callable[[bytes], None]  # takes one frame or several


class RecordFeed:
    """The source of all followers in other processes; without a follower it only counts.

    `last_row` returns the number of the last journal row that was handed over.
    """

    def __init__(self, world: Callable[[], World], last_row: Callable[[], int]) -> None:
        self.beginning = secrets.token_hex(8)
        self._world, self._last_row = world, last_row
        self._followers: list[Take] = []
        self._kept: deque[bytes] = deque()
        self._size = 0
        self._frame = 0  # the number of the last frame
        self._rules: Rules | None = None  # as followers have it
        self._state: list[bytes] = []  # the frames of the last whole state
        self._state_frame = 0  # its last frame

    def follow(self, take: Take, beginning: str = "", after: int = 0, *, only_rows: bool = False) -> Callable[[], None]:
        """Give `take` the frames after frame `after`, or the whole state, then each later frame; return how to end it.

        The frames are known if they are of this beginning, and recent enough. A follower that reads `only_rows` gets
        the end of the state without its records.
        """
        if self._rules is None:
            self._rules = self._world().rules
        if beginning != self.beginning or not self._has_since(after):
            state, after = ([self._end()], self._frame) if only_rows else self._whole()
            for part in state:
                take(part)
        if missed := self._frame - after:
            take(b"".join(islice(self._kept, len(self._kept) - missed, None)))
        self._followers.append(take)
        return lambda: self._followers.remove(take)

    def prepared(self, entries: Sequence[JournalEntry]) -> "BatchFrames":
        """Return what tells followers of the turns of these entries; prepare it before they are handed over."""
        return BatchFrames(self, entries, self._last_row() + 1)

    def send(self, row: int, rows: list[JournalRow], records: list[LiveRecord]) -> None:
        """Send a frame to all followers, and keep it for those that connect again."""
        rules, now = b"", self._world().rules
        if now is not self._rules:
            self._rules, rules = now, record_codec.encoded_rules(now)
        text = frame(Changes(self._frame + 1, row, rows, records, rules, self._world().matcher.count_calls_by_queue()))
        self._frame += 1
        self._kept.append(text)
        self._size += len(text)
        while self._size > KEPT:
            self._size -= len(self._kept.popleft())
        if self._frame - self._state_frame > REUSED:
            self._state.clear()
        for take in list(self._followers):
            take(text)

    def skip(self) -> None:
        """Count a frame that has no reader."""
        self._frame += 1

    @property
    def is_followed(self) -> bool:
        """Return whether a follower is connected, or may come back."""
        return bool(self._followers or self._kept)

    def _has_since(self, after: int) -> bool:
        return 0 <= self._frame - after <= len(self._kept)

    def _whole(self) -> tuple[list[bytes], int]:
        """Return the frames of a whole state, and its last frame. A recent one costs nothing, however many ask."""
        if not self._state or not self._has_since(self._state_frame):
            world = self._world()
            parts = [StatePart(piece) for piece in _pieces(record_codec.of_world(world))]
            begins = StateBegins(record_codec.encoded_rules(world.rules))
            self._state = [frame(begins), *map(frame, parts), self._end()]
            self._state_frame = self._frame
        return self._state, self._state_frame

    def _end(self) -> bytes:
        return frame(StateEnds(self._last_row(), self._frame, self._world().matcher.count_calls_by_queue()))


class BatchFrames:
    """The frames of one batch of turns: each record once, at the latest with the rows."""

    def __init__(self, feed: RecordFeed, entries: Sequence[JournalEntry], first: int) -> None:
        self._feed, self._entries, self._first = feed, entries, first
        self._changed = self._ended = False  # whether these records were told

    def changed(self) -> None:
        """Tell followers of the changed records now, because the disk is late. Commands that ended are in progress."""
        self._tell([], self._records())
        self._changed = True

    def ended(self) -> None:
        """Tell followers of the commands that ended, because this is on disk, if they know the other records."""
        if self._changed and not self._ended:
            self._ended = True
            latest = self._latest()
            if ends := [record for record, is_open, _ in latest if isinstance(record, Receipt) and not is_open]:
                self._tell([], [record_codec.encoded(receipt, is_open=False) for receipt in ends])

    def committed(self) -> None:
        """Tell followers of the rows, which are on disk, and of the records if they do not know them."""
        if self._changed:
            self.ended()
        records = [] if self._changed else self._records(ended=True)
        self._tell(list(enumerate(self._entries, self._first)), records)
        self._changed = self._ended = True

    def _tell(self, written: list[tuple[int, JournalEntry]], records: list[LiveRecord]) -> None:
        if not self._entries:
            return
        if self._feed.is_followed:
            last = self._first + len(self._entries) - 1
            self._feed.send(last, [_row(*one) for one in written], records)
        else:
            self._feed.skip()

    def _records(self, *, ended: bool = False) -> list[LiveRecord]:
        """Return the changed records as after the last turn; without `ended`, commands that ended are in progress."""
        found: list[LiveRecord] = []
        for record, is_open, entry in self._latest():
            if isinstance(record, Receipt) and not (is_open or ended):
                found.append(record_codec.encoded(record.without_end, is_open=True))
            else:
                found.append(record_codec.encoded(record, entry.body, is_open=is_open))
        return found

    def _latest(self) -> Iterable[tuple[OpenRecord, bool, JournalEntry]]:
        """Return each changed record that is followed, as after the last turn; whether it is open; and its entry.

        Without a follower, nothing is returned.
        """
        if not self._feed.is_followed:
            return ()
        latest: dict[tuple[type, str], tuple[OpenRecord, bool, JournalEntry]] = {}
        for entry in self._entries:
            for record, is_open in entry.changes:
                if isinstance(record, record_codec.FOLLOWED):
                    latest[type(record), record.id] = record, is_open, entry
        return latest.values()


def _pieces(records: Iterable[LiveRecord]) -> Iterator[list[LiveRecord]]:
    piece: list[LiveRecord] = []
    size = 0
    for one in records:
        piece.append(one)
        size += len(one.body)
        if len(piece) == PIECE or size > PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _row(seq: int, entry: JournalEntry) -> JournalRow:
    facts = seq, entry.at, entry.kind, entry.call, entry.agent
    return JournalRow(*facts, entry.payload_json(), entry.correction)
