"""The web application in one process: it does itself what the call process does for the product."""

import asyncio
from dataclasses import replace
from typing import Any

from aiohttp import web

from ari_app.http.routes import ApiParts, make_app
from ari_app.http.server.bearer_tokens import ASKERS
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.link.call_control import CommandReply, CommandSwitchboard, FindOrphans
from ari_app.link.command_rights import Client, CommandClients
from ari_app.link.idempotency import CommandRequest, Complete, IdempotentCommands
from ari_app.process.dial_stop_requests import DialStops
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.checked_records import CheckedRecords
from ari_app.records.privileged_write_types import PrivilegedWrite
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.record_writes import RecordThreads
from ari_app.records.recording_audio import AudioThreads
from ari_app.records.session_writes import SessionThreads
from ari_app.records.write_results import WriteClient, WriteOutcome
from tests.http.shared_routes import shared_routes
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.model.receipt import Receipt
from warmline.core.rules import reasons
from warmline.store.configuration.api_users import ApiUser
from warmline.store.journal import receipt_lookup
from warmline.system.settings import Settings


def own_app(
    board: CommandSwitchboard, users: ApiUsers, settings: Settings, orphans: FindOrphans, **parts: Any
) -> web.Application:
    """Return the application; `parts` replace those of ApiParts."""
    db = settings.db
    threads = WorkerThreads()
    records = RecordThreads(db)
    sessions = SessionThreads(db, key=settings.second_factor_key)

    async def stored(by: str, key: str) -> Receipt | None:
        return await threads.look_up(receipt_lookup.find_by_key, db, by, key)

    tickets = OwnTickets(users)

    async def holder(token: str) -> ApiUser | None:
        return tickets.holder(token)

    privileged, audio = PrivilegedThread(db, holder), AudioThreads(settings.recordings, db, holder)

    async def client(token: str) -> Client | None:
        return tickets.holder(token) or await app[ASKERS].holder(token)

    checked = CheckedClients(client, no_conversation, lambda: board.world, db, settings.run)
    own = ApiParts(
        once=CheckedCommands(IdempotentCommands(board, stored), checked),
        orphans=orphans,
        find_conversation=no_conversation,
        records=CheckedRecords(records, checked, db),
        privileged=OwnPrivileged(privileged, tickets),
        audio=audio,
        sessions=sessions,
        dial_stop=DialStops(settings.run, db).change,
        tickets=tickets,
        phones=None,
        metrics=no_metrics,
        too_often=lambda door: None,
    )
    with shared_routes():
        app = make_app(board, users, settings, own._replace(**parts))

    async def close(_app: web.Application) -> None:
        for one in (threads, records, audio, privileged, sessions):
            one.close()

    app.on_cleanup.append(close)
    return app


class OwnTickets:
    """The tickets of the agent API's users, whose passwords `users` has checked."""

    def __init__(self, users: ApiUsers) -> None:
        self._users = users
        self._tickets: dict[str, ApiUser] = {}

    async def ticket(self, user: str, password: str) -> str:
        """Return a ticket for a correct password."""
        found, good = await asyncio.to_thread(self._users._verify, user, password)
        assert found and good, "the agent API has checked the password"
        self._tickets[ticket := f"ticket of {user}"] = found
        return ticket

    def holder(self, ticket: str) -> ApiUser | None:
        """Return the user of a ticket."""
        return self._tickets.get(ticket)


class OwnPrivileged:
    """The writer of the application. Writes with a ticket are checked, as those over the link are."""

    def __init__(self, writer: PrivilegedThread, tickets: OwnTickets) -> None:
        self._writer, self._tickets = writer, tickets

    async def write(self, wanted: PrivilegedWrite, client: WriteClient) -> WriteOutcome:
        """Make the change, or nothing of it."""
        if self._tickets.holder(client.token):
            return await self._writer.write_for(wanted, client.token)
        return await self._writer.write(wanted, client)


class CheckedCommands:
    """Commands as they come over the link: the call process looks at their clients before it gives them."""

    def __init__(self, once: IdempotentCommands, clients: CommandClients) -> None:
        self.once, self._clients = once, clients

    async def give(self, order: CommandRequest, complete: Complete = lambda command: command) -> CommandReply:
        """Give a command as RemoteCalls and CallAnswers do together."""
        try:
            command = complete(order.command)
        except Exception:
            earlier = await self.once.earlier(await self._clients.named(order)) if order.key else None
            if earlier is None:
                raise
            return earlier
        return await self.once.give(await self._clients.checked(replace(order, command=command)))


async def no_conversation(channel: str) -> OutsideTalk | str:
    """Return the reason of an app without a connection to Asterisk."""
    return reasons.CHANNEL_UNKNOWN.text(channel=channel)


async def no_metrics() -> bytes:
    """Return a page without metrics."""
    return b""
