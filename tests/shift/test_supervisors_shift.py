"""A supervisor's shift by the keyboard alone, with real calls and a campaign, in each size of the window."""

import sqlite3

from playwright.async_api import expect

from lab.sip import SipCall, answer, busy, tones
from tests.browser.stage import Stage
from tests.browser.test_supervising import DID, FIRST, SECOND, seated
from tests.browser.working_agent import WorkingAgent
from tests.scenarios.dialler.dialled_campaign import BY_HAND, CAMPAIGN, JAPAN, LISTS, with_list
from tests.shift.judged_page import JudgedPage
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.system import dial_stop_file

LIMIT = 500.0  # seconds of a shift, each step of which is judged in three schemes
AGENT, OTHER = "1003", "1004"
NAMES = {AGENT: "Nora Wind", OTHER: "Maximiliane-Theresia von Hohenstein"}


async def test_a_supervisors_shift_by_keys(stage: Stage, size: tuple[int, int, int]) -> None:
    width, height, pixels = size
    db = stage.lab.db
    for agent, name in NAMES.items():
        config.set_options(db, "agent", agent, {"full_name": name}, who="test")
    stage.peer.decide = lambda number: busy() if number.startswith(JAPAN) else answer()
    with_list(db, CAMPAIGN, {})
    for n in range(9):
        leads.create(db, LISTS[CAMPAIGN], {"phone_number": f"+{JAPAN}{n:04}"}, who="test")
    person = await stage.person(viewport={"width": width, "height": height}, device_scale_factor=pixels)
    shift = SupervisorsShift(stage, person, f"supervisor-{width}")
    try:
        await shift.begins()
        await shift.dials()
        await shift.filters()
        await shift.hears_a_call()
        await shift.gives_a_caller()
        await shift.sees_the_wall()
        await shift.ends()
        shift.is_good()
    finally:
        dial_stop_file.allow(f"{stage.lab.dir}/run")
        for call in shift.calls:
            await call.hang_up()
        for agent in NAMES:
            await WorkingAgent(stage, agent).goes_home()
        with sqlite3.connect(db) as opened:
            opened.execute("DELETE FROM lead WHERE list_id = ?", [LISTS[CAMPAIGN]])
        config.set_options(db, "campaign", CAMPAIGN, BY_HAND, who="test")


class SupervisorsShift(JudgedPage):
    """The page of a supervisor, and the calls of the others."""

    calls: list[SipCall]

    async def begins(self) -> None:
        """Log in while no agent works; then two do."""
        self.calls = []
        await self.log_in("ben")
        await self.sees("Choose an agent", "empty")
        for agent, tone in ((AGENT, tones.AGENT), (OTHER, tones.CLOSER)):
            self.calls.append(await seated(self.stage, agent, tone))
            await expect(self.page.locator(f"#agent-{agent}")).to_be_attached(timeout=15_000)
        await self.press("q")
        await self.sees("Keys work while", "keys")
        await self.press("Escape")

    async def dials(self) -> None:
        """Start and stop a campaign, then stop all dialling and allow it again."""
        button = f"#do-dialler-{CAMPAIGN}"
        await self.enter(button)
        await expect(self.page.locator(button)).to_contain_text("Stop")
        await self.judge("campaign")
        await self.press("e")
        await expect(self.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
        await self.judge("emergency")
        await self.press("e")
        await self.sees("all stopped", "stopped")
        await self.enter("#do-allow-all")
        await expect(self.page.locator("#allow-why")).to_be_focused()
        await self.page.keyboard.type("list exchanged")
        await self.judge("allow")
        await self.press("Enter")
        await expect(self.page.locator("#do-stop-all")).to_be_attached()
        await self.enter(button)
        await expect(self.page.locator(button)).to_contain_text("Start")

    async def filters(self) -> None:
        """Filter by in-group, state and name, and choose an agent by the arrows."""
        await self.press("i")
        await expect(self.page.locator("#ingroup")).to_be_focused()
        await self.page.keyboard.type("CLOSED")
        await self.sees("No agent fits", "none-fits")
        await self.enter("#do-clear")
        await self.enter("#state-ready")
        await self.judge("state")
        await self.enter("#state-all")
        await self.press("s", "f")
        await self.page.keyboard.type("maxi")
        await self.judge("found")
        await self.press("Enter")
        await expect(self.page.locator(f"#agent-{OTHER}")).to_be_focused()
        await self.page.locator(".chosen .data").get_by_text("Phone").wait_for()
        await self.judge("chosen")
        await self.press("p")
        await self.sees("Without a code", "pause")
        await self.press("0")
        await expect(self.page.locator(f"#agent-{OTHER}")).to_contain_text("Paused")
        await self.press("f", "Escape", "Home")

    async def hears_a_call(self) -> None:
        """Listen to a call and whisper to its agent, in this browser."""
        await self._calls(FIRST, tones.CUSTOMER)
        row = self.page.locator(f"#agent-{AGENT}")
        await expect(row).to_contain_text(FIRST)
        await self.press("f")
        await self.page.keyboard.type("nora")
        await self.press("Enter")
        await expect(row).to_be_focused()
        await self.page.locator(".chosen .hearing").wait_for()
        await self.press("l")
        await expect(row).to_contain_text("Ben Ott listens")
        await self.judge("listens")
        await self.press("w")
        await expect(row).to_contain_text("Ben Ott whispers")
        await self.judge("whispers")
        await self.press("x")
        await expect(row).not_to_contain_text("Ben Ott")
        await self.press("f", "Escape")

    async def gives_a_caller(self) -> None:
        """Give a caller, who waits because one agent talks and the other pauses."""
        await self._calls(SECOND, tones.CONTROL_B)
        await expect(self.page.locator(".line tbody")).to_contain_text(SECOND)
        await self.judge("waiting")
        await self.press("g")
        await self.sees("No agent is ready", "nobody-ready")
        await self.press("Escape", "f")
        await self.page.keyboard.type("maxi")
        await self.press("Enter", "r")
        await self.sees("No caller is waiting", "connected")
        await self.press("f", "Escape")

    async def sees_the_wall(self) -> None:
        """Look at the wallboard, and come back by Escape."""
        await self.press("t")
        await self.page.locator("main.wall").wait_for()
        await self.press("Escape")
        await self.page.locator("main.overview").wait_for()
        await self.judge("back")

    async def ends(self) -> None:
        """Log an agent out, then log out of the browser."""
        await self.press("f")
        await self.page.keyboard.type("nora")
        await self.press("Enter", "o")
        await self.page.locator("#do-really[aria-disabled=false]").wait_for()
        await self.judge("logout")
        await self.press("o")
        await expect(self.page.locator(".receipts .ok").first).to_contain_text("Log out: Nora Wind")
        await self.press("q")
        await self.enter("#do-leave-browser")
        await expect(self.page.locator("#user")).to_be_focused()

    async def _calls(self, number: str, tone: int) -> None:
        trunk = await self.stage.parties.customer(self.stage.lab.sip, number, tone)
        call: SipCall = await trunk.call(DID)
        self.calls.append(call)
        await call.answered()
