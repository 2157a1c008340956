"""A connection to an app over HTTP or HTTPS, as the person of a login."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPConnection as PlainConnection
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from urllib.parse import urlencode, urlsplit

from warmline.centre.app_answer import NOTHING, AppAnswer, AppAway, AppFile, AsteriskState, NotLoggedIn, code, full
from warmline.centre.login_file import AppLogin
from warmline.system.socket_messages.local_messages import LARGEST_ANSWER

API = "/api/v1/"
API_HEADER = "Warmline-API"  # in every answer of an app
PIECE = 1 << 16  # bytes of a file that are read at once
LOST = "no Asterisk since "  # begins the answer of /healthz


class RemoteConnection:
    """A connection to the app of a login. `silent`: seconds of silence after which it fails. Raises AppAway."""

    def __init__(self, login: AppLogin, silent: float) -> None:
        self._login = login
        self._socket: socket | None = None
        parts = urlsplit(login.url)
        self._above = parts.path
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "http":
            self._http = PlainConnection(host, port, timeout=silent)
        else:
            self._http = HTTPSConnection(host, port, timeout=silent, context=self._trusted())

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def shutdown(self) -> None:
        """End what another thread reads; it closes the connection."""
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)

    def ask(self, method: str, path: str, query: Mapping[str, str] = NOTHING, body: bytes = b"") -> AppAnswer:
        """Send a request to `path` below /api/v1, and return its answer. Raises AppAway."""
        response = self._sent(method, API + path, query, body)
        answer = AppAnswer(response.status, self._read(response))
        self._check_ours(response, answer)
        return answer

    def follow(self, path: str, query: Mapping[str, str]) -> AppAnswer | Iterator[bytes]:
        """Return the lines of an event stream, or the answer that refuses it. Raises AppAway, also while reading."""
        response = self._sent("GET", API + path, query, b"")
        media, is_ours = response.headers.get_content_type(), API_HEADER in response.headers
        if response.status == HTTPStatus.OK and media == "text/event-stream" and is_ours:
            return self._lines(response)
        answer = AppAnswer(response.status, self._read(response))
        self._check_ours(response, answer)
        return answer

    def fetch(self, path: str) -> AppAnswer | AppFile:
        """Return the file at `path` below /api/v1, or the answer that refuses it. Raises AppAway."""
        response = self._sent("GET", API + path, NOTHING, b"")
        if response.status == HTTPStatus.OK and API_HEADER in response.headers and response.length is not None:
            return AppFile(response.length, self._pieces(response, response.length))
        answer = AppAnswer(response.status, self._read(response))
        self._check_ours(response, answer)
        return answer

    def asterisk(self) -> AsteriskState:
        """Return whether the app is connected to Asterisk. Raises AppAway."""
        text = self._read(self._sent("GET", "/healthz", NOTHING, b"")).decode("utf-8", "replace").strip()
        if text.startswith(LOST):
            try:
                lost_at = datetime.fromisoformat(text.removeprefix(LOST))
            except ValueError:
                raise self.not_ours() from None
            return AsteriskState(False, int(lost_at.timestamp() * 1_000_000))
        return AsteriskState(not text.startswith("no Asterisk"), 0)

    def unknown(self) -> NotLoggedIn:
        """Return the error of a user whom the app does not know."""
        if self._login.user:
            return NotLoggedIn(
                "session_ended",
                "the session of {user} at {url} has ended; log in again: warmline login",
                user=self._login.user,
                url=self._login.url,
            )
        return NotLoggedIn(
            "token_unknown_there",
            "the app at {url} does not know the token in WARMLINE_TOKEN; log in with: warmline login {url}",
            url=self._login.url,
        )

    def not_ours(self) -> AppAway:
        """Return the error of an answer that is not Warmline's."""
        return AppAway(
            "url_of_another",
            "the program that answers at {url} is not Warmline; check the address and the port",
            url=self._login.url,
        )

    def _trusted(self) -> ssl.SSLContext:
        """Return the authorities that may vouch for the app: the login's own, or those of the system."""
        context = ssl.create_default_context(cadata=self._login.ca or None)
        if self._login.ca:
            context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN  # it may be the app's own certificate
        return context

    def _sent(self, method: str, path: str, query: Mapping[str, str], body: bytes) -> HTTPResponse:
        headers = {"Accept": "application/json, text/event-stream"}
        if self._login.token:
            headers["Authorization"] = f"Bearer {self._login.token}"
        if body:
            headers["Content-Type"] = "application/json"
        asked = f"?{urlencode(query)}" if query else ""
        try:
            self._http.request(method, f"{self._above}{path}{asked}", body=body or None, headers=headers)
            self._socket = self._http.sock  # a stream keeps it, and `_http` forgets it
            return self._http.getresponse()
        except (OSError, HTTPException, ValueError) as problem:
            raise self._away(problem) from None

    def _read(self, response: HTTPResponse) -> bytes:
        try:
            found = response.read(LARGEST_ANSWER + 1)
            if len(found) > LARGEST_ANSWER:
                raise self.not_ours()
            if response.length:
                raise ConnectionResetError  # it ended early
        except (OSError, HTTPException) as problem:
            raise self._away(problem) from None
        return found

    def _pieces(self, response: HTTPResponse, left: int) -> Iterator[bytes]:
        try:
            while left:
                piece = response.read(min(left, PIECE))
                if not piece:
                    raise ConnectionResetError
                left -= len(piece)
                yield piece
        except (OSError, HTTPException) as problem:
            raise self._away(problem) from None

    def _lines(self, response: HTTPResponse) -> Iterator[bytes]:
        try:
            while line := response.readline(LARGEST_ANSWER + 1):
                if len(line) > LARGEST_ANSWER:
                    raise self.not_ours()
                yield line
        except (OSError, HTTPException, ValueError) as problem:
            raise self._away(problem) from None

    def _check_ours(self, response: HTTPResponse, answer: AppAnswer) -> None:
        """Check that a Warmline answers that knows the request. Raises AppAway."""
        media = response.headers.get_content_type()
        is_json = media in ("application/json", "application/problem+json")
        is_done = answer.status < HTTPStatus.BAD_REQUEST
        if API_HEADER not in response.headers and (is_done or (answer.body and not is_json)):
            raise self.not_ours()
        if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED) and (
            code(answer.body) in ("path_unknown", "method_not_allowed")
        ):
            raise AppAway(
                "app_older",
                "the app at {url} is older than this command, and does not know the request; update the app, or use "
                "the command of its version",
                url=self._login.url,
            )

    def _away(self, problem: Exception) -> AppAway:
        """Return the error of a request that failed."""
        url = self._login.url
        match problem:
            case ssl.SSLCertVerificationError():
                return AppAway(
                    "certificate_untrusted",
                    "the certificate of {url} is not trusted: {why}; if it is from an authority of your own, log in "
                    "with: warmline login {url} --ca FILE",
                    url=url,
                    why=problem.verify_message.rstrip("."),
                )
            case ssl.SSLError():
                why = (problem.reason or str(problem)).lower().replace("_", " ")
                return AppAway(
                    "no_encryption",
                    "no encrypted connection to {url}: {why}; check the address and the port",
                    url=url,
                    why=why,
                )
            case TimeoutError():
                return AppAway("url_silent", "the app at {url} does not answer in time; try again", url=url)
            case ConnectionResetError() | BrokenPipeError():
                return full(url)
            case OSError():
                return AppAway(
                    "url_unreachable",
                    "the app at {url} cannot be reached: {why}; check the address, the network, and whether the app "
                    "runs",
                    url=url,
                    why=problem.strerror or str(problem),
                )
        return self.not_ours()
