"""Errors of ARI scripts: they are told with their place on stderr, in a note, and to the callers in the dialplan."""

import asyncio
import gc
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.ari import Ari, Channel, ChannelGone, ConnectionLost, connect, testing
from warmline.store.agi import failed_scripts
from warmline.store.agi.failed_scripts import ScriptFailure
from warmline.system import settings

NUMBER, OTHER = "8005550123", "8005550124"
HERE = Path(__file__).name

SCRIPT = """\
import asyncio
from warmline.ari import connect

async def serve():
    async with connect("doorbell") as ari, asyncio.TaskGroup() as calls:
        async for caller in ari.arrivals():
            calls.create_task(welcome(ari, caller))

async def welcome(ari, caller):
    await caller.answer()
    {line}
"""


def notes() -> list[ScriptFailure]:
    """Return the notes in the spool of the world."""
    return failed_scripts.read(settings.load().spool, 0)


def locate(function: Callable[..., Awaitable[object]], line: int) -> str:
    """Return the place of a line of a function, as it is told."""
    return f"{HERE} line {function.__code__.co_firstlineno + line}"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "await ari.hand_ovre(caller, 'ingroup:SALES')",
            "AttributeError: 'Ari' object has no attribute 'hand_ovre'; did you mean hand_over",
        ),
        ("await ari.hand_over(caller, 'SALES')", "SALES is no destination: use ingroup:NAME, agent:USER or did:NUMBER"),
    ],
)
async def test_an_error_in_a_task_of_the_script_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, text: str
) -> None:
    (tmp_path / "doorbell").write_text(SCRIPT.format(line=line))
    script = testing.load(tmp_path / "doorbell")
    reason = f"doorbell line 11: {text}"
    async with testing.world() as world:
        serve_task = asyncio.create_task(script.serve())
        first_caller, second_caller = world.caller(NUMBER), world.caller(OTHER)
        with pytest.raises(ExceptionGroup):
            await serve_task
        lines = capsys.readouterr().err.splitlines()  # one line, or two if both calls failed before the group ended
        assert set(lines) == {f"warmline: script doorbell failed: {reason}"}
        for caller in (first_caller, second_caller):
            assert caller.in_dialplan and caller.variables == {"WARMLINE_REASON": reason}
        assert len(notes()) == len(lines) and notes()[0].caller == NUMBER
        for note in notes():
            assert (note.script, note.reason) == ("doorbell", reason)
            assert "Traceback" in note.trace and line in note.trace


async def fail(party: str = "", *, is_called: bool = True) -> None:
    async with connect("survey") as ari:
        if party:
            channel = (await ari.call(party)).channel if is_called else await anext(ari.arrivals())
            await channel.play("beep")
        raise ZeroDivisionError("no people")


async def test_an_error_that_leaves_the_block_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    async with testing.world() as world:
        person = world.party(NUMBER)
        with pytest.raises(ZeroDivisionError):
            await fail(NUMBER)
        reason = f"{locate(fail, 5)}: ZeroDivisionError: no people"
        assert capsys.readouterr().err == f"warmline: script survey failed: {reason}\n"
        assert [(note.reason, note.caller) for note in notes()] == [(reason, NUMBER)]
        assert (person.hung_up, person.variables) == ("script", {})


async def test_a_script_that_ends_or_is_cancelled_has_not_failed(capsys: pytest.CaptureFixture[str]) -> None:
    async with testing.world() as world:
        caller = world.caller(NUMBER)

        async def serve() -> None:
            async with connect("survey") as ari:
                await (await anext(ari.arrivals())).until_hangup()

        serve_task = asyncio.create_task(serve())
        await world.until(lambda: caller.on_line)
        serve_task.cancel()
        await asyncio.wait((serve_task,))
        assert serve_task.cancelled() and caller.in_dialplan and caller.variables == {}
        assert (notes(), capsys.readouterr().err) == ([], "")


@pytest.mark.parametrize(("code", "is_reported"), [("the list is empty", True), (3, True), (0, False), (None, False)])
async def test_a_script_that_exits_with_a_text_has_failed(
    capsys: pytest.CaptureFixture[str], code: str | int | None, is_reported: bool
) -> None:
    async def serve() -> None:
        async with connect("survey") as ari:
            await anext(ari.arrivals())
            sys.exit(code)

    async with testing.world() as world:
        caller = world.caller(NUMBER)
        with pytest.raises(SystemExit):
            await serve()
        reasons = [f"{locate(serve, 3)}: sys.exit({code!r})"] if is_reported else []
        assert list(caller.variables.values()) == reasons == [note.reason for note in notes()]
        assert capsys.readouterr().err == "".join(f"warmline: script survey failed: {reason}\n" for reason in reasons)


async def fail_alone(ari: Ari, caller: Channel) -> None:
    await caller.answer()
    raise ZeroDivisionError(caller.number)


async def serve_alone(handler: Callable[[Ari, Channel], Awaitable[None]]) -> None:
    """Serve each caller in a task for which the script does not wait."""
    async with connect("survey") as ari:
        async for caller in ari.arrivals():
            asyncio.ensure_future(handler(ari, caller))  # noqa: RUF006 - this is the fault


async def test_an_error_in_a_forgotten_task_sends_its_caller_on(capsys: pytest.CaptureFixture[str]) -> None:
    async with testing.world() as world:
        world.start(serve_alone(fail_alone))
        caller, called_party = world.caller(NUMBER), world.party(OTHER)
        await world.until(lambda: caller.answered)
        await asyncio.sleep(0.1)
        gc.collect()
        await world.until(lambda: caller.in_dialplan)
        reason = f"{locate(fail_alone, 2)}: ZeroDivisionError: {NUMBER}"
        assert caller.variables == {"WARMLINE_REASON": reason}
        assert [(note.reason, note.caller) for note in notes()] == [(reason, NUMBER)]
        assert f"warmline: script survey failed: {reason}\n" in capsys.readouterr().err
        assert called_party.calls == 0


async def test_a_hang_up_that_ends_the_script_is_told() -> None:
    async with testing.world() as world:
        world.caller(NUMBER, hang_up_at="beep")
        with pytest.raises(ChannelGone):
            await fail("caller", is_called=False)
        [note] = notes()
        assert re.fullmatch(rf"{locate(fail, 4)}: {NUMBER} is gone: .*", note.reason)


async def test_a_script_that_cannot_connect_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with testing.world():
        with refused(ConnectionLost, "ari_script_runs"):
            async with connect("survey"), connect("survey"):
                pass
        monkeypatch.setattr("warmline.ari.running_script.AriEventStream.run", forever)
        with refused(ConnectionLost, "ari_not_connected"):
            await fail()
        assert [note.script for note in notes()][-1] == "survey"


async def forever(_: object) -> None:
    await asyncio.get_running_loop().create_future()
