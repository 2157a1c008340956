"""Reads from Asterisk itself: by ARI, and by its console."""

import base64
import json
import os
import shlex
import shutil
import ssl
import subprocess
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from cli.client.asterisk_conf import Conf
from warmline.centre.app_answer import AppAway
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.system.ari_listener import AriListener, StrangerError, asterisks_users
from warmline.system.gate_protocol import EPOCH_HEADER
from warmline.system.server_settings import ServerSettings, every_server
from warmline.system.settings import Settings

WITHIN = 5.0  # seconds
SBIN = "/usr/sbin:/usr/local/sbin"  # the folders of the program asterisk; an ordinary user's PATH does not have them


class NotAsterisk(AppAway):
    """A program of another user listens at ARI's address; the password was not sent."""


def ask(settings: Settings, method: str, path: str, server: str = MAIN_SERVER) -> tuple[int, Any]:
    """Return the status and the JSON at `path` below ARI's address of a server, whatever the status.

    Raises AppAway if no answer comes, NotAsterisk if another user's program listens there.
    """
    [one] = [one for one in every_server(settings) if one.name == server]
    login = base64.b64encode(f"{one.ari_user}:{one.ari_password}".encode()).decode()
    where, headers = urlsplit(one.ari_url), {"Authorization": f"Basic {login}"} | _epoch(settings, server)
    listener = AriListener(one.ari_url, asterisks_users(settings))
    try:
        with closing(_connection(one, where)) as asterisk:
            listener.check()
            asterisk.connect()
            listener.check()
            asterisk.request(method, f"{where.path}/{path}", headers=headers)
            answer = asterisk.getresponse()
            body = answer.read()
            good = answer.status < HTTPStatus.BAD_REQUEST
            return answer.status, json.loads(body) if body and good else None
    except StrangerError as problem:
        raise NotAsterisk(problem.code, "{why}", why=problem) from None
    except (OSError, HTTPException, ValueError) as error:
        why = str(error)
    raise AppAway("asterisk_away", "Asterisk does not answer at {where}: {why}", where=one.ari_url, why=why)


def _connection(server: ServerSettings, where: SplitResult) -> HTTPConnection:
    """Return a connection to a server's ARI. Raises OSError if its certificate cannot be read."""
    if where.scheme != "https":
        return HTTPConnection(where.hostname or "", where.port, timeout=WITHIN)
    context = ssl.create_default_context(cafile=server.certificate or None)
    return HTTPSConnection(where.hostname or "", where.port, timeout=WITHIN, context=context)


def _epoch(settings: Settings, server: str) -> dict[str, str]:
    """Return the header by which the gate of a further server lets a request in; nothing without a database."""
    if server == MAIN_SERVER:
        return {}
    with suppress(StoreError):
        return {EPOCH_HEADER: str(leader_epoch.read(settings.db))}
    return {}


def url(http: Conf) -> str:
    """Return ARI's address for programs of this machine, as http.conf has it."""
    host = http.value("general", "bindaddr") or "127.0.0.1"
    port = http.value("general", "bindport") or "8088"
    prefix = (http.value("general", "prefix") or "").strip("/")
    here = "127.0.0.1" if host in ("0.0.0.0", "::", "[::]") else host  # noqa: S104 - what is asked is whether it is so
    return "/".join(filter(None, (f"http://{here}:{port}", prefix, "ari")))


def console_command(settings: Settings) -> list[str]:
    """Return the start of a command for Asterisk's console; the console's own command follows."""
    program, *words = shlex.split(settings.asterisk) or ["asterisk"]
    path = os.pathsep.join(filter(None, (os.environ.get("PATH"), SBIN)))
    return [shutil.which(program, path=path) or program, *words, "-rx"]


def console(settings: Settings, command: str) -> str:
    """Return the output of Asterisk's console. Raises AppAway."""
    asked = console_command(settings)
    try:
        done = subprocess.run([*asked, command], capture_output=True, text=True, timeout=WITHIN, errors="replace")
    except OSError as error:
        raise AppAway(
            "console_not_started",
            "Asterisk's console cannot be asked: {program}: {why}",
            program=asked[0],
            why=error.strerror,
        ) from None
    except subprocess.TimeoutExpired:
        raise AppAway(
            "console_timeout", "Asterisk's console has not answered within {seconds:.0f} s", seconds=WITHIN
        ) from None
    if done.returncode:
        raise AppAway(
            "console_failed",
            "Asterisk's console cannot be asked: {why}",
            why=" ".join((done.stderr or done.stdout).split()),
        )
    return done.stdout
