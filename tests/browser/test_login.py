"""Login and logout in a real browser: the cookie, other sites, markup in data, and a start of work with a SIP phone."""

from pathlib import Path

import pytest
from playwright.async_api import Cookie, Route, expect

from ari_app.http.server.credentials import DEVICE
from lab import configure
from lab.sip import answer, tones
from tests.browser.stage import Person, Stage, add_users
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tests.http.certificates import made

EVIL = "http://evil.example"


async def cookies(anna: Person) -> dict[str, Cookie]:
    return {cookie["name"]: cookie for cookie in await anna.context.cookies()}


async def test_a_login_shows_the_workspace_and_a_reload_keeps_it(stage: Stage) -> None:
    anna = await stage.person()
    await anna.shot("login")
    await anna.log_in("anna")
    await anna.logged_in("anna")
    await expect(anna.page.locator("[name=password]")).to_have_count(0)
    await anna.page.reload()
    await expect(anna.page.get_by_text("Anna Berg")).to_be_visible()
    assert await anna.knows("anna")


async def test_no_script_can_read_the_cookies(stage: Stage) -> None:
    anna = await stage.person("anna")
    name = f"warmline-{stage.lab.api.rpartition(':')[2]}"
    found = await cookies(anna)
    assert set(found) == {name, f"{name}{DEVICE}"}
    assert {(one["httpOnly"], one["sameSite"], one["path"]) for one in found.values()} == {(True, "Strict", "/")}
    assert found[name]["expires"] == -1, "the session's cookie ends with the browser"
    assert await anna.page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


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


async def test_a_wrong_password_is_said_and_gives_no_session(stage: Stage) -> None:
    anna = await stage.person()
    await anna.log_in("anna", "wrong")
    await expect(anna.page.get_by_text("the user or the password is wrong")).to_be_visible()
    assert await anna.context.cookies() == []
    await anna.log_in("anna")
    await anna.logged_in("anna")


async def test_a_logout_ends_the_session(stage: Stage) -> None:
    anna = await stage.person("anna")
    before = await cookies(anna)
    await anna.page.get_by_role("button", name="Log out").click()
    await expect(anna.page.locator("[name=password]")).to_be_visible()

    async def one_is_gone() -> bool:  # the feed's end shows the login too, maybe before the answer takes the cookie
        return len(before.keys() - await cookies(anna)) == 1

    await anna.until(one_is_gone)
    (ended,) = before.keys() - await cookies(anna)
    assert not ended.endswith(DEVICE), "the device is known at the next login"
    await anna.context.add_cookies([before[ended]])
    assert await anna.knows("")


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


async def test_the_workspace_cannot_be_put_into_another_page(stage: Stage) -> None:
    anna = await stage.person("anna")
    other = await anna.context.new_page()
    frame = f'<iframe src="{stage.lab.api}/workspace/"></iframe>'

    async def embed(route: Route) -> None:
        await route.fulfill(body=frame, content_type="text/html")

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


@pytest.mark.parametrize("how", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
async def test_axe_finds_nothing(stage: Stage, how: dict[str, str]) -> None:
    person = await stage.person(**how)
    assert await person.axe() == []
    await person.log_in("ben")
    await person.logged_in("ben")
    await expect(person.page.get_by_text("Ben Ott")).to_be_visible()
    assert await person.axe() == []


async def test_an_agent_begins_and_ends_the_work_by_keys(stage: Stage) -> None:
    account = stage.lab.phones["1000"]
    await stage.parties.phone(account["user"], account["password"], stage.lab.sip, tones.AGENT, answer())
    anna = await stage.person("anna")
    await anna.page.locator("#voice-sip").focus()
    await anna.page.keyboard.press("Space")
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.get_by_text("Waiting for a call")).to_be_visible(timeout=10_000)
    assert await anna.axe() == []
    await anna.page.keyboard.press("q")
    await anna.page.locator("#do-logout").focus()
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.locator("#do-start")).to_be_visible(timeout=10_000)
