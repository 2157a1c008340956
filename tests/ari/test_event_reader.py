"""Readers of a script's events: what they read, and what happens if they read too slowly."""

import asyncio

import pytest

from warmline.ari import ConnectionLost, EventReader, EventsLost, UnknownEvent, events

ONE, OTHER = events.ApplicationRegistered(application="a"), events.ApplicationUnregistered(application="a")


async def read_events(reader: EventReader[events.Event], max_events: int) -> list[object]:
    return [await anext(reader) for _ in range(max_events)]


def test_a_reader_gets_the_types_that_it_asked_for() -> None:
    reader = EventReader((events.ApplicationRegistered,))
    for event in (OTHER, ONE, UnknownEvent("x", {}), ONE):
        reader.put(event)
    assert asyncio.run(read_events(reader, 2)) == [ONE, ONE]  # type: ignore[arg-type]


def test_a_slow_reader_loses_events_and_is_told_how_many_once() -> None:
    async def main() -> None:
        reader = EventReader((events.Event,), max_events=3)
        for _ in range(10):
            reader.put(ONE)
        assert await read_events(reader, 3) == [ONE] * 3
        with pytest.raises(EventsLost, match="7 events"):
            await anext(reader)
        reader.put(OTHER)
        assert await anext(reader) == OTHER

    asyncio.run(main())


def test_a_reader_that_waits_learns_that_the_connection_has_ended() -> None:
    async def main() -> None:
        reader = EventReader((events.Event,))
        read_task = asyncio.create_task(anext(reader))
        await asyncio.sleep(0)
        reader.fail(ConnectionLost("ari_connection_ended", "{why}", why="replaced"))
        with pytest.raises(ConnectionLost, match="replaced"):
            await read_task

    asyncio.run(main())
