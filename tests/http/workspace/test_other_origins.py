"""Pages of other programs: which may show the workspace in a frame, and which may call the JSON API."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.http.workspace import other_origins
from ari_app.http.workspace.other_origins import OtherOrigins
from tests.http.people.people_site import PASSWORD, PeopleSite, people_site
from tests.http.workspace.browser import Browser
from tests.http.workspace.test_page_files import POLICY
from tests.rows import check_rows
from warmline.system import settings, web_origins
from warmline.system.settings import SettingsError

CRM, OTHER = "https://crm.example", "https://evil.example"
HOST = "calls.example"
FRAMED = {"X_Warmline_Frame": "1"}
ASKS = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization,content-type"}


@pytest.fixture
def open_site(people_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PeopleSite]:
    """Provide a site whose settings name the CRM twice."""
    named = OtherOrigins((CRM,), (CRM,))
    monkeypatch.setattr(other_origins, "of_settings", lambda _: named)
    with people_site(Path(shutil.copy(people_database, tmp_path / "warmline.db")), tmp_path) as made:
        yield made


def frame_of(site: PeopleSite) -> Browser:
    """Return a browser that has loaded the workspace over HTTPS."""
    return Browser(site, HOST, "https")


def ancestors(told_policy: str) -> str:
    return next(part for part in told_policy.split("; ") if part.startswith("frame-ancestors"))


def test_pages_of_the_named_origin_may_show_the_workspace_and_nothing_else(open_site: PeopleSite) -> None:
    browser = Browser(open_site)
    for name in ("", "index.html"):
        told = browser.ask("GET", f"/workspace/{name}")
        assert ancestors(told.headers["Content-Security-Policy"]) == f"frame-ancestors {CRM}"
    for name in ("reports.html", "people.html", "config.html", "leads.html", "callbacks.html", "calls.html", "main.js"):
        assert browser.ask("GET", f"/workspace/{name}").headers["Content-Security-Policy"] == POLICY


def test_the_cookie_of_a_frame_is_for_that_frame_alone(open_site: PeopleSite) -> None:
    browser = frame_of(open_site)
    told = browser.log_in(**FRAMED)
    assert told.status == 200
    for line, name in zip(told.headers.getall("Set-Cookie"), ("", "-device"), strict=True):
        assert line.startswith(f"__Host-warmline-frame{name}=")
        assert {"HttpOnly", "Path=/", "SameSite=None", "Secure", "Partitioned"} <= set(line.split("; "))
    assert browser.ask("GET", "/api/v1/me").body["user"] == "anna"
    told = browser.ask("POST", "/workspace/logout", {}, **FRAMED)
    assert told.body == {"ended": True} and "Max-Age=0" in told.headers["Set-Cookie"]
    assert "Partitioned" in told.headers["Set-Cookie"]


def test_a_cookie_without_the_same_site_rule_helps_no_other_page(open_site: PeopleSite) -> None:
    """The browser sends it from pages of the CRM, too, which are another origin."""
    browser = frame_of(open_site)
    browser.log_in(**FRAMED)
    for origin in (CRM, OTHER, None):
        told = browser.ask("POST", "/api/v1/agents/me/pause", {}, Origin=origin)
        assert (told.status, told.body["code"]) == (403, "origin_foreign")
        assert "Access-Control-Allow-Origin" not in told.headers
        told = browser.ask("GET", "/api/v1/me", Origin=origin, Sec_Fetch_Site="cross-site")
        assert (told.status, told.body["code"]) == (403, "site_foreign")
        assert "Access-Control-Allow-Origin" not in told.headers
    assert open_site.board.given == []


def test_a_frame_and_a_tab_have_sessions_of_their_own(open_site: PeopleSite) -> None:
    browser = frame_of(open_site)
    browser.log_in("mia")
    browser.log_in("anna", **FRAMED)
    assert browser.ask("GET", "/api/v1/me").body["user"] == "anna"  # as in a frame, which sends both cookies
    browser.ask("POST", "/workspace/logout", {}, **FRAMED)
    assert browser.ask("GET", "/api/v1/me").body["user"] == "mia"
    browser.log_in("anna", **FRAMED)
    browser.log_in("ben")  # in a tab of a browser that does not keep the two apart
    assert browser.ask("GET", "/api/v1/me").body["user"] == "ben"
    assert not [name for name in browser.cookies if name == "__Host-warmline-frame"]


def test_cookies_and_headers_are_as_before_without_the_settings(people: PeopleSite) -> None:
    browser = frame_of(people)
    told = browser.log_in(**FRAMED)
    assert all("SameSite=Strict" in line and "Partitioned" not in line for line in told.headers.getall("Set-Cookie"))
    told = browser.ask("OPTIONS", "/api/v1/me", Origin=CRM, **ASKS)
    assert (told.status, told.body["code"]) == (405, "method_not_allowed")
    token = people.token_of("anna")
    told = people.do(browser.asking("GET", "/api/v1/me", Origin=CRM, Authorization=f"Bearer {token}"))
    assert told.status == 200 and not [name for name in told.headers if name.startswith("Access-Control")]


def test_a_preflight_is_answered_for_the_named_origin_alone(open_site: PeopleSite) -> None:
    def check(origin: str, status: int) -> None:
        told = Browser(open_site).ask("OPTIONS", "/api/v1/agents/1000/dial", Origin=origin, **ASKS)
        assert told.status == status
        allowed = told.headers.get("Access-Control-Allow-Origin")
        assert allowed == (CRM if status == 204 else None)
        if status == 204:
            assert "Authorization" in told.headers["Access-Control-Allow-Headers"]
            assert "POST" in told.headers["Access-Control-Allow-Methods"]

    check_rows(check, [(CRM, 204), (OTHER, 405), ("null", 405), (f"{CRM}.evil.example", 405)])


def test_a_page_of_the_named_origin_works_with_a_token_and_never_with_a_cookie(open_site: PeopleSite) -> None:
    page = Browser(open_site)
    token = f"Bearer {open_site.token_of('anna')}"
    told = page.ask("GET", "/api/v1/me", Origin=CRM, Authorization=token, Sec_Fetch_Site="cross-site")
    assert (told.status, told.body["user"]) == (200, "anna")
    assert (told.headers["Access-Control-Allow-Origin"], told.headers["Vary"]) == (CRM, "Origin")
    assert "Access-Control-Allow-Credentials" not in told.headers
    refused = page.ask("GET", "/api/v1/me", Origin=CRM, Authorization="Bearer wrong")
    assert refused.status == 401 and refused.headers["Access-Control-Allow-Origin"] == CRM
    told = page.ask("GET", "/api/v1/me", Origin=OTHER, Authorization=token)
    assert told.status == 200 and "Access-Control-Allow-Origin" not in told.headers
    told = page.ask("POST", "/api/v1/login", {"user": "anna", "password": PASSWORD}, Origin=CRM)
    assert told.status == 201 and told.headers["Access-Control-Allow-Origin"] == CRM
    for path in ("/workspace/", "/metrics", "/agc/api.php"):
        assert "Access-Control-Allow-Origin" not in page.ask("GET", path, Origin=CRM).headers, path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (" https://crm.example , https://crm.example:443,", ("https://crm.example",)),
        ("https://CRM.example:8443", ("https://crm.example:8443",)),
        ("http://localhost:3000, http://[::1]:80", ("http://localhost:3000", "http://[::1]")),
    ],
)
def test_origins_are_read_as_browsers_write_them(text: str, found: tuple[str, ...]) -> None:
    assert web_origins.read("api_origins", text) == found


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "https://*.example",
        "crm.example",
        "https://crm.example/",
        "http://crm.example",
        "null",
        "https://a;b",
        "https://a b",
    ],
)
def test_other_texts_than_origins_are_refused(text: str) -> None:
    for name, read in (("workspace_frames", of_frames), ("api_origins", of_callers)):
        with pytest.raises(SettingsError, match=f"setting {name} has .*https://crm.example.com"):
            read(text)


def of_frames(text: str) -> OtherOrigins:
    return other_origins.of_settings(settings.load({"WARMLINE_WORKSPACE_FRAMES": text}))


def of_callers(text: str) -> OtherOrigins:
    return other_origins.of_settings(settings.load({"WARMLINE_API_ORIGINS": text}))
