"""No fault of Asterisk or of another program leaves a party in silence, or takes the calls of another program."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ari import script_asterisk
from tests.ari.script_asterisk import APP, ScriptAsterisk, channel, script
from tests.ari.test_faults import WAIT_SECONDS, Test, party
from tests.ari.test_faults import play as play
from warmline.ari import Ari, ConnectionLost, connection


def test_an_application_that_was_taken_keeps_the_calls_of_the_other_program(play: Callable[[Test], None]) -> None:
    """Such as the same script on another machine, or with another spool: their locks do not meet."""
    foreign_channels = channel("1764143221.7", "8005550101"), channel(f"{APP}-0123456789abcdef", "4930555999", "called")
    own_ids: list[str] = []

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        own_ids.append((await party(ari)).id)
        await fake.event("ApplicationReplaced")
        with pytest.raises(ConnectionLost, match=r"another name in connect\(…\)"):
            await anext(aiter(ari.arrivals()))
        fake.channels |= {playback["id"]: playback for playback in foreign_channels}
        fake_of_test.append(fake)

    fake_of_test: list[ScriptAsterisk] = []
    play(test)
    [fake] = fake_of_test
    wait_for_outcomes = [line for line in fake.came if line.startswith("DELETE") or line.endswith("/continue")]
    assert wait_for_outcomes == [f"DELETE /channels/{own_ids[0]}"]


def test_the_new_script_serves_a_caller_of_the_killed_one(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialplan tries Stasis() again: the new script sent the caller back, again and again."""
    monkeypatch.setattr(connection, "CLEANUP_SECONDS", 0.05)
    known_channel = channel("1764143221.7", "8005550101")

    async def main() -> None:
        async with script_asterisk.asterisk() as fake:
            (tmp_path / "spool").mkdir()
            (tmp_path / "spool" / f"{APP}.script").touch()
            fake.channels[known_channel["id"]] = known_channel
            async with script(fake, tmp_path, demo_database) as ari, asyncio.timeout(WAIT_SECONDS):
                await fake.wait_until(lambda: sent_back(fake))
                await fake.event("StasisStart", channel=known_channel, args=[])
                caller = await anext(aiter(ari.arrivals()))
                sent_count = sent_back(fake)
                await fake.wait_until(lambda: fake.came.count("GET /channels") > 8 or not ari.script_events.former_ids)
                assert (caller.id, sent_back(fake), caller.gone) == (known_channel["id"], sent_count, False)

    asyncio.run(main())


@pytest.mark.parametrize("is_away", [False, True])
def test_the_lock_stays_if_a_party_of_the_script_may_be_left(
    tmp_path: Path, demo_database: Path, *, is_away: bool
) -> None:
    """By it, the app ends the calls of a script that could not do it."""

    async def main() -> None:
        async with script_asterisk.asterisk() as fake, script(fake, tmp_path, demo_database) as ari:
            await party(ari)
            if is_away:
                fake.freeze()
                fake.cut()

    asyncio.run(main())
    assert (tmp_path / "spool" / f"{APP}.script").exists() == is_away


def sent_back(fake: ScriptAsterisk) -> int:
    return sum(line.endswith("/continue") for line in fake.came)
