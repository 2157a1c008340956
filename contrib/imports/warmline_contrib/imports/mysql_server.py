"""A connection to a MariaDB or MySQL server whose tables an import reads, in a transaction that can only read."""

import os
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from warmline.options.option_table import OptionError

PASSWORD = "WARMLINE_MYSQL_PASSWORD"  # noqa: S105 - the name of a variable
HOST, PORT = "127.0.0.1", 3306
SECONDS = 60  # to wait for an answer


class MysqlServer(NamedTuple):
    """A connection. `errors` is the class of the driver's errors, and `shown` names the database without its login."""

    db: Any
    errors: type[Exception]
    shown: str

    def failed(self, error: Exception) -> OptionError:
        """Return the error of a statement."""
        return _failed(self.shown, error)


def driver() -> Any:
    """Return the package PyMySQL. Raises OptionError with the way to install it."""
    try:
        return import_module("pymysql")
    except ImportError:
        raise OptionError(
            "mysql_driver_missing",
            "the package pymysql is missing, which reads a server; install it with: pip install 'warmline[mysql]', or "
            "give a dump",
        ) from None


def connected(url: str, package: Any, usual: str = "", **options: Any) -> MysqlServer:
    """Connect to the database of a URL, else to the one with the usual name, and begin to read.

    `package` is what `driver` returns. A password that the URL lacks is that of the environment. Raises OptionError.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or HOST, parts.port or PORT
    except ValueError:  # the reason may have a part of a password
        raise OptionError(
            "mysql_address_invalid",
            "the address of the database is invalid; allowed: mysql://USER@HOST:PORT/NAME; the password can be in "
            "{variable}",
            variable=PASSWORD,
        ) from None
    name = unquote(parts.path.lstrip("/")) or usual
    shown = f"{host}:{port}/{name}"
    try:
        db = package.connect(
            host=host,
            port=port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or "") or os.environ.get(PASSWORD, ""),
            database=name,
            charset="utf8mb4",
            connect_timeout=SECONDS,
            read_timeout=SECONDS,
            **options,
        )
        with db.cursor() as cursor:
            cursor.execute("START TRANSACTION READ ONLY")
    except (package.MySQLError, RuntimeError) as error:  # RuntimeError: the driver lacks a package for the login
        raise _failed(shown, error) from None
    return MysqlServer(db, package.MySQLError, shown)


def _failed(shown: str, error: Exception) -> OptionError:
    return OptionError(
        "mysql_server_failed",
        "the database {server} answers: {why}; give a user with the right SELECT, and set {variable}",
        server=shown,
        why=error.args[1] if len(error.args) > 1 else error,
        variable=PASSWORD,
    )
