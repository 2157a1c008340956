"""The address of a client, also behind proxies. Only proxies that the setting `trusted_proxies` names are believed.

Each proxy appends the address of its own client to `X-Forwarded-For`. The header is therefore read from its end: the
first address that is no trusted proxy is the client. Addresses before it may be invented.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web

from warmline.system.settings import SettingsError

HEADER = "X-Forwarded-For"
MOST_HOPS = 10  # addresses that are read
_PORT = re.compile(r"(?:\[(.*)\]|([0-9.]+))(?::[0-9]{1,5})?")
_IN_HEAD = re.compile(rb"\r\nx-forwarded-for:[ \t]*([^\r\n]*)", re.IGNORECASE)

Network = IPv4Network | IPv6Network


class TrustedProxies:
    """The proxies of the setting: addresses and networks. Without any, no header is read."""

    def __init__(self, networks: Sequence[Network] = ()) -> None:
        self._networks = networks

    @classmethod
    def of_setting(cls, text: str) -> "TrustedProxies":
        """Return the proxies of the setting `trusted_proxies`. Raises SettingsError."""
        try:
            return cls([ip_network(one.strip()) for one in text.split(",") if one.strip()])
        except ValueError as error:
            raise SettingsError(
                "trusted_proxies_invalid",
                "setting trusted_proxies is {value!r}: {why}; allowed: addresses and networks, separated by commas, "
                "such as 127.0.0.1, 192.0.2.0/24",
                value=text,
                why=error,
            ) from None

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """Return the address of the client of a connection from `peer`; `forwarded` are the values of the header."""
        if not self._networks or not self._is_proxy(peer):
            return peer
        client = peer
        for hop in [hop for value in forwarded for hop in value.split(",")][: -MOST_HOPS - 1 : -1]:
            if (found := _address(hop)) is None:
                break
            client = str(found)
            if not self._is_proxy(client):
                break
        return client

    def client_of_head(self, peer: str, head: bytes) -> str:
        """Return the address of the client that sent the head of a request, before a parser reads it."""
        if not self._networks:
            return peer
        return self.client(peer, [found.decode("latin-1") for found in _IN_HEAD.findall(head)])

    def _is_proxy(self, address: str) -> bool:
        found = _address(address)
        return found is not None and any(found in network for network in self._networks)


PROXIES = web.AppKey("proxies", TrustedProxies)


def of_request(request: web.Request) -> str:
    """Return the address of the client that sent a request, or "" if it has gone."""
    return request.app[PROXIES].client(request.remote or "", request.headers.getall(HEADER, []))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address in a hop, which may have a port; None if there is none."""
    bare = text.strip()
    found = _PORT.fullmatch(bare)
    try:
        read = ip_address((found[1] or found[2]) if found else bare)
    except ValueError:
        return None
    return getattr(read, "ipv4_mapped", None) or read
