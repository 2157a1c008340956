"""Texts that are long, read from right to left, or made to mislead: the buttons stay in view."""

from itertools import cycle

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.overviews import ME, OVERVIEWS
from tests.browser.screens import SCREENS

NAMES = {
    "long": "Wilhelmina-Friederike " * 12,
    "one word": "x" * 10_000,
    "right to left": "\u202e" + "\u0645" * 300,
    "emoji": "\U0001f600" * 300,
    "invisible": "\u200b" * 300,
}
AT_WORK = ("talking", "three-way", "consulting")
IN_VIEW = """() => {
    const at = document.getElementById('do-hangup').getBoundingClientRect();
    const panel = document.querySelector('.call').getBoundingClientRect();
    return at.bottom <= panel.bottom && at.right <= panel.right && document.documentElement.scrollWidth <= innerWidth;
}"""

OUTSIDE = """() => [...document.querySelectorAll('.bar button, [data-panel] *')].filter(one => {
    const at = one.getBoundingClientRect();
    return at.width && (at.left < 0 || at.right > innerWidth);
}).map(one => one.id || one.innerText)"""


async def test_a_name_leaves_the_button_that_hangs_up_in_view(chromium: Browser) -> None:
    """Each name and each screen is judged by axe, too."""
    lead, judged = SCREENS["talking"]()["lead"], cycle(AT_WORK)
    async with drawn(chromium, "talking") as one:
        for kind, name in NAMES.items():
            lead["fields"] = [{"name": "first_name", "label": "First name", "longest": 100, "value": name}]
            by_axe = next(judged)
            for screen in AT_WORK:
                await one.show(screen, lead=lead)
                assert await one.page.evaluate(IN_VIEW), (kind, screen)
                assert screen != by_axe or await one.axe() == [], kind


async def test_wrap_up_says_that_a_number_is_on_a_do_not_call_list(chromium: Browser) -> None:
    """An undo of the code takes the number from no list."""
    async with drawn(chromium, "dispo") as one:
        await expect(one.page.locator(".call .who")).not_to_contain_text("do not call")
        lead = SCREENS["dispo"]()["lead"] | {"do_not_call": "the system's do-not-call list"}
        await one.show("dispo", lead=lead)
        await expect(one.page.locator(".call .who")).to_contain_text("do not call")


async def test_many_queues_leave_the_buttons_of_the_line_at_the_top_in_view(chromium: Browser) -> None:
    one_queue = SCREENS["talking"]()["queues"][1]
    queues = [one_queue | {"ingroup": f"Q{n}", "group_name": f"Queue {n}", "waiting": int(n == 11)} for n in range(12)]
    async with drawn(chromium, "talking") as one:
        for screen in ("talking", "dispo", "paused"):
            await one.show(screen, queues=queues)
            assert not await one.page.evaluate(OUTSIDE), screen
        await one.show("talking", queues=queues)
        await expect(one.page.locator(".queues li").first).to_contain_text("Queue 11 1")


async def test_a_long_name_leaves_the_way_out_of_a_question_in_view(chromium: Browser) -> None:
    agents = [row | {"full_name": "x" * 100} for row in OVERVIEWS["busy"]()["agents"]]
    async with drawn(chromium, "busy", me=ME) as one:
        await one.show("busy", agents=agents)
        await one.page.locator(f"#agent-{agents[0]['user']}").click()
        await one.settles()  # the page has read what may be done to the agent
        for key in ("o", "m", "p"):
            await one.page.keyboard.press(key)
            await one.page.locator("[data-panel]").wait_for()
            await one.is_loaded()
            assert not await one.page.evaluate(OUTSIDE), key
            await one.page.keyboard.press("Escape")


async def test_notes_that_are_typed_after_the_code_say_that_they_are_not_saved(chromium: Browser) -> None:
    async with drawn(chromium, "dispo-set") as one:
        one.server.answers["agents/me/notes"] = (409, {"detail": "it has the code SALE", "code": "disposition_set"})
        await one.page.locator("#notes").fill("wants the blue one, and a lamp")
        await expect(one.page.locator(".notes small")).to_contain_text("Give the code again")
        await one.page.locator("#code-SALE").click()
        assert (await one.commands(2))[1][2]["notes"] == "wants the blue one, and a lamp"


async def test_notes_that_no_code_took_along_are_named(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        bad = one.page.locator(".receipts .bad")
        await one.page.locator("#notes").fill("wants the red one")
        await one.page.locator("#code-SALE").click()
        await one.show("ready")
        await expect(bad).to_have_count(0)
        await one.show("dispo")
        await one.page.locator("#notes").fill("wants a lamp")
        await one.show("ready")
        await expect(bad).to_contain_text("not saved: …wants a lamp")
