"""The supervisor's page: names and hours in full, what a supervisor needs first, and marks in forced colours."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import SMALL, drawn
from tests.browser.overviews import BOTH, ME, busy, diallers, five, today

NAME = "Maximiliane-Theresia von Hohenstein-Sachsen"
WIDE, MEDIUM = {"width": 1280, "height": 720}, {"width": 800, "height": 600}
PHONE, NARROW = {"width": 390, "height": 844}, {"width": 360, "height": 740}
CUT = """selector => [...document.querySelectorAll(selector)].filter(one => {
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
}).map(one => one.innerText)"""
# Returns the hours below the plot that its edge cuts.
HOURS = """() => [...document.querySelectorAll('.plot .tick')].filter(one => {
    return one.getBoundingClientRect().right > one.ownerSVGElement.getBoundingClientRect().right - 12;
}).map(one => one.textContent)"""
# Returns the texts of queues whose words the column breaks: more lines than words.
BROKEN = """() => [...document.querySelectorAll('.figures tbody th button')].filter(one => {
    return one.getClientRects().length && one.offsetHeight > 22 * one.innerText.split(' ').length + 6;
}).map(one => one.innerText)"""


def tall(name: str) -> dict[str, Any]:
    """Return a calm office with an agent of this name."""
    screen = five()
    screen["agents"][0] |= {"full_name": name}
    return screen


@pytest.mark.parametrize("size", [WIDE, MEDIUM, SMALL, PHONE], ids=["1280", "800", "640", "390"])
async def test_the_names_of_agents_and_queues_are_there_in_full(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "five", me=ME, viewport=size) as one:
        await one.show("five", **tall(NAME))
        await expect(one.page.locator("#agent-1000 th")).to_contain_text(NAME)
        assert await one.page.evaluate(CUT, ".agents tbody th, .figures tbody th, .figures tbody th button") == []


async def test_a_narrow_phone_has_whole_names_of_queues_and_the_whole_search(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME, viewport=NARROW) as one:
        screen = busy()
        for row in screen["ingroups"]:
            row |= {"group_name": ""}
        await one.show("busy", **screen)
        assert await one.page.evaluate(CUT, ".figures tbody th, .figures tbody th button") == []
        assert await one.page.evaluate(BROKEN) == []
        room = "one => one.clientWidth - parseFloat(getComputedStyle(one).paddingLeft) - 28"
        assert await one.page.locator("#find").evaluate(room) >= 30, "the word Find beside its key"
        assert await one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [WIDE, MEDIUM, SMALL], ids=["1280", "800", "640"])
async def test_the_last_hour_below_the_plot_is_whole(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "five", me=ME, viewport=size) as one:
        day = today(3, 2)
        day["intervals"][0]["begins"] = "2026-11-20T08:30:00.000+00:00"
        day["intervals"][1]["begins"] = "2026-11-20T09:00:00.000+00:00"
        await one.show("five", today=day)
        assert await one.page.evaluate(HOURS) == []


async def test_the_filters_are_whole_beside_or_below_each_other(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        shown = "one => one.getBoundingClientRect().width"
        spare = """one => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = getComputedStyle(one).font;
            return one.clientWidth - 22 - pen.measureText(one.selectedOptions[0].text).width;
        }"""
        for name in ("#ingroup", "#campaign"):
            assert await one.page.locator(name).evaluate(spare) >= 0, f"{name}: the text and the arrow, 22 pixels wide"
        assert await one.page.evaluate(CUT, ".agents .card-head h2") == []
        assert await one.page.locator("#find").evaluate(shown) >= 100
        apart = """() => [...document.querySelectorAll('.agents h2 b, .agents .tools > *')]
            .map(one => one.getBoundingClientRect())
            .every((at, n, all) => !n || all[n - 1].right <= at.left || all[n - 1].bottom <= at.top)"""
        assert await one.page.evaluate(apart)


async def test_a_short_name_of_an_agent_has_one_line(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        for row in await one.page.locator(".agents tbody th b").all():
            assert await row.evaluate("one => one.getBoundingClientRect().height") < 20, await row.inner_text()
        assert await one.page.evaluate(BROKEN) == []
        for part in (".agents", ".ingroups"):
            assert await one.page.locator(f"{part} .scroll").evaluate("one => one.scrollWidth <= one.clientWidth"), part


@pytest.mark.parametrize("size", [MEDIUM, SMALL, PHONE], ids=["800", "640", "390"])
async def test_agents_come_before_the_plot_and_figures_fill_their_rows(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "busy", me=ME, viewport=size) as one:
        top = "one => one.getBoundingClientRect().top"
        agents, chosen, plot = [
            await one.page.locator(part).evaluate(top) for part in (".agents", ".chosen", ".today-plot")
        ]
        assert agents < chosen < plot
        right = """[...document.querySelectorAll('.figure')].map(one => one.getBoundingClientRect())
            .reduce((rows, at) => ({...rows, [Math.round(at.top)]: at.right}), {})"""
        edges = await one.page.evaluate(right)
        assert max(edges.values()) - min(edges.values()) < 2, edges


async def test_the_page_has_no_words_of_the_command_line_or_of_the_agent(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        why = "automatic dialling is stopped; to allow it again: warmline dial allow --why REASON"
        stopped = diallers() | {"stopped": True}
        for row in stopped["campaigns"]:
            row |= {"why": why, "running": True, "by": "user:ben"}
        screen = busy() | {"dialling": stopped}
        screen["agents"][7] |= {"ingroups": ["SALESLINE", "AGENTDIRECT"], "supervisors": [BEN]}
        await one.show("busy", **screen)
        await expect(one.page.locator(".dialling")).not_to_contain_text("warmline")
        await expect(one.page.locator(".dialling .dialler-head").first).to_contain_text("by Ben Ott")
        await one.page.locator("#agent-1007").click()
        chosen = one.page.locator(".chosen")
        await expect(chosen).to_contain_text("The agent's phone rings")
        await expect(chosen).to_contain_text("Ben Ott listens")
        await expect(chosen.locator(".data")).to_contain_text("Sales")
        await expect(chosen).not_to_contain_text("AGENTDIRECT")
        await expect(chosen.locator(".hearing td").first).to_have_text("hears the customer and the supervisor")
        await expect(chosen.locator(".hearing-picture")).to_be_visible()
        await expect(chosen.locator(".hearing-picture line")).to_have_count(3)
        await expect(chosen.locator(".hearing-picture polygon")).to_have_count(5)


BEN = {"phone": "browser", "kind": "LISTEN", "by": "user:ben"}
FORCED_FILLS = """() => {
    const ground = (one) => getComputedStyle(one, '::before').backgroundColor;
    const bar = document.querySelector('.plot .answered'), swatch = document.querySelector('.legend .answered');
    return [getComputedStyle(bar).fill, ground(swatch)];
}"""


async def test_the_legend_has_the_colours_of_the_bars_in_forced_colours(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME, forced_colors="active") as one:
        bar, swatch = await one.page.evaluate(FORCED_FILLS)
        assert bar == swatch


async def test_the_ring_of_the_chosen_row_can_be_seen_in_forced_colours(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME, forced_colors="active") as one:
        await one.page.keyboard.press("ArrowDown")
        row = one.page.locator(".agents tr:focus")
        await row.wait_for()
        ring, text = await row.evaluate(
            "one => [getComputedStyle(one).outlineColor, getComputedStyle(one.querySelector('b')).color]"
        )
        assert ring == text, "the ring has the colour of the text, which has contrast with the row"


async def test_the_focus_is_in_view_after_an_emergency_stop(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME, viewport=MEDIUM) as one:
        await one.page.keyboard.press("e")
        await expect(one.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
        screen = busy()
        await one.show("busy", **screen | {"dialling": diallers(), "agents": screen["agents"] + more()})
        await one.page.keyboard.press("Escape")
        await expect(one.page.locator("#do-stop-all")).to_be_focused()
        await expect(one.page.locator("#do-stop-all")).to_be_in_viewport(ratio=1)
        seen = """() => {
            const at = document.activeElement.getBoundingClientRect();
            const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
            return document.activeElement.contains(top);
        }"""
        assert await one.page.evaluate(seen)


def more() -> list[dict[str, Any]]:
    """Return agents who come while a question is open, and move what is below them."""
    return [one | {"user": f"9{n}", "full_name": f"Late {n}"} for n, one in enumerate(five()["agents"] * 2)]
