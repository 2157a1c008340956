"""The settings of several Asterisk servers: the tables `[server.NAME]` of the settings file and of the secrets.

The server `main` has the settings without a table. A table for it may add what those have not.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system.setting_table import SETTING_TABLE
from warmline.system.settings import Settings, SettingsError, no_setting, no_table, wrong_value

NAME = re.compile("[a-z][a-z0-9]{0,14}")  # without a sign that separates the parts of a channel's id
NAME_ALLOWED = "1 to 15 of a-z and 0-9, a letter first"
# Those that `main` has from the settings without a table.
OF_MAIN = ("ari_url", "ari_user", "ari_password", "browser_sip", "recordings", "asterisk")


class ServerSettings(NamedTuple):
    """How the app reaches an Asterisk, and what the server is for; the table below says it of each field."""

    name: str
    ari_url: str
    ari_user: str
    ari_password: str
    browser_sip: str
    recordings: str
    sip: str
    weight: int
    certificate: str
    asterisk: str


# Each setting of a table: default, possible values and meaning; makes docs/reference/generated/settings.md.
SERVER_TABLE: dict[str, tuple[str | int, str, str]] = {
    "ari_url": ("", "URL", "the address of this server's ARI"),
    "ari_user": SETTING_TABLE["ari_user"],
    "ari_password": ("", "text", "the password of `ari_user` there; it belongs into `secrets.toml`"),
    "browser_sip": (
        "",
        "HOST:PORT with an IPv4 address; may be empty",
        "the address at which this server takes SIP over UDP for browser phones; empty: it takes none",
    ),
    "recordings": (
        "",
        "path of a folder; may be empty",
        "the folder of its recordings if the app's machine has it, too; empty: the media process there has them",
    ),
    "sip": ("", "HOST:PORT; may be empty", "the address at which this server takes calls from the front; empty: none"),
    "weight": (10, "0 to 100", "the server's share of new calls, relative to the weights of the others; 0: none"),
    "certificate": (
        "",
        "path of a PEM file; may be empty",
        "the certificate, or that of its authority, by which the app knows this server's gate; empty: the authorities "
        "of the system",
    ),
    "asterisk": (
        "",
        "command, with arguments; may be empty",
        "the command of this server's console if the app's machine has it, too, as `asterisk` is for `main`; empty: "
        "doctor asks its ARI alone",
    ),
}
SECRETS = ("ari_password",)
WEIGHT_MOST = 100


def read(
    tables: Mapping[str, object],
    file: str,
    secrets: Mapping[str, object],
    secrets_file: str,
    url_of_main: str = "",
) -> tuple[ServerSettings, ...]:
    """Return the servers of the tables in both files, in the order of the settings file.

    No two may have the same address; `url_of_main` is that of the server without a table. Raises SettingsError.
    """
    found: dict[str, dict[str, str | int]] = {}
    for name, table in tables.items():
        found[name] = _table(name, table, file, tuple(SERVER_TABLE))
    for name, table in secrets.items():
        if name not in found:
            raise SettingsError(
                "server_table_missing",
                "[server.{name}] in {path} has no table in {file}; allowed: {known}",
                name=name,
                path=secrets_file,
                file=file,
                known=", ".join(found) or "none",
            )
        found[name] |= _table(name, table, secrets_file, SECRETS)
    servers = tuple(_server(name, values, file) for name, values in found.items())
    _differ(
        "ari_url",
        [(MAIN_SERVER, address_of(url_of_main))] + [(one.name, address_of(one.ari_url)) for one in servers],
        file,
    )
    _differ("sip", [(one.name, one.sip) for one in servers], file)
    return servers


def address_of(url: str) -> str:
    """Return host and port of an address of ARI, "" if it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        return ""
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    return f"{host}:{port}" if host and parts.username is None else ""


def _differ(key: str, values: Iterable[tuple[str, str]], file: str) -> None:
    """Refuse two servers with one value: they would be one Asterisk. Raises SettingsError."""
    of: dict[str, str] = {}
    for name, value in values:
        if value and (other := of.setdefault(value, name)) != name:
            raise SettingsError(
                "servers_share_address",
                "servers {other} and {name} in {path} have the same {key} {value}; each needs an Asterisk of its own",
                other=other,
                name=name,
                path=file,
                key=key,
                value=value,
            )


def every_server(settings: Settings) -> tuple[ServerSettings, ...]:
    """Return all servers: `main` first, then those of the tables in their order."""
    named = {one.name: one for one in settings.servers}
    main = named.pop(MAIN_SERVER, None) or _server(MAIN_SERVER, {}, "")
    main = main._replace(**{key: getattr(settings, key) for key in OF_MAIN})
    return (main, *named.values())


def _table(name: str, table: object, path: str, allowed: tuple[str, ...]) -> dict[str, str | int]:
    """Return the values of a table. Raises SettingsError."""
    if not NAME.fullmatch(name):
        raise SettingsError(
            "server_name_invalid",
            "[server.{name}] in {path}: a server cannot have this name; allowed: {allowed}",
            name=name,
            path=path,
            allowed=NAME_ALLOWED,
        )
    known = tuple(key for key in allowed if name != MAIN_SERVER or key not in OF_MAIN)
    if not isinstance(table, dict):
        raise no_table(path)
    return {key: _checked(f"server.{name}.{key}", key, value, path, known) for key, value in table.items()}


def _checked(shown: str, key: str, value: object, path: str, allowed: tuple[str, ...]) -> str | int:
    if key not in allowed:
        raise no_setting(shown, path, allowed)
    wanted = type(SERVER_TABLE[key][0])
    if type(value) is not wanted or (isinstance(value, int) and not 0 <= value <= WEIGHT_MOST):
        kind = f"a number from 0 to {WEIGHT_MOST}" if wanted is int else "text"
        raise wrong_value(shown, path, "something else" if key in SECRETS else repr(value), kind)
    assert isinstance(value, str | int)
    return value


def _server(name: str, values: Mapping[str, str | int], file: str) -> ServerSettings:
    every: dict[str, Any] = {key: values.get(key, default) for key, (default, _, _) in SERVER_TABLE.items()}
    server = ServerSettings(name, **every)
    if name != MAIN_SERVER and not server.ari_url:
        raise SettingsError(
            "server_without_ari",
            "[server.{name}] in {path} has no ari_url; set it to the address of this server's ARI, "
            'such as "http://127.0.0.1:8188/ari"',
            name=name,
            path=file,
        )
    if name != MAIN_SERVER and not address_of(server.ari_url):
        raise SettingsError(
            "server_ari_invalid",
            "setting server.{name}.ari_url in {path} cannot be {value}; allowed: http:// or https:// with a host and a "
            'port, such as "https://10.0.0.5:8090/ari"',
            name=name,
            path=file,
            value="a text with a password" if "@" in server.ari_url else server.ari_url,
        )
    return server
