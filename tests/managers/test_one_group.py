"""A supervisor of one group, in Chromium on a real Asterisk: nothing of another one on a page, route or export."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator

from playwright.async_api import APIResponse, expect

from ari_app.http.openapi.route_table import ROUTES
from lab.sip import tones
from tests.browser.stage import USERS, Stage
from tests.managers.leading_page import LeadingPage
from tests.managers.test_first_day import LOUD, PLAYED
from tests.managers.yesterday import AGENTS, CAMPAIGNS, CUSTOMERS, NAMES, NORTH, SOUTH, Yesterday
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.text.report_names import REPORT_NAMES

LIMIT = 300.0  # seconds
LIST, LEAD, USER = "502", "+81312399999", "carl"  # the user of the agent of the other group
PAGES = ("leads", "config")  # which a supervisor has not
BUSY, FORBIDDEN, MISSING = 429, 403, 404


async def test_a_supervisor_of_one_group_sees_nothing_of_another(stage: Stage, yesterday: Yesterday) -> None:
    seen = Others(stage, yesterday)
    gina = await LeadingPage.opens(stage, "gina", yesterday.password)
    await gina.chooses_password(yesterday.password)
    await expect(gina.page.locator("#go-reports")).to_be_visible()
    seen.judge(await gina.page.content(), "live")
    await own_call_heard(gina, yesterday, seen)
    await reports_read(gina, seen)
    await people_read(gina, seen)
    for page in PAGES:
        await gina.page.goto(f"{gina.person.url}/workspace/{page}.html")
        await expect(gina.page.get_by_text("Your role does not include this page.")).to_be_visible()
    await routes_asked(gina, seen)


class Others:
    """Names, numbers and ids of the other group, which no answer may have."""

    def __init__(self, stage: Stage, yesterday: Yesterday) -> None:
        db = stage.lab.db
        config.create(db, "list", LIST, {"campaign": CAMPAIGNS[NORTH], "list_name": "Nordliste"}, who="test")
        leads.create(db, LIST, {"phone_number": LEAD, "last_name": "Nordkunde"}, who="test")
        with sqlite3.connect(db) as opened:
            [[self.lead]] = opened.execute("SELECT lead_id FROM lead WHERE list_id = ?", [LIST]).fetchall()
        self.call, self.recording = yesterday.calls[NORTH].id, yesterday.calls[NORTH].recording
        names = (NORTH, NAMES[NORTH], CAMPAIGNS[NORTH], CUSTOMERS[NORTH], self.call, self.recording, USER)
        secrets = [*names, "document.title", "Nordliste", "Nordkunde", LEAD[3:], f'"{AGENTS[NORTH]}"', f'"{LIST}"']
        self.form = re.compile("|".join(map(re.escape, secrets)))

    def judge(self, text: str, where: str) -> None:
        """Check a text."""
        assert not (found := self.form.search(text)), (where, found, text[:2000])

    def paths(self) -> Iterator[str]:
        """Yield the path of each route that reads, about things of the other group."""
        ids = {
            **dict.fromkeys(("calls", "past-calls", "audit"), self.call),
            "recordings": self.recording,
            "lists": LIST,
            "campaigns": CAMPAIGNS[NORTH],
            "diallers": CAMPAIGNS[NORTH],
            "leads": str(self.lead),
            "ingroups": "SALESLINE",
            "reports": "agents",
        }
        things = {"agent": AGENTS[NORTH], "user": USER, "user-group": NORTH, "campaign": CAMPAIGNS[NORTH], "list": LIST}
        for route in ROUTES:
            if route.method != "GET":
                continue
            for kind in ENTITIES if "{kind}" in route.path else [""]:
                values = {"user": AGENTS[NORTH], "revision": "1", "number": CUSTOMERS[NORTH], "kind": kind}
                own = ids.get(route.path.split("/")[1], "1")
                path = route.path.format(**values, id=own, lead_id=self.lead, name=things.get(kind, "1"))
                follows = "?after=0&follow=false" if route.name == "followEvents" else "?follow=false"
                yield path + (follows if route.media == "text/event-stream" else "")


async def own_call_heard(gina: LeadingPage, yesterday: Yesterday, seen: Others) -> None:
    """Find the call of the own group, and hear it. The other one is not found, and its story is refused."""
    page = gina.page
    await gina.goes("calls")
    await page.locator("#period").select_option("7d")
    await expect(page.locator("tbody tr")).to_have_count(1)
    seen.judge(await page.content(), "calls")
    await page.locator(f"tbody a[href*='{yesterday.calls[SOUTH].id}']").click()
    audio = page.locator("audio")
    await expect(audio).to_have_count(1)
    await audio.evaluate("one => one.play()")
    assert min(await audio.evaluate(PLAYED, [tones.CUSTOMER, tones.AGENT])) > LOUD
    seen.judge(await page.content(), "story")
    await page.goto(f"{gina.person.url}/workspace/calls.html?since=7d&number={CUSTOMERS[NORTH]}")
    await expect(page.locator("main")).to_contain_text("No call in this period fits the filters.")
    await page.goto(f"{gina.person.url}/workspace/calls.html?call={seen.call}")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator(".lanes, audio")).to_have_count(0)


async def reports_read(gina: LeadingPage, seen: Others) -> None:
    """Read each report and save its CSV: those of agents have the own one."""
    page = gina.page
    for name in REPORT_NAMES:
        await page.goto(f"{gina.person.url}/workspace/reports.html?report={name}&since=7d")
        await expect(page.locator(".report-head [role=status]")).to_contain_text(" to ")
        seen.judge(await page.content(), name)
        sheet = await told(gina, f"/reports/sheets/{name}?since=7d")
        assert sheet.ok
        seen.judge(await sheet.text(), f"{name}.csv")
        if name == "agents":
            await expect(page.locator("tbody")).to_contain_text(NAMES[SOUTH])
            assert NAMES[SOUTH] in await sheet.text()
    await expect(page.locator("#go-sending")).to_have_count(0)


async def people_read(gina: LeadingPage, seen: Others) -> None:
    """Read the people: those of the own group."""
    await gina.goes("people")
    await expect(gina.page.locator("tbody tr")).to_have_text([re.compile(USERS["dora"]["full_name"])])
    seen.judge(await gina.page.content(), "people")


async def routes_asked(gina: LeadingPage, seen: Others) -> None:
    """Ask each route that reads: about things of the other group, and for lists."""
    asked = 0
    for path in seen.paths():
        answer = await told(gina, path)
        text = await answer.text()
        if answer.status not in (FORBIDDEN, MISSING):  # a refusal repeats what was asked for
            seen.judge(text, path)
        asked += 1
    for path in (f"/past-calls?since=7d&agent={AGENTS[NORTH]}", f"/recordings?agent={AGENTS[NORTH]}"):
        assert (await told(gina, path)).status == FORBIDDEN, path
    assert asked > len(ENTITIES)
    print(f"\n{asked} paths asked")


async def told(gina: LeadingPage, path: str) -> APIResponse:
    """Ask the API as this person. A server that is busy with other questions is asked again when it says."""
    while True:
        answer = await gina.person.context.request.get(f"{gina.person.url}/api/v1{path}")
        if answer.status != BUSY:
            return answer
        await asyncio.sleep(float(answer.headers.get("retry-after", "1")))  # the answer names the time
