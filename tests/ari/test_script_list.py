"""The list of ARI scripts: which run, which died, and the channels that they have in Asterisk."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ari.script_asterisk import asterisk, channel, make_settings
from tests.asterisk.fake import refuses, says
from warmline.ari import connect, script_list, script_lock
from warmline.ari.script_list import ScriptState

MINUTE_US = 60_000_000


def hold(stasis_script: str, number: int) -> dict[str, object]:
    """Return a caller in a script."""
    caller = channel(f"1700000000.{number}")
    caller["dialplan"]["app_data"] = stasis_script
    return caller


async def test_scripts_are_listed_with_their_channels(tmp_path: Path) -> None:
    async with asterisk() as fake:
        names = ["warmline", "script-survey", "script-far"]
        fake.replies["GET /applications"] = says([{"name": name, "channel_ids": []} for name in names])
        for number, owner in enumerate(["script-survey,blue", "script-survey", "script-killed", "warmline"]):
            fake.channels[str(number)] = hold(owner, number)
        config = make_settings(fake, tmp_path)
        (tmp_path / "spool/script-killed.script").touch()
        (tmp_path / "spool/failed-scripts").touch()
        async with connect("survey", config):
            scripts, error_text = await script_list.list_scripts(config)
            fake.replies["GET /applications"] = refuses(401, "Authentication required")
            blind_scripts, blind_text = await script_list.list_scripts(config)
    assert [script._replace(started_us=None) for script in scripts] == [
        ScriptState("script-far", "elsewhere", None, 0),
        ScriptState("script-killed", "dead", None, 1),
        ScriptState("script-survey", "running", None, 2),
    ]
    far_us, *started = [script.started_us or 0 for script in scripts]
    assert far_us == 0 and min(started) > time.time_ns() // 1000 - MINUTE_US
    assert error_text == ""
    assert [(script.application, script.channels) for script in blind_scripts] == [
        ("script-killed", None),
        ("script-survey", None),
    ]
    assert blind_text == "Authentication required (401)"


@pytest.mark.parametrize("spool", ["spool", "no-spool"])
async def test_without_scripts_the_list_is_empty(tmp_path: Path, spool: str) -> None:
    async with asterisk() as fake:
        fake.replies["GET /applications"] = says([])
        config = make_settings(fake, tmp_path)._replace(spool=str(tmp_path / spool))
        assert await script_list.list_scripts(config) == ([], "")


@pytest.mark.parametrize("error", [KeyError("lead"), asyncio.CancelledError(), SystemExit(1), None])
async def test_a_script_that_has_ended_is_not_dead(tmp_path: Path, error: BaseException | None) -> None:
    async with asterisk() as fake:
        config = make_settings(fake, tmp_path)
        with suppress(KeyError, asyncio.CancelledError, SystemExit):
            async with connect("survey", config):
                assert script_lock.list_locks(config.spool)
                if error:
                    raise error
        assert script_lock.list_locks(config.spool) == []
