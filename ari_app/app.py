"""The app: creates its parts, connects them, runs them and stops them."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

from ari_app import reloading
from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.asterisk.dtmf_sender import DtmfSender
from ari_app.background import callback_note_poller, failed_script_poller, pollers
from ari_app.background.metrics import Metrics
from ari_app.calls import conversation_lookup
from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.checked_phones import CheckedPhones
from ari_app.calls.client_reads import ClientReads
from ari_app.calls.dial_facts_lookup import DialFactsLookup
from ari_app.calls.handoff_requests import HandoffRequests
from ari_app.calls.lead_lookup import LeadLookup
from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.calls.work_queue import WorkQueue
from ari_app.dialler.last_look import LastLook
from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.dialler.pulse import Pulse
from ari_app.http.local.local_api import local_api
from ari_app.http.local.local_server import LocalServer
from ari_app.link import unix_sockets
from ari_app.link.call_requests import CallAnswers, CallRequests
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.command_rights import Client
from ari_app.link.idempotency import IdempotentCommands
from ari_app.link.phone_requests import CallProcessPhones
from ari_app.link.queue_requests import QueueRequests
from ari_app.link.requests import served
from ari_app.link.work_requests import WorkRequests
from ari_app.process import heartbeat_writer
from ari_app.process.counted_threads import CountedThreads
from ari_app.process.dial_stop_requests import DialStops
from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.records.agent_api_tickets import AgentApiTickets, TicketMaker
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.checked_records import CheckedRecords
from ari_app.records.privileged_writes import PrivilegedThread, TokenWriter
from ari_app.records.record_writes import RecordThreads, RecordWriter
from ari_app.records.recording_audio import AudioSource, AudioThreads
from ari_app.records.session_writes import SessionMaker, SessionThreads
from ari_app.servers import gate_heartbeat, note_fetch, script_link
from ari_app.servers.asterisk_server import Server, Shared
from ari_app.servers.phone_reachability_monitor import ReachabilityMonitor
from ari_app.servers.status_text import StatusText
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.storage_watch import StorageWatch
from ari_app.switchboard.switchboard import Switchboard
from warmline.ari.client.ari_client import AriClient
from warmline.core.engine.recovery import restore
from warmline.core.messages.commands import Reply
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import AppStarted, ReconcileCalls, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.receipt_lookup import find_by_key
from warmline.store.recordings.recording_places import every_place
from warmline.system import link_sockets
from warmline.system.additions import load_additions
from warmline.system.contrib_table import APP_TASKS
from warmline.system.heartbeat_file import HeartbeatFile
from warmline.system.link_sockets import LinkSocket
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings, load_with_secrets

WITHOUT_BEAT = "callers will go to the fallback, as if the app were stopped"
RECEIPTS_AT_ONCE = 2  # threads that look for the earlier command with a key
RECEIPTS_WAITING = 500  # such look-ups that wait for a thread, or are in one
END_WITHIN = 6.0  # seconds to finish requests and actions at shutdown; the rest is handled after the next start

log = logging.getLogger("warmline")


class App:
    """The running app and all its parts.

    The parts report results to the switchboard as events, through the private methods below.
    Raises SettingsError or StoreError if the settings or the database cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        journal: JournalWriter,
        clients: Mapping[str, AriClient],
        metrics: Metrics,
        systemd: SystemdNotifier,
        passed: PassedSockets | None = None,
    ) -> None:
        self._settings, self._journal = settings, journal
        self._metrics, self._systemd, self._passed = metrics, systemd, passed or PassedSockets({})
        clock = Clock(after=journal.last_time())
        self._work = WorkQueue(self._world, self._post_and_wait)
        self._keys = DtmfSender(clients, self._digits, self._lives)
        self._numbers = DialFactsLookup(settings.db, self._world, self._post)
        self._last_look = LastLook(settings.db, settings.run, self._world, clock.machine_time)
        self._hopper = LeadHopper(settings.db, self._world, clock.now, clock.machine_time)
        self._pulse = Pulse(lambda: self._board, self._hopper, settings.db, settings.run, clock.now)
        self._performer = ActionPerformer(
            clients,
            self._done,
            self._tell,
            self._work.ask,
            self._keys.press,
            LeadLookup(journal, self._post).find,
            self._reconcile,
            self._numbers.find,
            self._last_look.refusal,
        )
        world = restore(journal.load_open())
        self._board = Switchboard(
            world, journal, self._performer.perform, clock, metrics.command_ended, journal.spilled_receipts()
        )
        self._board.on_lead_call = metrics.lead_call_ended
        self._board.changed_at, self._board.lost_after = dict.fromkeys(clients, 0), settings.server_lost_seconds
        self._storage = StorageWatch(journal, clock, self._board.delayed, self._board.storage_is)
        self._browsers = BrowserPhones(self._post)
        self._turn = TurnCredentials(settings.turn_secret)
        self._status = StatusText(tuple(clients), lambda: self._board.reached, systemd.status)
        self._known = asyncio.Event()  # a server's state, for the first time since the start
        shared = Shared(
            self._board,
            self._performer,
            clock,
            self._browsers,
            self._status.changed,
            settings.spool,
            settings.db,
            self._known,
            self._heard,
            metrics.event_came,
            several=len(clients) > 1,
            lost_after=settings.server_lost_seconds,
        )
        each = list(clients.values())
        self._servers = {one.server: Server(one, shared, each[:number]) for number, one in enumerate(each)}
        self._reachable = ReachabilityMonitor(clients, self._world, self._post)
        self._handoffs = HandoffRequests(
            lambda: self._board, lambda server, wanted: conversation_lookup.find(clients[server], wanted)
        )
        self._client_reads = ClientReads(clients, lambda: self._board.reached, self._world, clock)
        self._configuration = pollers.ConfigurationPoller(settings.db)

    def _world(self) -> World:
        return self._board.world

    def _post(self, event: Event) -> None:
        self._board.post(event)

    async def _post_and_wait(self, event: Event) -> "asyncio.Future[None]":
        return await self._board.post_and_wait(event)

    def _done(self, event: Event) -> None:
        for server in self._servers.values():
            server.done(event)
        self._board.post(event)

    def _heard(self, event: Event) -> None:
        self._handoffs.heard(event)

    def _tell(self, answer: Reply) -> None:
        self._board.tell(answer)

    def _digits(self, receipt: str) -> str:
        return self._board.digits(receipt)

    def _lives(self, leg: str) -> bool:
        return leg in self._board.world.legs

    def _reconcile(self, action: ReconcileCalls) -> None:
        if server := self._servers.get(action.server):
            server.failed_calls.ask(action)

    async def start(self, stack: AsyncExitStack) -> "list[asyncio.Task[None]]":
        """Listen for the other processes and return the started tasks; cleanup goes onto `stack`.

        Raises CannotListen, CannotBind.
        """
        stack.push_async_callback(self._performer.close)
        stack.push_async_callback(self._keys.close)
        for server in self._servers.values():
            stack.callback(server.close)
        stack.callback(self._handoffs.close)
        stack.callback(self._numbers.close)
        stack.callback(self._last_look.close)
        stack.callback(self._hopper.close)
        stack.push_async_callback(self._pulse.close)
        self._board.post(AppStarted())
        self._tell_servers()
        self._board.post(self._configuration.read())
        self._beating = asyncio.create_task(self._beat_everywhere() if len(self._servers) > 1 else self._beat())
        works = [*self._always(), *self._sockets(stack)]
        if self._systemd.watchdog:
            works.append(self._systemd.feed(self._board.turned))
        others = [asyncio.create_task(work) for work in works]
        asyncio.get_running_loop().call_soon(self._passed.close_others)  # after the first step of the new tasks
        return [self._beating, *others]

    def _tell_servers(self) -> None:
        """Tell the core the servers in the settings, if there are several, or were before."""
        if len(self._servers) > 1 or self._board.world.has_several_servers:
            known = every_server(self._settings)
            self._board.post(ServersKnown(tuple(ServerWeight(one.name, one.weight) for one in known)))

    async def _beat(self) -> None:
        """Show the heartbeat once the state of a server is known: an app that crashes before cannot handle calls.

        A server that is away, `main` or another one, keeps no caller from the others.
        """
        if self._settings.gate and len(self._servers) > 1:
            await self._beat_at(self._servers[MAIN_SERVER])
            return
        await self._known.wait()
        file = HeartbeatFile(self._settings.run)
        await heartbeat_writer.show(file, self._board.turned, WITHOUT_BEAT, self._status.beaten)

    async def _beat_at(self, server: Server) -> None:
        """Show the heartbeat at the gate of a server, which writes the heartbeat file there."""

        def is_reached() -> bool:
            return server.client.server in self._board.reached

        await gate_heartbeat.show(server.client, is_reached, self._board.turned, self._status.beaten)

    async def _beat_everywhere(self) -> None:
        others = [server for name, server in self._servers.items() if name != MAIN_SERVER]
        async with asyncio.TaskGroup() as group:
            for beat in (self._beat(), *map(self._beat_at, others)):
                group.create_task(beat)

    def _always(self) -> list[Coroutine[Any, Any, None]]:
        board, settings = self._board, self._settings
        return [
            *(board.run(), board.watch_clock()),
            *(work for server in self._servers.values() for work in server.works()),
            pollers.spool(settings.spool, board.post_and_keep),
            callback_note_poller.follow(settings.spool, settings.db, board),
            failed_script_poller.follow(settings.spool, self._metrics.script_failed),
            self._pulse.run(),
            self._reachable.run(),
            self._storage.run(),
            *self._through_gates(),
            *self._create_added_work(),
        ]

    def _create_added_work(self) -> list[Coroutine[Any, Any, None]]:
        """Return the work that contrib adds: what it needs of the app are settings and two facts of the moment."""
        board = self._board
        facts = self._settings, lambda: board.world, lambda: board.connected
        return [work for create_coroutines in load_additions(APP_TASKS) for work in create_coroutines(*facts)]

    def _through_gates(self) -> list[Coroutine[Any, Any, None]]:
        """Return the work for the scripts on the machines of other servers."""
        settings, main = self._settings, self._servers[MAIN_SERVER]
        others = [one.client for one in self._servers.values() if one is not main]
        links = [script_link.run(client, settings.fastagi) for client in others if settings.fastagi]
        return [*links, *(note_fetch.run(client, settings.spool) for client in others)]

    def _sockets(self, stack: AsyncExitStack) -> list[Coroutine[Any, Any, None]]:
        """Listen for the other processes and the command line, and return what serves them. Raises CannotBind."""
        watchdogs = {name: one.phones for name, one in self._servers.items()}
        page = partial(self._metrics.page, self._board, self._journal, watchdogs, self._work)
        earlier = CountedThreads("receipts", RECEIPTS_AT_ONCE, RECEIPTS_WAITING, _too_many_keys)
        stack.callback(earlier.close)
        once = IdempotentCommands(self._board, lambda *key: earlier.run(find_by_key, self._settings.db, *key))
        reads = self._client_reads
        dial_stops = DialStops(self._settings.run, self._settings.db)
        stack.callback(dial_stops.close)
        tickets = AgentApiTickets(self._settings.db)
        stack.callback(tickets.close)

        async def client(token: str) -> Client | None:
            return await tickets.holder(token) or await api.askers.holder(token)

        def renew() -> None:
            tickets.clear()
            api.askers.renew()

        clients = CheckedClients(client, reads.conversation, self._world, self._settings.db, self._settings.run)
        requests = CallAnswers(once, clients, reads.orphans, reads.conversation, page, dial_stops)
        server = CallServer(self._board.records, lambda: self._board.facts)
        self._board.on_status = server.send_status
        records = RecordThreads(self._settings.db)
        audio = AudioThreads(every_place(self._settings), self._settings.db, tickets.holder)
        privileged = PrivilegedThread(
            self._settings.db, tickets.holder, lambda: bool(self._board.world.calls), changed=renew
        )
        stack.callback(records.close)
        stack.callback(audio.close)
        stack.callback(privileged.close)
        sessions = SessionThreads(self._settings.db, lambda: renew(), key=self._settings.second_factor_key)
        stack.callback(sessions.close)
        writers = records, privileged, sessions
        stop = dial_stops.change
        api = local_api(self._board, once, self._settings, reads.orphans, reads.conversation, stop, audio, writers)
        stack.callback(api.threads.close)
        password, (db, run) = self._settings.browser_password, (self._settings.db, self._settings.run)
        phones = CheckedPhones(self._browsers, self._turn, password, db, run)
        of_apis = {
            **served(CallRequests)(requests),
            **served(QueueRequests)(self._board),
            **served(CallProcessPhones)(phones),
            **served(RecordWriter)(CheckedRecords(records, clients, self._settings.db)),
            **served(AudioSource)(audio),
            **served(TokenWriter)(privileged),
            **served(SessionMaker)(sessions),
            **served(TicketMaker)(tickets),
        }
        of_workers = served(WorkRequests)(self._work)
        roles = {
            link_sockets.API: SocketRole("API process", self._is_api_process, of_apis, follows=True),
            link_sockets.WORKERS: SocketRole("worker process", _is_ours, of_workers, follows=True, only_rows=True),
        }
        configuration = self._configuration, self._board.post_and_wait, renew
        serving = [server.serve(role, self._listener(one)) for one, role in roles.items()]
        return [
            *serving,
            LocalServer(api, partial(pollers.newest, *configuration)).serve(self._listener(link_sockets.LOCAL)),
            pollers.configuration(*configuration),
            server.send_heartbeats(),
            self._work.watch(),
        ]

    def _is_api_process(self, uid: int) -> bool:
        """Return whether a process of this user may be the API process; systemd gives the socket to its user."""
        return _is_ours(uid) or uid == Path(link_sockets.API.path(self._settings.run)).stat().st_uid

    def _listener(self, one: LinkSocket) -> socket.socket:
        return self._passed.take_unix(one.name) or unix_sockets.bind(one.path(self._settings.run), one.mode)

    def reload(self) -> None:
        """Read settings and configuration again, as `systemctl reload` requests."""
        self._systemd.reloading()
        try:
            reloading.reload(self._settings, load_with_secrets, lambda _: None)
            self._board.post(self._configuration.read())
            self._tell_servers()
        except StoreError as error:
            log.error("the previous configuration stays in effect: %s", error)
        finally:  # even after an error: systemctl waits for this report
            self._systemd.ready()

    async def end(self) -> None:
        """Finish pending requests.

        The heartbeat stops first, so that no client sends requests to a program that takes the port later.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                self._beating.cancel()
                await asyncio.wait({self._beating})
                await self._board.turned()
                await self._board.turned()  # the first turn may have been in progress
                # A frozen server does not delay the end of the app, which is back the sooner for the others.
                await self._performer.settled(*(self._board.reached if len(self._servers) > 1 else ()))


def _too_many_keys(count: int) -> StoreError:
    return StoreError("keys_wait", "{count} commands wait for the database; try again later", count=count)


def _is_ours(uid: int) -> bool:
    """Return whether a process of this user is one of Warmline's: it has the app's user, or root's."""
    return uid in (0, os.geteuid())
