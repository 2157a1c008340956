"""A manager's first day in Chromium on a real Asterisk: all steps of `Your first day`, without a terminal."""

import asyncio
import csv
import re
import sqlite3
import time
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path

from playwright.async_api import Locator, expect

from ari_app.workers.scheduled_reports import send_due
from lab.sip import answer, tones
from tests.browser.stage import Stage
from tests.browser.working_agent import CLEAN, hears
from tests.managers import lead_file
from tests.managers.lead_file import SHARE
from tests.managers.leading_page import LeadingPage
from tests.managers.yesterday import CAMPAIGNS, CUSTOMERS, NORTH, SOUTH, Yesterday
from warmline.store.configuration import config
from warmline.system.settings import load
from warmline.text.csv_cell import FORMULA

LIMIT = 2400.0  # seconds of a day
UPLOADS = 1_200_000  # milliseconds of a dry run or an import, on a busy machine
LIST, LEADS, NEW = "501", "Autumn in the north", "1010"  # the number of the new agent is the next free one
LOUD = -55  # dB of a tone that is heard
PLAYED = """async (audio, tones) => {
  const context = new AudioContext(), node = context.createAnalyser(), bins = new Float32Array(node.frequencyBinCount);
  context.createMediaElementSource(audio).connect(node);
  await new Promise((done) => audio.addEventListener('timeupdate', () => audio.currentTime > 0.7 && done()));
  node.getFloatFrequencyData(bins);
  const at = (hz) => Math.round(hz * node.fftSize / context.sampleRate);
  return tones.map((hz) => Math.max(...bins.slice(at(hz) - 2, at(hz) + 3)));
}"""


async def test_a_manager_works_a_first_day_in_the_browser(
    stage: Stage, yesterday: Yesterday, size: int, tmp_path: Path
) -> None:
    mona = await LeadingPage.opens(stage, "manager", stage.lab.users["manager"]["password"])
    await expect(mona.page.locator("#do-csv")).to_be_visible()  # the reports are the page of the role
    bea = await agent_added(mona)
    await mona.changes("Queues", "SALESLINE", drop_call_seconds="77")
    assert config.show(stage.lab.db, "ingroup", "SALESLINE")["drop_call_seconds"] == 77
    await leads_uploaded(mona, size, tmp_path)
    await dialled(mona, bea)
    await call_heard(mona, yesterday)
    await report_sent(mona, stage, yesterday)


async def agent_added(mona: LeadingPage) -> LeadingPage:
    """Add an agent, who logs in with the one-time password, and waits for calls with this browser as phone."""
    stage = mona.person.stage
    password = await mona.adds("Bea Stone", "beastone", "agent", NORTH, CAMPAIGNS[NORTH])
    assert config.show(stage.lab.db, "user", "beastone")["agent"] == NEW
    bea = LeadingPage(await stage.person(tone=tones.AGENT, script=CLEAN))
    await bea.person.log_in("beastone", password)
    await bea.chooses_password(password)
    await expect(bea.page.get_by_role("heading", name="Hello Bea Stone")).to_be_visible()
    await bea.page.locator("#do-start[aria-disabled=false]").click()
    await expect(bea.page.locator('body[data-state="ready"]')).to_be_attached()
    return bea


async def leads_uploaded(mona: LeadingPage, size: int, folder: Path) -> None:
    """Make a list, and upload a file; its bad lines come back, are corrected, and are uploaded, too."""
    page, bad = mona.page, size // SHARE
    file, rejected, better = (folder / name for name in ("autumn.csv", "rejected.csv", "better.csv"))
    lead_file.written(file, size)
    await mona.goes("leads")
    await page.locator("#do-new").click()
    await mona.makes(LIST, list_name=LEADS, campaign=CAMPAIGNS[NORTH], country="JP")
    await page.locator("#go-list").click()
    await page.locator("#file").set_input_files(file)
    await page.get_by_label("Field of the column Kunde seit").select_option("comments")
    began = time.monotonic()
    await page.locator("#do-try").click()
    await expect(page.locator("progress")).to_be_visible()
    await mona.person.shot("first-day-upload")
    await counted(page.locator("#tried-upload"), size - bad, bad)
    print(f"\n{size} lines: dry run {time.monotonic() - began:.1f} s", end=", ")
    assert await mona.person.axe() == []
    await mona.person.shot("first-day-tried")
    async with page.expect_download() as saved:
        await page.locator("#get-rejected").click()
    await (await saved.value).save_as(rejected)
    began = time.monotonic()
    await page.locator("#do-import").click()
    await counted(page.locator("#done-upload"), size - bad, bad)
    print(f"import {time.monotonic() - began:.1f} s")
    no_formula(rejected)
    lines = lead_file.corrected(rejected, better)
    assert [line["Vorname"] for line in lines] == [f"'=Bad {n}" for n in range(SHARE - 1, size, SHARE)]
    assert all(re.match(rf"line {n * SHARE + SHARE + 1}: .", line["why"]) for n, line in enumerate(lines))
    await page.locator("#file").set_input_files(better)
    await expect(page.get_by_label("Field of the column Kunde seit")).to_have_value("comments")  # as before
    await page.locator("#do-try").click()
    await counted(page.locator("#tried-upload"), bad, 0)
    await page.locator("#do-import").click()
    await counted(page.locator("#done-upload"), bad, 0)
    with sqlite3.connect(mona.person.stage.lab.db) as db:
        sql = "SELECT count(*), sum(comments BETWEEN '1990' AND '2019') FROM lead WHERE list_id = ?"
        assert db.execute(sql, [LIST]).fetchone() == (size, size)


