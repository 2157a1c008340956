"""The five calls of the tutorial agents-day by keys alone, then by mouse, on a real Asterisk; tones prove each step.

By mouse, axe judges each state once.
"""

import time

from playwright.async_api import expect

from lab.sip import Hearing, IncomingCall, SipCall, answer, tones
from tests.browser.stage import Person, Stage

DID, CUSTOMER, SECOND, COLLEAGUE = "8005550100", "15551230001", "15551230002", "15551230007"
LISTEN = 0.6  # seconds of a span in which tones must be heard, or missing


async def test_a_shift_by_keys_alone(stage: Stage) -> None:
    await works(ShiftByKeys(stage, await stage.person("anna")), "1000")


async def test_a_shift_by_mouse(stage: Stage) -> None:
    await works(ShiftByMouse(stage, await stage.person("dora")), "1002")


async def works(day: "Shift", agent: str) -> None:
    """Work a day with a SIP phone: log in, five calls, log out."""
    seats: list[SipCall] = []
    take = answer()

    async def seat(call: IncomingCall) -> None:
        seats.append(call)
        await take(call)

    account = day.stage.lab.phones[agent]
    await day.stage.parties.phone(account["user"], account["password"], day.stage.lab.sip, tones.AGENT, seat)
    await day.start()
    await day.sees("Waiting for a call")
    await day.first_call(seats[0])
    await day.second_call()
    await day.third_call()
    await day.blind_transfer()
    await day.callback()
    await day.press("q")
    await day.choose("#do-logout")
    await expect(day.page.locator("#do-start")).to_be_visible()


