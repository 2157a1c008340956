"""Check that the gate of this machine's Asterisk answers, with the certificate and the password of the settings."""

import http.client
import json
import ssl
from base64 import b64encode
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, good
from warmline.system.gate_protocol import EPOCH
from warmline.system.loopback import is_local, is_unspecified
from warmline.system.settings import Settings

LIMIT = 2.0  # seconds for an answer
AWAY = "the app cannot reach this Asterisk; its calls take the dialplan's fallback"
RESTART = "systemctl restart warmline-guard"


def gate(facts: CheckFacts) -> Iterator[Finding]:
    """Check the certificate and key, that the guard listens, and that it knows ARI's password."""
    known = facts.settings
    if not known.gate:
        yield good("gate_off", "this machine has no gate")
        return
    host, _, port = known.gate.rpartition(":")
    if not host or not port.isdecimal():
        found = f"setting gate is {known.gate!r}; allowed: HOST:PORT, or empty"
        yield error("gate_invalid", found, AWAY, f"correct gate in {facts.file}", by_hand=True)
        return
    if not known.gate_certificate and not is_local(host):
        found = f"the gate at {known.gate} has no certificate, and does not start"
        yield error(
            "gate_without_certificate", found, AWAY, f"set gate_certificate and gate_key in {facts.file}", by_hand=True
        )
        return
    if problem := _unusable(known):
        fix = f"correct gate_certificate and gate_key in {facts.file}"
        yield error("gate_files_bad", f"the gate cannot use its certificate: {problem}", AWAY, fix, by_hand=True)
        return
    yield _answer(known, "127.0.0.1" if is_unspecified(host) else host.strip("[]"), int(port))


def _unusable(known: Settings) -> str:
    """Return why certificate and key cannot be used, or ""."""
    if not known.gate_certificate:
        return ""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(known.gate_certificate, known.gate_key or None, password=lambda: "")
    except OSError as problem:
        return str(problem.strerror or problem)
    return ""


def _answer(known: Settings, host: str, port: int) -> Finding:
    where = known.gate
    try:
        status, body = _ask(known, host, port)
        epoch = json.loads(body)["epoch"] if status == 200 else 0
    except (OSError, http.client.HTTPException) as problem:
        return error("gate_silent", f"the gate at {where} does not answer: {problem}", AWAY, RESTART)
    except (ValueError, KeyError, TypeError):
        status = 0
    if status == 401:
        return error(
            "gate_password", f"the gate at {where} does not know ARI's password of the settings", AWAY, RESTART
        )
    if status != 200:
        why = "the app sends that program ARI's password"
        return error("gate_of_another", f"another program listens at {where}", why, f"ss -ltnp 'sport = :{port}'")
    return good("gate_good", f"the gate answers at {where}; the highest epoch is {epoch}")


def _ask(known: Settings, host: str, port: int) -> tuple[int, bytes]:
    """Return the status and body of the gate's answer. Raises OSError, HTTPException."""
    if known.gate_certificate:
        context = ssl.create_default_context(cafile=known.gate_certificate)
        context.check_hostname = False  # the app checks the name from its side
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, port, timeout=LIMIT, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=LIMIT)
    login = b64encode(f"{known.ari_user}:{known.ari_password}".encode()).decode()
    try:
        connection.request("GET", EPOCH, headers={"Authorization": f"Basic {login}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


CHECKS = (
    Check(
        "gate",
        gate,
        "there is no gate; or it answers with its certificate, and knows ARI's password",
    ),
)
