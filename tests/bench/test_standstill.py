"""What the chaos knows of a machine that stood still."""

import asyncio

from bench.chaos.standstill import Standstills


def test_the_longest_shortly_before_is_told() -> None:
    async def told() -> Standstills:
        reader, found = asyncio.StreamReader(), Standstills()
        reader.feed_data(b"10.0 10.03\n10.1 10.15\n20.0 20.04\n")
        reader.feed_eof()
        await found.follow(reader)
        return found

    found = asyncio.run(told())
    before = {9.9: 0, 10.01: 0.03, 10.2: 0.05, 10.44: 0.05, 10.5: 0, 20.3: 0.04}
    assert {when: round(found.before(when), 2) for when in before} == before
    assert found.between(10.0, 20.0) == 2
