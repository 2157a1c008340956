"""Login and logout in a real browser: the cookie, other sites, and markup in data."""

import time
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Cookie, Page, Route, expect

from lab import configure
from tests.browser.chromium import SCHEMES
from tests.browser.drawn_page import OF_COLORS, SMALL
from tests.browser.stage import PASSWORD, Person, Stage, add_users
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tests.http.certificates import made
from tests.internals.browser import DEVICE, MUST_CHANGE, config

EVIL = "http://evil.example"
NEW = "another-one7"


async def cookies(anna: Person) -> dict[str, Cookie]:
    return {cookie["name"]: cookie for cookie in await anna.context.cookies()}


async def test_a_session_lasts_from_the_right_password_to_the_logout(stage: Stage) -> None:
    anna = await stage.person()
    await anna.shot("login")
    await anna.log_in("anna", "wrong")
    await expect(anna.page.get_by_text("the user or the password is wrong")).to_be_visible()
    assert await anna.context.cookies() == []
    await anna.log_in("anna")
    await anna.logged_in("anna")
    await expect(anna.page.locator("[name=password]")).to_have_count(0)
    await anna.page.reload()
    await expect(anna.page.get_by_role("heading", name="Anna Berg")).to_be_visible()
    assert await anna.knows("anna")
    await no_script_can_read_the_cookies(anna)
    await a_logout_ends_the_session(anna)


async def no_script_can_read_the_cookies(anna: Person) -> None:
    """Judge the cookies of a page after its login."""
    name = f"warmline-{anna.stage.lab.api.rpartition(':')[2]}"
    found = await cookies(anna)
    assert set(found) == {name, f"{name}{DEVICE}"}
    assert {(one["httpOnly"], one["sameSite"], one["path"]) for one in found.values()} == {(True, "Strict", "/")}
    assert found[name]["expires"] == -1, "the session's cookie ends with the browser"
    assert await anna.page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


async def a_logout_ends_the_session(anna: Person) -> None:
    """Log out, and try the old cookie."""
    before = await cookies(anna)
    async with anna.page.expect_event("load"):  # the page loads again once the answer has taken the cookie
        await anna.page.get_by_role("button", name="Log out").click()
    await expect(anna.page.locator("[name=password]")).to_be_visible()
    (ended,) = before.keys() - await cookies(anna)
    assert not ended.endswith(DEVICE), "the device is known at the next login"
    await anna.context.add_cookies([before[ended]])
    assert await anna.knows("")


async def test_over_https_the_cookies_are_for_https_alone(stage: Stage, tmp_path: Path) -> None:
    configure.fill(tmp_path / "warmline.db", [])
    add_users(tmp_path / "warmline.db")
    port = free_port()
    app = BareApp(tmp_path, port, **made(tmp_path, hosts="IP:127.0.0.1")._asdict())
    try:
        anna = await stage.person("anna", url=f"https://127.0.0.1:{port}", ignore_https_errors=True)
        found = await cookies(anna)
        assert set(found) == {"__Host-warmline", f"__Host-warmline{DEVICE}"}
        assert {(one["secure"], one["httpOnly"]) for one in found.values()} == {(True, True)}
    finally:
        app.kill()


async def test_a_page_of_another_site_can_do_nothing(stage: Stage) -> None:
    """Another port of this machine is the same site for a cookie, and another origin."""
    anna = await stage.person("anna")
    other = await anna.context.new_page()
    near = f"http://127.0.0.1:{free_port()}"

    async def evil(route: Route) -> None:
        await route.fulfill(body="<form method=post></form>", content_type="text/html")

    for site in (EVIL, near):
        await anna.context.route(f"{site}/**", evil)
        await other.goto(f"{site}/")
        send = """async ([url, method, headers, mode]) => {
            try { return (await fetch(url, {method, headers, mode, credentials: "include"})).status; }
            catch { return "blocked"; }
        }"""
        target = f"{stage.lab.api}/workspace/logout"
        assert await other.evaluate(send, [target, "POST", {"X-Warmline": "1"}, "cors"]) == "blocked"
        assert await other.evaluate(send, [target, "POST", {}, "no-cors"]) in (0, "blocked")
        assert await other.evaluate(send, [f"{stage.lab.api}/api/v1/me", "GET", {}, "cors"]) == "blocked"
        submit = "url => { document.forms[0].action = url; document.forms[0].submit(); }"
        async with other.expect_navigation():
            await other.evaluate(submit, target)
        assert "origin_foreign" in await other.content()
        assert await anna.knows("anna"), "no request of another site ended the session"
    await the_workspace_cannot_be_put_into(anna, other)


