"""A supervisor's page on a real Asterisk: by keys alone, with tones for each step, and with figures of all sources."""

import asyncio
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import expect

from lab.sip import Hearing, IncomingCall, SipCall, answer, tones
from tests.browser.stage import Person, Stage
from tests.internals.browser import config

DID, FIRST, SECOND = "8005550100", "15551230021", "15551230022"
AGENT, OTHER, PHONE = "1003", "1004", "1005"
LISTEN = 0.6  # seconds of a span in which tones must be heard, or missing
FIGURES = "() => Object.fromEntries([...document.querySelectorAll('.figure')].map(one => [one.id, one.innerText]))"


async def test_a_supervisor_works_by_keys_alone(stage: Stage) -> None:
    config.set_options(stage.lab.db, "agent", AGENT, {"full_name": "Nora Wind"}, who="test")
    config.set_options(stage.lab.db, "agent", OTHER, {"ingroups": "SUPPORTLINE"}, who="test")
    seat = await seated(stage, AGENT, tones.AGENT)
    ben = await stage.person("ben")
    desk = Desk(stage, ben)
    await expect(desk.row(AGENT)).to_contain_text("Nora Wind")
    await desk.pause_and_ready()
    customer = await desk.customer(FIRST, tones.CUSTOMER)
    await desk.supervise(customer, seat)
    waiting = await desk.give()
    await desk.log_out(customer)
    await desk.figures_agree()
    await desk.log_out_other(waiting)
    config.set_options(stage.lab.db, "agent", OTHER, {"ingroups": "SALESLINE,SUPPORTLINE,AGENTDIRECT"}, who="test")


async def seated(stage: Stage, agent: str, tone: int) -> SipCall:
    """Log an agent in by phone; return the call."""
    account = stage.lab.phones[agent]
    phone = await stage.parties.phone(agent, account["password"], stage.lab.sip, tone)
    seat: SipCall = await phone.call(account["login"])
    await seat.answered()
    return seat


def half_hour(row: Any) -> tuple[Any, ...]:
    """Return the figures of a half hour."""
    return datetime.fromisoformat(row["begins"]), *(
        row[one] for one in ("offered", "answered", "abandoned", "elsewhere")
    )


