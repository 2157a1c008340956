"""An agent's whole shift by the keyboard alone, with real calls, in each size of the window."""

import sqlite3
from contextlib import suppress

from playwright.async_api import expect

from lab.sip import IncomingCall, SipCall, answer, tones
from tests.browser.stage import Stage
from tests.browser.test_workday import CUSTOMER, DID
from tests.browser.working_agent import WorkingAgent
from tests.shift.judged_page import JudgedPage
from warmline.store.configuration import config
from warmline.store.database.errors import Conflict
from warmline.store.leads import leads

LIMIT = 500.0  # seconds of a shift, each step of which is judged in three schemes
AGENT, THIRD = "1000", "15551230007"
RECORDED = {"campaign_recording": "ALLFORCE", "agent_recordings": "Y"}
PAUSES = {"LUNCH": "Lunch", "TRAIN": "Training and team talk"}
LIST, LEAD = "955", {"phone_number": "+4930555777", "first_name": "Friedemann", "last_name": "von Hohenlohe"}


async def test_an_agents_shift_by_keys(stage: Stage, size: tuple[int, int, int]) -> None:
    width, height, pixels = size
    _configure(stage.lab.db)
    person = await stage.person(viewport={"width": width, "height": height}, device_scale_factor=pixels)
    account, take = stage.lab.phones[AGENT], answer()
    seats: list[SipCall] = []

    async def seat(call: IncomingCall) -> None:
        seats.append(call)
        await take(call)

    phone = await stage.parties.phone(account["user"], account["password"], stage.lab.sip, tones.AGENT, seat)
    shift = AgentsShift(stage, person, f"agent-{width}")
    try:
        await shift.begins()
        await shift.takes_a_call()
        await shift.brings_a_third_party()
        await shift.gives_a_code_and_takes_it_back()
        await shift.promises_a_callback()
        await shift.has_a_break()
        await shift.calls_back()
        await shift.looks_at_the_history()
        await shift.redials()
        await shift.ends()
        shift.is_good()
    finally:
        await WorkingAgent(stage, AGENT).goes_home()
        await phone.close()
        with sqlite3.connect(stage.lab.db) as opened:  # a supervisor's shift dials what its campaign has
            opened.execute("DELETE FROM lead WHERE list_id = ?", [LIST])


def _configure(db: str) -> None:
    """Record the campaign's calls, and give it codes of pauses and a lead. A shift before may have left the list."""
    config.set_options(db, "campaign", "TESTCAMP", RECORDED, who="test")
    with suppress(Conflict):
        for code, name in PAUSES.items():
            config.create(db, "pause-code", code, {"pause_code_name": name}, who="test")
        config.create(db, "list", LIST, {"campaign": "TESTCAMP", "country": "DE"}, who="test")
    leads.create(db, LIST, LEAD, who="test")


