"""Asterisk sends a script the types of events that it reads."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.ari import script_asterisk
from tests.ari.left_tasks import no_task_left
from tests.ari.script_asterisk import APP, ScriptAsterisk, script
from tests.asterisk.fake import refuses
from warmline.ari import Ari, Reconnected, events

OF_VERBS = {
    "StasisStart",
    "StasisEnd",
    "ChannelDestroyed",
    "ChannelDtmfReceived",
    "PlaybackFinished",
    "RecordingFinished",
    "RecordingFailed",
}
OF_STREAM = {"ChannelUserevent", "RESTResponse", "ApplicationReplaced"}


def play(folder: Path, test: Callable[[ScriptAsterisk, Ari], Awaitable[None]]) -> None:
    async def main() -> None:
        async with script_asterisk.asterisk() as fake:
            with no_task_left():
                async with script(fake, folder) as ari, asyncio.timeout(40):
                    await test(fake, ari)

    asyncio.run(main())


def test_a_script_without_readers_gets_the_types_that_its_methods_need(tmp_path: Path) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        assert fake.allowed == OF_VERBS | OF_STREAM
        assert ari.events(Reconnected)
        assert ari.events(events.ChannelDtmfReceived)
        await ari.request("GET", "bridges")
        assert fake.asked.count(f"PUT /applications/{APP}/eventFilter") == 1

    play(tmp_path, test)


def test_a_request_waits_until_asterisk_sends_the_types_of_a_new_reader(tmp_path: Path) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        reader = ari.events(events.ChannelHold, events.Dial)
        await ari.request("GET", "bridges")
        assert fake.allowed == OF_VERBS | OF_STREAM | {"ChannelHold", "Dial"}
        del reader
        fake.cut()
        await anext(ari.events(Reconnected))
        assert fake.allowed == OF_VERBS | OF_STREAM | {"ChannelHold", "Dial"}

    play(tmp_path, test)


def test_a_filter_that_asterisk_refuses_is_set_with_a_new_connection(tmp_path: Path) -> None:
    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        line = f"PUT /applications/{APP}/eventFilter"
        reconnect_reader = ari.events(Reconnected)
        fake.replies[line] = refuses(500)
        assert ari.events(events.ChannelHold)
        await fake.until_asked(line, 2)
        del fake.replies[line]
        await anext(reconnect_reader)
        assert "ChannelHold" in fake.allowed

    play(tmp_path, test)