class Desk:
    """A supervisor's page."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self.stage, self.person, self.page = stage, person, person.page

    def row(self, agent: str) -> Any:
        """Return the row of an agent."""
        return self.page.locator(f"#agent-{agent}")

    async def press(self, key: str, row: str, text: str) -> None:
        """Press a key, and wait until the row of an agent says so."""
        await self.page.keyboard.press(key)
        await expect(self.row(row)).to_contain_text(text)

    async def choose(self, agent: str) -> None:
        """Choose an agent by the search, as a person who knows the name does."""
        await self.page.keyboard.press("f")
        await self.page.locator("#find").fill(agent)
        await self.page.keyboard.press("Enter")
        await expect(self.row(agent)).to_be_focused()
        await self.page.locator(".chosen .data").get_by_text("Phone").wait_for()

    async def pause_and_ready(self) -> None:
        """Pause the agent without a code, and end the pause."""
        await self.choose(AGENT)
        await self.page.keyboard.press("p")
        await self.page.locator("[data-panel] [data-first]").wait_for()
        await self.press("0", AGENT, "Paused")
        await self.press("r", AGENT, "Ready")

    async def customer(self, number: str, tone: int) -> SipCall:
        """Let a customer call the in-group."""
        trunk = await self.stage.parties.customer(self.stage.lab.sip, number, tone)
        call: SipCall = await trunk.call(DID)
        await call.answered()
        return call

    async def supervise(self, customer: SipCall, agent: SipCall) -> None:
        """Listen, whisper and barge in by a SIP phone; all three by keys."""
        calls: list[SipCall] = []
        take = answer()

        async def pick_up(call: IncomingCall) -> None:
            calls.append(call)
            await take(call)

        account = self.stage.lab.phones[PHONE]
        phone = await self.stage.parties.phone(PHONE, account["password"], self.stage.lab.sip, tones.CONTROL_A, pick_up)
        await expect(self.row(AGENT)).to_contain_text("In call")
        await self.page.keyboard.press("q")
        await expect(self.page.locator("#phone")).to_be_focused()
        await self.page.keyboard.type(PHONE)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#phone")).to_have_count(0)
        await expect(self.page.locator("#do-listen")).to_have_attribute("aria-disabled", "false")  # read after the call
        await self.page.keyboard.press("l")
        await expect(self.row(AGENT)).to_contain_text(f"{PHONE} listens")
        [own] = calls
        ear = Hearing({"customer": customer, "agent": agent, "supervisor": own})
        for key, said, heard_by in (
            ("", "listens", ()),
            ("w", "whispers", (agent,)),
            ("b", "is in the call", (agent, customer)),
        ):
            if key:
                await self.press(key, AGENT, f"{PHONE} {said}")
            for speaker in (agent, customer):
                await ear.heard(own, speaker, own.began)
            for listener in heard_by:
                await ear.heard(listener, own, own.began)
            span = await ear.listen(LISTEN)
            for listener in (agent, customer):
                judge = ear.hears if listener in heard_by else ear.silent_of
                assert judge(listener, own, *span), f"{said}: {ear.name(listener)}"
        await own.hang_up()
        await expect(self.row(AGENT)).not_to_contain_text(PHONE)
        await phone.close()

    async def give(self) -> SipCall:
        """Give a waiting caller to an agent who does not serve the in-group."""
        other = await seated(self.stage, OTHER, tones.CLOSER)
        waiting = await self.customer(SECOND, tones.CONTROL_B)
        await expect(self.page.locator(".line tbody")).to_contain_text(SECOND)
        await expect(self.page.locator("#figure-waiting b")).to_contain_text("1")
        await self.page.keyboard.press("g")
        await self.page.locator("#choice-1").wait_for()
        await self.page.keyboard.press("1")
        ear = Hearing({"customer": waiting, "agent": other})
        await ear.heard(waiting, other, waiting.began)
        await ear.heard(other, waiting, waiting.began)
        await expect(self.page.locator(".line")).to_contain_text("No caller is waiting")
        return waiting

    async def log_out(self, customer: SipCall) -> None:
        """Log an agent out in a call: it happens after the call and its code."""
        await self.page.keyboard.press("o")
        await self.page.locator("#do-really[aria-disabled=false]").wait_for()
        await self.page.keyboard.press("o")
        await expect(self.page.locator(".receipts .ok").first).to_contain_text("Log out: Nora Wind")
        await customer.hang_up()
        await expect(self.row(AGENT)).to_contain_text("Wrap-up")
        await self.dispose(AGENT)
        await expect(self.row(AGENT)).to_have_count(0)

    async def log_out_other(self, waiting: SipCall) -> None:
        """End the other call, and log its agent out."""
        await self.choose(OTHER)
        await waiting.hang_up()
        await expect(self.row(OTHER)).to_contain_text("Wrap-up")
        await self.dispose(OTHER)
        await expect(self.row(OTHER)).to_contain_text("Ready")
        await self.page.keyboard.press("o")
        await self.page.locator("#do-really[aria-disabled=false]").wait_for()
        await self.page.keyboard.press("o")
        await expect(self.row(OTHER)).to_have_count(0)

    async def dispose(self, agent: str) -> None:
        """Set the code of an agent's call, as the agent's own page would."""
        headers = {"Origin": self.person.url, "X-Warmline": "1"}
        path = f"{self.person.url}/api/v1/agents/{agent}/disposition"
        told = await self.person.context.request.post(path, headers=headers, data={"status": "SALE"})
        assert told.status == 201, await told.text()

    async def figures_agree(self) -> None:
        """Compare the page with `warmline live`, and with the reports of the day."""
        day, intervals, agents = await asyncio.gather(
            self._said("report", "day", "--day", "today", "--json"),
            self._said("report", "interval", "--day", "today", "--json"),
            self._said("agent", "status", "--json"),
        )
        told: Any = {}
        live: Any = {}

        async def sums_agree() -> bool:  # those of the page and of `warmline live` may be 4 s old
            nonlocal told, live
            live = await self._said("live", "--json")
            told = await (await self.person.context.request.get(f"{self.person.url}/api/v1/overview")).json()
            counts = [one["totals"] for one in (told["today"], day)]
            return told["today"]["totals"] == live["today"] and all(
                counts[0][name] == counts[1][name] for name in ("offered", "answered", "abandoned", "waiting")
            )

        await self.person.until(sums_agree)
        totals = told["today"]["totals"]
        assert told["today"]["lost_share"] == day["totals"]["lost_share"]
        reported = {row["group"]: row for row in day["day"] if row["kind"] == "in"}
        for one in told["ingroups"]:
            row = reported.get(one["ingroup"], {})
            for own, other in (("offered",) * 2, ("answered",) * 2, ("abandoned",) * 2, ("service_level", "level")):
                assert one[own] == row.get(other, None if own == "service_level" else 0), one
        rows = [half_hour(row) for row in told["today"]["intervals"]]
        assert rows == [half_hour(row) for row in intervals["interval"]]
        shown = {one["user"]: (one["state"], one["since"]) for one in told["agents"]}
        assert shown == {one["user"]: (one["state"], one["since"]) for one in live["agents"]}
        assert shown.keys() == {one["user"] for one in agents}
        assert [one["id"] for one in told["calls"]] == [one["id"] for one in live["calls"]]

        async def page_agrees() -> bool:
            figures = await self.page.evaluate(FIGURES)
            wanted = {"answered": totals["answered"], "abandoned": totals["abandoned"]}
            return all(str(value) in figures[f"figure-{name}"].split() for name, value in wanted.items())

        await self.person.until(page_agrees)

    async def _said(self, *words: str) -> Any:
        """Return the first line, or the whole, that a command prints for the lab, as JSON."""
        process = await asyncio.create_subprocess_exec(
            *(str(Path(sys.executable).with_name("warmline")), *words),
            env=os.environ | {"WARMLINE_CONFIG": f"{self.stage.lab.dir}/warmline.toml"},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        if words[0] != "live":
            return json.loads(await process.stdout.read())
        line = await process.stdout.readline()
        process.terminate()
        await process.wait()
        return json.loads(line)
