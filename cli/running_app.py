"""Asks the running app for its live state."""

import json
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from warmline.settings import Settings

WITHIN = 5.0  # seconds
START = "start it with: warmline serve"


class AppAway(Exception):
    """The app does not answer; the text names the address, the reason and the way out."""


def get(settings: Settings, path: str) -> Any:
    """The JSON at `path` below /api/v1. Raises AppAway."""
    where = f"http://{settings.listen_host}:{settings.listen_port}"
    headers = {"Authorization": f"Bearer {_token(settings)}"}
    with closing(HTTPConnection(settings.listen_host, settings.listen_port, timeout=WITHIN)) as connection:
        try:
            connection.request("GET", f"/api/v1/{path}", headers=headers)
            response = connection.getresponse()
            body = response.read()
            if response.status == 200:
                return json.loads(body)
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise AppAway(f"the app does not answer at {where}: {why}; {START}") from None
        except (HTTPException, ValueError):
            raise AppAway(f"what answers at {where} is not Warmline: another program has the port") from None
    if response.status == 401:
        raise AppAway(f"the app at {where} does not take the token in {settings.run}: another app has the port")
    raise AppAway(f"the app at {where} says: {_detail(body)}")


def _detail(body: bytes) -> str:
    """What a problem document says; of anything else, its words."""
    text = body.decode("utf-8", "replace")
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return " ".join(text.split())


def _token(settings: Settings) -> str:
    path = Path(settings.run) / "token"
    try:
        return path.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        raise AppAway(f"the app has not been started: there is no {path}; {START}") from None
    except OSError as problem:
        raise AppAway(f"{path} cannot be read: {problem.strerror}; run this as the user that runs the app") from None
