"""Reads the live state from the running app, and sends it commands."""

import json
import re
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any

from cli.client import systemd_service
from cli.output.current_user import claimed_name
from warmline.store.database.errors import NotFound
from warmline.system.settings import Settings, may_not
from warmline.text.coded_error import CodedError

WITHIN = 8.0  # seconds; the app needs up to 5 for a command
CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL | re.ASCII)


class AppAway(CodedError):
    """The app does not answer; the text has the address, the reason and the fix."""


class PortTaken(AppAway):
    """Another program has the app's port."""


class AppRefused(CodedError):
    """The app refused a command; the text says why."""


def get(settings: Settings, path: str) -> Any:
    """Return the JSON at `path` below /api/v1. Raises AppAway, NotFound."""
    status, body = _ask(settings, "GET", path)
    if status == HTTPStatus.NOT_FOUND:
        raise NotFound("app_not_found", "{why}", why=_detail(body))
    if status != HTTPStatus.OK:
        raise AppAway("app_answer", "the app at {where} answers: {why}", where=_where(settings), why=_detail(body))
    return json.loads(body)


def post(settings: Settings, path: str, command: Mapping[str, object], *, done: HTTPStatus = HTTPStatus.CREATED) -> Any:
    """Send a command, and return its receipt, or the answer with the status `done`.

    Raises AppAway, NotFound, AppRefused.
    """
    status, body = _ask(settings, "POST", path, json.dumps(command))
    if status == HTTPStatus.NOT_FOUND:
        raise NotFound("app_not_found", "{why}", why=_detail(body))
    if status != done:
        raise AppRefused(_code(body), "{why}", why=_detail(body))
    return json.loads(body)


def credentials(settings: Settings) -> dict[str, str]:
    """Return the headers by which the app knows a program of this machine. Raises AppAway."""
    return {"Authorization": f"Bearer {_token(settings)}"}


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
    """Return the certificate that the app presents. Raises OSError, AppAway."""
    found = CERTIFICATE.search(file.read_text("ascii", "ignore"))
    if found is None:
        raise AppAway(
            "certificate_missing", "tls_certificate {file} cannot be used: the file holds no certificate", file=file
        )
    return found[0]


def check_asterisk(settings: Settings) -> None:
    """Check that the app is connected to Asterisk; otherwise its calls and agents may be out of date.

    Raises AppAway.
    """
    with closing(connection(settings, WITHIN)) as app:
        try:
            app.request("GET", "/healthz")
            told = app.getresponse().read().decode("ascii", "replace").strip()
        except (OSError, HTTPException):
            return
    _, mark, since = told.partition("no Asterisk since ")
    if mark:
        from cli.output.cell_format import moment  # imported here because every command line loads this file
        from cli.output.time_format import of_iso

        when = moment(of_iso(since), 5)
        raise AppAway(
            "asterisk_lost",
            "Asterisk is away since {since}: the app shows the state before that; see: warmline doctor",
            since=when,
        )
    if told == "no Asterisk yet":
        raise AppAway(
            "asterisk_not_seen",
            "Asterisk has not answered since the app started: the app shows its stored state; see: warmline doctor",
        )


def _ask(settings: Settings, method: str, path: str, sent: str | None = None) -> tuple[int, bytes]:
    where = _where(settings)
    headers = credentials(settings)
    if sent:
        headers |= {"Content-Type": "application/json", "Warmline-User": claimed_name()}
    with closing(connection(settings, WITHIN)) as app:
        try:
            app.request(method, f"/api/v1/{path}", sent, headers)
            response = app.getresponse()
            body = response.read()
        except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
            full = "it has no place for another connection, or is ending; try again in a moment"
            raise AppAway("app_full", "the app at {where} is full: {why}", where=where, why=full) from None
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise AppAway(
                "app_away",
                "the app does not answer at {where}: {why}; start it with: {start}",
                where=where,
                why=why,
                start=systemd_service.start(),
            ) from None
        except (HTTPException, ValueError):
            raise _not_ours(where) from None
    if response.status == HTTPStatus.UNAUTHORIZED:
        raise PortTaken(
            "app_token_refused",
            "the app at {where} does not accept the token in {folder}: another app has the port",
            where=where,
            folder=settings.run,
        )
    if response.status < HTTPStatus.BAD_REQUEST and not _is_json(body):
        raise _not_ours(where)
    return response.status, body


def answers(settings: Settings) -> bool:
    """Return whether a program answers at the app's address."""
    try:
        socket.create_connection((settings.listen_host, settings.listen_port), timeout=WITHIN).close()
    except OSError:
        return False
    return True


def _not_ours(where: str) -> PortTaken:
    return PortTaken(
        "port_of_another",
        "the program that answers at {where} is not Warmline: another program has the port",
        where=where,
    )


def _where(settings: Settings) -> str:
    scheme = "https" if settings.tls_certificate else "http"
    return f"{scheme}://{settings.listen_host}:{settings.listen_port}"


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _code(body: bytes) -> str:
    """Return the code of a problem document; of any other answer, `app_refused`."""
    try:
        return str(json.loads(body)["code"])
    except (ValueError, KeyError, TypeError):
        return "app_refused"


def _detail(body: bytes) -> str:
    """Return the sentence of a problem document; of any other answer its text."""
    text = body.decode("utf-8", "replace")
    try:
        problem = json.loads(text)
        faults = "; ".join(": ".join(filter(None, (one["field"], one["detail"]))) for one in problem.get("errors", ()))
        return f"{problem['detail']}: {faults}" if faults else str(problem["detail"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return " ".join(text.split())


def _token(settings: Settings) -> str:
    path = Path(settings.run) / "token"
    try:
        return path.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        if answers(settings):
            raise _not_ours(_where(settings)) from None
        raise AppAway(
            "app_not_started",
            "the app was not started: {file} does not exist; start it with: {start}",
            file=path,
            start=systemd_service.start(),
        ) from None
    except OSError as problem:
        raise AppAway(
            "token_unreadable", "{file} cannot be read: {why}; {hint}", file=path, why=problem.strerror, hint=may_not()
        ) from None