async def the_workspace_cannot_be_put_into(anna: Person, other: Page) -> None:
    """Show the workspace in a frame of another site's page."""
    frame = f'<iframe src="{anna.url}/workspace/"></iframe>'

    async def embed(route: Route) -> None:
        await route.fulfill(body=frame, content_type="text/html")

    await anna.context.unroute_all()
    await anna.context.route(f"{EVIL}/**", embed)
    await other.goto(f"{EVIL}/")
    inner = other.frames[1]
    await expect(inner.locator("input")).to_have_count(0)
    assert "127.0.0.1" not in inner.url


async def test_markup_in_a_name_is_text(stage: Stage) -> None:
    carl = await stage.person("carl")
    await expect(carl.page.get_by_text("<img src=x")).to_be_visible()
    await expect(carl.page.locator("img")).to_have_count(0)
    await expect(carl.page).not_to_have_title("1")


async def test_axe_finds_nothing(stage: Stage) -> None:
    person = await stage.person()
    await finds_nothing_in_any_scheme(person)
    await person.log_in("ben")
    await person.logged_in("ben")
    await expect(person.page.get_by_text("Ben Ott", exact=True)).to_be_visible()
    await finds_nothing_in_any_scheme(person)


async def finds_nothing_in_any_scheme(person: Person) -> None:
    """Judge the page with axe. A color scheme changes the answers of the rules about colors only."""
    for scheme in SCHEMES:
        await person.driver.look(person.page, scheme)
        assert await person.axe(**({} if scheme == "light" else {"runOnly": OF_COLORS})) == [], scheme
    await person.driver.look(person.page, "light")


async def change_password(person: Person, now: str, wanted: str, again: str = "") -> None:
    for name, text in (("now", now), ("wanted", wanted), ("again", again or wanted)):
        await person.page.locator(f"#password-{name}").fill(text)
    await person.page.keyboard.press("Enter")


async def test_a_person_changes_the_password_and_ends_other_sessions(stage: Stage) -> None:
    config.set_options(stage.lab.db, "user", "dora", {"pass": PASSWORD}, who="test")  # ends sessions of other tests
    other, dora = await stage.person("dora"), await stage.person("dora")
    await dora.page.locator("#do-account").click()  # an agent who is not at work has no panel
    await dora.page.locator("#do-sessions").click()
    await expect(dora.page.locator(".sessions li")).to_have_count(2)
    await expect(dora.page.get_by_text("this page")).to_have_count(1)
    assert await dora.axe() == []
    await dora.page.locator("#do-password").click()
    await change_password(dora, PASSWORD, NEW, "another")
    await expect(dora.page.get_by_text("The two new passwords differ.")).to_be_visible()
    await change_password(dora, "wrong", NEW)
    await expect(dora.page.get_by_text("the current password is wrong")).to_be_visible()
    assert await dora.axe() == []
    await change_password(dora, PASSWORD, NEW)
    await expect(dora.page.get_by_text("1 other session has ended.")).to_be_visible()
    await expect(other.page.locator("[name=password]")).to_be_visible()
    await other.log_in("dora", NEW)
    await other.logged_in("dora")
    await dora.page.locator("#do-sessions").click()
    await dora.page.locator("#do-end-others").click()
    await expect(dora.page.get_by_text("1 session has ended.")).to_be_visible()
    await expect(other.page.locator("[name=password]")).to_be_visible()
    await dora.page.locator("#do-password").click()
    await change_password(dora, NEW, PASSWORD)
    await expect(dora.page.get_by_text("No other session was open.")).to_be_visible()


async def test_a_supervisor_reaches_the_own_account_in_a_small_window(stage: Stage) -> None:
    ben = await stage.person("ben", viewport=SMALL, color_scheme="dark")
    await ben.page.locator("#do-you").click()
    await ben.page.locator("#do-sessions").click()
    await expect(ben.page.get_by_text("this page")).to_have_count(1)
    assert await ben.axe() == []
    await ben.page.locator("#do-password").click()
    await change_password(ben, PASSWORD, NEW, "another")
    await expect(ben.page.get_by_text("The two new passwords differ.")).to_be_visible()
    assert await ben.axe() == []


