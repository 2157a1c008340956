"""The login that `warmline login` stored in the user's own configuration folder. No other user may read it."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from warmline.text.coded_error import CodedError

NAME = "warmline/login.json"


class LoginError(CodedError):
    """No app can be chosen, or the stored login cannot be used; the text says how to fix it."""


class AppLogin(NamedTuple):
    """A person at an app: the app's address, and the token of the session.

    `ca` is the certificate of a private authority as PEM. `role`, `agent` and `timezone` are as they were at the login;
    they are "" for a token that `warmline login` did not store.
    """

    url: str
    token: str
    user: str = ""
    role: str = ""
    agent: str = ""
    timezone: str = ""
    ca: str = ""


def path() -> Path:
    """Return the path of the file, in XDG_CONFIG_HOME or in ~/.config."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (folder if folder.is_absolute() else Path("~/.config").expanduser()) / NAME


def read() -> AppLogin | None:
    """Return the stored login; None if there is none. Raises LoginError."""
    file = path()
    try:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise LoginError(
                    "login_file_open", "other users may read or change {file}; run: chmod 600 {file}", file=file
                )
            text = stream.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LoginError(
            "login_file_unreadable", "{file} cannot be read: {why}", file=file, why=error.strerror
        ) from None
    import json  # imported here because most commands of the app's machine need none

    try:
        return AppLogin(**{name: str(value) for name, value in json.loads(text).items()})
    except (ValueError, TypeError, AttributeError):
        raise LoginError(
            "login_file_invalid", "{file} is not a stored login; delete it, and log in with: warmline login", file=file
        ) from None


def write(login: AppLogin) -> Path:
    """Store a login in place of the previous one, and return the path of its file. Raises LoginError."""
    import json

    file = path()
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump(login._asdict(), stream)
        fresh.replace(file)
    except OSError as error:
        raise LoginError(
            "login_file_not_written",
            "{file} cannot be written: {why}; choose another folder with XDG_CONFIG_HOME",
            file=file,
            why=error.strerror,
        ) from None
    return file


def delete() -> None:
    """Delete the stored login, if there is one. Raises LoginError."""
    try:
        path().unlink(missing_ok=True)
    except OSError as error:
        raise LoginError(
            "login_file_not_deleted", "{file} cannot be deleted: {why}", file=path(), why=error.strerror
        ) from None
