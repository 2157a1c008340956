"""`warmline front config`: Kamailio's configuration, from the settings of the servers."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, ip_address
from typing import Annotated

import typer

from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from warmline.system import settings as settings_file
from warmline.system.loopback import host_and_port, is_local
from warmline.system.server_settings import every_server
from warmline.system.settings import SettingsError

PATH = re.compile("/[A-Za-z0-9_./-]*")
LIST = "/etc/kamailio/dispatcher.list"

Listen = Annotated[
    str,
    typer.Option(
        "--listen",
        metavar="HOST:PORT",
        show_default=False,
        help="The IPv4 address and the UDP port at which trunks, phones and servers reach the front.",
    ),
]
Trunks = Annotated[
    list[str] | None,
    typer.Option(
        "--trunk",
        metavar="NETWORK",
        help="An address or network from which a carrier sends calls. You can repeat the option.",
    ),
]
Phones = Annotated[
    list[str] | None,
    typer.Option(
        "--phones",
        metavar="NETWORK",
        help="An address or network from which phones may register. You can repeat the option. Without it, no phone "
        "can register.",
    ),
]
Passwords = Annotated[
    str,
    typer.Option(
        "--passwords",
        metavar="FOLDER",
        show_default=False,
        help="A folder on the front's machine with Kamailio's text table `subscriber`, in which each phone has a "
        "password. Without it, phones need no password.",
    ),
]
Leaders = Annotated[
    list[str] | None,
    typer.Option(
        "--leader",
        metavar="ADDRESS",
        help="The address from which the app connects to the front. You can repeat the option. Without it, "
        "127.0.0.1 if the setting front has a loopback address.",
    ),
]
ListFile = Annotated[
    str, typer.Option("--list-file", metavar="FILE", help="The path of the list of servers on the front's machine.")
]
Dispatcher = Annotated[
    bool, typer.Option("--dispatcher", help="Print the list of servers instead, which is dispatcher.list of Kamailio.")
]


def config(
    listen: Listen = "",
    trunk: Trunks = None,
    phones: Phones = None,
    passwords: Passwords = "",
    leader: Leaders = None,
    list_file: ListFile = LIST,
    dispatcher: Dispatcher = False,
    as_json: Json = False,
) -> None:
    from warmline_contrib.front import front_config

    settings = settings_file.load()
    servers = front_config.dispatcher(every_server(settings))
    if dispatcher and not as_json:
        print(servers, end="")
        return
    if not settings.front:
        raise SettingsError(
            "front_not_set",
            "the setting front is empty; set it to the address at which the front answers the app, such as "
            '"127.0.0.1:8448"',
        )
    front = front_config.Front(
        _check_listen(listen),
        settings.front,
        _find_leaders(leader or [], settings.front),
        _parse_trunks(trunk or []),
        _parse_networks("--phones", phones or []),
        _check_path("--passwords", passwords),
        _check_path("--list-file", list_file),
    )
    text = front_config.kamailio(front)
    if as_json:
        print_json({"version": 1, "kamailio": text, "dispatcher": servers})
    else:
        print(text, end="")


def _check_listen(where: str) -> str:
    """Return the address of SIP. Raises InvalidArgument."""
    address = host_and_port(where)
    if address is None or not _is_ipv4(address[0]) or IPv4Address(address[0]).is_unspecified:
        raise InvalidArgument(
            "front_listen_invalid",
            "--listen cannot be {value!r}; give the address and port of SIP on the front's machine, such as "
            "10.0.0.2:5060",
            value=where,
        )
    return where


def _find_leaders(addresses: Sequence[str], link: str) -> Sequence[str]:
    """Return the addresses of the app. Raises InvalidArgument."""
    if not addresses and is_local(link.rpartition(":")[0]):
        return ["127.0.0.1"]
    if not addresses:
        raise InvalidArgument(
            "front_leader_missing",
            "the setting front is {where}, which is no loopback address; name the app's machine, such as "
            "--leader 10.0.0.1",
            where=link,
        )
    for address in addresses:
        if not _is_ipv4(address):
            raise InvalidArgument(
                "front_leader_invalid",
                "--leader cannot be {value!r}; give an IPv4 address such as 10.0.0.1",
                value=address,
            )
    return addresses


def _parse_trunks(texts: Sequence[str]) -> list[IPv4Network]:
    """Return the networks of the carriers. Raises InvalidArgument."""
    if not texts:
        raise InvalidArgument(
            "front_trunk_missing",
            "the front needs the addresses from which carriers send calls; name each, such as --trunk 203.0.113.10",
        )
    return _parse_networks("--trunk", texts)


def _parse_networks(option: str, texts: Sequence[str]) -> list[IPv4Network]:
    """Return the networks. Raises InvalidArgument."""
    try:
        return [IPv4Network(text) for text in texts]
    except ValueError as error:
        raise InvalidArgument(
            "front_network_invalid",
            "{option}: {why}; give IPv4 addresses or networks, such as 203.0.113.0/24",
            option=option,
            why=error,
        ) from None


def _check_path(option: str, path: str) -> str:
    """Return a path that can stand in the configuration. Raises InvalidArgument."""
    if path and not PATH.fullmatch(path):
        raise InvalidArgument(
            "front_path_invalid",
            "{option} cannot be {path!r}; give a path that begins with / and has only letters, digits and _ . / -",
            option=option,
            path=path,
        )
    return path


def _is_ipv4(text: str) -> bool:
    try:
        return ip_address(text).version == 4
    except ValueError:
        return False
