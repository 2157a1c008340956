"""Opens listening TCP sockets, so that a process can hold a port and pass it on."""

import socket

BACKLOG = 128  # connections that wait until they are accepted


def listen(host: str, port: int) -> list[socket.socket]:
    """Return a socket that listens at each address of the host; "" means all addresses. Raises OSError."""
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    opened: list[socket.socket] = []
    try:
        for family, where in dict.fromkeys((family, where) for family, _, _, _, where in found):
            listener = socket.socket(family, socket.SOCK_STREAM)
            opened.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(where)
            listener.listen(BACKLOG)
    except OSError:
        for listener in opened:
            listener.close()
        raise
    return opened
