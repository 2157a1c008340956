"""The API process's port, for commands that concern it: its checks, and the locks of API users."""

import json
import re
import socket
import ssl
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any

from warmline.centre import app_client
from warmline.centre.app_answer import FULL, AppAway, AppRefused, code, detail
from warmline.store.database.errors import NotFound
from warmline.system import systemd_service, token_file
from warmline.system.settings import Settings, may_not
from warmline.system.socket_messages.local_messages import LARGEST_ANSWER

CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL | re.ASCII)
STARTS_WITHIN = 3.0  # seconds; systemd starts an API process for the first request
FIGURE = re.compile(r"^warmline_(\w+) (\S+)$", re.MULTILINE | re.ASCII)


class PortTaken(AppAway):
    """Another program has the API process's port."""


def get(settings: Settings, path: str) -> Any:
    """Return the JSON at `path` below /api/v1, with the token for programs of root.

    Raises AppAway, AppRefused, NotFound.
    """
    return _json(settings, *_ask(settings, "GET", f"/api/v1/{path}"))


def post(settings: Settings, path: str) -> Any:
    """Send a command without a body, and return the JSON of its answer. Raises AppAway, AppRefused, NotFound."""
    return _json(settings, *_ask(settings, "POST", f"/api/v1/{path}"))


def _json(settings: Settings, status: int, body: bytes) -> Any:
    if status == HTTPStatus.NOT_FOUND:
        raise NotFound("app_not_found", "{why}", why=detail(body))
    if status != HTTPStatus.OK:
        raise AppRefused(code(body), "{why}", why=detail(body))
    try:
        return json.loads(body)
    except ValueError:
        raise _not_ours(address(settings)) from None


def connection(settings: Settings, silent: float) -> HTTPConnection:
    """Return a connection that is not yet open. `silent`: seconds of silence after which it fails.

    An encrypted connection accepts only the first certificate of tls_certificate, and no host name is checked. The
    file's other certificates are authorities, who also sign for strangers. Raises AppAway.
    """
    where = (settings.listen_host, settings.listen_port)
    if not settings.tls_certificate:
        return HTTPConnection(*where, timeout=silent)
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.check_hostname = False
    trusted.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    try:
        trusted.load_verify_locations(cadata=_first_certificate(Path(settings.tls_certificate)))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise AppAway(
            "certificate_unreadable",
            "tls_certificate {file} cannot be used: {why}",
            file=settings.tls_certificate,
            why=why,
        ) from None
    return HTTPSConnection(*where, timeout=silent, context=trusted)


def _first_certificate(file: Path) -> str:
    """Return the certificate that the API process presents. Raises OSError, AppAway."""
    found = CERTIFICATE.search(file.read_text("ascii", "ignore"))
    if found is None:
        raise AppAway(
            "certificate_missing", "tls_certificate {file} cannot be used: the file holds no certificate", file=file
        )
    return found[0]


def figures(settings: Settings) -> dict[str, float]:
    """Return the metrics without labels, by name without `warmline_`; the call process's may be old. Raises AppAway."""
    status, body = _ask(settings, "GET", "/metrics")
    found = {name: float(value) for name, value in FIGURE.findall(body.decode("utf-8", "replace"))}
    if status != HTTPStatus.OK or not found:
        raise _not_ours(address(settings))
    return found


def _ask(settings: Settings, method: str, path: str) -> tuple[int, bytes]:
    """Return status and body of the answer. The token is read again after a refusal: each start makes a new one."""
    token = _token(settings)
    status, body = _sent(settings, method, path, token)
    if status == HTTPStatus.UNAUTHORIZED and (current := _token(settings)) != token:
        token = current
        status, body = _sent(settings, method, path, token)
    if status == HTTPStatus.UNAUTHORIZED:
        if not token:
            raise _not_ours(address(settings))
        raise PortTaken(
            "app_token_refused",
            "the API process at {where} does not accept the token in {file}: another app has the port",
            where=address(settings),
            file=token_file.path(settings.run),
        )
    return status, body


def _sent(settings: Settings, method: str, path: str, token: str) -> tuple[int, bytes]:
    where = address(settings)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with closing(connection(settings, app_client.WITHIN if token else STARTS_WITHIN)) as api:
        try:
            api.request(method, path, headers=headers)
            response = api.getresponse()
            body = response.read(LARGEST_ANSWER + 1)
            if len(body) > LARGEST_ANSWER:
                raise _not_ours(where)
            return response.status, body
        except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError) as problem:
            if systemd_service.is_down(systemd_service.API):
                raise _away(where, problem) from None
            if not token:
                raise _not_ours(where) from None
            raise AppAway("api_full", "the API process at {where} is full: {why}", where=where, why=FULL) from None
        except OSError as problem:
            raise _away(where, problem) from None
        except (HTTPException, ValueError):
            raise _not_ours(where) from None


def answers(settings: Settings) -> bool:
    """Return whether a program answers at the API process's address."""
    try:
        socket.create_connection((settings.listen_host, settings.listen_port), timeout=app_client.WITHIN).close()
    except OSError:
        return False
    return True


def _away(where: str, problem: OSError) -> AppAway:
    return AppAway(
        "api_away",
        "the API process does not answer at {where}: {why}; start it with: {start}",
        where=where,
        why=problem.strerror or str(problem),
        start=systemd_service.start_again(systemd_service.API),
    )


def _not_ours(where: str) -> AppAway:
    """Return the error of an answer that is not Warmline's. A port that systemd holds for it is no other program's."""
    if systemd_service.has_socket(systemd_service.API):
        return _away(where, ConnectionAbortedError("it ends before it has started"))
    return PortTaken(
        "port_of_another",
        "the program that answers at {where} is not Warmline: another program has the port",
        where=where,
    )


def address(settings: Settings) -> str:
    """Return the address of the API process."""
    scheme = "https" if settings.tls_certificate else "http"
    return f"{scheme}://{settings.listen_host}:{settings.listen_port}"


def _token(settings: Settings) -> str:
    """Return the token; "" if no API process has written one. Raises AppAway."""
    path = token_file.path(settings.run)
    try:
        return path.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as problem:
        raise AppAway(
            "local_token_unreadable",
            "{file} cannot be read: {why}; {hint}",
            file=path,
            why=problem.strerror,
            hint=may_not(),
        ) from None
