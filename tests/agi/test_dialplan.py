"""The dialplan and its scripts in a real Asterisk, called over SIP; without an app unless the test runs one."""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.agi import pbx
from tests.agi.conftest import World
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model import ids
from warmline.store.agi import spool


def only_note(world: World) -> FallbackTaken:
    """Remove and return the only note in the spool."""
    (note,) = spool.read_all(world.spool)
    spool.remove(world.spool, note.call)
    return note


def wait_for_note(world: World) -> FallbackTaken:
    """Wait for the note that Asterisk is about to write; only the file shows it."""
    deadline = time.monotonic() + 20
    while not spool.read_all(world.spool):
        assert time.monotonic() < deadline, "no note within 20 s"
        time.sleep(0.02)
    return only_note(world)


def wait_for_log(world: World, start_text: str, end_text: str) -> str:
    """Return Asterisk's log from the last `begins` on, once `ends` follows."""
    deadline = time.monotonic() + 20
    while end_text not in (log := world.pbx.log.rpartition(start_text)[2]):
        assert time.monotonic() < deadline, f"the log has no {start_text} {end_text} within 20 s"
        time.sleep(0.02)
    return log


def wait_in_log(world: World, offset: int, *texts: str) -> None:
    """Wait until the part of Asterisk's log after `before` characters contains these texts in order."""
    deadline = time.monotonic() + 20
    for text in texts:
        while (position := world.pbx.log.find(text, offset)) < 0:
            assert time.monotonic() < deadline, f"the log has no {text} within 20 s"
            time.sleep(0.02)
        offset = position + len(text)


def without_parentheses(text: str) -> str:
    """Return the text as it is in the note, without characters that the dialplan cannot pass."""
    return text.replace("(", "").replace(")", "")


@asynccontextmanager
async def app(
    world: World, name: str = "warmline"
) -> AsyncIterator["tuple[aiohttp.ClientWebSocketResponse, aiohttp.ClientSession]"]:
    """Act as the app: its websocket, and a session for requests."""
    url = f"http://127.0.0.1:{world.pbx.http}/ari/"
    async with (
        aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(20)) as session,
        session.ws_connect(f"events?app={name}&api_key={pbx.ARI}") as events,
    ):
        yield events, session


async def stasis_start(events: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    while (event := await events.receive_json(timeout=20))["type"] != "StasisStart":
        pass
    assert isinstance(event, dict)
    return event


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("8009999999", "DID 8009999999 is not configured"),
        ("8005550103", "in-group CLOSEDLINE is not active"),
        ("8005550104", "agent 4711 does not exist"),
        ("8005550100", "the application is away"),
        ("+8005550102", "the application is away"),
    ],
)
def test_a_call_that_cannot_be_had_is_noted_and_sent_away(world: World, number: str, reason: str) -> None:
    start_us = time.time_ns() // 1000
    with world.sent_away(number) as agi:
        assert agi.get_variable("WARMLINE_REASON") == reason
        assert agi.get_variable("WARMLINE_DIALLED") == number
        call = agi.get_variable("WARMLINE_CALL")
    note = only_note(world)
    assert note == FallbackTaken(call, note.at, "15551234", number, reason)
    assert ids.is_ulid(call)
    assert start_us <= note.at <= time.time_ns() // 1000


@pytest.mark.parametrize(
    ("number", "goto", "route"),
    [("8005550110", "places,9000,1", "extension:9000@places"), ("8005550111", "places,s,1", "callmenu:places")],
)
def test_a_call_that_ends_up_elsewhere_in_the_dialplan_is_noted(
    world: World, number: str, goto: str, route: str
) -> None:
    with world.sent_away(number) as agi:
        assert agi.env["agi_network_script"] == "there"
        assert (agi.env["agi_context"], agi.env["agi_extension"]) == ("places", "9000")
        call = agi.get_variable("WARMLINE_CALL")
    note = only_note(world)
    assert note == FallbackTaken(call, note.at, "15551234", number, f"sent to {route}", goto)