async def counted(title: Locator, imported: int, rejected: int) -> None:
    """Wait for the result of an import, with these counts."""
    await expect(title).to_be_visible(timeout=UPLOADS)
    counts = title.locator("xpath=../dl/div/dd")
    await expect(counts).to_have_text([f"{imported:,}", "0", f"{rejected:,}", "0"])


def no_formula(file: Path) -> None:
    """Check every cell, whatever the spreadsheet splits at."""
    text = file.read_text(encoding="utf-8")
    for between in (";", ",", "\t"):
        for row in csv.reader(text.splitlines(), delimiter=between):
            assert not [one for one in row if FORMULA.match(one.lstrip("\"' ")) and not one.startswith("'")], row


async def dialled(mona: LeadingPage, bea: LeadingPage) -> None:
    """Start the campaign of the list: a refusal leads to what is missing. A lead then talks to the new agent."""
    page, stage = mona.page, mona.person.stage
    stage.peer.decide = lambda number: answer()
    await mona.creates("Opening hours", "ALWAYS", ct_default_start="0", ct_default_stop="2400")
    await mona.goes("leads")
    await page.get_by_role("link", name=LIST, exact=True).click()
    await page.locator("#go-campaign").click()
    await page.locator("#do-dialler").click()
    await expect(page.locator(".dialler [role=alert]")).to_contain_text("a caller id")
    await mona.person.shot("first-day-refused")
    await page.locator("#go-campaign_cid").click()
    await expect(page.locator("#option-campaign_cid")).to_be_focused()
    chosen = {"campaign_cid": "4930999888", "safe_harbor_audio": "vm-nobodyavail", "dial_method": "PROGRESSIVE"}
    await mona.sets(**chosen, local_call_time="ALWAYS")
    await mona.applies()
    await page.locator("#do-dialler").click()
    await expect(page.locator("#do-dialler")).to_contain_text("Stop")
    lead = await stage.peer.next_call(30.0)
    assert lead.number.startswith(lead_file.JAPAN)
    await expect(bea.page.locator('body[data-state="incall"]')).to_be_attached()
    await expect(bea.page.get_by_text("Müller").first).to_be_visible()
    await hears(lead, tones.AGENT, time.monotonic())
    await expect(page.locator(".dialler")).to_contain_text("progressive, runs")
    await mona.person.shot("first-day-dials")
    await page.locator("#do-dialler").click()
    await expect(page.locator("#do-dialler")).to_contain_text("Start")
    await lead.hang_up()
    await bea.person.press_code("SALE", bea.page.keyboard.press)
    await expect(bea.page.locator('body[data-state="ready"]')).to_be_attached()
    await bea.page.keyboard.press("q")
    await bea.page.locator("#do-logout").click()
    await expect(bea.page.locator("#do-start")).to_be_visible()


async def call_heard(mona: LeadingPage, yesterday: Yesterday) -> None:
    """Find a call of yesterday by its number, look at its picture, and hear both parties."""
    page, past = mona.page, yesterday.calls[NORTH]
    await mona.goes("calls")
    await page.locator("#period").select_option("yesterday")
    await page.locator("#number").fill(CUSTOMERS[NORTH])
    await page.keyboard.press("Enter")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.locator(f"tbody a[href*='{past.id}']").click()
    await expect(page.locator(".lanes svg rect").first).to_be_attached()
    audio = page.locator("audio")
    await expect(audio).to_have_count(1)
    await mona.person.shot("first-day-call")
    await audio.evaluate("one => one.play()")
    heard = await audio.evaluate(PLAYED, [tones.CUSTOMER, tones.AGENT])
    assert min(heard) > LOUD, heard


async def report_sent(mona: LeadingPage, stage: Stage, yesterday: Yesterday) -> None:
    """Read the report of yesterday, and make a scheduled one, whose timer comes."""
    page = mona.page
    await mona.goes("reports")
    await page.locator("#period").select_option("yesterday")
    await expect(page.locator("tbody")).to_contain_text("SALESLINE")
    await page.locator("#go-sending").click()
    await expect(page.locator("#option-reports input[value=day]"), "the report that was shown").to_be_checked()
    await mona.makes("morning", reports=("day", "agents"), mail_to="boss@example.com")
    settings = load(environ={"WARMLINE_CONFIG": f"{stage.lab.dir}/warmline.toml"})
    noon = int(datetime.combine(datetime.now(), time_of_day(12)).timestamp()) * 1_000_000
    await asyncio.to_thread(send_due, settings, noon)
    await page.reload()
    await expect(page.locator("#mails b").first).to_have_text("sent")
    mail = yesterday.mails.mails[0]
    assert mail["To"] == "boss@example.com"
    texts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    assert len(texts) == 3 and "SALESLINE" in texts[1] and "Nadja Nordmann" in texts[2]
    assert not [one for one in texts for group in (NORTH, SOUTH) if CUSTOMERS[group] in one]
