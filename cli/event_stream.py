"""The running app's event stream, for commands that wait or watch: nothing is polled."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from warmline.cli import running_app
from warmline.cli.running_app import AppAway
from warmline.settings import Settings

SILENT = 40.0  # seconds without a word, after which the app is taken for dead: it says something every 15
AGAIN = 1.0  # seconds until the next try


def events(place: Settings, **asked: str) -> Iterator[dict[str, Any] | None]:
    """First None, as soon as nothing is missed any more; then each event as it happens. Raises AppAway.

    `asked` are the parameters of /api/v1/events. It ends when the app ends the stream or falls silent.
    """
    with closing(HTTPConnection(place.listen_host, place.listen_port, timeout=SILENT)) as connection:
        try:
            connection.request("GET", f"/api/v1/events?{urlencode(asked)}", headers=running_app.credentials(place))
            response = connection.getresponse()
            if response.status != HTTPStatus.OK:
                raise AppAway(f"the app gives no events: {response.status} {response.reason}")
            yield None
            yield from _read(response)
        except (OSError, HTTPException, ValueError):
            return


def _read(response: HTTPResponse) -> Iterator[dict[str, Any]]:
    for line in response:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def changes(place: Settings) -> Iterator[list[dict[str, Any]]]:
    """What became of whom, event by event: `what` (call, agent, receipt …), `id`, `state`; an empty list first.

    Also an empty list whenever something may have been missed: look at everything again. It goes on for ever; while
    the app is away it tries again, once a second.
    """
    while True:
        with suppress(AppAway):  # it will be back, or the reader breaks it off
            for event in events(place):
                yield event["became"] if event else []
        yield []
        time.sleep(AGAIN)


def follow(place: Settings, what: str, name: str) -> Iterator[None]:
    """Once at the beginning, and again whenever this one may have changed."""
    for changed in changes(place):
        if not changed or any((one["what"], one["id"]) == (what, name) for one in changed):
            yield
