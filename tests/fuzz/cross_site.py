"""Requests of other sites with a person's cookie: none may change anything, read anything, or open a feed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from hypothesis import strategies as st

from ari_app.http.openapi.route_table import ROUTES
from tests.fuzz import workspace_site
from tests.fuzz.entry_point import Attack, Door

STREAMS = ("/events", "/live")
NAMED = {
    "{user}": "me",
    "{id}": "1",
    "{comment}": "1",
    "{lead_id}": "1",
    "{kind}": "campaign",
    "{name}": "TESTCAMP",
    "{revision}": "1",
}
BODIES = (
    b"", b"{}", b'{"pause_code": ""}', b'{"notes": "evil"}', b'{"lead_id": 1, "first_name": "Evil"}',
    b'{"user": "anna", "password": "opensesame7"}', b'{"number": "8500", "kind": "BLIND_TRANSFER"}', b"v=0\r\n",
)  # fmt: skip
TYPES = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")
# `{host}` is the server's own; none of these is its origin. Behind a proxy with TLS, https://{host} is.
ORIGINS = (
    None, "", "null", "https://evil.example", "http://evil.example", "http://{host}.evil.example",
    "http://evil.example@{host}.x", "http://{host}@evil.example", "http://127.0.0.1", "http://127.0.0.1:1",
    "http://localhost", "file://", "//{host}x", "http://[::1]", "http://{host}, http://evil.example",
)  # fmt: skip
SITES = (None, "cross-site", "same-site")
MARKS = (None, "1", "true", "0", "1, 1")
FORGED = ("X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-HTTP-Method-Override", "X-Original-URL")
TABLES = ("journal", "user_session", "lead", "audit_log", "config_change")


class Forged(NamedTuple):
    """A request of another site; `{host}` in a header is the server's own."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def _addresses() -> list[tuple[str, str]]:
    found = [(one.method, f"/api/v1{one.path}") for one in ROUTES if one.path not in STREAMS and not one.is_open]
    pages = [("POST", "/workspace/login"), ("POST", "/workspace/logout"), ("GET", "/workspace/feed")]
    phones = [("POST", "/workspace/phone?page=p"), ("DELETE", "/workspace/phone/p"), ("GET", "/metrics")]
    return [(method, _named(path)) for method, path in (*found, *pages, *phones)]


def _named(path: str) -> str:
    for name, value in NAMED.items():
        path = path.replace(name, value)
    return path


@st.composite
def requests(draw: st.DrawFn) -> Forged:
    method, path = draw(st.sampled_from(_addresses()))
    headers = {
        "Origin": draw(st.sampled_from(ORIGINS)),
        "Sec-Fetch-Site": draw(st.sampled_from(SITES[1:] if method == "GET" else SITES)),
        "X-Warmline": draw(st.sampled_from(MARKS)),
        "Content-Type": draw(st.sampled_from(TYPES)),
    }
    if path == "/workspace/feed":
        headers |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        headers["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    headers |= dict.fromkeys(draw(st.lists(st.sampled_from(FORGED), max_size=2)), "{host}")
    return Forged(method, path, draw(st.sampled_from(BODIES)), {k: v for k, v in headers.items() if v is not None})


def _state(site: workspace_site.Site) -> dict[str, Any]:
    """Return the number of inputs that the core has had, and the rows of the tables that a request may change."""
    with closing(sqlite3.connect(site.driver.database)) as db:
        there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kept = {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in TABLES if name in there}  # noqa: S608
    return {"inputs": len(site.driver.inputs), **kept}


@contextmanager
def opened() -> Iterator[Attack]:
    with workspace_site.site() as site:
        before = _state(site)
        assert before["user_session"] and "journal" in before and "lead" in before

        def attacked(given: Forged) -> None:
            headers = {name: value.replace("{host}", site.host) for name, value in given.headers.items()}
            cookie = {"Host": site.host, "Cookie": site.own["Cookie"]}
            status, text = site.ask(given.method, given.path, given.body, {**headers, **cookie})
            assert status == 403, (status, text)
            assert _state(site) == before, "a page of another site has changed something"

        yield attacked


DOOR = Door("other sites", requests(), opened, quick=4)
