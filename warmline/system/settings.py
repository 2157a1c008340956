"""The settings of this machine: one frozen record from TOML files and the environment.

The secrets may stand in a file of their own, which fewer programs can read.

AGI scripts read the files for each call, and `tomllib` takes 13 ms to load. Therefore a file that has only comments and
lines such as `key = "text"` or `key = number` is read without `tomllib`, with the same result.
"""

import os
from collections import namedtuple

from warmline.system import plain_toml
from warmline.system.setting_table import REMOVED, SETTING_TABLE
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Collection

DEFAULT_FILE = "/etc/warmline/warmline.toml"
SECRETS_NAME = "secrets.toml"  # of the file with secrets, in the folder of the settings file
AS_ROOT, OR_LOGIN = "run this as root", ", or log in with: warmline login"
OF_SERVICE = "the service's user may not; as root, `warmline doctor` prints the command that lets it"

DEFAULTS: "dict[str, str | int]" = {key: default for key, (default, _, _) in SETTING_TABLE.items()}

KNOWN = {**DEFAULTS, **REMOVED}

SECRETS = (  # never shown
    "ari_password", "webhook_secret", "webhook_secrets", "browser_password", "turn_secret", "second_factor_key",
    "mail_login",
)  # fmt: skip

Settings = namedtuple(
    "Settings",
    [
        "db",
        "recordings",
        "spool",
        "mail_server",
        "mail_from",
        "mail_login",
        "run",
        "listen_host",
        "listen_port",
        "tls_certificate",
        "tls_key",
        "api_rate",
        "trusted_proxies",
        "workspace_frames",
        "api_origins",
        "server_ip",
        "ari_url",
        "ari_user",
        "ari_password",
        "ari_app",
        "browser_sip",
        "browser_password",
        "turn_urls",
        "turn_secret",
        "fastagi",
        "queue_log",
        "speech_command",
        "speech_voice",
        "webhook_secret",
        "webhook_secrets",
        "second_factor_key",
        "asterisk",
        "log",
        "guard_spot_seconds",
        "gate",
        "gate_certificate",
        "gate_key",
        "server_lost_seconds",
        "front",
        "servers",  # those of the tables `server.NAME`, in their order; see server_settings.py
        "removed",  # settings of REMOVED that are still set
    ],
    defaults=[(), ()],
)


class SettingsError(CodedError):
    """The settings file cannot be used; the text names the file, the key and the fix."""


def load(environ: "os._Environ[str] | dict[str, str]" = os.environ, *, servers: bool = True) -> Settings:
    """Read the settings: defaults, then the TOML file that WARMLINE_CONFIG names, its secrets, then WARMLINE_<KEY>.

    A missing file is an error only if WARMLINE_CONFIG names it. A program that may not read the secrets does without
    them. Without `servers`, the tables of servers are left out: an AGI script does without their modules. Raises
    SettingsError.
    """
    named = environ.get("WARMLINE_CONFIG")
    file = named or DEFAULT_FILE
    given, tables = _from_file(file, DEFAULTS, required=named is not None)
    values = DEFAULTS | given
    secret_tables: dict[str, object] = {}
    try:
        secrets, secret_tables = _from_file(secrets_beside(file), SECRETS)
        values |= secrets
    except PermissionError:
        pass  # this program needs no secrets
    removed = tuple(key for key in REMOVED if values.pop(key, "") or environ.get("WARMLINE_" + key.upper()))
    for key, default in DEFAULTS.items():
        if (text := environ.get("WARMLINE_" + key.upper())) is not None:
            number = isinstance(default, int) and plain_toml.is_number(text)
            values[key] = _checked(key, int(text) if number else text, "the environment", DEFAULTS)
    if "://" in str(values["db"]):
        values["db"] = _address(str(values["db"]), str(values["spool"]), file)
    if not servers or not (tables or secret_tables):
        return Settings(**values, removed=removed)
    from warmline.system import server_settings  # it takes 10 ms to load

    of_main = str(values["ari_url"])
    found = server_settings.read(tables, file, secret_tables, secrets_beside(file), of_main)
    return Settings(**values, servers=found, removed=removed)


def secrets_beside(file: str) -> str:
    """Return the path of the file with secrets that belongs to a settings file."""
    folder, slash, _ = file.rpartition("/")
    return f"{folder}{slash}{SECRETS_NAME}"


