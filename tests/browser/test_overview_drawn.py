"""The supervisor view and the wallboard in drawn states: what axe finds, what is in view, and markup as text."""

from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.drawn_page import SMALL, DrawnPage, drawn
from tests.browser.overviews import BOTH, ME, OVERVIEWS, WALLBOARD, busy, caller, many
from tests.browser.routed import set_route
from tests.browser.screens import at

LARGE = {"width": 1920, "height": 1080}
SCROLLS = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
# Buttons, figures and heads that are cut off or out of the window; lists may scroll.
CUT = """() => [...document.querySelectorAll('main button, .figure b, .list thead th, .bar button')].filter(one => {
        const at = one.getBoundingClientRect();
        if (!at.width || one.closest('.scroll :is(tbody, li)')) return false;
        return at.left < 0 || at.right > innerWidth || at.bottom > innerHeight || one.scrollWidth > one.clientWidth + 1;
    }).map(one => one.innerText)"""
UNREACHED = """() => [...document.querySelectorAll('.overview button, .overview input')].filter(one => {
    one.scrollIntoView({block: 'nearest'});
    const at = one.getBoundingClientRect();
    return at.width && (at.top < 0 || at.bottom > innerHeight || at.left < 0 || at.right > innerWidth);
}).map(one => one.id)"""
USUAL_SERVER = {"connected": True, "lost": False, "since": at(600), "draining": False, "calls": 3}
MARKUP = '<img src=x onerror="document.title=1"><script>document.title=1</script>'


async def test_axe_finds_nothing_in_any_overview(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        for name in OVERVIEWS:
            await one.show(name)
            assert await (one.axe_in_each_scheme() if name in ("empty", "busy") else one.axe()) == [], name


async def test_axe_finds_nothing_in_a_panel_or_on_the_wall(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        one.server.allow("pause", "logout")
        await one.page.keyboard.press("ArrowDown")
        await one.page.locator(".chosen .hearing").wait_for()
        for key in ("p", "o", "g", "q"):
            await one.page.keyboard.press(key)
            await one.page.locator("[data-panel]").wait_for()
            await one.is_loaded()
            assert await one.axe_in_each_scheme() == [], key
            await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("t")
        for name in ("empty", "busy"):
            await one.show(name)
            assert await one.axe_in_each_scheme() == [], f"wall {name}"


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, LARGE], ids=["720", "1080"])
async def test_nothing_is_cut_off(chromium: Browser, size: dict[str, Any]) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview", viewport=size) as one:
        await one.page.keyboard.press("ArrowDown")
        for name in OVERVIEWS:
            await one.show(name)
            await one.is_loaded()
            assert not await one.page.evaluate(SCROLLS), name
            assert await one.page.evaluate(CUT) == [], name
        await one.page.keyboard.press("t")
        for name in OVERVIEWS:
            await one.show(name)
            assert not await one.page.evaluate(SCROLLS), f"wall {name}"
            assert await one.page.evaluate(CUT) == [], f"wall {name}"


async def test_at_twice_the_size_everything_can_be_reached(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME, viewport=SMALL) as one:
        await one.page.keyboard.press("ArrowDown")
        for name in OVERVIEWS:
            await one.show(name)
            await one.is_loaded()
            assert not await one.page.evaluate(SCROLLS), name
            assert await one.page.evaluate(UNREACHED) == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_bar_of_a_service_level_has_a_ground(chromium: Browser, scheme: Literal["light", "dark"]) -> None:
    async with drawn(chromium, "busy", me=ME, color_scheme=scheme) as one:
        meter = one.page.locator(".level meter").first
        ground = await meter.evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground not in ("rgba(0, 0, 0, 0)", await one.page.evaluate("getComputedStyle(document.body).color"))


