"""The files of the workspace: their types, their headers, and that a page needs nothing from elsewhere."""

import re

import pytest

from ari_app.http.workspace import page_files
from tests.http.people.people_site import PeopleSite
from tests.http.workspace.browser import Browser
from tests.rows import check_each
from warmline.store.configuration import config
from warmline.system.program_files import WORKSPACE

FILES = page_files.read(WORKSPACE)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)


@pytest.fixture
def browser(people: PeopleSite) -> Browser:
    return Browser(people)


def test_every_file_is_sent_with_its_type_and_strict_headers(browser: Browser) -> None:
    for name, file in FILES.items():
        told = browser.ask("GET", f"/workspace/{name}")
        assert (told.status, told.body.encode()) == (200, file.body)
        assert told.headers["Content-Type"] == page_files.MEDIA[f".{name.rpartition('.')[2]}"]
        assert told.headers["Content-Security-Policy"] == POLICY
        assert told.headers["Permissions-Policy"].startswith("microphone=(self)")
        assert (told.headers["Referrer-Policy"], told.headers["X-Content-Type-Options"]) == ("no-referrer", "nosniff")
        assert told.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {"index.html", "main.js", "workspace.css", "words/en.js", "vendor/lit-html.js"} <= FILES.keys()


def test_only_the_page_itself_may_frame_web_forms_and_only_those_in_panels(people: PeopleSite) -> None:
    browser, form = Browser(people), {"web_form_address": "https://crm.example:8443/x?id=--A--lead_id--B--"}
    for target, frames in (("TAB", ""), ("PANEL", "; frame-src https://crm.example:8443")):
        config.set_options(people.database, "campaign", "TESTCAMP", form | {"web_form_target": target}, who="test")
        for address, more in (("", frames), ("index.html", frames), ("main.js", "")):
            told = browser.ask("GET", f"/workspace/{address}")
            assert told.headers["Content-Security-Policy"] == POLICY + more


def test_the_addresses_that_people_and_browsers_guess_lead_somewhere(browser: Browser) -> None:
    assert browser.ask("GET", "/").body.encode() == FILES["index.html"].body  # the client follows
    assert browser.ask("GET", "/favicon.ico").body.encode() == FILES["icon.svg"].body
    assert browser.ask("GET", "/api/v1").body["openapi"].startswith("3.")
    for path in ("/docs", "/developers", "/workspace/developers.html"):
        assert browser.ask("GET", path).body["openapi"].startswith("3."), path
    for name in ("reports", "calls", "leads", "people", "config"):
        assert browser.ask("GET", f"/{name}").body.encode() == FILES[f"{name}.html"].body, name


def test_a_browser_that_has_a_file_gets_304(browser: Browser) -> None:
    tag = browser.ask("GET", "/workspace/main.js").headers["ETag"]
    told = browser.ask("GET", "/workspace/main.js", If_None_Match=tag)
    assert (told.status, told.body, told.headers["ETag"]) == (304, "", tag)
    assert told.headers["Cache-Control"] == "no-cache", "a browser asks each time, so no page mixes two versions"
    other = browser.ask("GET", "/workspace/main.js", If_None_Match='"another"')
    assert other.status == 200


def test_a_browser_gets_a_file_compressed_if_it_can_read_that(browser: Browser) -> None:
    for name, file in FILES.items():
        told = browser.ask("GET", f"/workspace/{name}", Accept_Encoding="gzip, deflate, br")
        assert told.headers["Content-Encoding"] == "gzip" and int(told.headers["Content-Length"]) == len(file.packed)
        assert (told.body.encode(), told.headers["Vary"]) == (file.body, "Accept-Encoding")
    assert "Content-Encoding" not in browser.ask("GET", "/workspace/main.js", Accept_Encoding="identity").headers


def test_a_browser_keeps_the_files_of_a_version(browser: Browser) -> None:
    index = browser.ask("GET", "/workspace/").body
    [main] = re.findall(r'src="([^"]+)"', index)
    told = browser.ask("GET", f"/workspace/{main}")
    assert (told.status, told.body.encode()) == (200, FILES["main.js"].body)
    assert "immutable" in told.headers["Cache-Control"]
    other = browser.ask("GET", "/workspace/v-0123456789abcdef/main.js")
    assert (other.status, other.headers["Cache-Control"]) == (200, "no-cache"), "a page that another version has begun"


def test_other_files_are_not_sent(browser: Browser) -> None:
    def check(path: str) -> None:
        told = browser.ask("GET", f"/workspace/{path}")
        assert (told.status, told.headers["Content-Type"]) == (404, "application/problem+json")
        assert told.headers["Content-Security-Policy"] == POLICY
        shown = browser.ask("GET", f"/workspace/{path}", Accept="text/html,*/*;q=0.8")
        assert (shown.status, shown.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert "Open Warmline" in shown.body, "a person has a way on"

    check_each(check, ["none.js", "vendor/vendor.toml", "vendor/", "..%2f..%2fschema.sql", "main.js%00"])


def test_a_page_has_no_inline_script_or_style() -> None:
    for name, file in FILES.items():
        text = file.body.decode()
        if name.endswith(".html"):
            assert "<style" not in text and not re.search(r"<script(?![^>]*\bsrc=)", text), name
        if not name.startswith("vendor/"):
            assert not re.search(r"\bstyle=|\son[a-z]+=[\"']|\beval\(|innerHTML|unsafeHTML", text), name
