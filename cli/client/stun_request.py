"""Asks a TURN server for a sign of life: a STUN Binding request (RFC 8489), which needs no credential."""

import secrets
import socket
import ssl

from warmline.text.turn_url import TurnUrl

LIMIT = 2.0  # seconds for an answer
COOKIE = bytes.fromhex("2112a442")
REQUEST, SUCCESS = b"\x00\x01\x00\x00", b"\x01\x01"  # the beginning of a request without attributes, and of its answer


def silence(url: TurnUrl) -> str:
    """Return why a server does not answer, or ""."""
    request = REQUEST + COOKIE + secrets.token_bytes(12)
    kind = socket.SOCK_DGRAM if url.transport == "udp" else socket.SOCK_STREAM
    try:
        family, _, _, _, address = socket.getaddrinfo(url.host, url.port, type=kind)[0]
        with socket.socket(family, kind) as plain:
            plain.settimeout(LIMIT)
            plain.connect(address)
            if url.tls:
                with ssl.create_default_context().wrap_socket(plain, server_hostname=url.host) as stream:
                    answer = _asked(stream, request)
            else:
                answer = _asked(plain, request)
    except OSError as problem:
        return str(problem)
    fits = answer[:2] == SUCCESS and answer[4:20] == request[4:]
    return "" if fits else "another program has this port"


def _asked(stream: socket.socket, request: bytes) -> bytes:
    stream.sendall(request)
    return stream.recv(2048)