def load_with_secrets(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Read the settings for a program that needs the secrets. Raises SettingsError, also if it may not read them."""
    path = secrets_beside(environ.get("WARMLINE_CONFIG") or DEFAULT_FILE)
    try:
        open(path, "rb").close()
    except FileNotFoundError:
        pass  # they are in the settings file, or in the environment
    except OSError as error:
        raise _unreadable(path, error) from None
    return load(environ)


local_only = False  # whether the command works on the machine of the app only, so that a login does not help


def may_not() -> str:
    """Return the fix for a missing permission, for a person or for the service (its stderr is systemd's journal)."""
    stderr = os.fstat(2)
    if os.environ.get("JOURNAL_STREAM") == f"{stderr.st_dev}:{stderr.st_ino}":
        return OF_SERVICE
    return AS_ROOT if local_only else AS_ROOT + OR_LOGIN


def _from_file(
    path: str, allowed: "Collection[str]", *, required: bool = False
) -> "tuple[dict[str, str | int], dict[str, object]]":
    """Return the values in a file, and its tables of servers.

    Raises SettingsError, or PermissionError for a file with secrets.
    """
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
        values: dict[str, object] | None = plain_toml.read(text, KNOWN)
        if values is None:
            import tomllib

            values = tomllib.loads(text)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not required:
            return {}, {}
        if isinstance(error, PermissionError) and allowed is SECRETS:
            raise
        raise _unreadable(path, error, named=" (WARMLINE_CONFIG names it)" if required else "") from None
    except ValueError as error:
        raise SettingsError(
            "settings_not_toml", "settings file {path} is not valid TOML: {why}", path=path, why=error
        ) from None
    tables = values.pop("server", {})
    if not isinstance(tables, dict):
        raise no_table(path)
    return {key: _checked(key, value, path, allowed) for key, value in values.items()}, tables


def _unreadable(path: str, error: OSError, *, named: str = "") -> SettingsError:
    return SettingsError(
        "settings_unreadable",
        "settings file {path} cannot be read: {why}{named}{way_out}",
        path=path,
        why=error.strerror,
        named=named,
        way_out=f"; {may_not()}" if isinstance(error, PermissionError) else "",
    )


def _checked(key: str, value: object, source: str, allowed: "Collection[str]") -> "str | int":
    if key in REMOVED:
        return str(value)
    if key not in allowed:
        raise no_setting(key, source, allowed)
    wanted = type(DEFAULTS[key])
    if type(value) is not wanted:
        kind = "a number" if wanted is int else "text"
        raise wrong_value(key, source, "something else" if key in SECRETS else repr(value), kind)
    assert isinstance(value, str | int)
    return value


def no_setting(key: str, source: str, allowed: "Collection[str]") -> SettingsError:
    """Return the refusal of a setting with a wrong name."""
    return SettingsError(
        "setting_unknown",
        "setting {key} in {source} does not exist; allowed: {known}",
        key=key,
        source=source,
        known=", ".join(allowed) or "none",
    )


def wrong_value(key: str, source: str, shown: str, kind: str) -> SettingsError:
    """Return the refusal of a value, which it names as `shown`, with what is allowed."""
    return SettingsError(
        "setting_type",
        "setting {key} in {source} is {value}; allowed: {kind}",
        key=key,
        source=source,
        value=shown,
        kind=kind,
    )


def _address(text: str, spool: str, source: str) -> str:
    """Return the address of a database. Raises SettingsError, which does not show it: it may have a password."""
    from warmline.system.database_address import DatabaseAddress, names_address

    if not names_address(text):
        raise SettingsError(
            "setting_db_address",
            "setting db in {source} or the environment is an address of another kind; allowed: a file's path, or "
            "postgresql://USER@HOST/NAME",
            source=source,
        )
    home = os.path.dirname(spool.rstrip("/"))  # noqa: PTH120 - pathlib costs an AGI script 5 ms
    return DatabaseAddress(text.strip(), f"{home or '.'}/warmline.db")


def no_table(path: str) -> SettingsError:
    """Return the refusal of a server that is no table."""
    return SettingsError(
        "setting_server_invalid", "setting server in {path} is not a table; write [server.NAME]", path=path
    )
