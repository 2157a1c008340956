"""Readers by topic: a change wakes the readers of its topics, and costs nothing for all others."""

import asyncio
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Topic = TypeVar("Topic", bound=Hashable)
Woken = asyncio.Event


class TopicReaders(Generic[Topic]):
    """Each reader has one topic; it is true while there is a reader."""

    def __init__(self) -> None:
        self._woken: dict[Topic, set[Woken]] = {}

    def __bool__(self) -> bool:
        """Return whether there is a reader."""
        return bool(self._woken)

    def has(self, topic: Topic, besides: Woken) -> bool:
        """Return whether the topic has a reader besides the one with this event."""
        return bool(self._woken.get(topic, set()) - {besides})

    @contextmanager
    def joined(self, topic: Topic) -> Iterator[Woken]:
        """Add a reader; yield its event, which `wake` sets."""
        woken = Woken()
        readers = self._woken.setdefault(topic, set())
        readers.add(woken)
        try:
            yield woken
        finally:
            readers.discard(woken)
            if not readers and self._woken.get(topic) is readers:
                del self._woken[topic]

    def wake(self, topics: Iterable[Topic]) -> None:
        """Wake the readers of these topics."""
        for topic in topics:
            for woken in self._woken.get(topic, ()):
                woken.set()

    def wake_all(self) -> None:
        """Wake every reader."""
        self.wake(list(self._woken))
