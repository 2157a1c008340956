"""The address of a PostgreSQL database, as a text without its password.

Messages and logs show the text; only the door of the database reads the whole address. AGI scripts load this module
too, so it imports neither re nor pathlib, which would cost them 10 ms.
"""

import os

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from pathlib import Path

BEGINNINGS = ("postgresql://", "postgres://")
FILES = "/var/lib/warmline/warmline.db"
OF_NAMES = "_.%-"  # besides letters and digits, in names of hosts and databases
OF_NUMBERS = "0123456789abcdefABCDEF:."  # in the address of a host
NOT_OF_LOGINS = "/?#"
UNCLEAR = "postgresql://..."  # of an address that libpq might read in another way


class DatabaseAddress(str):
    """The address of a PostgreSQL database; its text has neither a password nor options.

    Therefore it can stand wherever a path of a database can.
    """

    __slots__ = ("files", "whole")

    whole: str
    files: str

    def __new__(cls, whole: str, files: str = FILES) -> "DatabaseAddress":
        """Make the address from the whole text, such as `postgresql://user:password@host:5432/warmline`.

        `files` is how the paths of the files begin that are next to a database, such as that of late turns.
        """
        made = super().__new__(cls, _without_secrets(whole))
        made.whole, made.files = whole, files
        return made

    def __str__(self) -> str:
        """Return the address itself: it stays one where a path is made a text."""
        return self

    def __reduce__(self) -> "tuple[type[DatabaseAddress], tuple[str, str]]":
        """Keep the whole address when another process gets a copy."""
        return DatabaseAddress, (self.whole, self.files)


def is_address(database: object) -> bool:
    """Return whether a database is one of PostgreSQL."""
    return isinstance(database, DatabaseAddress)


def files_of(database: object) -> str:
    """Return how the paths of the files next to a database begin."""
    return database.files if isinstance(database, DatabaseAddress) else str(database)


def folder_of(database: object) -> "Path":
    """Return the folder of the files next to a database: with a file, it is the folder of that file."""
    from pathlib import Path

    return Path(files_of(database)).parent


def names_address(text: str) -> bool:
    """Return whether a text is the address of a PostgreSQL database, and not the path of a file."""
    return text.lstrip().lower().startswith(BEGINNINGS)


def passed(database: str) -> str:
    """Return a database as a text from which another program of this machine makes it again: it has the password."""
    return f"{database.whole}\n{database.files}" if isinstance(database, DatabaseAddress) else database


def received(text: str) -> str:
    """Return the database of a text that `passed` made."""
    whole, _, files = text.partition("\n")
    return DatabaseAddress(whole, files) if names_address(text) else text


def environment(database: str) -> dict[str, str]:
    """Return the variables that a program needs for a database: those of libpq for an address, none for a file."""
    if not isinstance(database, DatabaseAddress):
        return {}
    return {name: value for name, value in os.environ.items() if name == "HOME" or name.startswith("PG")}


def _without_secrets(whole: str) -> str:
    """Return the address without the password and the options, of which one may be a password.

    Of an address that libpq might read in another way, only the beginning is shown.
    """
    beginning, _, rest = whole.partition("://")
    login, at, rest = rest.rpartition("@")
    place = rest.partition("?")[0]
    if f"{beginning}://" not in BEGINNINGS or "@" in login or not _is_login(login) or not _is_place(place):
        return UNCLEAR
    return f"postgresql://{login.partition(':')[0]}{at}{place}"


def _is_login(text: str) -> bool:
    """Return whether a text is a user, or a user and a password after a colon."""
    spaced = any(map(str.isspace, text.partition(":")[0]))
    return not spaced and not any(one in NOT_OF_LOGINS for one in text)


def _is_place(text: str) -> bool:
    """Return whether a text is hosts and ports and, after a slash, the name of a database."""
    hosts, _, name = text.partition("/")
    return _is_name(name) and all(map(_is_host, hosts.split(",")))


def _is_host(text: str) -> bool:
    if text.startswith("["):
        number, closed, port = text[1:].partition("]")
        return bool(closed and number) and set(number) <= set(OF_NUMBERS) and (not port or _is_port(port))
    name, colon, port = text.partition(":")
    return _is_name(name) and (not colon or _is_port(colon + port))


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isdecimal()


def _is_name(text: str) -> bool:
    return all(one.isalnum() or one in OF_NAMES for one in text)
