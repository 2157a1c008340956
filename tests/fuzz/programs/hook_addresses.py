"""Addresses of event hooks: whatever one looks like, a request goes only to the host that was checked."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import aiohttp
from hypothesis import strategies as st
from yarl import URL

from ari_app.workers.event_hook_sender import HookAnswer, HookRequest, post
from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.options.values.entity import OptionError
from warmline.store.event_hooks.hook_work import EventHook

GOOD = "crm.example"
WANTED = HookRequest("crm-1", "call.ended", b"{}")
# fmt: off
PARTS = (
    "http://", "https://", "HTTP:", "//", "/", "\\", "@", ":", "?", "#", "%2F", "%40", "%00", "%", ";", "[", "]", ".",
    "..", GOOD, GOOD.upper(), f"{GOOD}.", "evil.example", "127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]",
    "2130706433", "0x7f.1", "localhost", "80", "0", "65536", "--A--user--B--", "VAR", "{secret:key}", "{secret:none}",
    "é", "xn--", "。", "。example", "a" * 300,
)
# fmt: on
ADDRESSES = st.one_of(
    st.lists(st.one_of(st.sampled_from(PARTS), hostile.texts), max_size=8).map("".join),
    st.lists(st.sampled_from(PARTS), max_size=6).map(lambda parts: f"http://{GOOD}{''.join(parts)}"),
    st.lists(st.sampled_from(PARTS), max_size=6).map(lambda parts: f"http://{''.join(parts)}@{GOOD}/"),
)


class _Session:
    """A session that sends nothing: `hosts` are those that it was asked to connect to."""

    def __init__(self) -> None:
        self.hosts: list[str | None] = []

    async def post(self, url: URL, **_: Any) -> None:
        self.hosts.append(url.raw_host)
        raise TimeoutError


def _attacked(address: str) -> None:
    try:
        EVENT_HOOK.option("url").type.parse(address)
    except (ValueError, OptionError):
        return
    session = _Session()
    hook = EventHook("crm", address, frozenset(), frozenset(), frozenset(), "secret", (GOOD,))
    work = post(cast("aiohttp.ClientSession", session), hook, WANTED, {"key": "a/b@c"})
    answer = asyncio.run(work)
    assert isinstance(answer, HookAnswer) and answer.why
    assert {(host or "").lower() for host in session.hosts} <= {GOOD}, session.hosts


@contextmanager
def opened() -> Iterator[Attack]:
    yield _attacked


DOOR = Door("addresses of event hooks", ADDRESSES, opened, quick=20)
