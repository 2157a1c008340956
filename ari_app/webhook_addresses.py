"""Where a webhook may go: which names, and behind them which addresses. The very address that is connected is asked."""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult

Allowed = Callable[[], tuple[str, ...]]
LIST = "webhook_hosts"


class NotAllowed(Exception):
    """This host or address is not in the list; the text says which, and what to do."""


def check_host(host: str, allowed: tuple[str, ...]) -> None:
    """A host as an address names it. Raises NotAllowed."""
    literal = _literal(host)
    if literal is not None:
        check_address(literal, allowed)
    if host.lower() not in {one.lower() for one in allowed} and not (literal and _listed(literal, allowed)):
        raise NotAllowed(f"host {host} is not in {LIST}; add it with: warmline setting set {LIST}=…")


def check_address(address: IPv4Address | IPv6Address, allowed: tuple[str, ...]) -> None:
    """An address that is about to be connected. Raises NotAllowed."""
    if not (address.is_global and not address.is_multicast) and not _listed(address, allowed):
        raise NotAllowed(f"address {address} is not a public one, and not in {LIST}")


class Resolver(AbstractResolver):
    """Looks a name up in threads of its own, and leaves no address to the connection that may not be connected.

    aiohttp connects what this returns and asks no second time: a name cannot be bent to another address in between.
    """

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="webhook-names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises OSError, NotAllowed."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        )
        results = []
        for kind, _, proto, _, where in found:
            text = str(where[0])
            check_address(ip_address(text.partition("%")[0]), self._allowed())
            results.append(
                ResolveResult(
                    hostname=host, host=text, port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST
                )
            )
        return results

    async def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _listed(address: IPv4Address | IPv6Address, allowed: tuple[str, ...]) -> bool:
    """Whether the address, or a network that it is in, stands in the list."""
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
