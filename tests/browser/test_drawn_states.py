"""Every state of the layout table: what is in view, what axe finds, and the screenshots."""

import random
import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser import fake_server, screens
from tests.browser.drawing.longer_words import longer
from tests.browser.drawn_page import SMALL, drawn
from tests.browser.fake_server import ME, lists, recordings
from tests.browser.hostile_screens import some
from tests.browser.overviews import BOTH, OVERVIEWS
from tests.browser.screens import SCREENS

HIDDEN = """() => {
    const panel = document.querySelector('.call'), box = panel?.getBoundingClientRect();
    const out = (one) => {
        const at = one.getBoundingClientRect();
        return at.width && (at.left < -1 || at.right > innerWidth + 1 || at.top < -1 || at.bottom > innerHeight + 1);
    };
    const cut = (one) => one.scrollWidth > one.clientWidth + 1;
    const found = [...document.querySelectorAll('.call button, .bar button, .call h2, .call .who, .hearing td')];
    return found.filter(one => out(one) || (one.matches('button') && cut(one))).map(one => one.innerText);
}"""
SCROLLS = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
UNREACHED = """() => [...document.querySelectorAll('.call button')].filter(one => {
    one.scrollIntoView({block: 'nearest'});
    const at = one.getBoundingClientRect();
    return at.top < 0 || at.bottom > innerHeight || at.right > innerWidth;
}).map(one => one.innerText)"""
LOGIN = ("logged-out", "logged-out-by-limit")
SIZES = [(1280, 720), (800, 600), (640, 360), (390, 844), (360, 740)]  # 640x360 is 1280x720 at 200 % zoom
# Returns the parts that are outside the window, or cut by another part.
# A note in a table may end with dots, and so may what has a title.
CUT = """() => {
    const hidden = (one) => {
        for (let up = one; up; up = up.parentElement) if (getComputedStyle(up).clipPath !== 'none') return true;
        return !one.checkVisibility() || one.closest('.why');
    };
    const why = (one) => {
        const at = one.getBoundingClientRect();
        if (at.left < -1 || at.right > innerWidth + 1) return 'outside';
        if (one.closest('[title]') && getComputedStyle(one.closest('[title]')).textOverflow === 'ellipsis') return '';
        if (getComputedStyle(one).overflowX !== 'visible' && !one.matches('.note, input, textarea')
            && one.scrollWidth > one.clientWidth + 1) return 'too long';
        if (one.matches('button') && one.scrollWidth > one.clientWidth + 1) return 'too long';
        let scrolls = false;
        for (let up = one.parentElement; up; up = up.parentElement) {
            const style = getComputedStyle(up), edge = up.getBoundingClientRect();
            if (style.overflowX !== 'visible' && (at.left < edge.left - 1 || at.right > edge.right + 1)) return 'aside';
            scrolls ||= ['auto', 'scroll'].includes(style.overflowY);
            if (style.overflowY === 'hidden' && !scrolls && (at.top < edge.top - 1 || at.bottom > edge.bottom + 1)) {
                return 'below';
            }
            if (style.position === 'fixed') break;
        }
        return '';
    };
    const text = (one) => [...one.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    const says = (one) => one.matches('input, textarea, button') || text(one);
    return [...document.querySelectorAll('#page *')].filter(one => says(one) && !hidden(one) && why(one))
        .map(one => `${why(one)}: ${one.tagName} ${one.id} ${one.innerText}`);
}"""
# The same without the campaign and the queues in the line at the top, for which there may be no room.
CUT_OF_ALL = CUT.replace("'#page *'", "'#page :not(.who-am-i *, .queues *)'")
COVERED = """() => [...document.querySelectorAll('#page :is(button, input, textarea)')].filter(one => {
    if (!one.checkVisibility() || one.matches('.unseen')) return false;
    one.scrollIntoView({block: 'nearest'});
    const at = one.getBoundingClientRect();
    const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
    return !top || !(one.contains(top) || one.closest('label, .press')?.contains(top));
}).map(one => one.id || one.innerText)"""
UNEXPLAINED = """() => [...document.querySelectorAll('[aria-disabled=true]')].filter(one => {
    const reason = document.getElementById(one.getAttribute('aria-describedby'));
    one.focus();
    const at = reason?.getBoundingClientRect(), edge = one.closest('.call, .pane, .side')?.getBoundingClientRect();
    const [left, right] = [edge?.left ?? 0, edge?.right ?? innerWidth];
    return !reason?.innerText.trim() || !at.width || at.left < left || at.right > right;
}).map(one => one.id)"""
# Returns the background of a button, and that of what is chosen or most important.
LIT = """id => {
    const lit = document.body.appendChild(document.createElement('i'));
    Object.assign(lit.style, {forcedColorAdjust: 'none', background: 'Highlight'});
    const found = [document.getElementById(id), lit].map(one => getComputedStyle(one).backgroundColor);
    lit.remove();
    return found;
}"""
LONG = {"customer_name": "Wilhelmina-Friederike von Sachsen-Coburg-Gotha", "comments": "wants an offer by mail " * 8}
OUTSIDE = """() => {
    const edge = document.querySelector('[data-panel]').getBoundingClientRect().right;
    const out = (one) => one.getBoundingClientRect().right > edge - 8;
    return [...document.querySelectorAll('[data-panel] button')].filter(out).map(one => one.innerText);
}"""
GAP = """() => document.querySelector('.link-state').getBoundingClientRect().left
    - document.querySelector('.told').getBoundingClientRect().right"""
