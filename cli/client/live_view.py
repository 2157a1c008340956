"""Pictures of the live state that follow the app's events: a page on a terminal, lines in a pipe."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from cli.client.app_client import AppAway
from cli.client.event_stream import changes
from cli.output.json_output import json_line
from cli.output.printing import cleaned, complain
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from rich.console import RenderableType

LOOKS = 3  # reads at most, until two in a row are equal
PACE = 0.1  # seconds between two reads, so that a burst of events is one read
AWAY = "the app does not answer: waiting for it"

T = TypeVar("T")
Changed = dict[str, Any]  # an event


def pictures(place: Settings, look: Callable[[], T], concerns: Callable[[Changed], bool]) -> Iterator[T | None]:
    """Yield the result of `look` at once, and again after each event that `concerns` accepts.

    Yield None while the app is away. Raises AppAway if the app is away at the beginning.
    """
    yield _whole(look)
    dirty = threading.Event()

    def listen() -> None:
        for changed in changes(place):
            if changed is None or concerns(changed):
                dirty.set()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        dirty.wait()
        dirty.clear()
        try:
            yield _whole(look)
        except AppAway:
            yield None
        time.sleep(PACE)


def _whole(look: Callable[[], T]) -> T:
    """Read until two results in a row are equal, and return the last.

    One read is several requests, and records can change between them.
    """
    found = look()
    for _ in range(LOOKS - 1):
        before, found = found, look()
        if found == before:
            break
    return found


def show(
    found: Iterator[T | None], page: Callable[[T], "RenderableType"], lines: Callable[[T], list[str]], as_json: bool
) -> None:
    """Show each picture until Ctrl-C: a page with running clocks, the lines that are new, or a line of JSON."""
    with suppress(KeyboardInterrupt):
        if sys.stdout.isatty() and not as_json:
            _live(found, page)
        elif as_json:
            _print_json(found)
        else:
            _print(found, lines)


def _print(found: Iterator[T | None], lines: Callable[[T], list[str]]) -> None:
    before: list[str] = []
    for one in found:
        now = [AWAY] if one is None else lines(cleaned(one))
        for line in now:
            if line not in before:
                print(line, flush=True)
        before = now


def _print_json(found: Iterator[T | None]) -> None:
    before = ""
    for one in found:
        if one is None:
            complain(AWAY)
        elif (line := json_line(one)) != before:
            print(line, flush=True)
            before = line


def _live(found: Iterator[T | None], page: Callable[[T], "RenderableType"]) -> None:
    from rich.console import Group
    from rich.live import Live
    from rich.text import Text

    last: T | None = None
    away = False

    def draw() -> "RenderableType":
        shown = page(last) if last is not None else Text("")
        return Group(shown, Text(AWAY, style="red")) if away else shown

    with Live(get_renderable=draw, refresh_per_second=4, screen=True) as live:
        for one in found:
            last, away = (last, True) if one is None else (cleaned(one), False)
            live.refresh()
