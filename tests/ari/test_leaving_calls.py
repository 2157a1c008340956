"""A call that leaves a script: the script goes on when Asterisk has taken the call, and may then end."""

import asyncio
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from warmline.ari import channel as channels
from warmline.ari.channel import Channel


def caller() -> Channel:
    """Return a caller from the dialplan, with an Asterisk that takes each request at once."""
    ari: Any = Mock(request=AsyncMock(), channels={}, has_called=lambda _: False)
    return Channel(ari, "1", "5551234", "", ())


def test_let_go_waits_until_asterisk_has_taken_the_call() -> None:
    async def main() -> None:
        party = caller()
        release_task = asyncio.create_task(party.let_go())
        for _ in range(10):  # until the loop has nothing left to do: it would have ended by now
            await asyncio.sleep(0)
        assert party._ari.request.await_count == 1 and not release_task.done() and not party.gone  # type: ignore[attr-defined]
        party.ended("the party hung up, or another program took the call")
        await asyncio.wait_for(release_task, 10)
        assert party.why_gone == "the call goes on in the dialplan"

    asyncio.run(main())


def test_a_lost_report_delays_a_script_only_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "LEAVE_TIMEOUT_SECONDS", 0.01)

    async def main() -> None:
        party = caller()
        await asyncio.wait_for(party.let_go(), 10)
        assert party.why_gone == "the call goes on in the dialplan"

    asyncio.run(main())
