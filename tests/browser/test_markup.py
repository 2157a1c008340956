"""Data from outside is text on the page: a lead's fields, a caller's name, a script."""

import re

from playwright.async_api import Page, expect

from lab.sip import tones
from tests.browser.stage import Stage
from tests.internals.browser import config, leads

NUMBER = "15551230077"
PICTURE = '<img src=x onerror="document.title=1">'
SCRIPT = "<script>document.title=2</script>"
LINK = '<a href="javascript:document.title=3">${alert(3)}</a>'
SHOWN = """() => [document.body.innerText, ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)]
    .join("\\n")"""


async def test_a_lead_and_a_script_with_markup_are_text(stage: Stage) -> None:
    db = stage.lab.db
    config.create(db, "list", "9001", {"campaign": "TESTCAMP"}, who="test")
    config.create(db, "script", "MARKUP", {"script_text": LINK}, who="test")
    config.set_options(db, "campaign", "TESTCAMP", {"campaign_script": "MARKUP"}, who="test")
    lead = {"phone_number": NUMBER, "first_name": PICTURE, "last_name": SCRIPT}
    leads.create(db, "9001", lead, who="test")
    account = stage.lab.phones["1001"]
    phone = await stage.parties.phone("1001", account["password"], stage.lab.sip, tones.CLOSER)
    seat = await phone.call(account["login"])
    carl = await stage.person("carl")
    customer = await stage.parties.customer(stage.lab.sip, NUMBER, name=PICTURE)
    call = await customer.call("8005550100")
    await carl.until(lambda: shows(carl.page, PICTURE, SCRIPT, LINK))
    await expect(carl.page.locator("img, body script, a[href^='javascript:']")).to_have_count(0)
    await expect(carl.page).not_to_have_title(re.compile("^[123]$"))
    await call.hang_up()
    headers = {"Origin": carl.url, "X-Warmline": "1"}
    told = await carl.context.request.post(f"{carl.url}/api/v1/agents/me/logout", headers=headers, data={})
    assert told.status == 201, await told.text()
    await seat.hang_up()
    config.set_options(db, "campaign", "TESTCAMP", {"campaign_script": ""}, who="test")
    await phone.close()


async def shows(page: Page, *texts: str) -> bool:
    """Return whether the page shows these texts, or has them in its fields."""
    shown = await page.evaluate(SHOWN)
    return all(text in shown for text in texts)
