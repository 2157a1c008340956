"""Readers of /api/v1/events, which resume after each break; what they got must equal the journal."""

from array import array
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

import aiohttp

from ari_app.live import event_feed
from tools.proofs.restarts.stream_reader import StreamReader
from warmline.store.events import event_id
from warmline.store.events.event_id import EventId

PLACES = 1 << 20  # more than a journal row has events
TOLD = 5  # examples of a kind


class EventFollower(StreamReader):
    """A reader of the events of one agent, or of all. Of each event, its id and a digest of its text are kept."""

    def __init__(self, http: aiohttp.ClientSession, agent: str = "") -> None:
        super().__init__(http, "/api/v1/events", {"agent": agent} if agent else {})
        self._agent = agent
        self._first: EventId | None = None  # the position at which the first stream began
        self._ids, self._digests = array("Q"), array("Q")

    def take(self, name: str, kind: str, data: bytes) -> None:
        """Keep an event; the first text of a stream is only a position."""
        place = event_id.read(name)
        if place is None:
            raise ValueError(f"{name!r} is not the id of an event")
        if self._first is None:
            self._first = place
        if data:
            self._ids.append(_number(place))
            self._digests.append(_digest(name, kind, data))

    def differences(self, db: str) -> list[str]:
        """Return how the events differ from the journal's, up to the last event that this reader got."""
        if self._first is None or not self._ids:
            return [f"{self} got no event"]
        got = dict(zip(self._ids, self._digests, strict=True))
        told = [
            f"{self} got event {_name(one)} {count} times" for one, count in Counter(self._ids).items() if count > 1
        ]
        order = pairwise(self._ids)
        told += [f"{self} got {_name(after)} after {_name(before)}" for before, after in order if after < before]
        for number, digest in self._stored(db, self._first, max(got)):
            kept = got.pop(number, None)
            if kept != digest:
                told.append(f"{self} {'did not get' if kept is None else 'got another text of'} event {_name(number)}")
        return told + [f"{self} got event {_name(one)}, which the journal does not have" for one in got]

    def _stored(self, db: str, place: EventId, last: int) -> Iterator[tuple[int, int]]:
        """Yield id and digest of the journal's events that this reader wants, after a place."""
        while found := event_feed.read(db, place):
            for one in found:
                if _number(one.id) > last:
                    return
                if self._agent in ("", one.agent):
                    kind, data = (line.partition(b": ")[2] for line in one.text.splitlines()[1:3])
                    yield _number(one.id), _digest(str(one.id), kind.decode(), data)
            place = found[-1].id


def _number(place: EventId) -> int:
    return place.row * PLACES + place.place


def _name(number: int) -> str:
    return str(EventId(*divmod(number, PLACES)))


def _digest(name: str, kind: str, data: bytes) -> int:
    return int.from_bytes(blake2b(b"%b\n%b\n%b" % (name.encode(), kind.encode(), data), digest_size=8).digest())
