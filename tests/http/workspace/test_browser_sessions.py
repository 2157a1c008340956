"""Sessions of browsers: the cookie, requests of other sites, and the ends of a session."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from ari_app.http.people.session_use import SessionUse
from ari_app.http.server import request_heads
from ari_app.http.server.credentials import Credentials
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.workspace.browser_sessions import IDLE, BrowserSessions
from tests.http.json_site import Told
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tests.rows import check_each, check_rows
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.database.passwords import hashed_token

PROXY = "calls.example"
PAUSE = "/api/v1/agents/me/pause"


@pytest.fixture
def page(people: PeopleSite) -> Browser:
    """Provide a page in which anna is logged in."""
    browser = Browser(people)
    assert browser.log_in().status == 200
    return browser


def test_a_login_sets_a_cookie_that_scripts_cannot_read(people: PeopleSite) -> None:
    browser = Browser(people)
    told = browser.log_in()
    assert (told.status, told.body["user"], told.body["agent"], told.body["role"]) == (200, "anna", "1000", "agent")
    made = browser.cookie
    assert (made.key, made["httponly"], made["samesite"], made["path"]) == (own_name(browser), True, "Strict", "/")
    assert (made["secure"], made["domain"], made["max-age"], made["expires"]) == ("", "", "", "")
    assert made.value not in str(told.body) and len(made.value) == 43
    assert told.headers["Cache-Control"] == "no-store"


def test_over_https_only_https_gets_the_cookie(people: PeopleSite) -> None:
    browser = Browser(people, PROXY, "https")
    assert browser.log_in().status == 200
    made = browser.cookie
    assert (made.key, made["secure"], made["httponly"], made["samesite"], made["path"], made["domain"]) == (
        "__Host-warmline",
        True,
        True,
        "Strict",
        "/",
        "",
    )
    assert browser.ask("GET", "/api/v1/me").body["user"] == "anna"


def test_a_password_does_not_cross_the_network_in_clear_text(people: PeopleSite) -> None:
    told = Browser(people, PROXY).log_in()
    assert (told.status, told.body["code"]) == (403, "workspace_without_tls")
    assert PROXY in told.body["detail"]


def test_two_apps_of_one_machine_have_cookies_of_their_own(page: Browser) -> None:
    """A browser sends the cookies of all ports of a machine."""
    page.cookies["warmline-1"] = "t" * 43
    assert page.ask("GET", "/api/v1/me").body["user"] == "anna"
    assert page.ask("POST", "/workspace/logout").body == {"ended": True}
    left = {name: one.value for name, one in page.cookies.items() if not name.endswith("-device")}
    assert left == {"warmline-1": "t" * 43}
    page.host, page.origin = "127.0.0.1", "http://127.0.0.1"
    assert page.log_in().status == 200 and "warmline-80" in page.cookies


def own_name(page: Browser) -> str:
    """Return the name of the cookie of a page on plain HTTP of this machine."""
    return f"warmline-{page.host.rpartition(':')[2]}"


def test_the_cookie_of_plain_http_counts_only_on_this_machine(page: Browser) -> None:
    far = Browser(page.site, PROXY, "https")
    far.cookies = page.cookies
    assert far.ask("GET", "/api/v1/me").body["code"] == "token_unknown"


def test_a_session_lasts_a_day(people: PeopleSite) -> None:
    told = Browser(people).log_in()
    left = datetime.fromisoformat(told.body["ends"]) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)


def test_a_wallboard_lasts_a_month_and_reads_no_number(people: PeopleSite) -> None:
    browser = Browser(people)
    told = browser.log_in("mia", program="wallboard")
    left = datetime.fromisoformat(told.body["ends"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
    assert browser.cookie["max-age"] == "2592000", "a restart of the browser does not end it"
    given = {scope: reach for scope, reach in told.body["rights"].items() if reach != "none"}
    assert given == {"wallboard:read": "all"}
    assert browser.ask("GET", "/api/v1/wallboard").body["agents"][0]["user"] == "1000"
    assert browser.ask("GET", "/api/v1/agents/1000").body["code"] == "wallboard_only_reads"


FOREIGN = [
    ({"Origin": "https://evil.example"}, "origin_foreign"),
    ({"Origin": "null"}, "origin_foreign"),
    ({"Origin": None}, "origin_foreign"),
    ({"Origin": "http://127.0.0.1:1"}, "origin_foreign"),
    ({"X_Warmline": None}, "page_header_missing"),
    ({"X_Warmline": "true"}, "page_header_missing"),
    ({"Origin": None, "X_Warmline": None, "Content_Type": "text/plain"}, "origin_foreign"),
]


def test_a_page_of_another_site_can_change_nothing(page: Browser) -> None:
    def check(headers: dict[str, str | None], code: str, path: str) -> None:
        body = {"user": "ben", "password": "opensesame7"} if path.endswith("login") else {}
        before = str(page.cookies)
        told = page.ask("POST", path, body, **headers)
        assert (told.status, told.body["code"]) == (403, code)
        assert str(page.cookies) == before
        assert page.ask("GET", "/api/v1/agents/me").body["state"] == "READY"

    check_rows(
        check,
        (
            (*row, other)
            for row, other in product(FOREIGN, [PAUSE, "/workspace/login", "/workspace/logout", "/api/v1/tickets"])
        ),
    )


def test_headers_that_are_no_address_are_refused_as_foreign(page: Browser) -> None:
    def check(text: str) -> None:
        told = page.ask("POST", PAUSE, {}, Origin=text)
        assert (told.status, told.body["code"]) == (403, "origin_foreign")
        told = page.ask("GET", "/api/v1/me", Host=text.removeprefix("http:").strip("/") or "[")
        assert (told.status, told.body["code"]) == (401, "token_unknown"), (
            "the cookie of plain HTTP does not count there"
        )

    check_each(check, ["http://[", "//", "http://[::1", "https://\u2100"])


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_can_read_nothing(page: Browser, site: str) -> None:
    told = page.ask("GET", "/api/v1/me", Sec_Fetch_Site=site, Origin=None)
    assert (told.status, told.body["code"]) == (403, "site_foreign")
    for own in ("same-origin", "none"):
        assert page.ask("GET", "/api/v1/me", Sec_Fetch_Site=own, Origin=None, X_Warmline=None).status == 200


def test_a_program_with_a_token_needs_neither(page: Browser) -> None:
    token = page.site.token_of("ben")
    told = page.ask("GET", "/api/v1/me", Authorization=f"Bearer {token}", Origin=None, X_Warmline=None)
    assert told.body["user"] == "ben", "a token goes before a cookie"


def test_a_login_makes_a_new_session_and_ends_the_one_before(page: Browser) -> None:
    before = page.cookie.value
    assert page.log_in().status == 200
    assert page.cookie.value != before
    page.cookies[own_name(page)] = before
    assert page.ask("GET", "/api/v1/me").status == 401


def test_a_logout_ends_the_session_its_streams_and_its_cookie(page: Browser) -> None:
    site, token = page.site, page.cookie.value

    async def follow() -> tuple[Told, bytes]:
        headers = {"Cookie": f"{own_name(page)}={token}", "Host": page.host}
        asker = await site.api.askers.of(token, "")
        with site.api.askers.watched(token, asker) as ended:
            async with site.client.get("/api/v1/live", headers=headers) as answer:
                await answer.content.readuntil(b"\n\n")
                told = await page.asking("POST", "/workspace/logout")
                assert ended.is_set()
                site.driver.ask(Kind.PAUSE)
                return told, await asyncio.wait_for(answer.content.read(), 20)

    told, more = site.do(follow())
    assert (told.status, told.body) == (200, {"ended": True})
    assert b"PAUSED" not in more and [*page.cookies] == [own_name(page) + "-device"]
    page.cookies[own_name(page)] = token
    told = page.ask("GET", "/api/v1/me")
    assert (told.status, told.body["code"]) == (401, "session_ended")
    assert page.ask("POST", "/workspace/logout").body == {"ended": False}


def test_a_watched_session_ends_when_the_role_changes(page: Browser) -> None:
    askers, token = page.site.api.askers, page.cookie.value
    asker = page.site.do(askers.of(token, ""))
    with askers.watched(token, asker) as ended:
        page.site.forget()
        page.site.do(askers.fill())
        assert not ended.is_set()
        config.set_options(page.site.database, "user", "anna", {"role": "manager"}, who="test")
        page.site.forget()
        page.site.do(askers.fill())
        assert ended.is_set()


def test_a_browser_that_logged_in_before_is_not_slowed_by_others(page: Browser) -> None:
    site, users = page.site, page.site.api.users
    assert users
    site.api.askers.rate.a_second = 0
    users._clock = lambda: 0.0
    made = page.cookies[own_name(page) + "-device"]
    assert (made["httponly"], made["samesite"], made["max-age"]) == (True, "Strict", str(180 * 86_400))
    assert page.ask("POST", "/workspace/logout").status == 200
    assert [Browser(site).log_in(password="wrong").status for _ in range(6)] == [401] * 5 + [429]  # noqa: S106 - of a test
    assert Browser(site).log_in().status == 429
    assert page.log_in().status == 200
    assert page.log_in("ben").status == 200, "another user of this browser"
    assert [page.log_in(password="wrong").status for _ in range(6)] == [401] * 5 + [429]  # noqa: S106 - of a test
    config.set_options(site.database, "user", "anna", {"pass": "another-one7"}, who="test")
    site.forget()
    assert page.log_in(password="another-one7").status == 200  # noqa: S106 - of a test


def test_a_session_that_is_not_used_ends(page: Browser) -> None:
    times = iter([0.0, IDLE - 1, 2 * IDLE - 2, 3 * IDLE])
    sessions = BrowserSessions(page.site.api.askers, page.site.api.sessions, SessionUse(), lambda: next(times))
    sent = Credentials(page.cookie.value, "127.0.0.1", by_cookie=True)
    for _ in range(3):
        assert page.site.do(sessions.client(sent)).asker.client == "user:anna"
    with pytest.raises(ProblemRaised, match="not used for 12 hours"):
        page.site.do(sessions.client(sent))
    assert page.ask("GET", "/api/v1/me").body["code"] == "session_ended"


def test_log_and_database_do_not_contain_the_cookie(page: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page.log_in()
        page.ask("POST", PAUSE, {})
        page.ask("GET", "/api/v1/none")
        token = page.cookie.value
        page.ask("POST", "/workspace/logout")
    assert "anna" in caplog.text and token not in caplog.text
    with closing(sqlite3.connect(page.site.database)) as db:
        dump = "\n".join(db.iterdump())
    assert "user:anna" in dump and token not in dump and hashed_token(token) not in dump


@pytest.mark.parametrize(
    "header, token",
    [
        (f"Cookie: warmline-80={'t' * 43}", "t" * 43),
        (f"Cookie: warmline-81={'t' * 43}", ""),
        (f"Cookie: warmline-81={'t' * 43}; warmline-80={'u' * 43}", "u" * 43),
        (f"Cookie: warmline-80={'t' * 43}; __Host-warmline={'u' * 43}", "u" * 43),
        (f"cookie: theme=dark; __Host-warmline={'t' * 43}; other=1", "t" * 43),
        (f"Authorization: Bearer {'b' * 43}\r\nCookie: warmline-80={'t' * 43}", "b" * 43),
        (f"Cookie: warmline-80={'t' * 42}", ""),
        (f"Cookie: notwarmline-80={'t' * 43}", ""),
        (f"X-Other: warmline-80={'t' * 43}", ""),
    ],
)
def test_the_token_is_read_from_the_head_of_a_request(header: str, token: str) -> None:
    assert request_heads.token(f"GET / HTTP/1.1\r\nHost: here\r\n{header}\r\n\r\n".encode()) == token
