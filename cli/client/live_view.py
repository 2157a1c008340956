"""Pictures of the live state that follow the app's changes: a page on a terminal, lines in a pipe."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from cli.output.json_output import json_line
from cli.output.printing import cleaned, complain, console
from cli.output.reader_gone import end_with_reader
from warmline.centre import event_stream
from warmline.centre.place import Place

if TYPE_CHECKING:
    from rich.console import RenderableType

PACE = 0.1  # seconds between two pictures, so that a burst of changes is one picture
AWAY = "the app does not answer: waiting for it"

T = TypeVar("T")
Row = dict[str, Any]  # an agent, a call or details, as the app sends them


class LiveRecords:
    """The agents by user and the calls by id, as the stream has sent them.

    `details` are those of an agent's page, `today` the totals of the day, and `servers` those of several servers.
    """

    def __init__(self) -> None:
        self.agents: dict[str, Row] = {}
        self.calls: dict[str, Row] = {}
        self.details: Row = {}
        self.today: Row = {}
        self.servers: list[Row] = []

    def apply(self, kind: str, message: Row) -> None:
        """Take an event of the stream: the whole state, or changes."""
        if kind == "whole":
            self.agents.clear()
            self.calls.clear()
        for name in message["gone"]["agents"]:
            self.agents.pop(name, None)
        for name in message["gone"]["calls"]:
            self.calls.pop(name, None)
        self.agents |= {one["user"]: one for one in message["agents"]}
        self.calls |= {one["id"]: one for one in message["calls"]}
        self.details = message.get("details", self.details)
        self.today = message.get("today", self.today)
        self.servers = message.get("servers", self.servers)


def pictures(place: Place, look: Callable[[LiveRecords], T], **asked: str) -> Iterator[T | None]:
    """Yield the result of `look` at once, and again after changes. `asked` are the parameters of /api/v1/live.

    Yield None while the app is away. Raises AppAway if the app is away at the beginning; AppRefused also later, if the
    session has ended.
    """
    stream = event_stream.live(place, **asked)
    records, lock, dirty, is_away = LiveRecords(), threading.Lock(), threading.Event(), False
    failed: list[Exception] = []

    def take(event: tuple[str, Row] | None) -> None:
        nonlocal is_away
        with lock:
            is_away = event is None
            if event:
                records.apply(*event)

    def listen() -> None:
        try:
            for event in stream:
                take(event)
                dirty.set()
        except Exception as error:  # this generator raises it; a thread would only print it
            failed.append(error)
            dirty.set()

    take(next(stream))
    dirty.set()
    threading.Thread(target=listen, daemon=True).start()
    while True:
        dirty.wait()
        dirty.clear()
        if failed:
            raise failed[0]
        with lock:
            found = None if is_away else look(records)
        yield found
        time.sleep(PACE)


def show_once(found: T, page: Callable[[T], "RenderableType"], lines: Callable[[T], list[str]], as_json: bool) -> None:
    """Show one picture: a page on a terminal, else lines, or a line of JSON."""
    if as_json:
        print(json_line(found))
    elif sys.stdout.isatty():
        console().print(page(cleaned(found)))
    else:
        print("\n".join(lines(cleaned(found))))


def show(
    found: Iterator[T | None], page: Callable[[T], "RenderableType"], lines: Callable[[T], list[str]], as_json: bool
) -> None:
    """Show each picture until Ctrl-C, or until the reader has gone: a page, new lines, or lines of JSON."""
    end_with_reader()
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
