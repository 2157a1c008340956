"""`serve`: each call has a task of its own, and an error ends one call."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.ari.test_script_failures import notes
from warmline.ari import Ari, Channel, serve, testing

GOOD, LATER, COLLEAGUE, OTHER = "8005550100", "8005550109", "8005550110", "8005550111"
FAILED = {
    "8005550101": "KeyError: 'lead'",
    "8005550102": "SALES is no destination: use ingroup:NAME, agent:USER or did:NUMBER",
    "8005550103": "KeyError: 'lead'",
    "8005550104": "sys.exit('no more')",
    "8005550105": "RuntimeError: a task for which the call waited was cancelled",
    "8005550106": "KeyError: 'lead'",
    "8005550114": "RuntimeError: a task for which the call waited was cancelled",
}
"""The callers whose calls fail, and the ends of their reasons."""
LEFT = "8005550107"  # the colleague of this caller hangs up
ENDED = "8005550108"  # sys.exit() ends this call


async def answer(ari: Ari, caller: Channel) -> None:
    """Serve a call as its number says."""
    await caller.answer()
    match caller.number:
        case "8005550101":
            {}["lead"]
        case "8005550102":
            await ari.hand_over(caller, "SALES")
        case "8005550103":
            async with asyncio.TaskGroup() as group:
                group.create_task(caller.until_hangup())
                group.create_task(fail())
        case "8005550104":
            sys.exit("no more")
        case "8005550105":
            wait_task = asyncio.create_task(asyncio.sleep(60))
            asyncio.get_running_loop().call_later(1, wait_task.cancel)
            await wait_task
        case "8005550106":
            await ari.call(OTHER, waiting=caller)
            {}["lead"]
        case "8005550114":
            asyncio.get_running_loop().call_later(1, this_task().cancel)
        case "8005550107":
            await (await ari.call(COLLEAGUE, waiting=caller)).channel.get_key(30)
        case "8005550108":
            sys.exit()
    await caller.until_hangup()


async def fail() -> None:
    {}["lead"]


def this_task() -> "asyncio.Task[object]":
    task = asyncio.current_task()
    assert task
    return task


@asynccontextmanager
async def serve_world() -> AsyncIterator[testing.World]:
    """Serve calls in a world that lets no test fail by an error of a call."""
    async with testing.world() as world:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        world.start(serve("doorbell", answer))
        yield world


async def test_an_error_ends_its_own_call_with_its_reason_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    async with serve_world() as world:
        world.party(COLLEAGUE, hang_up_at=3)
        called_party = world.party(OTHER)
        callers = {number: world.caller(number) for number in (GOOD, *FAILED, LEFT, ENDED)}
        await world.until(lambda: sum(caller.in_dialplan for caller in callers.values()) == len(callers) - 1)
        assert callers[GOOD].on_line
        callers[LATER] = world.caller(LATER)
        await world.until(lambda: callers[LATER].answered)
        assert (called_party.answered, called_party.hung_up) == (True, "script")
        reasons = {number: caller.variables.get("WARMLINE_REASON", "") for number, caller in callers.items()}
        for number, end in FAILED.items():
            assert reasons.pop(number).endswith(end)
        assert reasons.pop(LEFT).startswith(f"{COLLEAGUE} is gone: ")
        assert reasons == {GOOD: "", LATER: "", ENDED: ""}
        lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warmline: script doorbell")]
        assert len(lines) == len(FAILED) == len(notes())
        assert {note.caller for note in notes()} <= set(FAILED)
        assert all("test_serve.py line" in line for line in lines)


async def test_the_end_of_the_script_leaves_no_task_and_lets_callers_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    async with testing.world() as world:
        tasks_before = asyncio.all_tasks()
        serve_task = asyncio.create_task(serve("survey", answer))
        callers = [world.caller(number) for number in (GOOD, LATER)]
        await world.until(lambda: all(caller.answered for caller in callers))
        serve_task.cancel()
        await asyncio.wait((serve_task,))
        assert serve_task.cancelled() and all(caller.in_dialplan and not caller.variables for caller in callers)
        assert asyncio.all_tasks() <= tasks_before
        assert (capsys.readouterr().err, notes()) == ("", [])
