"""Addresses of TURN servers, as browsers take them (RFC 7065): `turn:HOST:PORT?transport=udp`, several after commas."""

import re
from typing import NamedTuple

from warmline.text.coded_error import CodedError

FORM = re.compile(r"(turns?):(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(?::([0-9]{1,5}))?(?:\?transport=(udp|tcp))?")
PORTS = {"turn": 3478, "turns": 5349}  # without a port in the address
EXAMPLE = "turn:turn.example.com:3478?transport=udp"


class TurnUrlInvalid(CodedError):
    """An address that no browser takes."""


class TurnUrl(NamedTuple):
    """The address of a TURN server, and how a page reaches it; `tls` only over TCP."""

    text: str
    host: str
    port: int
    transport: str
    tls: bool


def read(text: str) -> tuple[TurnUrl, ...]:
    """Return the addresses in a setting, in order; none for "". Raises TurnUrlInvalid."""
    return tuple(_one(part.strip()) for part in text.split(",")) if text.strip() else ()


def _one(text: str) -> TurnUrl:
    match = FORM.fullmatch(text)
    scheme, host, port, transport = match.groups() if match else ("", "", "", "")
    number = int(port or PORTS.get(scheme, 0))
    tls = scheme == "turns"
    if not 0 < number < 65536 or (tls and transport == "udp"):
        sentence = "turn_urls has {url!r}; allowed: addresses such as {example}, separated by commas"
        raise TurnUrlInvalid("turn_url_invalid", sentence, url=text, example=EXAMPLE)
    return TurnUrl(text, host.strip("[]"), number, transport or ("tcp" if tls else "udp"), tls)