async def test_markup_in_names_and_numbers_is_text(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        screen = busy()
        for row in screen["agents"]:
            row |= {"full_name": MARKUP, "campaign_name": MARKUP, "pause_code": MARKUP, "customer": MARKUP}
        for row in (*screen["waiting"], *screen["ingroups"]):
            row |= {"customer": MARKUP, "group_name": MARKUP}
        await one.show("busy", **screen)
        await one.page.keyboard.press("ArrowDown")
        await expect(one.page.locator(".chosen h2")).to_contain_text(MARKUP)
        await expect(one.page.locator("img, #page script")).to_have_count(0)
        await one.page.keyboard.press("g")
        await expect(one.page.locator("[data-panel] h2")).to_contain_text(MARKUP)
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("t")
        await one.page.locator("main.wall").wait_for()
        await one.settles()
        await expect(one.page.locator("img, #page script")).to_have_count(0)
        await expect(one.page).not_to_have_title("1")


async def test_a_late_one_is_marked_by_a_word_and_a_shape(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        fay = one.page.locator("#agent-1004 .age")
        await expect(fay).to_have_text("late")
        assert "▲" in await fay.evaluate("one => getComputedStyle(one, '::before').content")
        await expect(one.page.locator("#agent-1009 .age")).to_have_text("long")
        await expect(one.page.locator("#agent-1002 .age")).to_have_count(0)


async def test_a_call_for_one_agent_is_a_direct_call(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        direct = caller(8, 5, ingroup="AGENTDIRECT", name="", direct="1004")
        await one.show("busy", waiting=[direct])
        await expect(one.page.locator("#caller-W8")).to_contain_text("Direct calls")
        await expect(one.page.locator("body")).not_to_contain_text("AGENTDIRECT")


async def test_an_agent_who_dials_waits_for_no_call(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        ivo = one.page.locator("#agent-1007 .state")
        await expect(ivo).to_have_text("Call coming")
        screen = busy()
        for call in screen["calls"]:
            call |= {"state": "dialing_out"} if call["agent"] == "1007" else {}
        await one.show("busy", **screen)
        await expect(ivo).to_have_text("Dialling")


async def test_an_agent_without_the_right_sees_no_overview(chromium: Browser) -> None:
    async with drawn(chromium, "ready", view="overview") as one:
        await expect(one.page.get_by_text("Waiting for a call")).to_be_visible()
        await expect(one.page.locator("#do-view-overview, #do-view-wall")).to_have_count(0)


async def test_a_lost_server_is_said_and_the_view_comes_back(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME, clock_stands=True) as one:  # the page tries again after 0.2 s
        await one.server.cut()
        await expect(one.page.locator(".warning")).to_contain_text("this screen may be old")
        await expect(one.page.locator(".agents tbody tr"), "the last state stays in view").to_have_count(12)
        await one.pass_time(0.2)
        await expect(one.page.locator(".link-state")).to_have_text("Connected")


async def test_asterisk_away_is_said(chromium: Browser) -> None:
    async with drawn(chromium, "asterisk-away", me=ME) as one:
        await expect(one.page.locator(".warning")).to_have_text("No link to Asterisk. Commands wait.")


async def test_the_plot_has_the_figures_as_a_table(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        rows = one.page.locator(".today-plot tbody tr")
        await expect(rows).to_have_count(16)
        await expect(rows.first.locator("th, td")).to_have_text(["08:00", "4", "4", "0", "0"])


async def test_a_wallboard_has_no_button_and_fits_200_agents(chromium: Browser) -> None:
    async with drawn(chromium, "many", me=WALLBOARD, viewport=LARGE) as one:
        await expect(one.page.locator("body")).to_have_attribute("data-stage", "wall")
        await expect(one.page.locator("button, a, input, select")).to_have_count(0)
        size = "document.body.computedStyleMap().get('font-size').value"
        assert await one.page.evaluate(size) >= 28, "twice the size of the other pages"


async def test_a_wallboard_draws_callers_and_agents_without_their_numbers(chromium: Browser) -> None:
    """The server of a wallboard sends neither customers nor supervisors."""
    async with drawn(chromium, "five", me=WALLBOARD, viewport=LARGE) as one:
        kept = {"customer", "third", "muted", "supervisors"}
        agents = [{name: agent[name] for name in agent.keys() - kept} for agent in busy()["agents"]]
        whole = caller(1, 70)
        late = {name: whole[name] for name in whole.keys() - kept}
        await one.show("five", agents=agents, waiting=[late], calls=[])
        await expect(one.page.locator(".attention")).to_contain_text("Caller")
        await expect(one.page.locator("main.wall")).not_to_contain_text("1555")


async def test_a_wallboard_logs_in_for_weeks(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=WALLBOARD, view="wall") as one:
        await one.server.cut(4001)
        await one.page.locator("[name=user]").fill("bea")
        await one.page.locator("[name=password]").fill("secret")
        await one.page.keyboard.press("Enter")
        await expect(one.page.locator("main.wall")).to_be_visible()
        assert one.server.programs == ["wallboard"]


async def test_a_row_that_moves_is_the_same_row(chromium: Browser) -> None:
    async with drawn(chromium, "many", me=ME) as one:
        row = one.page.locator("#agent-2000")
        await row.click()
        handle = await row.element_handle()
        screen = many()
        screen["agents"][0] |= {"state": "LOST", "late": "2026-11-20T15:00:00Z"}
        await one.show("many", **screen)
        assert await one.page.evaluate("one => one === document.querySelector('.agents tbody tr')", handle)
        await one.has_focus("agent-2000")


async def test_screenshots_for_the_docs(chromium: Browser, request: pytest.FixtureRequest) -> None:
    folder = request.config.getoption("--shots")
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        await one.page.locator("#agent-1001").click()
        await expect(one.page.locator(".chosen .hearing")).to_be_visible()
        await shot(one, folder, "supervisor-view")
        await one.page.keyboard.press("t")
        await one.page.set_viewport_size(LARGE)
        await shot(one, folder, "wallboard")


async def shot(one: DrawnPage, folder: Any, name: str) -> None:
    """Write a screenshot, if the run was asked to."""
    picture = await one.page.screenshot(animations="disabled")
    assert picture.startswith(b"\x89PNG")
    if folder:
        (folder / f"{name}.png").write_bytes(picture)


async def test_a_page_that_did_not_come_is_loaded_again(chromium: Browser) -> None:
    """The API process may be away while the browser loads the overview's modules."""
    failures = iter(["failed"])

    async def answer(route: Route) -> None:
        await (route.abort() if next(failures, "") else route.continue_())

    async with drawn(chromium, "ready", me=BOTH, view="agent") as one:
        await set_route(one.page, "**/overview/main.js*", answer)
        await one.page.keyboard.press("j")
        await expect(one.page.locator("main.overview")).to_be_visible()
        assert next(failures, "") == ""


def servers(**other: Any) -> dict[str, Any]:
    """Return the section with two servers; `other` are fields of `b`."""
    return {"servers": [{"name": "main"} | USUAL_SERVER, {"name": "b"} | USUAL_SERVER | other]}


async def test_the_line_names_the_server_that_needs_attention(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        line = one.page.locator(".warning")
        await expect(line).to_be_hidden()
        for fields, wanted in (
            ({"connected": False}, "Server b is away since"),
            ({"connected": False, "since": None}, "Server b is away. It takes no calls"),
            ({"connected": False, "lost": True}, "its calls have ended"),
            ({"draining": True}, "Server b drains: it takes no new calls, and 3 calls are on it."),
            ({"draining": True, "calls": 1}, "and 1 call is on it."),
        ):
            await one.server.send(servers(**fields), "overview")
            await expect(line).to_contain_text(wanted)
            assert "main" not in await line.inner_text()
        assert await one.axe() == []
        await one.server.send(servers(), "overview")
        await expect(line).to_be_hidden()
