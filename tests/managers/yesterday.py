"""A centre that has worked for a day: two groups with a campaign each, and a recorded call of both, a day ago.

An administrator makes the groups in the browser, with the login that the lab prints. The clock of the app is a day late
during the calls, by Debian's libfaketime.
"""

import asyncio
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import expect

from lab import instance, process, programs
from lab.sip import Hearing, SipCall, tones
from tests.browser.stage import Person, Stage
from tests.browser.test_supervising import seated
from tests.browser.test_workday import DID
from tests.browser.working_agent import WorkingAgent
from tests.doors.test_clock_moved import DAY, preloaded
from tests.managers.leading_page import LeadingPage
from tests.scheduled_reports.mail_server import MailServer

NORTH, SOUTH = "NORTH", "SOUTH"  # groups
CAMPAIGNS = {NORTH: "NORTHCAMP", SOUTH: "TESTCAMP"}
AGENTS = {NORTH: "1001", SOUTH: "1002"}
NAMES = {NORTH: "Nadja Nordmann", SOUTH: "Sven Suedmann"}
CUSTOMERS = {NORTH: "15551234801", SOUTH: "15551234802"}
TALKS = 2.0  # seconds of a call, to hear
OF_CALL = """
    SELECT call.id, recording.id FROM call JOIN recording ON recording.call = call.id
    WHERE number = ? AND recording.status = 'kept'
"""


@dataclass
class PastCall:
    """A call of yesterday, and its recording."""

    id: str
    recording: str


@dataclass
class Yesterday:
    """The call of each group, and the one-time password of gina, who leads SOUTH."""

    calls: dict[str, PastCall]
    password: str
    mails: MailServer


async def worked(stage: Stage, mails: MailServer) -> Yesterday:
    """Let a day pass in the lab. The app then has the right clock, and sends mails to this server."""
    folder = Path(stage.lab.dir)
    clock, settings = folder / "clock", folder / "warmline.toml"
    admin = await LeadingPage.opens(stage, "admin", stage.lab.users["admin"]["password"])
    password = await prepared(admin)
    clock.write_text(f"{-DAY:+d}\n")
    await asyncio.to_thread(process.stop, programs.app_record(folder))
    emptied_journal(stage.lab.db)
    with preloaded(clock):
        await asyncio.to_thread(instance.restart_app, folder)
    await stage.is_healthy()
    calls = {group: await served(stage, admin.person, group) for group in (NORTH, SOUTH)}
    await admin.page.close()
    settings.write_text(f'mail_server = "127.0.0.1:{mails.port}"\n{settings.read_text()}')
    await asyncio.to_thread(instance.restart_app, folder)
    await stage.is_healthy()
    return Yesterday(calls, password, mails)


def emptied_journal(db: str) -> None:
    """Take out the journal, whose last time no later entry may precede. The configuration stays."""
    with sqlite3.connect(db) as opened:
        [[trigger]] = opened.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_stays'").fetchall()
        opened.execute("DROP TRIGGER journal_stays")
        for table in ("journal", "open_state", "asterisk"):
            opened.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
        opened.execute(trigger)


async def prepared(admin: LeadingPage) -> str:
    """Make the groups with their campaigns, agents and a supervisor, whose one-time password is returned."""
    await expect(admin.page.locator("#do-csv")).to_be_visible()
    record = {"campaign_recording": "ALLCALLS"}
    works = {"dial_template": "PJSIP/{number}@trunk", "login_state": "READY", "phone_login": "TRUSTED"}
    await admin.creates("Campaigns", CAMPAIGNS[NORTH], **works, **record)
    await admin.changes("Campaigns", CAMPAIGNS[SOUTH], **record)
    for group in (NORTH, SOUTH):
        await admin.creates("User groups", group, allowed_campaigns=(CAMPAIGNS[group],))
        own = {"full_name": NAMES[group], "user_group": group, "campaign": CAMPAIGNS[group]}
        await admin.changes("Agents", AGENTS[group], **own)
    return await admin.adds("Gina Giordano", "gina", "supervisor", SOUTH)


async def served(stage: Stage, looks: Person, group: str) -> PastCall:
    """Let the agent of a group serve a customer, whose call is recorded."""
    agent, number = AGENTS[group], CUSTOMERS[group]
    seat = await seated(stage, agent, tones.AGENT)
    trunk = await stage.parties.customer(stage.lab.sip, number, tones.CUSTOMER)
    customer: SipCall = await trunk.call(DID)
    await customer.answered()
    ear = Hearing({"customer": customer, "agent": seat})
    await ear.heard(customer, seat, customer.began)
    await ear.listen(TALKS)
    await customer.hang_up()
    await WorkingAgent(stage, agent).goes_home()
    await seat.hang_up()
    found: list[tuple[str, str]] = []

    async def is_kept() -> bool:
        with sqlite3.connect(stage.lab.db) as db:
            found[:] = db.execute(OF_CALL, [number]).fetchall()
        return len(found) == 1

    await looks.until(is_kept)
    return PastCall(*found[0])