IN_VIEW = """() => {
    const pane = document.querySelector('#pane').getBoundingClientRect();
    const bottom = (one) => document.querySelector(one).getBoundingClientRect().bottom;
    return ['.when', '.dispo [role=alert]'].map(one => bottom(one) <= pane.bottom + 1);
}"""


async def test_nothing_of_a_call_is_out_of_view(chromium: Browser) -> None:
    async with drawn(chromium) as one:
        for name in SCREENS:
            await one.show(name)
            assert not await one.page.evaluate(SCROLLS), name
            assert await one.page.evaluate(HIDDEN) == [], name


async def test_words_half_as_long_again_are_not_cut(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_server, "joined", longer)
    for width in (1280, 360):
        size = {"width": width, "height": 740}
        async with drawn(chromium, clock_stands=True, viewport=size) as one:
            for name, key in (("talking", ""), ("three-way", ""), ("ready", "y"), ("talking", "k")):
                await one.show(name)
                await one.page.keyboard.press(key or "u")
                await one.is_loaded()
                assert await one.page.evaluate(CUT_OF_ALL) == [], f"{width} {name} {key}"
                await one.page.keyboard.press("Escape")
            paused = SCREENS["paused"]()["agent"] | {"allowed_until": screens.at(-1380)}
            await one.show("paused", agent=paused)
            assert await one.page.evaluate(CUT_OF_ALL) == [], f"{width} paused"
        async with drawn(chromium, "five", me=BOTH, clock_stands=True, viewport=size) as one:
            queue = OVERVIEWS["five"]()["ingroups"][1]
            many = [queue | {"ingroup": f"Q{n}", "group_name": f"CLOSEDLINE {n}", "waiting": n} for n in range(40)]
            await one.show("five", ingroups=many)
            await expect(one.page.locator(".ingroups tbody tr").first, "the most callers first").to_contain_text("39")
            assert await one.page.evaluate(CUT_OF_ALL) == [], f"{width} supervisor"


async def test_a_machine_is_marked_and_a_person_is_not(chromium: Browser) -> None:
    async with drawn(chromium, "machine") as one:
        await expect(one.page.locator(".call .notice")).to_have_text("machine?")
        await one.show("talking")
        await one.page.locator(".call .notice").wait_for(state="detached")


@pytest.mark.parametrize("key", ["c", "t", "k"])
async def test_nothing_of_an_open_panel_is_out_of_view(chromium: Browser, key: str) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press(key)
        await one.page.locator("[data-panel] [data-first]").wait_for()
        await one.settles()
        assert await one.page.evaluate(HIDDEN) == []
        assert await one.page.evaluate(OUTSIDE) == []


