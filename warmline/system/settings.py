"""Where things are: one frozen record from one TOML file and the environment.

Each AGI script reads it for each call, and `tomllib` takes 13 ms to load: a file of nothing but `key = "text"`,
`key = number` and comment lines is read without it. The result is the same.
"""

import os
from collections import namedtuple

DEFAULT_FILE = "/etc/warmline/warmline.toml"
AS_ROOT = "run this as root"
OF_SERVICE = "the service's user may not; as root, `warmline doctor` prints the command that lets it"

DEFAULTS: "dict[str, str | int]" = {
    "db": "/var/lib/warmline/warmline.db",
    "recordings": "/var/spool/asterisk/recording",
    "spool": "/var/lib/warmline/spool",
    "run": "/run/warmline",
    "listen_host": "127.0.0.1",
    "listen_port": 8089,
    "tls_certificate": "",
    "tls_key": "",
    "api_rate": 200,
    "server_ip": "127.0.0.1",
    "ari_url": "http://127.0.0.1:8088/ari",
    "ari_user": "warmline",
    "ari_password": "",
    "ari_app": "warmline",
    "fastagi": "",
    "queue_log": "",
    "webhook_secret": "",
    "asterisk": "asterisk",
    "log": "logfmt",
    "guard_spot_seconds": 30,
}

SECRETS = ("ari_password", "webhook_secret")  # shown to nobody

Settings = namedtuple(
    "Settings",
    "db recordings spool run listen_host listen_port tls_certificate tls_key api_rate server_ip ari_url ari_user"
    " ari_password ari_app fastagi queue_log webhook_secret asterisk log guard_spot_seconds",
)


class SettingsError(Exception):
    """The settings file cannot be used; the text names the file, the key and the way out."""


def load(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Read the settings: defaults, then the TOML file that WARMLINE_CONFIG names, then WARMLINE_<KEY>.

    A missing file at the default place is fine; a missing file that was named is not. Raises SettingsError.
    """
    named = environ.get("WARMLINE_CONFIG")
    values = DEFAULTS | _from_file(named or DEFAULT_FILE, required=named is not None)
    for key, default in DEFAULTS.items():
        if (text := environ.get("WARMLINE_" + key.upper())) is not None:
            number = isinstance(default, int) and _is_number(text)
            values[key] = _checked(key, int(text) if number else text, "the environment")
    return Settings(**values)


def may_not() -> str:
    """The way out of a missing permission: for a person, or for the service, whose stderr is systemd's journal."""
    stderr = os.fstat(2)
    return OF_SERVICE if os.environ.get("JOURNAL_STREAM") == f"{stderr.st_dev}:{stderr.st_ino}" else AS_ROOT


def _from_file(path: str, *, required: bool) -> "dict[str, str | int]":
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
        values = _plain(text)
        if values is None:
            import tomllib

            values = tomllib.loads(text)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not required:
            return {}
        named = " (WARMLINE_CONFIG names it)" if required else ""
        way_out = f"; {may_not()}" if isinstance(error, PermissionError) else ""
        raise SettingsError(f"settings file {path} cannot be read: {error.strerror}{named}{way_out}") from None
    except ValueError as error:
        raise SettingsError(f"settings file {path} is not TOML: {error}") from None
    return {key: _checked(key, value, path) for key, value in values.items()}


def _plain(text: str) -> "dict[str, str | int] | None":
    """What a file of plain lines says; None when it holds anything else, be it TOML or a mistake."""
    if not text.replace("\n", "").replace("\t", "").isprintable():
        return None
    values: dict[str, str | int] = {}
    for line in text.split("\n"):
        key, _, value = (part.strip(" \t") for part in line.partition("="))
        quote, body = value[:1], value[1:-1]
        if key.startswith("#") or not line.strip(" \t"):
            continue
        if key not in DEFAULTS or key in values:
            return None
        if _is_number(value):
            values[key] = int(value)
        elif len(value) > 1 and quote in "\"'" and value[-1] == quote and not {quote, "\\"} & set(body):
            values[key] = body
        else:
            return None
    return values


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 19


def _checked(key: str, value: object, source: str) -> "str | int":
    if key not in DEFAULTS:
        raise SettingsError(f"setting {key} in {source} does not exist; there are: {', '.join(DEFAULTS)}")
    wanted = type(DEFAULTS[key])
    if type(value) is not wanted:
        kind = "a number" if wanted is int else "text"
        shown = "something else" if key in SECRETS else repr(value)
        raise SettingsError(f"setting {key} in {source} is {shown}; it must be {kind}")
    assert isinstance(value, str | int)
    return value
