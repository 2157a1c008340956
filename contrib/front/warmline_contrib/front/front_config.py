"""The configuration of the SIP front, which is Kamailio 5.6 or newer, made from the settings of the servers."""

from collections.abc import Sequence
from hashlib import sha256
from ipaddress import IPv4Network
from pathlib import Path
from typing import NamedTuple

from warmline.system.loopback import host_and_port
from warmline.system.server_settings import ServerSettings
from warmline.system.settings import SettingsError

TEMPLATE = Path(__file__).parent / "kamailio.cfg"
NO_ADDRESS = "255.255.255.255"  # from which nothing comes
SHARED, OTHERS = 1, 2  # the sets of servers: those that get calls by weight, and those with weight 0

AUTHENTICATION_MODULES = """\
loadmodule "db_text.so"
loadmodule "auth.so"
loadmodule "auth_db.so"
modparam("auth_db", "db_url", "text://{folder}")
modparam("auth_db", "calculate_ha1", 1)
modparam("auth_db", "password_column", "password")
modparam("auth_db", "version_table", 0)
modparam("auth_db", "load_credentials", "")
"""
AUTHENTICATION = """\
    if (!www_authorize("$fd", "subscriber")) { www_challenge("$fd", "1"); exit; }
    if ($au != $tU) { sl_send_reply("403", "Another Phone's Password"); exit; }
    consume_credentials();
"""


class Front(NamedTuple):
    """Addresses of a front.

    `listen` is HOST:PORT for SIP, `link` HOST:PORT for the app, which connects from an address in `leaders`. `trunks`
    and `phones` are the networks from which calls and registrations come. `passwords` is the folder with the table
    `subscriber`, "" for registrations without a password. `list_file` is the path of the list of servers.
    """

    listen: str
    link: str
    leaders: Sequence[str]
    trunks: Sequence[IPv4Network]
    phones: Sequence[IPv4Network]
    passwords: str
    list_file: str


def form() -> str:
    """Return the name of the configuration's form, which is another one after a change of the template."""
    return sha256(TEMPLATE.read_bytes()).hexdigest()[:12]


def kamailio(front: Front) -> str:
    """Return the text of `kamailio.cfg`."""
    values = {
        "FORM": form(),
        "LISTEN": front.listen,
        "HOST": front.listen.rpartition(":")[0],
        "LIST": front.list_file,
        "LINK": front.link,
        "LEADERS": " || ".join(f'$evapi(srcaddr) == "{address}"' for address in front.leaders),
        "TRUNKS": _source_condition(front.trunks),
        "PHONES": _source_condition(front.phones),
        "CONTACTS": " || ".join(f'is_in_subnet("$rd", "{network}")' for network in front.phones)
        or f'$rd == "{NO_ADDRESS}"',
        "AUTHENTICATION_MODULES": AUTHENTICATION_MODULES.format(folder=front.passwords) if front.passwords else "",
        "AUTHENTICATION": AUTHENTICATION if front.passwords else "",
    }
    text = TEMPLATE.read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def dispatcher(servers: Sequence[ServerSettings]) -> str:
    """Return the text of `dispatcher.list`, a line for each server. Raises SettingsError for a server without `sip`."""
    lines = []
    for server in servers:
        group, weight = (SHARED, f";rweight={server.weight}") if server.weight else (OTHERS, "")
        lines.append(f"{group} sip:{_sip_address(server)} 0 0 duid={server.name}{weight}\n")
    return "".join(lines)


def _sip_address(server: ServerSettings) -> str:
    if not server.sip:
        raise SettingsError(
            "server_without_sip",
            "[server.{name}] has no sip; set it to the address at which this server takes calls from the front, such "
            'as "10.0.0.5:5060"',
            name=server.name,
        )
    if host_and_port(server.sip) is None:
        raise SettingsError(
            "server_sip_invalid",
            "setting server.{name}.sip cannot be {value!r}; allowed: HOST:PORT, such as 10.0.0.5:5060",
            name=server.name,
            value=server.sip,
        )
    return server.sip


def _source_condition(networks: Sequence[IPv4Network]) -> str:
    """Return a condition of Kamailio that is true for these networks."""
    return " || ".join(f"src_ip == {network}" for network in networks) or f"src_ip == {NO_ADDRESS}"