@pytest.mark.parametrize("user", ["anna", "mia"])
async def test_a_password_of_an_administrator_is_changed_first(stage: Stage, user: str) -> None:
    config.set_options(stage.lab.db, "user", user, {MUST_CHANGE: "Y"}, who="test")
    person = await stage.person(user)
    await expect(person.page.get_by_text("An administrator has set your password.")).to_be_visible()
    assert await person.axe() == []
    await person.page.reload()
    await change_password(person, PASSWORD, "short")
    await expect(person.page.get_by_text("the new password is easy to guess")).to_be_visible()
    await change_password(person, PASSWORD, NEW)
    await expect(person.page.locator("#do-start" if user == "anna" else "#do-you")).to_be_visible()
    await person.page.reload()
    await expect(person.page.locator("#do-start" if user == "anna" else "#do-you")).to_be_visible()
    config.set_options(stage.lab.db, "user", user, {"pass": PASSWORD}, who="test")
    await expect(person.page.locator("[name=password]")).to_be_visible()


async def code_of(person: Person, later: int = 0) -> str:
    """Return the code that an authenticator app shows after it was given the secret of the page."""
    secret = (await person.page.locator("#factor-secret").inner_text()).replace(" ", "")
    return pyotp.TOTP(secret).at(int(time.time()) + later)


async def test_a_manager_enrols_a_second_factor_and_logs_in_with_it(stage: Stage) -> None:
    """On a site that requires it, the page asks for the enrolment first; and then it can be replaced."""
    how: dict[str, object] = {"viewport": SMALL, "color_scheme": "dark"}
    config.set_options(stage.lab.db, "setting", "warmline", {"second_factor_required": "Y"}, who="test")
    try:
        mia = await stage.person("mia", **how)
        await expect(mia.page.get_by_text("This site requires a second factor.")).to_be_visible()
        assert await mia.axe() == []
        await mia.page.locator("#factor-password").fill(PASSWORD)
        await mia.page.keyboard.press("Enter")
        await expect(mia.page.get_by_role("img", name="QR code")).to_be_visible()
        await expect(mia.page.locator("#factor-code")).to_be_focused()
        assert await mia.axe() == []
        await mia.shot("second-factor")
        first_code, next_code = await code_of(mia), await code_of(mia, 30)
        await mia.page.locator("#factor-code").fill("000000")
        await mia.page.keyboard.press("Enter")
        await expect(mia.page.get_by_text("the code is wrong")).to_be_visible()
        await mia.page.locator("#factor-code").fill(first_code)
        await mia.page.keyboard.press("Enter")
        await expect(mia.page.locator("#factor-codes li")).to_have_count(10)
        assert await mia.axe() == []
        recovery = await mia.page.locator("#factor-codes li").first.inner_text()
        await mia.page.locator("#do-written").click()
        await expect(mia.page.locator("#do-you")).to_be_visible()
        other = await stage.person(**how)
        await other.log_in("mia")
        await expect(other.page.locator("#code")).to_be_focused()
        await expect(other.page.locator("#code")).to_have_attribute("autocomplete", "one-time-code")
        assert await other.axe() == []
        for code, told in (("000000", "the code is wrong"), (next_code, "")):
            await other.page.locator("#code").fill(code)
            await other.page.keyboard.press("Enter")
            if told:
                await expect(other.page.get_by_text(told)).to_be_visible()
        await other.logged_in("mia")
        await expect(other.page.locator("#do-you")).to_be_visible()
        await other.page.locator("#do-you").click()
        await other.page.locator("#do-factor").click()
        await expect(other.page.get_by_text("10 recovery codes are left.")).to_be_visible()
        assert await other.axe() == []
        await other.page.locator("#factor-password").fill(PASSWORD)
        await other.page.locator("#factor-code").fill(recovery)
        await other.page.keyboard.press("Enter")
        await expect(other.page.get_by_text("This site requires a second factor.")).to_be_visible()
    finally:
        config.set_options(stage.lab.db, "setting", "warmline", {"second_factor_required": "N"}, who="test")

    async def is_free() -> bool:
        told = await other.context.request.get(f"{other.url}/api/v1/me")
        return not (await told.json())["must_enrol"]

    await other.until(is_free)
    await other.page.reload()
    await expect(other.page.locator("#do-you")).to_be_visible()
