"""The running app's event stream, for commands that wait or watch without polling."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import msgspec

from warmline.centre import app_client
from warmline.centre.app_answer import AppAnswer, AppAway, detail
from warmline.centre.place import Place

if TYPE_CHECKING:
    from warmline.centre.local_connection import LocalConnection
    from warmline.centre.remote_connection import RemoteConnection

SILENT = 40.0  # seconds of silence after which the app counts as dead; it sends something every 5
AGAIN = 1.0  # seconds until the next attempt


class StreamPosition:
    """The id of the event after which the stream continues; "" to begin with the next event."""

    def __init__(self, place: str = "") -> None:
        self.place = place
        self.stopped = threading.Event()
        self._app: RemoteConnection | LocalConnection | None = None

    def stop(self) -> None:
        """End the stream, which another thread reads."""
        self.stopped.set()
        if self._app:
            self._app.shutdown()

    def follow(self, app: "RemoteConnection | LocalConnection") -> None:
        """Note the connection that sends the stream."""
        self._app = app
        if self.stopped.is_set():
            app.shutdown()


def events(place: Place, mark: StreamPosition | None = None, **asked: str) -> Iterator[dict[str, Any] | None]:
    """Yield None as soon as no event can be missed any more, then each event as it happens. Raises AppAway.

    `asked` are the parameters of /api/v1/events; `mark` is updated with each event. The iterator ends when the app ends
    the stream, or after 40 seconds of silence.
    """
    for found in _stream(place, "events", mark or StreamPosition(), asked):
        yield found and found[1]


def _stream(
    place: Place, path: str, mark: StreamPosition, asked: dict[str, str]
) -> Iterator[tuple[str, dict[str, Any]] | None]:
    """Yield None first, then the type and the data of each event at that path. Raises AppAway."""
    if mark.place:
        asked = asked | {"after": mark.place}
    with closing(app_client.connect(place, SILENT)) as app:
        lines = app.follow(path, asked)
        mark.follow(app)
        if isinstance(lines, AppAnswer):
            app_client.check_rights(app, lines)
            raise AppAway("event_stream_refused", "the app sends no events: {why}", why=detail(lines.body))
        yield None
        with suppress(AppAway):
            yield from _read(lines, mark)


def _read(lines: Iterator[bytes], mark: StreamPosition) -> Iterator[tuple[str, dict[str, Any]]]:
    place, kind = mark.place, ""
    for line in lines:
        if line.startswith(b"id: "):
            place = line[4:].decode().strip()
        elif line.startswith(b"event: "):
            kind = line[7:].decode().strip()
        elif line.startswith(b"data: "):
            yield kind, msgspec.json.decode(line[6:])
        elif line == b"\n":
            mark.place = place


def lasting(place: Place, mark: StreamPosition, **asked: str) -> Iterator[dict[str, Any] | None]:
    """Yield each event as it happens, without end; None when the app has gone.

    After the app is back, the missed events follow. Raises AppAway if the app is away at the beginning.
    """
    yield from filter(None, events(place, mark, **asked))
    yield None
    while True:
        time.sleep(AGAIN)
        with suppress(AppAway):
            yield from filter(None, events(place, mark, **asked))
            yield None


def live(place: Place, **asked: str) -> Iterator[tuple[str, dict[str, Any]] | None]:
    """Yield the type and the data of each event of the live state, without end; None when the app has gone.

    `asked` are the parameters of /api/v1/live. Raises AppAway if the app is away at the beginning.
    """
    mark = StreamPosition()
    yield from filter(None, _stream(place, "live", mark, asked))
    yield None
    while True:
        time.sleep(AGAIN)
        with suppress(AppAway):
            yield from filter(None, _stream(place, "live", mark, asked))
            yield None


def changes(place: Place) -> Iterator[dict[str, Any] | None]:
    """Yield None first, then each event that may have changed a record.

    None also follows whenever events may have been missed: read all records again. The iterator has no end. While the
    app is away, it retries once per second.
    """
    while True:
        with suppress(AppAway):  # the app will be back, unless the reader ends the loop
            yield from events(place)
        yield None
        time.sleep(AGAIN)


def is_about(event: dict[str, Any], what: str, name: str = "") -> bool:
    """Return whether an event changed a call, agent or command (`what`); with `name`, whether it changed that one."""
    if not event["type"].startswith(f"{what}."):
        return False
    return name in ("", event["data"].get("user" if what == "agent" else "id"))


def follow(place: Place, what: str, name: str) -> Iterator[None]:
    """Yield once at the beginning, and again each time this call, agent or command (`what`) may have changed."""
    for changed in changes(place):
        if changed is None or is_about(changed, what, name):
            yield
