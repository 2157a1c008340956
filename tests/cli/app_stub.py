"""A stand-in for an app on loopback: its logins, or whatever else a test lets it answer."""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from tests.http.certificates import Certificate


class Told(NamedTuple):
    """An answer: status, body and media type."""

    status: int
    body: bytes
    media: str = "application/json"
    is_ours: bool = True


def problem(status: int, code: str, detail: str) -> Told:
    return Told(status, json.dumps({"code": code, "detail": detail}).encode(), "application/problem+json")


class AppStub:
    """`users` are what /api/v1/me tells, by name; the password of each is the name backwards.

    `fixed` replaces every answer.
    """

    url = ""

    def __init__(self, users: Mapping[str, Mapping[str, Any]], fixed: Told | None = None) -> None:
        self.users = users
        self.fixed = fixed
        self.sessions: dict[str, str] = {}
        self.programs: list[str] = []
        self.devices: list[str] = []

    def told(self, method: str, path: str, token: str, body: bytes) -> Told:
        """Return the answer to a request."""
        if self.fixed:
            return self.fixed
        match method, path:
            case "POST", "/api/v1/login":
                return self._begin(json.loads(body))
            case "DELETE", "/api/v1/login" if token in self.sessions:
                del self.sessions[token]
                return Told(204, b"")
            case "GET", "/api/v1/me" if token in self.sessions:
                user = self.sessions[token]
                return Told(200, json.dumps({"user": user, **self.users[user]}).encode())
        return problem(401, "token_unknown", "the token is unknown")

    def _begin(self, asked: dict[str, str]) -> Told:
        user = asked["user"]
        if user not in self.users or asked["password"] != user[::-1]:
            return problem(401, "login_refused", "the user or the password is wrong")
        self.programs.append(asked["program"])
        self.devices.append(asked.get("device", ""))
        token = f"{user}-{len(self.programs)}"
        self.sessions[token] = user
        return Told(201, json.dumps({"token": token, "device": f"of-{token}"}).encode())


@contextmanager
def served(stub: AppStub, tls: Certificate | None = None) -> Iterator[AppStub]:
    """Serve a stand-in on a free port, encrypted if it has a certificate; its `url` is then known."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            answer = stub.told(self.command, self.path, token, body)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media)
            if answer.is_ours:
                self.send_header("Warmline-API", "1")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_DELETE = _serve

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls.tls_certificate, tls.tls_key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    stub.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
