"""The place in which a command acts: an app over HTTP, as the person of a login, or this machine.

The first of these that is set decides: WARMLINE_URL, a variable of this machine's settings, the stored login. Without
any of them, a command acts on this machine. An empty WARMLINE_URL stands for this machine, too.
"""

import os
import re
from collections.abc import Callable
from typing import TypeVar

from warmline.centre import login_file
from warmline.centre.login_file import AppLogin, LoginError
from warmline.system.settings import Settings

Place = Settings | AppLogin
Here = TypeVar("Here")
There = TypeVar("There")

URL, TOKEN = "WARMLINE_URL", "WARMLINE_TOKEN"
OF_MACHINE = ("WARMLINE_CONFIG", "WARMLINE_DB", "WARMLINE_RUN")


def login() -> AppLogin | None:
    """Return the login whose app a command talks to; None for this machine. Raises LoginError."""
    url = os.environ.get(URL)
    if url == "" or (url is None and any(name in os.environ for name in OF_MACHINE)):
        return None
    return login_file.read() if url is None else login_at(url)


def own_login() -> AppLogin:
    """Return the login of the person. Raises LoginError if there is none."""
    if (found := login()) is None:
        raise LoginError(
            "own_login_needed",
            "you are not logged in at an app, so you have no password and no session there; to log in: warmline login "
            "URL",
        )
    return found


def login_at(url: str) -> AppLogin:
    """Return the login at an address: the token in the environment, or the stored login. Raises LoginError."""
    token, stored = os.environ.get(TOKEN, "").strip(), login_file.read()
    checked = address(url)
    if token:
        return AppLogin(checked, token, ca=stored.ca if stored and stored.url == checked else "")
    if stored and stored.url == checked:
        return stored
    raise LoginError(
        "token_missing",
        "there is no login at {url}, and {token} is not set; set it, or log in with: warmline login {url}",
        url=checked,
        token=TOKEN,
    )


def choose(where: Place, here: Callable[[Settings], Here], app: Callable[[AppLogin], There]) -> Here | There:
    """Return what `here` makes of this machine's settings, or what `app` makes of a login."""
    return app(where) if isinstance(where, AppLogin) else here(where)


def machine(where: Place) -> Settings | None:
    """Return the settings of this machine; None if the place is an app of a login."""
    return None if isinstance(where, AppLogin) else where


def address(url: str) -> str:
    """Return the address of an app in its usual form. Raises LoginError if passwords must not be sent there."""
    from urllib.parse import urlsplit

    from warmline.system.loopback import is_local

    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise LoginError(
            "app_url_invalid",
            "{url!r} is not the address of an app; allowed: https://HOST:PORT, such as https://pbx.example.org:8089",
            url=re.sub("//[^/]*@", "//…@", url),  # a password stays unsaid
        )
    if parts.scheme == "http" and not is_local(host):
        raise LoginError(
            "app_url_clear",
            "{url} would send passwords in clear text; write https://, or http:// with an address of this machine",
            url=url,
        )
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}{f':{port}' if port else ''}{parts.path.rstrip('/')}"
