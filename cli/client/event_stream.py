"""The running app's event stream, for commands that wait or watch: nothing is polled."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from cli.client import app_client, systemd_service
from cli.client.app_client import AppAway
from warmline.system.settings import Settings

SILENT = 40.0  # seconds without a word, after which the app is taken for dead: it says something every 5
AGAIN = 1.0  # seconds until the next try


class StreamPosition:
    """Behind which event to go on: that one's id, or "" if the first one is the next that happens."""

    def __init__(self, place: str = "") -> None:
        self.place = place


def events(place: Settings, mark: StreamPosition | None = None, **asked: str) -> Iterator[dict[str, Any] | None]:
    """First None, as soon as nothing is missed any more; then each event as it happens. Raises AppAway.

    `asked` are the parameters of /api/v1/events; `mark` is kept. It ends when the app ends the stream or falls silent.
    """
    mark = mark or StreamPosition()
    if mark.place:
        asked = asked | {"after": mark.place}
    with closing(app_client.connection(place, SILENT)) as app:
        try:
            app.request("GET", f"/api/v1/events?{urlencode(asked)}", headers=app_client.credentials(place))
            response = app.getresponse()
        except (OSError, HTTPException) as problem:
            why = getattr(problem, "strerror", "") or problem
            raise AppAway(
                "event_stream_away",
                "the app sends no events: {why}; start it with: {start}",
                why=why,
                start=systemd_service.start(),
            ) from None
        try:
            if response.status != HTTPStatus.OK:
                raise AppAway(
                    "event_stream_refused",
                    "the app sends no events: {status} {reason}",
                    status=response.status,
                    reason=response.reason,
                )
            yield None
            yield from _read(response, mark)
        except (OSError, HTTPException, ValueError):
            return


def _read(response: HTTPResponse, mark: StreamPosition) -> Iterator[dict[str, Any]]:
    place = mark.place
    for line in response:
        if line.startswith(b"id: "):
            place = line[4:].decode().strip()
        elif line.startswith(b"data: "):
            yield json.loads(line[6:])
        elif line == b"\n":
            mark.place = place


def lasting(place: Settings, mark: StreamPosition, **asked: str) -> Iterator[dict[str, Any] | None]:
    """Each event as it happens, for ever; None when the app has gone: once it is back, nothing is left out.

    Raises AppAway if it is away at the beginning.
    """
    yield from filter(None, events(place, mark, **asked))
    yield None
    while True:
        time.sleep(AGAIN)
        with suppress(AppAway):
            yield from filter(None, events(place, mark, **asked))
            yield None


def changes(place: Settings) -> Iterator[dict[str, Any] | None]:
    """Yield None first, then each event that may have changed a record.

    Also None whenever something may have been missed: look at everything again. It goes on for ever; while the app is
    away it tries again, once a second.
    """
    while True:
        with suppress(AppAway):  # it will be back, or the reader breaks it off
            yield from events(place)
        yield None
        time.sleep(AGAIN)


def is_about(event: dict[str, Any], what: str, name: str = "") -> bool:
    """Return whether an event is of a changed call, agent or command (`what`), if `name` is given of that one."""
    if not event["type"].startswith(f"{what}."):
        return False
    return name in ("", event["data"].get("user" if what == "agent" else "id"))


def follow(place: Settings, what: str, name: str) -> Iterator[None]:
    """Yield once at the beginning, and again whenever this call, agent or command (`what`) may have changed."""
    for changed in changes(place):
        if changed is None or is_about(changed, what, name):
            yield