async def test_a_refused_callback_is_in_view_below_many_codes(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        more = [{**code, "status": f"{code['status']}{n}"} for n in range(3) for code in SCREENS["dispo"]()["codes"]]
        await one.show("dispo", codes=[*SCREENS["dispo"]()["codes"], *more])
        why = "'soon' is not a time; allowed: " + "18:05, tomorrow 10:00, monday 9:00, " * 6
        one.server.answers["agents/me/disposition"] = (422, {"errors": [{"field": "callback.at", "detail": why}]})
        await one.page.keyboard.press("3")
        await one.page.locator("#at").press_sequentially("soon")
        await one.page.locator("#at").press("Enter")
        await one.page.locator(".dispo").get_by_text("is not a time").wait_for()
        await one.until(lambda: one.page.evaluate(f"({IN_VIEW})().every(Boolean)"))
        assert await one.page.evaluate(GAP) >= 0, "a long line at the bottom is cut"


async def test_a_phone_that_several_servers_refuse_shows_the_reason_at_its_choice(chromium: Browser) -> None:
    async with drawn(chromium, "logged-out") as one:
        agent = SCREENS["logged-out"]()["agent"]
        await one.show("logged-out", agent=agent | {"phone": agent["phone"] | {"name": ""}})
        await expect(one.page.locator("#voice-sip"), "without a phone there is no choice of it").to_have_count(0)
        await one.show("logged-out", agent=agent | {"phone": agent["phone"] | {"why": "set: phone_mode=on_hook"}})
        refused = one.page.get_by_text("set: phone_mode=on_hook")
        await expect(refused).to_have_count(0)
        await one.page.locator("#voice-sip").check()
        await expect(refused).to_have_count(1)


async def test_an_agent_who_dials_has_a_state_of_its_own(chromium: Browser) -> None:
    async with drawn(chromium, "calling") as one:
        await expect(one.page.locator("#state .state")).to_have_text("Dialling")
        await one.show("queue")
        await expect(one.page.locator("#state .state")).to_have_text("Call coming")


async def test_a_call_has_one_timer_in_bar_and_panel_that_a_hold_does_not_restart(chromium: Browser) -> None:
    async with drawn(chromium, "parked") as one:
        call = screens.SCREENS["parked"]()["call"] | {"connected": screens.at(3700)}
        agent = screens.SCREENS["parked"]()["agent"] | {"muted": True, "since": screens.at(1800)}
        for state, word, panel in (
            ("parked", r"On hold 0:\d\d", r"Customer on hold 0:\d\d"),
            ("talking", "In call", "Talking"),
            ("third_parked", "In call", r"Third party on hold 0:\d\d"),
        ):
            await one.show("parked", call=call | {"state": state}, agent=agent)
            await expect(one.page.locator("#state .state")).to_have_text([re.compile(f"^{word}$"), "Muted"])
            await expect(one.page.locator(".call-head h2")).to_have_text(re.compile(f"^{panel}$"))
            for timer in (".bar .timer", ".call-head .timer"):
                await expect(one.page.locator(timer)).to_have_text(re.compile(r"^1:01:\d\d$"))


async def test_at_twice_the_size_everything_can_be_reached(chromium: Browser) -> None:
    async with drawn(chromium, viewport=SMALL) as one:
        for name in SCREENS:
            await one.show(name)
            if name in LOGIN:
                continue
            assert not await one.page.evaluate(SCROLLS), name
            assert await one.page.evaluate(UNREACHED) == [], name
        await one.show("three-way")
        await expect(one.page.locator("#do-leave")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_nothing_is_cut_and_all_is_in_reach_at_each_size(chromium: Browser, size: tuple[int, int]) -> None:
    hears = ME | {"rights": {"recordings:read": "own"}}
    async with drawn(chromium, viewport={"width": size[0], "height": size[1]}, me=hears) as one:
        given = lists()
        one.server.answers["recordings"] = (200, recordings())
        one.server.answers["callbacks"] = (200, [row | LONG for row in given["callbacks"]])
        one.server.answers["agents/me/leads"] = (
            200,
            [row | {"last_name": "Gotha" * 8} for row in given["agents/me/leads"]],
        )
        for screen, key, part in (
            *(
                ("ready", "", ".today"),
                ("lost-phone", "", ".notice"),
                ("talking", "", ".hearing"),
                ("help-asked", "", ".after"),
                ("talking", "c", "#to"),
            ),
            *(("talking", "k", ".keypad"), ("three-way", "", "#do-leave"), ("three-way", "i", ".spoken")),
            *(
                ("dispo", "", ".codes"),
                ("dispo", "3", "#at"),
                ("ready", "b", ".rows.callbacks"),
                ("ready", "a", ".rows.leads"),
            ),
            *(
                ("ready", "y", ".rows.history"),
                ("preview", "u", ".before"),
                ("ready", "i", ".queue-list"),
                ("ready", "p", ".drop"),
                ("ready", "q", ".drop"),
            ),
        ):
            await one.show(screen)
            if key:
                await one.page.keyboard.press(key)
            await one.page.locator(part).first.wait_for()
            await one.is_loaded()
            assert await one.page.evaluate(CUT) == [], f"{screen} {key}"
            if part != ".drop":  # it lies over the others
                assert await one.page.evaluate(COVERED) == [], f"{screen} {key}"
            await one.page.keyboard.press("Escape")
        await one.show("ready")
        await one.page.keyboard.press("y")
        await one.page.locator(".rows.history button", has_text="▶").click()
        await one.page.locator("#player").wait_for()
        await one.settles()
        assert await one.page.evaluate(CUT) == []


async def test_a_button_that_is_not_allowed_is_not_lit_in_forced_colours(chromium: Browser) -> None:
    async with drawn(chromium, "talking", forced_colors="active") as one:
        await expect(one.page.locator("#do-leave")).to_have_attribute("aria-disabled", "true")
        not_allowed, lit = await one.page.evaluate(LIT, "do-leave")
        assert not_allowed != lit
        chosen, lit = await one.page.evaluate(LIT, "tab-customer")
        assert chosen == lit


@pytest.mark.parametrize("size", SIZES[:4:3], ids=str)
async def test_the_reason_of_every_button_that_is_not_allowed_can_be_read(
    chromium: Browser, size: tuple[int, int]
) -> None:
    async with drawn(chromium, viewport={"width": size[0], "height": size[1]}) as one:
        for name in SCREENS:
            for key in "abyiu" if name in ("no-phone", "talking") else " ":
                await one.show(name)
                await one.page.keyboard.press(key)
                await one.is_loaded()
                assert await one.page.evaluate(UNEXPLAINED) == [], f"{name} {key}"


@pytest.mark.parametrize("part", range(3))  # all states take too long for one test
async def test_axe_finds_nothing_in_any_state(chromium: Browser, part: int) -> None:
    async with drawn(chromium) as one:
        for name in list(SCREENS)[part::3]:
            await one.show(name)
            assert await one.axe_in_each_scheme() == [], name


async def test_axe_finds_nothing_in_a_panel_or_a_list(chromium: Browser) -> None:
    async with drawn(chromium) as one:
        for screen, keys in (("talking", "c"), ("talking", "k"), ("ready", "p"), ("ready", "q"), ("dispo", "3")):
            await one.show(screen)
            await one.page.keyboard.press(keys)
            await one.page.locator("[data-panel]").wait_for()
            await one.is_loaded()
            assert await one.axe_in_each_scheme() == [], f"{screen} {keys}"
            await one.page.keyboard.press("Escape")
        for tab in ("a", "y", "b"):
            await one.show("paused")
            await one.page.keyboard.press(tab)
            await one.is_loaded()
            await one.page.locator("main .rows tbody tr").first.wait_for()
            assert await one.axe_in_each_scheme() == [], tab


async def test_a_pause_shows_the_limit_of_its_code_and_that_it_is_over(chromium: Browser) -> None:
    async with drawn(chromium, clock_stands=True) as one:
        state = one.page.locator("#state")
        paused = screens.SCREENS["paused"]()["agent"]
        await one.show("paused", agent=paused | {"allowed_until": screens.at(-90), "until": screens.at(-3600)})
        await expect(state).to_contain_text("of this pause left")
        await one.pass_time(120)
        await expect(state.locator(".bad")).to_have_text(re.compile(r"Your pause is 0:\d\d over its time"))


async def test_a_list_with_an_answer_that_breaks_off_can_be_read_again(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        one.server.broken.add("history")
        await one.page.keyboard.press("y")
        again = one.page.locator("#again-history")
        await again.wait_for()
        one.server.broken.clear()
        await again.click()
        await one.page.locator("main .rows.history tbody tr").first.wait_for()


async def test_screenshots_for_the_docs(chromium: Browser, request: pytest.FixtureRequest) -> None:
    folder = request.config.getoption("--shots")
    async with drawn(chromium) as one:
        for name in ("talking", "three-way", "dispo", "ready"):
            await one.show(name)
            picture = await one.page.screenshot(animations="disabled")
            assert picture.startswith(b"\x89PNG")
            if folder:
                (folder / f"workspace-{name}.png").write_bytes(picture)


MARKUP = '<img src=x onerror="document.title=1"><script>document.title=1</script>'


async def test_markup_in_data_is_text(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        screen: dict[str, Any] = SCREENS["talking"]()
        lead = screen["lead"] | {"fields": [{"name": "first_name", "label": MARKUP, "longest": 100, "value": MARKUP}]}
        lead["calls"] = [{"arrived": None, "agent": MARKUP, "status": MARKUP, "notes": MARKUP}]
        call = screen["call"] | {"customer": MARKUP, "group_name": MARKUP, "data": {MARKUP: MARKUP}}
        await one.show("talking", lead=lead, call=call, script=MARKUP, notes=MARKUP)
        await expect(one.page.locator(".spoken")).to_contain_text(MARKUP)
        await expect(one.page.locator(".who b")).to_contain_text(MARKUP)
        await expect(one.page, "the title is text too").to_have_title(re.compile("onerror"))
        await expect(one.page.locator("img, #page script")).to_have_count(0)


async def test_the_parties_each_one_hears_are_shown_in_words(chromium: Browser) -> None:
    async with drawn(chromium, "consulting") as one:
        cells = one.page.locator(".hearing tr").locator("th, td")
        await expect(cells).to_have_text(
            [
                *("You", "hear the third party"),
                *("Customer", "hears music ♪"),
                *("Third party Warehouse 8500", "hears you"),
            ],
            use_inner_text=True,
        )
        await one.show("parked")
        await expect(cells).to_have_text(["You", "hear no one", "Customer", "hears music ♪"], use_inner_text=True)


async def test_markup_in_any_text_of_a_screen_stays_text(chromium: Browser) -> None:
    """`python -m tests.browser.hostile_screens` draws many more."""
    await some(chromium, random.Random(1), 30)  # noqa: S311 - no secret


async def test_twenty_sessions_with_long_names_leave_every_button_in_reach(chromium: Browser) -> None:
    async with drawn(chromium) as one:
        at = "2026-03-01T08:00:00Z"
        times = {"begun": at, "seen": at, "ends": at, "address": "2001:db8::8a2e:370:7334"}
        programs = ["", "<b>markup</b>", *["toolbar-on-a-machine-with-a-long-name" * 2] * 18]
        made = [{"id": f"{n:016x}", "program": name, "current": n == 0} | times for n, name in enumerate(programs)]
        one.server.answers["me/sessions"] = (200, made)
        await one.page.keyboard.press("q")
        await one.page.locator("#do-sessions").click()
        await expect(one.page.locator(".sessions li")).to_have_count(20)
        await expect(one.page.locator(".sessions b", has_text="<b>markup</b>")).to_have_count(1)
        for width, height in (SIZES[0], *SIZES[2::2]):
            await one.page.set_viewport_size({"width": width, "height": height})
            assert await one.axe_in_each_scheme() == [], width
            assert await one.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            for last in ("#do-end-others", "#do-leave-browser", "#do-logout"):
                await one.page.locator(last).focus()
                await expect(one.page.locator(last)).to_be_in_viewport(ratio=1)
        await one.page.locator("#do-password").focus()
        await one.page.keyboard.press("Enter")
        await one.page.locator("#password-now").press_sequentially("qrp1")
        await expect(one.page.locator("#password-now")).to_have_value("qrp1")
        for width, height in (SIZES[0], *SIZES[2::2]):
            await one.page.set_viewport_size({"width": width, "height": height})
            assert await one.axe_in_each_scheme() == [], width
        await one.sends_only()  # letters of a password are no keys