class AgentsShift(JudgedPage):
    """The page of an agent, and the customer of the call."""

    customer: SipCall

    async def begins(self) -> None:
        """Log in, try the headset, and start work with a SIP phone."""
        await self.judge("login")
        await self.log_in("anna")
        await self.sees("Hello Anna Berg")
        await self.enter("#do-meter")
        await self.person.until(lambda: self.page.evaluate("document.querySelector('#level')?.value > 0.1"))
        await self.judge("headset")
        await self.press("Enter")
        await self.reach("#voice-browser")
        await self.press("ArrowDown")
        await self.enter("#do-start")
        await self.sees("Waiting for a call", "ready")
        await self.press("q")
        await self.sees("Keys work while", "keys")
        await self.press("Escape")

    async def takes_a_call(self) -> None:
        """Take a call; change the customer's fields, write notes, hold, and ask a supervisor for help."""
        await self._rings()
        await self.judge("talking")
        await self.press("u")
        await self.reach("#lead-first_name")
        await self.press("Control+a")
        await self.page.keyboard.type("Wilhelmina-Friederike")
        await self.press("Tab")
        await self.press("Control+a")
        await self.page.keyboard.type("von Sachsen-Coburg")
        await expect(self.page.locator(".save")).to_contain_text("Saved")
        await self.judge("fields")
        await self.press("Escape", "n")
        await self.page.keyboard.type("wants the blue one")
        await self.judge("notes")
        await self.press("Escape", "o")
        await self.sees("Customer on hold", "hold")
        await self.press("o")
        await self.sees("Talking")
        await self.press("m")
        await self.sees("Unmute", "muted")
        await self.press("m", "k")
        await self.sees("Keys go to the party", "keypad")
        await self.press("5", "Escape", "g")
        await self.sees("You ask for help", "help")
        await self.press("g")
        if await self.page.locator("#tab-side").count():
            await self.press("i")
            await self.sees("Script")
            await self.judge("script")
            await self.press("u")

    async def brings_a_third_party(self) -> None:
        """Open the panel of a transfer, then consult a third party, talk three-way, swap, and leave."""
        await self.press("t")
        await self.sees("Transfer, I leave", "transfer")
        await self.press("Escape", "c")
        await expect(self.page.locator("#to")).to_be_focused()
        await self.page.keyboard.type(THIRD)
        await self.sees("You bring a third party", "conference")
        await self.enter("#do-park")
        await self.sees("Talking to the third party", "consulting")
        await self.press("s")
        await self.sees("Third party on hold", "swapped")
        await self.press("o")
        await self.sees("Three-way call", "three-way")
        await self.press("l")
        await self.sees("How did it go?", "wrap-up")
        await self.customer.hang_up()

    async def gives_a_code_and_takes_it_back(self) -> None:
        """Give a code, undo it within its seconds, and give another."""
        await self.person.press_code("SALE", self.press)
        await self.page.locator("#do-undoCode").wait_for()
        await self.judge("undo", quick=True)
        await self.press("z")
        await self.sees("How did it go?", "undone")

    async def promises_a_callback(self) -> None:
        """Give a code that needs a time; a time that is none is refused."""
        await self.person.press_code("CALLBK", self.press)
        await expect(self.page.locator("#at")).to_be_focused()
        await self.page.keyboard.type("soon")
        await self.press("Enter")
        await self.sees("is not a time", "refused")
        await self.press("Control+a")
        await self.page.keyboard.type("+1h")
        await self.press("Enter")
        await self.sees("Waiting for a call")

    async def has_a_break(self) -> None:
        """Pause with a code, and look for a lead."""
        await self.press("p")
        await self.sees("Why do you pause?", "why")
        await self.press("1")
        await self.sees("No calls come", "paused")
        await self.press("a")
        await self.reach("#search")
        await self.page.keyboard.type("Hohen")
        await self.sees("Friedemann", "leads")
        await self.press("Escape")
        if await self.page.locator("#tab-side").count():
            await self.press("i")
            await self.sees("no callers", "queues")

    async def calls_back(self) -> None:
        """Choose the callback, see it, and dial it."""
        await self.press("b")
        await self.enter("[id^=show-]")
        await self.sees("Promised", "callback")
        await self.enter("#move")
        await self.page.locator("#move-to").wait_for()
        await self.judge("move")
        await self.enter("[id^=do-dial-c-]")
        await self._ends_a_call("dialled")

    async def looks_at_the_history(self) -> None:
        """Hear the recording of a call of today, and dial a call again."""
        await self.press("y")
        await self.page.locator("[id^=do-listen-]").first.wait_for()
        await self.judge("history")
        await self.enter("[id^=do-listen-]")
        await expect(self.page.locator("#player")).to_be_focused()
        await self.judge("player")
        await self.enter("#do-close-player")
        await self.enter("[id^=do-dial-h-]")
        await self._ends_a_call("again")

    async def redials(self) -> None:
        """Dial the last number again."""
        await self.press("l")
        await expect(self.page.locator("#number")).to_be_focused()
        await self.judge("redial")
        await self.press("Enter")
        await self._ends_a_call("redialled")

    async def ends(self) -> None:
        """Log out of the work, then of the browser."""
        await self.press("q")
        await self.enter("#do-logout")
        await self.page.locator("#do-start").wait_for()
        await self.judge("out")
        await self.enter("#do-other")
        await expect(self.page.locator("#user")).to_be_focused()

    async def _rings(self) -> None:
        trunk = await self.stage.parties.customer(self.stage.lab.sip, CUSTOMER)
        self.customer = await trunk.call(DID)
        await self.customer.answered()
        await self.sees("Talking")

    async def _ends_a_call(self, step: str) -> None:
        await self.sees("Talking", step)
        await self.press("h")
        await self.sees("How did it go?")
        await self.person.press_code("SALE", self.press)
        await self.sees("No calls come")
