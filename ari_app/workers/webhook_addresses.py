"""The hosts and addresses that a webhook may connect to. The check applies to the very address that is connected."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from warmline.text.coded_error import CodedError

Allowed = Callable[[], tuple[str, ...]]
LIST = "webhook_hosts"
NAT64 = ip_network("64:ff9b::/96")
# Not public, whatever ipaddress says: IPv4-compatible and translated addresses, local NAT64, site-local addresses,
# protocol assignments, 6to4 relays. The last ones are segments of a router's own network, documentation, and discards.
CLOSED = tuple(
    map(
        ip_network,
        (
            *("::/96", "::ffff:0:0:0/96", "64:ff9b::/32", "fec0::/10", "192.0.0.0/24", "192.88.99.0/24"),
            *("5f00::/16", "3fff::/20", "100::/32"),
        ),
    )
)


class AddressNotAllowed(CodedError):
    """This host or address is not in the list; the text names it and says what to do."""


def check_host(host: str, allowed: tuple[str, ...]) -> None:
    """Check the host of a webhook's URL. Raises AddressNotAllowed."""
    literal = _literal(host)
    if literal is not None:
        check_address(literal, allowed)
    if host.lower() not in {one.lower() for one in allowed} and not (literal and _listed(literal, allowed)):
        raise AddressNotAllowed(
            "webhook_host_not_listed",
            "host {host} is not in {list}; to add it: warmline setting set {list}=…",
            host=host,
            list=LIST,
        )


def check_address(address: IPv4Address | IPv6Address, allowed: tuple[str, ...]) -> None:
    """Check an address just before it is connected. Raises AddressNotAllowed."""
    meant = _meant(address)
    if _listed(address, allowed) or _listed(meant, allowed):
        return
    if not meant.is_global or meant.is_multicast or any(meant in network for network in CLOSED):
        raise AddressNotAllowed(
            "webhook_address_not_public",
            "address {address} is not a public address, and not in {list}",
            address=address,
            list=LIST,
        )
    if _is_own(meant):
        raise AddressNotAllowed(
            "webhook_address_own",
            "address {address} is this machine's own, and not in {list}",
            address=address,
            list=LIST,
        )


class CheckedResolver(AbstractResolver):
    """Resolves a name, and refuses addresses that may not be connected.

    aiohttp connects to these results without another look-up, so a name cannot change its address after the check.
    """

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name. Raises OSError, AddressNotAllowed."""
        results = []
        for kind, _, proto, _, where in await _look_up(host, port, family):
            text = str(where[0])
            check_address(ip_address(text.partition("%")[0]), self._allowed())
            results.append(
                ResolveResult(
                    hostname=host, host=text, port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST
                )
            )
        return results

    async def close(self) -> None:
        """Do nothing; the interface requires this method."""


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> Any:
    """Return the result of getaddrinfo(). Raises its errors: OSError, or ValueError for an invalid name.

    Each look-up has its own daemon thread. A name server that is silent for half a minute delays neither other names
    nor the app's shutdown.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Any] = loop.create_future()

    def settle(found: Any, error: Exception | None) -> None:
        if answer.done():
            return
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(found)

    def ask() -> None:
        found, wrong = None, None
        try:
            found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        except (OSError, ValueError) as error:
            wrong = error
        with suppress(RuntimeError):  # the event loop is closed
            loop.call_soon_threadsafe(settle, found, wrong)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await answer


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside a mapped, 6to4 or NAT64 address; otherwise the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_own(address: IPv4Address | IPv6Address) -> bool:
    """Return whether a program on this machine could listen at the address. Nothing is sent."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as here:
            here.bind((str(address), 0))
    except OSError:
        return False
    return True


def _listed(address: IPv4Address | IPv6Address, allowed: tuple[str, ...]) -> bool:
    """Return whether the list contains the address or a network around it."""
    for one in allowed:
        try:
            if address in ip_network(one, strict=False):
                return True
        except ValueError:
            continue  # a name
    return False


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
