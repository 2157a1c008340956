"""The customer's fields: a change is saved while the agent types, and at the latest before the code."""

import asyncio
import csv
import hashlib
import hmac
import json
from io import StringIO
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, expect

from tests.browser import screens
from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.stage import WITHIN, Stage
from tests.browser.working_agent import working
from tests.internals.browser import config, hook_states, leads
from tools.simulation.call_centre.webhook_receiver import Receiver, receiving

EDIT = ("PATCH", "agents/me/lead", {"lead_id": 41, "city": "Oxford"})


async def types(one: DrawnPage, text: str = "Oxford") -> None:
    await one.page.locator("#lead-city").fill("")
    await one.page.locator("#lead-city").press_sequentially(text)


async def test_a_changed_field_is_saved_by_itself_and_can_be_undone(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        before = "London"
        await expect(one.page.locator("#lead-city")).to_have_value(before)
        await types(one)
        assert await one.commands(1) == [EDIT]
        await expect(one.page.locator(".save")).to_contain_text("Saved")
        await one.page.locator("#do-undo").click()
        assert (await one.commands(2))[1][2] == {"lead_id": 41, "city": before}
        await expect(one.page.locator("#lead-city")).to_have_value(before)
        await expect(one.page.locator(".save")).to_be_hidden()


async def test_custom_fields_of_the_list_are_shown_after_the_others_and_saved(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        labels = one.page.locator(".fields label")
        await expect(labels.nth(-2)).to_have_text("favorite color")
        await expect(labels.last).to_have_text("plan")
        await expect(one.page.locator("#lead-favorite_color")).to_have_value("red")
        await one.page.locator("#lead-plan").press_sequentially("gold")
        await types(one)
        [edit] = await one.commands(1)
        assert edit == ("PATCH", "agents/me/lead", {"lead_id": 41, "city": "Oxford", "custom_fields": {"plan": "gold"}})
        await expect(one.page.locator(".save")).to_contain_text("Saved")
        await one.page.locator("#do-undo").click()
        assert (await one.commands(2))[1][2] == {"lead_id": 41, "city": "London", "custom_fields": {"plan": ""}}
        await expect(one.page.locator("#lead-plan")).to_have_value("")


async def test_a_custom_field_with_a_name_that_each_object_has_is_shown(chromium: Browser) -> None:
    builder = {"name": "constructor", "label": "constructor", "longest": 4000, "value": "Ada Ltd"}
    async with drawn(chromium, "talking") as one:
        await one.show("talking", lead=screens.lead() | {"custom_fields": [builder]})
        await expect(one.page.locator("#lead-constructor")).to_have_value("Ada Ltd")
        await expect(one.page.locator(".fields label").last).to_have_text("constructor")


async def test_each_further_number_is_dialled_for_the_lead_with_its_country_code(chromium: Browser) -> None:
    shown = screens.lead()
    for name, value in (("phone_code", "1"), ("more_numbers", "+493012345678:desk: left|2125550188")):
        shown["fields"].append({"name": name, "label": name, "longest": 100, "value": value})
    async with drawn(chromium, "ready") as one:
        await one.show("preview", lead=shown)
        numbers = one.page.locator(".numbers li")
        await expect(numbers.first).to_contain_text("+493012345678 desk: left")
        await expect(one.page.locator("#lead-more_numbers")).to_have_count(0)  # one press away
        await numbers.first.get_by_role("button").click()
        await numbers.last.get_by_role("button").click()
        dials = [(path, body) for _, path, body in await one.commands(2)]
        assert dials == [
            ("agents/me/dial", {"number": "493012345678", "lead": 41}),
            ("agents/me/dial", {"number": "12125550188", "lead": 41}),
        ]


async def test_earlier_calls_name_agents_and_codes(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        calls = one.page.locator(".before li")
        await expect(calls).to_have_count(2)
        await expect(calls.first).to_contain_text("Bea Stone Not interested")
        await expect(calls.last).to_contain_text("1004 CB")  # neither has a name


async def test_an_agent_who_types_when_the_customer_hangs_up_goes_on_typing(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await types(one, "Ox")
        await one.show("dispo")
        await one.page.keyboard.type("ford 12")
        await one.has_focus("lead-city")
        await expect(one.page.locator("#lead-city")).to_have_value("Oxford 12")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("u")
        await one.page.keyboard.press("1")
        edit, code = await one.commands(2)
        assert edit[2] == {"lead_id": 41, "city": "Oxford 12"}
        assert (code[1], code[2]["status"]) == ("agents/me/disposition", "SALE")


async def test_a_code_waits_until_the_fields_are_saved(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        one.server.answers["agents/me/lead"] = (422, {"detail": "city: too long"})
        await one.page.keyboard.press("u")
        await types(one)
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("u")
        await one.page.keyboard.press("1")
        await expect(one.page.get_by_role("alert").filter(has_text="city: too long")).to_be_visible()
        await one.settles()
        assert {path for _, path, _ in one.server.requests} == {"agents/me/lead"}
        await one.page.locator("#tab-customer").click()
        await one.page.locator("#do-undo").click()
        await one.page.locator("#tab-dispo").click()
        await one.page.keyboard.press("1")
        await one.until(lambda: _has_code(one))


async def _has_code(one: DrawnPage) -> bool:
    return one.server.requests[-1][1] == "agents/me/disposition"


async def test_a_field_typed_just_before_a_reload_is_saved_after_it(chromium: Browser) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        await types(one)
        await one.pass_time(1)  # the page saves fields after 2 s
        await one.until(lambda: one.page.evaluate("JSON.stringify(history.state).includes('Oxford')"))
        await one.sends_only()
        await one.page.reload()
        await expect(one.page.locator("#lead-city")).to_have_value("Oxford")
        await one.pass_time(2)
        assert await one.commands(1) == [EDIT]


async def test_the_lead_has_the_field_when_the_customer_hung_up_while_it_was_typed(stage: Stage) -> None:
    async with working(stage, "3117") as agent:
        config.set_options(agent.stage.lab.db, "list", "999", {"custom_fields": "plan"}, who="test")
        await agent.talks()
        await agent.page.locator("#lead-plan").press_sequentially("gold")
        await expect(agent.page.locator("#lead-first_name")).to_be_visible()
        await agent.page.locator("#lead-first_name").press_sequentially("Cass")
        await agent.parties_hang_up()
        await agent.shows("dispo")
        await agent.page.keyboard.type("andra")
        lead = (await agent.screen())["lead"]["lead_id"]
        await agent.page.keyboard.press("Escape")
        await agent.page.keyboard.press("u")
        await agent.page.locator("#code-OTHER").click()
        await agent.shows("ready")
        row = await asyncio.to_thread(leads.find, agent.stage.lab.db, lead)
        assert (row["first_name"], row["custom_fields"]) == ("Cassandra", '{"plan": "gold"}')


async def test_the_callback_of_a_program_is_shown_when_due_and_dialled_with_its_lead(stage: Stage) -> None:
    async with working(stage, "3118") as agent:
        fields = {"phone_number": agent.colleague, "first_name": "Ada", "last_name": "Byron"}
        lead = await asyncio.to_thread(leads.create, stage.lab.db, "998", fields, who="test")
        await agent.orders("pause")
        await agent.shows("paused")
        words = ("--agent", "3118", "--campaign", "WORK3118", "--comments", "from the CRM")
        assert b"callback" in await stage.said("callback", "make", str(lead), "2026-01-02T10:00Z", *words)
        await agent.page.keyboard.press("b")
        row = agent.page.locator(".rows.callbacks tbody tr", has_text="Ada Byron")
        await expect(row).to_contain_text("from the CRM")
        await row.locator("[id^=do-dial-c-]").click()
        while (call := await stage.peer.next_call()).number != agent.colleague:
            pass
        agent.parties.append(call)
        await agent.shows("incall")
        await expect(agent.page.locator("#lead-first_name")).to_have_value("Ada")
        assert (await agent.screen())["lead"]["lead_id"] == lead
        await agent.parties_hang_up()
        await agent.shows("dispo")
        await agent.orders("disposition", status="OTHER")


async def test_a_custom_field_of_an_import_is_in_script_form_webhook_report_and_export(
    stage: Stage, tmp_path: Path
) -> None:
    async with receiving() as crm:
        site = f"http://127.0.0.1:{crm.port}"
        secret = await asyncio.to_thread(prepare, stage.lab.db, site)
        file = tmp_path / "leads.csv"
        file.write_text("phone_number,first_name,PLAN\n15553142,Ada,silver\n")
        assert b"1" in await stage.said("lead", "import", str(file), "--list", "3142")
        addresses: dict[str, Any] = {
            "web_form_address": f"{site}/form?plan=--A--plan--B--",
            "dispo_call_url": f"{site}/told?plan=--A--plan--B--&code=--A--dispo--B--",
        }
        async with working(stage, "3142", campaign_script="S3142", web_form_sign="crm3142", **addresses) as agent:
            await agent.talks()
            await expect(agent.page.locator("#lead-plan")).to_have_value("silver")
            await expect(agent.page.locator(".spoken")).to_have_text("You have silver")
            async with agent.page.context.expect_page() as opened:
                await agent.page.locator("#web_form_address").click()
            form = await got(crm, "/form")
            await (await opened.value).close()
            signed, _, given = form.path_qs.partition("&warmline_sig=")
            assert given == hmac.new(secret.encode(), f"{site}{signed}".encode(), hashlib.sha256).hexdigest()
            call = (await agent.screen())["call"]["id"]
            assert (form.query["plan"], form.query["warmline_user"]) == ("silver", "3142")
            assert form.query["warmline_call"] == call
            await agent.page.locator("#lead-plan").fill("=gold")
            await expect(agent.page.locator(".save")).to_contain_text("Saved")
            lead = (await agent.screen())["lead"]["lead_id"]
            await agent.ends()
            told = await got(crm, "/told")
            assert (told.query["plan"], told.query["code"]) == ("=gold", "OTHER")
        report = json.loads(await stage.said("lead", "show", str(lead), "--json"))
        assert report["custom_fields"] == {"plan": "=gold"} and [one["id"] for one in report["calls"]] == [call]
        sheet = (await stage.said("list", "export", "3142", "--where", 'custom.plan="=gold"')).decode()
        [row] = csv.DictReader(StringIO(sheet))
        assert (row["lead_id"], row["first_name"], row["plan"]) == (str(lead), "Ada", "'=gold")


def prepare(db: str, site: str) -> str:
    """Make a list with a custom field, a script, and an event hook of the CRM; return its secret."""
    config.create(db, "list", "3142", {"custom_fields": "plan"}, who="test")
    config.create(db, "script", "S3142", {"script_text": "You have --A--plan--B--"}, who="test")
    config.create(db, "event-hook", "crm3142", {"url": site, "active": "N"}, who="test")
    config.set_options(db, "setting", "warmline", {"webhook_hosts": "127.0.0.1"}, who="test")
    return hook_states.secret_of(db, "crm3142", who="test")


async def got(crm: Receiver, path: str) -> web.BaseRequest:
    """Return the first request for a path; browsers ask for other ones, too."""
    number = 0
    while True:
        number += 1
        found = await crm.request(number, WITHIN)
        if found.path == path:
            return found
