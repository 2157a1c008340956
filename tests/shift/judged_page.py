"""A page that is worked by the keyboard alone, and judged after each step in light, dark and forced colours."""

from playwright.async_api import expect

from tests.browser.stage import PASSWORD, Person, Stage
from tests.browser.test_drawn_states import CUT, UNEXPLAINED

SCHEMES = ("light", "dark", "forced")
TABS = 150  # presses of Tab after which an element counts as not in reach
# Returns 0 on an element with the focus, -1 if the wanted one is before the focus, and 1 if it is after it.
WAY = """wanted => {
    const now = document.activeElement;
    if (now.matches(wanted)) return 0;
    return now.compareDocumentPosition(document.querySelector(wanted)) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
SCROLLS = "document.documentElement.scrollWidth > innerWidth ? ['the page scrolls to the side'] : []"
# Returns the texts whose colour is that of their background.
UNREADABLE = """() => [...document.querySelectorAll('#page *')].filter(one => {
    const text = [...one.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    if (!text || !one.checkVisibility()) return false;
    let up = one;
    const back = () => getComputedStyle(up).backgroundColor;
    while (up.parentElement && /^(transparent|rgba.* 0\\))$/.test(back())) up = up.parentElement;
    return getComputedStyle(one).color === back();
}).map(one => `${one.tagName} ${one.innerText} has the colour of its background`)"""
# Returns the parts that no scrolling brings into view, because they are above the page.
ABOVE = """() => [...document.querySelectorAll('.login :is(h1, h2, p, .mark), .bar *')].filter(one => {
    return one.checkVisibility() && one.getBoundingClientRect().top + scrollY < -1;
}).map(one => `above the page: ${one.tagName} ${one.id} ${one.innerText}`)"""
# Returns what is wrong with the focus; "" if a person sees where it is.
FOCUS = """() => {
    const one = document.activeElement, at = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (one === document.body) return 'the focus is lost';
    const name = `${one.tagName} ${one.id}`;
    const [left, right] = [Math.max(at.left, 0), Math.min(at.right, innerWidth)];
    const [top, bottom] = [Math.max(at.top, 0), Math.min(at.bottom, innerHeight)];
    if (left >= right || top >= bottom) return `${name} is outside the window`;
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!seen || !(one.contains(seen) || seen.contains(one) || one.closest('label')?.contains(seen))) {
        return `${name} is covered by ${seen?.tagName} ${seen?.id}`;
    }
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? '' : `${name} has no ring`;
}"""
# The reasons are read with the focus on each button; afterwards the focus and what is in view are as before.
REASONS = f"""() => {{
    const before = document.activeElement, all = [...document.querySelectorAll('html, #page, #page *')];
    const scrolls = all.filter(one => one.scrollHeight > one.clientHeight).map(one => [one, one.scrollTop]);
    const found = ({UNEXPLAINED})();
    before.focus({{preventScroll: true}});
    for (const [one, place] of scrolls) one.scrollTop = place;
    return found.map(one => `the reason of ${{one}} cannot be read`);
}}"""


class JudgedPage:
    """A page, the keys that are pressed, and the number of the step."""

    def __init__(self, stage: Stage, person: Person, name: str) -> None:
        self.stage, self.person, self.page, self.name = stage, person, person.page, name
        self.steps = 0
        self.faults: list[str] = []

    async def log_in(self, user: str) -> None:
        """Log a user in; the field of the name has the focus."""
        await expect(self.page.locator("#user")).to_be_focused()
        await self.page.keyboard.type(user)
        await self.press("Tab")
        await self.page.keyboard.type(PASSWORD)
        await self.press("Enter")

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def reach(self, selector: str) -> None:
        """Press Tab, or Shift and Tab if the element is before the focus, until it has the focus."""
        await self.page.locator(selector).first.wait_for()
        for _ in range(TABS):
            match await self.page.evaluate(WAY, selector):
                case 0:
                    return
                case way:
                    await self.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"{self.name}: {selector} is not reached by {TABS} presses of Tab")

    async def enter(self, selector: str) -> None:
        """Reach a button, and press Enter."""
        await self.reach(selector)
        await self.press("Enter")

    async def sees(self, text: str, step: str = "", **how: bool) -> None:
        """Wait until the page says so, and judge the step."""
        await expect(self.page.get_by_text(text, exact=False).locator("visible=true").first).to_be_visible(
            timeout=15_000
        )
        if step:
            await self.judge(step, **how)

    async def judge(self, step: str, *, quick: bool = False) -> None:
        """Judge what is shown now. A `quick` judgement is of one scheme, for what is gone after some seconds."""
        self.steps += 1
        where = f"{self.name}-{self.steps:02}-{step}"
        focus = await self.page.evaluate(FOCUS)
        self.faults += [f"{where}: {focus}"] if focus else []
        for script in (SCROLLS, CUT, ABOVE, REASONS):
            self.faults += [f"{where}: {one}" for one in await self.page.evaluate(script)]
        for scheme in SCHEMES[: 1 if quick else None]:
            await self.person.driver.look(self.page, scheme)
            await self._shot(f"{where}-{scheme}")
            found = [*await self.page.evaluate(UNREADABLE), *await self.person.axe()]
            self.faults += [f"{where}: {scheme}: {one}" for one in found]
        await self.person.driver.look(self.page, "light")

    def is_good(self) -> None:
        """Fail with all that was found in the steps."""
        assert not self.faults, "\n".join(self.faults)

    async def _shot(self, name: str) -> None:
        if self.stage.shots:
            self.stage.shots.mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=self.stage.shots / f"{name}.png", animations="disabled", full_page=True)
