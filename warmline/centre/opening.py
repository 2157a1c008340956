"""`warmline.centre()`: which call centre a program means, and its login."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from warmline.centre import app_client, place
from warmline.centre.connection import Centre
from warmline.centre.login_file import AppLogin
from warmline.system.settings import Settings


@asynccontextmanager
async def centre(
    url: str = "",
    *,
    user: str = "",
    password: str = "",
    code: str = "",
    token: str = "",
    ca: str = "",
    settings: Settings | None = None,
) -> AsyncIterator[Centre]:
    """Open a call centre: that of this machine, or with `url` the one at an address such as https://pbx:8089.

    Without arguments it is the one that the command line means: that of a stored `warmline login`, or else of this
    machine, where root and the app's user need no password. `settings` are those of an app on this machine.

    With `url`, give `user` and `password` (and the `code` of a second factor), or the `token` of a program. A login
    with a password ends with the block. With `url` alone, it is the stored login at that address. `ca` is the
    certificate of an authority of your own, as PEM.

    Raises LoginError, SettingsError, ValueError; AppAway and AppRefused for a login.
    """
    if not url:
        if user or password or code or token or ca:
            raise ValueError('a login needs the address of the app, such as warmline.centre("https://pbx:8089", ...)')
        yield Centre(settings or app_client.here())
    elif user:
        login = await asyncio.to_thread(_log_in, url, user, password, code, ca)
        try:
            yield Centre(login)
        finally:
            await asyncio.to_thread(_log_out, login)
    elif token:
        yield Centre(AppLogin(place.address(url), token, ca=ca))
    else:
        yield Centre(place.login_at(url))


def _log_in(url: str, user: str, password: str, code: str, ca: str) -> AppLogin:
    from warmline.centre import user_session

    return user_session.log_in(place.address(url), user, password, ca, code).session


def _log_out(login: AppLogin) -> None:
    from warmline.centre import user_session
    from warmline.centre.app_answer import AppAway

    try:
        user_session.log_out(login)
    except AppAway:
        return  # the session ends by itself
