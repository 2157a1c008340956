"""A code that the server cannot store in time: the page says whether it counts, and gives it once."""

import sqlite3
from contextlib import closing

from playwright.async_api import Browser, expect

from lab.app_parts import pid_of
from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.overviews import ME
from tests.browser.screens import SCREENS
from tests.browser.stage import WITHIN, Stage
from tests.browser.working_agent import WorkingAgent, working
from tools.proofs.chaos.faults import full_disk

TAKEN = "Your code Sale was taken and is not stored yet."
STORAGE = {"since": "2026-11-20T15:39:00.000+00:00", "why": "database is locked", "spilled": False, "spill_why": "full"}
STUCK = {"connected": True, "asterisk": True, "storage": STORAGE}
SERVER = STUCK | {"storage": None}


async def gives_a_code(one: DrawnPage, code: str = "unrecorded") -> None:
    one.server.answers["agents/me/disposition"] = (503, {"code": code, "detail": "late", "receipt": "R9"})
    one.server.answers["receipts/R9"] = (200, {"outcome": None, "end": None})
    await one.page.keyboard.press("1")
    await one.commands(1)


async def test_a_code_that_is_not_stored_says_so_until_its_receipt_ends(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await gives_a_code(one)
        await one.page.get_by_text(TAKEN).wait_for()
        assert await one.axe() == []
        await one.show("ready", server=STUCK)
        await one.page.get_by_text("a code counts once it is stored").wait_for()
        taken = one.page.get_by_text(TAKEN)
        await expect(taken, "it stays when the page shows something else").to_have_count(1)
        one.server.answers["receipts/R9"] = (
            200,
            {"outcome": "completed", "end": {"code": "completed", "text": "done"}},
        )

        async def is_stored() -> bool:
            await one.server.send({})
            return bool(await one.page.get_by_text("Your code Sale is stored.").count())

        await one.until(is_stored)
        await expect(taken).to_have_count(0)


async def test_a_hang_up_that_waits_for_its_server_names_the_server(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await gives_a_code(one, "hang_up_waits")
        await one.page.get_by_text("Your code Sale: late. This line says how it ends").wait_for()


async def test_the_same_code_for_the_same_call_is_the_same_command(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await gives_a_code(one, "command_not_done_yet")
        await one.page.get_by_text("Your code Sale was received and is not done yet.").wait_for()
        async with one.page.expect_response("**/disposition*"):
            await one.page.keyboard.press("1")
        await expect(one.page.locator(".receipts .asked")).to_have_count(0)
        await one.show("dispo", last=SCREENS["dispo"]()["last"] | {"call": "01M9"})
        await one.page.keyboard.press("1")
        await one.commands(3)
        first, again, other = one.server.keys
        assert first == again != other, "the code of another call is another command"


async def test_a_code_that_a_restart_has_lost_does_not_count(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        await gives_a_code(one)
        await one.page.get_by_text(TAKEN).wait_for()
        one.server.answers["receipts/R9"] = (404, {"code": "receipt_unknown"})
        shown = {"server": STUCK}

        async def is_lost() -> bool:
            await one.server.send(shown)
            return bool(await lost.count())

        async with one.page.expect_response("**/receipts/R9"):
            await one.server.send(shown)
        await one.settles()
        lost = one.page.get_by_text("Your code Sale does not count")
        await expect(lost, "nothing is stored yet, so the receipt may come").to_have_count(0)
        shown = {"server": SERVER}
        await one.until(is_lost)


async def in_wrap_up(agent: WorkingAgent) -> None:
    await agent.talks()
    await agent.parties_hang_up()
    await agent.shows("dispo")


def codes_of(database: str, agent: str) -> list[str]:
    with closing(sqlite3.connect(database)) as reader:
        return [row[0] for row in reader.execute("SELECT status FROM disposition_entry WHERE agent = ?", (agent,))]


async def test_a_code_counts_beside_a_lock_and_not_beside_a_full_disk(stage: Stage) -> None:
    async with working(stage, "2911") as agent:
        await in_wrap_up(agent)
        with closing(sqlite3.connect(stage.lab.db, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await agent.page.locator("#code-SALE").click()
            await expect(agent.page.get_by_text("SALE: done")).to_be_visible(timeout=WITHIN * 1000)
            await expect(agent.page.get_by_text("The database is late; all is stored.")).to_be_visible()
            await agent.shows("ready")
            assert codes_of(stage.lab.db, "2911") == [], "the spill file has it"
            other.execute("ROLLBACK")
        await expect(agent.page.get_by_text("The database is late")).to_have_count(0, timeout=WITHIN * 1000)
        assert codes_of(stage.lab.db, "2911") == ["SALE"]

        await in_wrap_up(agent)
        other = sqlite3.connect(stage.lab.db, isolation_level=None)
        with closing(other), full_disk(pid_of(stage.lab.pids["warmline"], "calls")):
            other.execute("BEGIN IMMEDIATE")
            await agent.page.locator("#code-SALE").click()
            await expect(agent.page.get_by_text(TAKEN)).to_be_visible(timeout=WITHIN * 1000)
            await expect(agent.page.get_by_text("a code counts once it is stored")).to_be_visible()
            assert codes_of(stage.lab.db, "2911") == ["SALE"]
            other.execute("ROLLBACK")
        await expect(agent.page.get_by_text("Your code Sale is stored.")).to_be_visible(timeout=WITHIN * 1000)
        await expect(agent.page.get_by_text(TAKEN)).to_have_count(0)
        assert codes_of(stage.lab.db, "2911") == ["SALE", "SALE"]


async def test_the_supervisor_sees_since_when_and_why(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        await one.server.send({"server": STUCK}, "overview")
        await one.page.get_by_text("database: database is locked; spill file: full").wait_for()
        await one.server.send({"server": STUCK | {"storage": STORAGE | {"spilled": True}}}, "overview")
        await one.page.get_by_text("commands are stored in the spill file").wait_for()
        assert await one.axe() == []
        await one.server.send({"server": SERVER}, "overview")
        await expect(one.page.locator(".warning")).to_be_hidden()