class Shift:
    """A page, and the calls of one agent. How a button is pressed is up to those who work it."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self.stage, self.person, self.page = stage, person, person.page
        self._judged: set[str] = set()  # texts of the page

    async def press(self, key: str) -> None:
        """Press the button that has this key."""
        raise NotImplementedError

    async def choose(self, selector: str) -> None:
        """Press the button or the choice of this selector."""
        raise NotImplementedError

    async def start(self) -> None:
        """Start the work with the SIP phone."""
        await self.choose("#voice-sip")
        await self.choose("#do-start")

    async def judge(self) -> None:
        """Judge the state that the page shows."""

    async def first_call(self, agent: SipCall) -> None:
        """A customer rings: hold, mute, keys, and a code with notes."""
        customer = await self._customer()
        ear = Hearing({"customer": customer, "agent": agent})
        await self.sees("Talking")
        await ear.heard(customer, agent, customer.began)
        await self._press("o", "Customer on hold")
        await ear.ceased(customer, agent, time.monotonic())
        span = await ear.listen(LISTEN)
        assert ear.hears(customer, tones.MUSIC, *span) and ear.silent_of(customer, agent, *span)
        await self._press("o", "Talking")
        await ear.heard(customer, agent, span[1])
        await self._press("m", "Unmute")
        await ear.ceased(customer, agent, time.monotonic())
        span = await ear.listen(LISTEN)
        assert ear.silent_of(customer, agent, *span) and ear.hears(agent, customer, *span)
        await self.press("m")
        await ear.heard(customer, agent, span[1])
        await self.press("n")
        await self._field("notes", "wants the blue one")
        await self.page.keyboard.press("Escape")
        await customer.hang_up()
        await self.sees("How did it go?")
        await self.person.press_code("SALE", self.press)
        await self.sees("Waiting for a call")

    async def second_call(self) -> None:
        """A break, a number dialled by hand, and a promised callback."""
        await self._pause()
        await self.press("d")
        await self._field("number", SECOND)
        await self.choose("#do-dial")
        await self.sees("Talking")
        await self._press("h", "How did it go?")
        await self.person.press_code("CALLBK", self.press)
        await self._field("at", "+1h")
        await self.choose("#do-set")
        await self.sees("Paused")

    async def third_call(self) -> None:
        """A warm transfer: the customer waits, then all three talk, and the agent leaves."""
        await self._press("r", "Waiting for a call")
        customer = await self._customer()
        await self.sees("Talking")
        await self.press("c")
        await self._field("to", COLLEAGUE)
        await self.judge()
        await self.choose("#do-park")
        await self.sees("Talking to the third party")
        await self._press("o", "Three-way call")
        ear = Hearing({"customer": customer})
        span = await ear.listen(LISTEN)
        assert ear.hears(customer, tones.THIRD, *span)
        await self._press("l", "How did it go?")
        span = await ear.listen(LISTEN)
        assert ear.hears(customer, tones.THIRD, *span), "customer and third party go on"
        await self.person.press_code("XFER", self.press)
        await self.sees("Waiting for a call")
        await customer.hang_up()

    async def blind_transfer(self) -> None:
        """A transfer that the agent does not wait for, and a pause that begins after it."""
        customer = await self._customer()
        await self.sees("Talking")
        await self._pause()
        await self.sees("You pause after this call")
        await self.press("t")
        await self._field("to", COLLEAGUE)
        await self.choose("#do-go")
        await self.sees("How did it go?")
        ear = Hearing({"customer": customer})
        await ear.heard(customer, tones.THIRD, customer.began, within=8.0)
        await self.person.press_code("XFER", self.press)
        await self.sees("Paused")
        await customer.hang_up()

    async def callback(self) -> None:
        """The promised callback, from its list."""
        await self.press("b")
        await self.page.locator("[id^=do-dial-c-]").wait_for()
        await self.choose("[id^=do-dial-c-]")
        await self.sees("Talking")
        await self._press("h", "How did it go?")
        await self.person.press_code("SALE", self.press)
        await self.sees("Paused")
        await self.press("y")
        await expect(self.page.locator(".rows.history tbody tr")).to_have_count(5)
        await self.judge()

    async def sees(self, text: str) -> None:
        """Wait until the page shows it; what a screen reader says may be a moment older."""
        await expect(self.page.locator("#page").get_by_text(text, exact=False).first).to_be_visible(timeout=10_000)
        if text not in self._judged:
            self._judged.add(text)
            await self.judge()

    async def _press(self, key: str, text: str) -> None:
        await self.press(key)
        await self.sees(text)

    async def _pause(self) -> None:
        await self.press("p")
        await self.page.locator("#pause-0").wait_for()
        await self.judge()
        await self.press("0")
        await self.page.locator("[data-panel]").wait_for(state="detached")

    async def _field(self, name: str, text: str) -> None:
        await expect(self.page.locator(f"#{name}")).to_be_focused()
        await self.page.keyboard.type(text)

    async def _customer(self) -> SipCall:
        trunk = await self.stage.parties.customer(self.stage.lab.sip, CUSTOMER)
        call: SipCall = await trunk.call(DID)
        await call.answered()
        return call


class ShiftByKeys(Shift):
    """Everything by the keyboard."""

    async def press(self, key: str) -> None:
        await self.page.keyboard.press(key)

    async def choose(self, selector: str) -> None:
        await self.page.locator(selector).focus()
        await self.page.keyboard.press("Enter")

    async def start(self) -> None:
        await self.page.locator("#voice-sip").focus()
        await self.page.keyboard.press("Space")
        await self.page.keyboard.press("Enter")


class ShiftByMouse(Shift):
    """Everything by the mouse, but for what must be typed."""

    async def press(self, key: str) -> None:
        if key == "n":  # the button is for the key alone: the mouse goes to the field
            await self.choose("#notes")
            return
        panel = self.page.locator(f'[data-panel] [data-key="{key}"]:visible')
        await (panel if await panel.count() else self.page.locator(f'[data-key="{key}"]:visible')).first.click()

    async def choose(self, selector: str) -> None:
        await self.page.locator(selector).click()

    async def judge(self) -> None:
        assert await self.person.axe() == []
