"""A customer calls a lab whose app does not answer: the call begins all the same."""

import asyncio
from pathlib import Path

import pytest

from lab import customer_news
from lab.description import Lab


def test_an_app_that_takes_the_connection_and_is_silent_does_not_hold_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"GET /api/v1/events ")
        asked.set()
        await reader.read()
        writer.close()

    async def scene() -> list[str]:
        done: list[str] = []
        async with await asyncio.start_server(silent, "127.0.0.1") as server, asyncio.timeout(5):
            port = server.sockets[0].getsockname()[1]
            async with customer_news.followed(a_lab(tmp_path, port), "8005550100", "4930555777", done.append):
                await asked.wait()
                done.append("the call begins")
        return done

    monkeypatch.setattr(customer_news, "CONNECTS_WITHIN", 0.2)
    assert asyncio.run(scene()) == ["the call begins"]


def a_lab(folder: Path, port: int) -> Lab:
    """Return a lab whose app is at a port of this machine."""
    (folder / "run").mkdir()
    (folder / "run/token").write_text("a-token\n")
    return Lab(
        dir=str(folder),
        api=f"http://127.0.0.1:{port}",
        ari={},
        sip="",
        db="",
        recordings="",
        asterisk_cli=[],
        pids={},
        api_user={},
        phones={},
        dids={},
        numbers={},
        music_hz=0,
    )
