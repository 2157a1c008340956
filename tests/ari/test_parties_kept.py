"""No fault of Asterisk or of another program leaves a party in silence, or takes the calls of another program."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from tests.ari import script_asterisk
from tests.ari.script_asterisk import APP, ScriptAsterisk, channel, script
from tests.ari.test_faults import WAIT_SECONDS, Test, party
from tests.ari.test_faults import play as play
from warmline.ari import Ari, Channel, ConnectionLost, Reconnected, connection, outgoing_calls
from warmline.ari.talk_guard import HELPER_ARGUMENT


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


def test_a_helper_channel_of_a_conversation_is_no_caller_after_a_cut(play: Callable[[Test], None]) -> None:
    """A party hung up during the cut: the script served the helper as a call, and let the agent's phone ring."""

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        reader = ari.events(Reconnected)
        helper = channel("1764143221.9", "", HELPER_ARGUMENT, "1764143221.7")
        fake.channels[helper["id"]] = helper
        fake.cut()
        await anext(reader)
        assert ari.script_events.take_arrival() is None
        await fake.wait_until(lambda: helper["id"] not in fake.channels)

    play(test)


def test_a_channel_that_was_made_during_a_cut_is_there_after_it(play: Callable[[Test], None]) -> None:
    """The customer was parked, and no phone rang: the script waited for an event that the cut had lost."""

    async def test(fake: ScriptAsterisk, ari: Ari) -> None:
        async def create(request: web.Request) -> web.Response:
            resource = channel(request.query["channelId"], "", "called") | {"state": "Down"}
            fake.channels[resource["id"]] = resource
            return web.json_response(resource)

        fake.replies["POST /channels/create"] = create
        party = Channel(ari, ari.new_id(), "PJSIP/1001")
        query = {"endpoint": party.number, "channelId": party.id}
        making = asyncio.create_task(outgoing_calls.place(ari, party, "channels", "create", query=query))
        await fake.wait_until(lambda: party.id in fake.channels)
        await ari.request("GET", "channels")  # answered after the request that made the channel
        assert party.is_placed
        fake.cut()
        assert await making

    play(test)


def sent_back(fake: ScriptAsterisk) -> int:
    return sum(line.endswith("/continue") for line in fake.came)
