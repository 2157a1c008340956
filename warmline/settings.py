"""Where things are: one frozen record from one TOML file and the environment.

The AGI scripts load this too, so `tomllib` (which drags in `re` and `typing`) is imported only when a file is read.
"""

import os
from collections import namedtuple

DEFAULT_FILE = "/etc/warmline/warmline.toml"

DEFAULTS: "dict[str, str | int]" = {
    "db": "/var/lib/warmline/warmline.db",
    "recordings": "/var/spool/asterisk/recording",
    "spool": "/var/lib/warmline/spool",
    "run": "/run/warmline",
    "listen_host": "127.0.0.1",
    "listen_port": 8089,
    "server_ip": "127.0.0.1",
    "ari_url": "http://127.0.0.1:8088/ari",
    "ari_user": "warmline",
    "ari_password": "",
    "ari_app": "warmline",
}

Settings = namedtuple(
    "Settings",
    "db recordings spool run listen_host listen_port server_ip ari_url ari_user ari_password ari_app",
)


class SettingsError(Exception):
    """The settings file cannot be used; the text names the file, the key and the way out."""


def load(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Read the settings: defaults, then the TOML file that WARMLINE_CONFIG names, then WARMLINE_<KEY>.

    A missing file at the default place is fine; a missing file that was named is not. Raises SettingsError.
    """
    named = environ.get("WARMLINE_CONFIG")
    values = DEFAULTS | _from_file(named or DEFAULT_FILE, required=named is not None)
    for key in DEFAULTS:
        if (value := environ.get("WARMLINE_" + key.upper())) is not None:
            values[key] = _checked(key, int(value) if value.isdigit() and key == "listen_port" else value, "the environment")
    return Settings(**values)


def _from_file(path: str, *, required: bool) -> "dict[str, str | int]":
    if not required and not os.path.exists(path):  # noqa: PTH110 - pathlib costs an AGI script 5 ms
        return {}
    import tomllib

    try:
        with open(path, "rb") as file:
            values = tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"settings file {path} cannot be read: {error.strerror} (WARMLINE_CONFIG names it)") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"settings file {path} is not TOML: {error}") from None
    return {key: _checked(key, value, path) for key, value in values.items()}


def _checked(key: str, value: object, source: str) -> "str | int":
    if key not in DEFAULTS:
        raise SettingsError(f"setting {key} in {source} does not exist; there are: {', '.join(DEFAULTS)}")
    wanted = type(DEFAULTS[key])
    if type(value) is not wanted:
        raise SettingsError(f"setting {key} in {source} is {value!r}; it must be {'a number' if wanted is int else 'text'}")
    assert isinstance(value, str | int)
    return value
