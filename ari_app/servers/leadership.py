"""With several servers, the epoch of this call process: the number by which their gates know the app that leads."""

import asyncio
import json
import logging
import ssl
from collections.abc import Iterable
from urllib.parse import urlsplit

from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AnotherLeadsError, AriError
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.ari.client.request_timeout import limit_time
from warmline.ari.client.trusted_certificate import build_tls_context
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.system import gate_protocol
from warmline.system.gate_protocol import EpochAnswerError
from warmline.system.loopback import is_unspecified
from warmline.system.server_settings import ServerSettings
from warmline.system.settings import Settings, SettingsError

DATABASE_WITHIN = 2.0  # seconds that the database may take to say who leads
GATES_WITHIN = 1.0  # seconds that the gates may take at the start

log = logging.getLogger("warmline.servers")


async def check_start(db: str, clients: Iterable[AriClient]) -> None:
    """Refuse to lead with a database that is older than what the gates have seen: another app leads, on a newer one.

    A gate that does not answer is skipped; it refuses the app later. Raises AnotherLeadsError, StoreError.
    """
    known = leader_epoch.before_start(db)
    of_gates = await asyncio.gather(*map(_epoch_at, clients))
    for client, epoch in zip(clients, of_gates, strict=True):
        if epoch > known:
            raise AnotherLeadsError(
                "gate_knows_higher_epoch",
                "the gate of server {server} knows epoch {highest}, and this database {known}: another copy led since. "
                "To lead with this one, remove the file gate-epoch on each server, and start its guard again",
                server=client.server,
                highest=epoch,
                known=known,
            )


class Leadership:
    """Checks whether this call process still leads."""

    def __init__(self, db: str, epoch: int) -> None:
        self._db, self._epoch = db, epoch

    async def check(self) -> None:
        """Read the database's epoch. Raises AnotherLeadsError if it is higher, or AriError if it cannot be read."""
        try:
            async with limit_time(DATABASE_WITHIN):
                found = await asyncio.to_thread(leader_epoch.read, self._db)
        except (StoreError, TimeoutError) as error:
            why = str(error) or f"no answer within {DATABASE_WITHIN:g} s"
            raise AriError(0, "leader_unknown", "the database does not say which app leads: {why}", why=why) from None
        if found > self._epoch:
            raise AnotherLeadsError(
                "another_app_leads",
                "an app with epoch {highest} leads; this app has epoch {own}, and does nothing until it is started "
                "again",
                highest=found,
                own=self._epoch,
            )


def through_gate(server: ServerSettings, settings: Settings) -> ServerSettings:
    """Return a server of this machine with the address of its gate, if the machine has one."""
    host, _, port = settings.gate.rpartition(":")
    if is_unspecified(host):
        host = "127.0.0.1"
    scheme = "https" if settings.gate_certificate else "http"
    path = urlsplit(server.ari_url).path
    certificate = server.certificate or settings.gate_certificate
    return server._replace(ari_url=f"{scheme}://{host}:{port}{path}", certificate=certificate)


def trusted(server: ServerSettings) -> ssl.SSLContext | None:
    """Return the TLS context that trusts a server's certificate; None without the setting. Raises SettingsError."""
    if not server.certificate or not server.ari_url.startswith("https:"):
        return None
    try:
        return build_tls_context(server.certificate)
    except OSError as error:
        raise SettingsError(
            "server_certificate_unusable",
            "setting certificate of [server.{name}] is {path}: {why}; allowed: a PEM file that the service's user can "
            "read, or empty for the system's authorities",
            name=server.name,
            path=server.certificate,
            why=error.strerror or error,
        ) from None


async def _epoch_at(client: AriClient) -> int:
    """Return the highest epoch that a server's gate knows; 0 without an answer."""
    connections = client.gate_connections()
    try:
        async with limit_time(GATES_WITHIN):
            answer = await connections.request("GET", gate_protocol.EPOCH)
        return gate_protocol.epoch_of(str(json.loads(answer.body)["epoch"])) if answer.status == 200 else 0
    except (OSError, NotAsteriskError, TimeoutError, EpochAnswerError, ValueError, KeyError, TypeError):
        return 0
    finally:
        connections.close()
