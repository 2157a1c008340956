"""The page says how each command ended, and what became of the third party, on the screen and to a screen reader."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import expect

from lab.sip import answer, busy, hang_up, refuse, tones
from lab.sip.incoming import Behaviour, ring
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, working

LIMIT = 120.0
RINGS = "4"  # seconds that third parties may ring
ENDS: list[tuple[str, Callable[[], Behaviour], str]] = [
    ("8521", busy, "8521 was busy"),
    ("8522", lambda: refuse(603), "8522 declined the call"),
    ("8523", ring, "8523 did not answer after 4 s"),
    ("8524", lambda: refuse(404), "8524 could not be reached: number not in service (1)"),
]

# Collects what a screen reader says of each change of a live region: all of it, or what is new in it.
LISTEN = """() => {
    window.spoken = [];
    const regions = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    new MutationObserver(changes => {
        const said = new Set();
        for (const { type, target, addedNodes } of changes) {
            const near = target.nodeType === 3 ? target.parentElement : target, region = near?.closest(regions);
            if (!region) continue;
            const parts = type === 'characterData' ? [target] : [...addedNodes];
            const all = parts.length && region.getAttribute('aria-atomic') !== 'false';
            for (const part of all ? [region] : parts) said.add(part.textContent);
        }
        window.spoken.push(...[...said].map(text => text.replace(/\\s+/g, ' ').trim()).filter(Boolean));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


async def test_each_call_to_a_third_party_ends_in_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    far_ends = {number: does for number, does, _ in ENDS}
    monkeypatch.setattr(stage.peer, "decide", lambda number: far_ends.get(number, answer)())
    async with working(stage, "3161", dial_timeout=RINGS) as agent:
        await agent.talks()
        line, notice = agent.page.locator(".told span").first, agent.page.locator(".call .notice")
        await agent.page.evaluate(LISTEN)
        for number, _, said in ENDS:
            await confer(agent, number)
            await expect(line).to_have_text(said)
            await expect(line).to_have_class("bad")
            await expect(notice).to_contain_text(said)
        assert [await spoken(agent, number) for number, *_ in ENDS] == [[said] for *_, said in ENDS]
        far_ends["8524"] = answer
        await notice.get_by_role("button", name="Dial again").click()
        await agent.shows("3-way")
        await expect(line).to_have_text("8524 answered after 0 s")
        await expect(notice).to_have_count(0)
        assert await agent.person.axe() == []
        await agent.page.keyboard.press("x")
        await agent.shows("incall")
        await agent.ends()


async def test_a_third_party_who_goes_is_spoken(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.peer, "decide", lambda number: hang_up(2.0, answer()))
    async with working(stage, "3162") as agent:
        await agent.talks()
        await confer(agent, "8525")
        said = agent.page.locator("#said")
        await expect(agent.page.locator(".told")).to_contain_text(re.compile(r"8525 answered after \d s"))
        gone = re.compile(r"8525 is out of the call after 0:0[1-4]\.")
        await expect(said).to_contain_text(gone)
        await agent.shows("incall")
        await expect(agent.page.locator(".call .notice")).to_have_text(gone)
        await blind_transfer(agent, "8526")
        given = "You gave the customer to 8526"
        await expect(agent.page.locator(".call .notice")).to_contain_text(given)
        await expect(said).to_contain_text(given)
        await agent.ends()


async def test_the_receiver_sees_what_the_sender_knows(stage: Stage) -> None:
    async with working(stage, "3163") as sender, working(stage, "3164", tone=tones.CLOSER) as receiver:
        await sender.talks()
        await sender.page.locator("#notes").fill("wants a refund of 200 EUR")
        await expect(sender.page.locator("#notes-status")).to_have_text("Saved")
        await sender.orders("transfers", kind="DIAL_WITH_CUSTOMER", ingroup="AGENTDIRECT", to_agent="3164")
        block, heard = receiver.page.locator(".handed-over"), receiver.page.locator("#said")
        await receiver.shows("3-way")
        await expect(heard).to_contain_text("3163 is in the call: wants a refund of 200 EUR")
        await expect(block).to_contain_text("is in the call")
        await expect(block).to_contain_text("wants a refund of 200 EUR")
        await sender.page.locator("#notes").fill("wants a refund of 200 EUR, angry")
        await expect(block).to_contain_text("200 EUR, angry")
        await expect(receiver.page.get_by_text("First call with this customer.")).to_have_count(0)
        assert await receiver.person.axe() == []
        await sender.page.keyboard.press("Escape")
        await sender.page.keyboard.press("l")
        await sender.shows("dispo")
        why = sender.page.locator(".call .notice")
        await expect(why).to_contain_text("You left; the customer stayed with agent 3164")
        await expect(sender.page.locator("#said")).to_contain_text("You left; the customer stayed with agent 3164")
        await expect(heard).to_contain_text(re.compile(r"^3163 is out of the call after 0:\d\d\. Talking$"))
        await sender.page.locator("#code-SALE").click()
        await expect(block).to_contain_text("From ")
        await expect(block).to_contain_text("Sale")
        await expect(block).to_contain_text("200 EUR, angry")
        await sender.parties_hang_up()
        await receiver.shows("dispo")
        await expect(receiver.page.locator(".call .notice")).to_contain_text("The customer hung up")
        await expect(block).to_contain_text("200 EUR, angry")
        await receiver.orders("disposition", status="OTHER")


async def blind_transfer(agent: WorkingAgent, number: str) -> None:
    """Give the customer to a number by the keyboard."""
    await expect(agent.page.locator("#do-transfer[aria-disabled=false]")).to_be_visible()
    await agent.page.keyboard.press("t")
    await agent.page.locator("#to").fill(number)
    await agent.page.locator("#do-go").click()


async def confer(agent: WorkingAgent, number: str) -> None:
    """Call a third party by the keyboard, once it is allowed."""
    await expect(agent.page.locator("#do-conference[aria-disabled=false]")).to_be_visible()
    await agent.page.keyboard.press("c")
    await agent.page.locator("#to").fill(number)
    await agent.page.locator("#do-with").click()


async def spoken(agent: WorkingAgent, number: str) -> list[str]:
    """Return what a screen reader said of the end of a dial."""
    texts: list[str] = await agent.page.evaluate("spoken")
    beginning = re.compile(rf".* …$|.*: started$|.*\b{number} rings\.$")  # sentences of one moment are one text
    return [text for text in texts if number in text and not beginning.match(text)]