def test_a_call_while_the_database_is_locked_is_noted_and_sent_away(world: World) -> None:
    holder = sqlite3.connect(world.spool.parent / "warmline.db", isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        with world.sent_away("8005550100") as agi:
            assert agi.get_variable("WARMLINE_REASON").endswith("cannot be read: database is locked")
    finally:
        holder.close()
    assert only_note(world).reason.endswith("cannot be read: database is locked")


def test_a_place_that_the_dialplan_does_not_have_is_the_fallback(world: World) -> None:
    with world.sent_away("8005550114") as agi:
        assert agi.env["agi_network_script"] == "away"
        assert agi.get_variable("WARMLINE_REASON") == "places,9001,1 is not in the dialplan"
    note = only_note(world)
    assert (note.reason, note.goto) == ("places,9001,1 is not in the dialplan", "")


@pytest.mark.parametrize(
    ("goto", "script", "reason"),
    [("places,9000,1", "there", ""), ("places,9001,1", "away", "places,9001,1 is not in the dialplan")],
)
def test_the_app_sends_a_call_to_its_place_if_there_is_one(world: World, goto: str, script: str, reason: str) -> None:
    async def scenario() -> str:
        async with app(world) as (events, session):
            with world.call("8005550100"):
                channel = (await stasis_start(events))["channel"]
                path, key = f"channels/{channel['id']}", {"api_key": pbx.ARI}
                await session.post(f"{path}/variable", params=key | {"variable": "WARMLINE_GOTO", "value": goto})
                exit_ = {"context": "warmline-exit", "extension": "s", "priority": "1"}
                await session.post(f"{path}/continue", params=key | exit_)
                with world.away() as agi:
                    assert agi.env["agi_network_script"] == script
                    assert agi.get_variable("WARMLINE_CALL") == ""  # a returning caller is a new call
        return str(channel["channelvars"]["WARMLINE_CALL"])

    call = asyncio.run(scenario())
    notes = spool.read_all(world.spool)
    assert [(note.call, note.dialled, note.reason) for note in notes] == [(call, "8005550100", reason)] * bool(reason)
    for note in notes:
        spool.remove(world.spool, note.call)


def test_an_extension_of_ones_own_that_just_ends_does_not_go_on_in_ours(world: World) -> None:
    with world.call("705") as caller:
        caller.answered()
        caller.hung_up()
    log = wait_for_log(world, "[705@from-trunk:4]", "fallthrough")
    assert "Stasis(" not in log


@pytest.mark.parametrize("number", ["5", "42", "*55"])
def test_a_short_number_and_one_with_signs_is_a_number(world: World, number: str) -> None:
    with world.sent_away(number) as agi:
        assert agi.get_variable("WARMLINE_REASON") == f"DID {number} is not configured"
    assert only_note(world).dialled == number


@pytest.mark.parametrize(
    ("number", "from_header", "reason"),
    [
        ("8005550113", "<sip:1@127.0.0.1>", "sent to hangup"),
        ("8005550100", "<sip:+15550000@127.0.0.1>", "sent to hangup because caller 15550000 is in SPAM"),
    ],
)
def test_a_caller_who_is_hung_up_is_refused_and_noted(world: World, number: str, from_header: str, reason: str) -> None:
    with world.call(number, from_header) as caller:
        caller.refused()
    assert only_note(world).reason == reason


def test_without_voicemail_the_caller_of_a_mailbox_hears_an_apology(world: World) -> None:
    with world.call("8005550112") as caller:
        caller.answered()
        caller.hung_up()
    assert only_note(world).reason == "sent to voicemail:100@nowhere"
    log = wait_for_log(world, "[100@nowhere@warmline-voicemail:1]", "exited non-zero on")
    assert log.count("Playing 'vm-nobodyavail.") == log.count("Playing 'vm-goodbye.") == 1
    assert "[h@warmline-voicemail:2]" not in wait_for_log(world, "[h@warmline-voicemail:1]", "exited non-zero on")


@pytest.mark.parametrize(
    ("dialled", "args", "reason"),
    [
        ("701", ["ingroup", "SALESLINE"], "in-group: in-group SALESLINE is active"),
        ("702", ["agent", "1000"], "in-group: in-group AGENTDIRECT is active; agent: agent 1000 is active"),
    ],
)
def test_a_call_enters_from_any_dialplan(world: World, dialled: str, args: list[str], reason: str) -> None:
    async def scenario() -> None:
        async with app(world) as (events, _):
            with world.call(dialled, "<sip:1000@127.0.0.1>"):
                event = await stasis_start(events)
                assert event["args"] == args
                variables = event["channel"]["channelvars"]
                assert ids.is_ulid(variables["WARMLINE_CALL"])
                assert (variables["WARMLINE_DIALLED"], variables["WARMLINE_WHY"]) == (dialled, reason)

    asyncio.run(scenario())


@pytest.mark.parametrize(("from_header", "dialled"), [("15551234", "8005550100"), ("1000", "701"), ("1000", "700")])
def test_the_application_may_have_another_name(world: World, from_header: str, dialled: str) -> None:
    """Over the trunk, from the administrator's dialplan, and at a login."""

    async def scenario() -> None:
        async with app(world, "second") as (events, _):
            with world.call(dialled, f"<sip:{from_header}@127.0.0.1>"):
                assert (await stasis_start(events))["application"] == "second"

    world.pbx.console("dialplan set global WARMLINE_APP second")
    try:
        asyncio.run(scenario())
    finally:
        world.pbx.console("dialplan set global WARMLINE_APP warmline")


def test_a_call_for_an_ingroup_that_is_none_is_sent_away(world: World) -> None:
    with world.sent_away("703", "<sip:1000@127.0.0.1>") as agi:
        assert agi.get_variable("WARMLINE_REASON") == "in-group NOLINE does not exist"
    assert only_note(world).dialled == "703"


def test_without_an_away_context_the_caller_hears_a_message(world: World) -> None:
    world.pbx.console("dialplan remove context warmline-away")
    log_length = len(world.pbx.log)
    try:
        with world.call("8009999999") as caller:
            caller.answered()
            caller.hung_up()
    finally:
        world.pbx.console("dialplan reload")
    wait_in_log(world, log_length, "Playing 'vm-nobodyavail.", "Playing 'vm-goodbye.")
    assert only_note(world).dialled == "8009999999"


def test_without_scripts_the_caller_is_sent_away(world: World) -> None:
    scripts = world.pbx.folder / "agi"
    scripts.rename(scripts.with_name("gone"))
    try:
        with world.sent_away("8005550100") as agi:
            assert agi.get_variable("WARMLINE_REASON") == "route_did did not run"
            assert agi.get_variable("WARMLINE_CALL") == ""
    finally:
        scripts.with_name("gone").rename(scripts)
    assert spool.read_all(world.spool) == []


@pytest.mark.parametrize(
    ("caller", "number"),
    [
        ('"x\\", ${SHELL(id)}" <sip:%22%5C,%24%7BSHELL(id)%7D@127.0.0.1>', '"\\,${SHELL(id)}'),
        ('"\N{GRINNING FACE} é" <sip:%C3%A9,System(x)&y@127.0.0.1>', "é,System(x)&y"),
        ("<sip:a%0Ab%0A%0A200%20result=1%20(x)@127.0.0.1>", "ab200 result=1 (x)"),
        ("<sip:1%0D%0Aagi_extension%3A%20700@127.0.0.1>", "1agi_extension: 700"),
        ("<sip:1%C2%9B31mEVIL%C2%9B2J%C2%80%C2%9F,%C2%A0%C3%9B@127.0.0.1>", "131mEVIL2J,\N{NO-BREAK SPACE}Û"),
    ],
)
def test_a_hostile_caller_is_only_text(world: World, caller: str, number: str) -> None:
    with world.sent_away("8005550100", caller) as agi:
        assert agi.env["agi_callerid"] == number
        assert agi.get_variable("CALLERID(num)") == number
        assert agi.get_variable("WARMLINE_REASON") == "the application is away"
    assert only_note(world).number == without_parentheses(number)


@pytest.mark.parametrize(
    ("target", "dialled", "reason"),
    [
        ("8005550100%0A%0A1", "80055501001", "'8005550100\\n\\n1' is no number"),
        ("800%22%5D%3Fx", '800"]?x', "'800\"]?x' is no number"),
        ("80%5B%28%7B,WARMLINE_ROUTE=agent", "80[({,WARMLINE_ROUTE=agent", "'80[({,WARMLINE_ROUTE=agent' is no number"),
        ("80%29%5D%7D,WARMLINE_ROUTE=agent", "80)]},WARMLINE_ROUTE=agent", "'80)]},WARMLINE_ROUTE=agent' is no number"),
        ("80)(x", "80)(x", "'80)(x' is no number"),
        ("80%5C%22,WARMLINE_GOTO=p%5C,9%5C,1", '80\\",WARMLINE_GOTO=p\\,9\\,1', None),
        ("800%25%24%7BSHELL(id)%7D", "800%${SHELL(id)}", "'800%${SHELL(id)}' is no number"),
    ],
)
def test_a_hostile_number_is_only_text(world: World, target: str, dialled: str, reason: str | None) -> None:
    reason = reason or f"{dialled!r} is no number"
    with world.sent_away(target) as agi:
        assert agi.get_variable("WARMLINE_DIALLED") == dialled
        assert agi.get_variable("WARMLINE_REASON") == reason
        assert agi.env["agi_dnid"] == dialled
    note = only_note(world)
    assert (note.dialled, note.reason) == (without_parentheses(dialled), reason)


@pytest.mark.parametrize("caller", ['"%22,${SHELL(id)} 5x5" <sip:5%0A%22,%24%7BSHELL(id)%7D%F0%9F%98%805@127.0.0.1>'])
def test_a_hostile_caller_changes_nothing_in_the_app_but_the_number(world: World, caller: str) -> None:
    async def scenario() -> None:
        async with app(world) as (events, _):
            with world.call("8005550120", caller):
                event = await stasis_start(events)
                assert event["args"] == ["ingroup", "SALESLINE"]
                assert event["channel"]["caller"]["number"] == '5",${SHELL(id)}\N{GRINNING FACE}5'
                variables = event["channel"]["channelvars"]
                assert variables["WARMLINE_DIALLED"] == "8005550120"
                assert "; blocklist: caller (no number) is not in SPAM; " in variables["WARMLINE_WHY"]

    asyncio.run(scenario())


def test_the_app_gets_the_call_with_its_route_and_gives_it_back(world: World) -> None:
    async def scenario() -> str:
        async with app(world) as (events, session):
            with world.call("+8005550100"):
                event = await stasis_start(events)
                channel, call = event["channel"], event["channel"]["channelvars"]["WARMLINE_CALL"]
                assert event["args"] == ["ingroup", "SALESLINE"]
                assert ids.is_ulid(call)
                assert channel["state"] != "Up"
                path, key = f"channels/{channel['id']}", {"api_key": pbx.ARI}
                await session.post(f"{path}/variable", params=key | {"variable": "WARMLINE_REASON", "value": "full"})
                fallback = {"context": "warmline-fallback-app", "extension": "s", "priority": "1"}
                await session.post(f"{path}/continue", params=key | fallback)
                with world.away() as agi:
                    assert agi.get_variable("WARMLINE_CALL") == call
                    assert agi.get_variable("WARMLINE_DIALLED") == "+8005550100"
        return str(call)

    call = asyncio.run(scenario())
    note = only_note(world)
    assert (note.call, note.dialled, note.reason) == (call, "+8005550100", "full")


def test_a_call_that_the_app_had_leaves_no_note(world: World) -> None:
    async def scenario() -> str:
        async with app(world) as (events, session):
            with world.call("8005550102") as caller:
                event = await stasis_start(events)
                assert event["args"] == ["agent", "1000"]
                await session.delete(f"channels/{event['channel']['id']}", params={"api_key": pbx.ARI})
                await asyncio.to_thread(caller.refused)
        return str(event["channel"]["name"])

    channel = asyncio.run(scenario())
    hangup_log = wait_for_log(world, f'Stasis("{channel}"', f'NoOp("{channel}"')
    assert "[h@from-trunk:1]" in hangup_log
    assert spool.read_all(world.spool) == []


def test_a_transfer_asked_by_sip_goes_to_the_app_alone(world: World) -> None:
    async def scenario() -> None:
        async with app(world) as (events, session):
            for number, from_header in (("8005550100", "<sip:5@127.0.0.1>"), ("700", "<sip:1000@127.0.0.1>")):
                with world.call(number, from_header) as caller:
                    event = await stasis_start(events)
                    channel = event["channel"]["id"]
                    await session.post(f"channels/{channel}/answer", params={"api_key": pbx.ARI})
                    await asyncio.to_thread(caller.answered)
                    await asyncio.to_thread(caller.refer, "8005550102")
                    while (event := await events.receive_json(timeout=20))["type"] != "ChannelTransfer":
                        came_or_went = event["type"] in ("StasisStart", "StasisEnd")
                        assert not (came_or_went and event["channel"]["id"] == channel)

    asyncio.run(scenario())


def test_a_phone_logs_its_agent_in(world: World) -> None:
    async def scenario() -> None:
        async with app(world) as (events, _):
            with world.call("700", '"1002" <sip:1000@127.0.0.1>'):
                event = await stasis_start(events)
                assert event["args"] == ["login", "1000"]
                assert ids.is_ulid(event["channel"]["channelvars"]["WARMLINE_SESSION"])

    asyncio.run(scenario())


def test_after_a_wrong_pin_it_takes_a_while_until_the_next(world: World) -> None:
    async def scenario() -> None:
        async with app(world) as (events, _):
            log_length = len(world.pbx.log)
            with world.call("700", "<sip:1001@127.0.0.1>") as caller:
                await asyncio.to_thread(caller.answered)
                wait_in_log(world, log_length, "Playing 'agent-pass")
                start_seconds = time.monotonic()
                caller.press("1#")
                wait_in_log(world, log_length, "Playing 'agent-incorrect")
                assert time.monotonic() - start_seconds > 1
                wait_in_log(world, log_length, "Playing 'agent-incorrect", "Playing 'agent-pass")
                caller.press("2468#")
                assert (await stasis_start(events))["args"] == ["login", "1001"]
        assert not (world.spool / "pins").exists() or not any((world.spool / "pins").iterdir())

    asyncio.run(scenario())


def test_a_phone_without_an_agent_hears_so_and_is_hung_up(world: World) -> None:
    with world.call("700", "<sip:1009@127.0.0.1>") as caller:
        caller.answered()
        caller.hung_up()
    assert wait_for_note(world).reason == "login refused at phone 1009: no agent has the phone '1009'"
    assert "no agent has the phone '1009'" in world.pbx.log
    assert "Playing 'agent-incorrect" in world.pbx.log


def test_a_login_while_the_app_is_away_is_told_to_try_later(world: World) -> None:
    with world.call("700", "<sip:1000@127.0.0.1>") as caller:
        caller.answered()
        caller.hung_up()
    assert "Playing 'please-try-call-later" in world.pbx.log


def test_a_caller_who_hangs_up_while_the_script_runs_is_noted(world: World) -> None:
    script = world.pbx.folder / "agi/route_did"
    real_script = script.readlink()
    start_pipe, go_on = (world.pbx.folder / name for name in ("started", "go_on"))
    for pipe in (start_pipe, go_on):
        os.mkfifo(pipe)
    script.unlink()
    script.write_text(f'#!/bin/sh\necho >{start_pipe}\nread x <{go_on}\nexec {real_script} "$@"\n')
    script.chmod(0o755)
    try:
        with world.call("8005550100") as caller:
            start_pipe.read_text()
            caller.cancel()
            caller.refused()
        go_on.write_text("\n")
        note = wait_for_note(world)
    finally:
        script.unlink()
        script.symlink_to(real_script)
    assert (note.dialled, note.reason) == ("8005550100", "hung up before queue")
