"""Handles a request to /agc/api.php from its bytes to its page."""

import asyncio
import logging
import time
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from aiohttp import web

from ari_app.http.agc import validation
from ari_app.http.agc.execution import execute
from ari_app.http.agc.functions.live_call import pressed
from ari_app.http.agc.requests import parameters
from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan, AgcWrite, error, outcome, page, undone
from ari_app.http.agc.requests.command_tickets import CommandTickets
from ari_app.http.agc.requests.fields import Fields, filtered
from ari_app.http.agc.requests.repeated_requests import KEY_REUSED, RepeatedRequests, sent
from ari_app.http.server import client_address, http_connection, request_body
from ari_app.http.server.api_login import ApiLogin
from ari_app.link.call_control import CallControl, CallProcessAway, CommandReply
from ari_app.link.command_check import CommandInvalid
from ari_app.link.command_rights import ClientUnknown, CommandForbidden
from ari_app.link.idempotency import (
    LONGEST_KEY,
    CommandGiver,
    CommandRequest,
    Complete,
    KeyReusedError,
    fingerprint,
)
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.process.logs import about
from ari_app.records.record_writes import RecordWriter
from ari_app.records.write_results import WriteRefused
from warmline.core.messages.commands import Command, CommandFields
from warmline.options.values.entity import OptionError
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.login_refusals import LoginRefused

log = logging.getLogger("warmline.api")

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache, must-revalidate",
    "Pragma": "no-cache",
    # An answer repeats parts of its request. With these headers a browser does not render it as a page of the proxy.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
CLOSES = {"Content-Security-Policy": "sandbox allow-scripts"}  # the link that closes the window is a script
OTHER_SITE = "a page of another site asked for this, and no password was looked at; see docs/agent-api.md\n"
TOO_OFTEN = "too many requests, wait a second"
AWAY = "call process is away"
LOGIN_CHANGED = "call process refuses the login; send the request again"
KEY_TOO_LONG = f"idempotency_key is longer than {LONGEST_KEY} characters"
SHUT_OUT = (
    "the agent API refuses %s from %s: a login of this person takes more than the password; programs need an API user, "
    "or the address in the setting password_only_addresses%s"
)
LEADS_AT_ONCE = 2  # threads that read leads


class NothingEarlier(Exception):
    """No earlier request had the key."""


@dataclass(frozen=True, slots=True)
class AgentApi:
    """The agent API. `server_ip` appears in some answers; `db` is the database's path."""

    board: CallControl
    records: RecordWriter
    login: ApiLogin
    once: CommandGiver
    server_ip: str
    db: str
    tickets: CommandTickets
    repeats: RepeatedRequests = field(default_factory=RepeatedRequests)
    unwatched: set[asyncio.Future[AgcAnswer]] = field(default_factory=set)
    strangers: LogRateLimit = field(default_factory=LogRateLimit)
    shut_out: LogRateLimit = field(default_factory=LogRateLimit)
    leads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(LEADS_AT_ONCE, "leads"))

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one request. The status is 200 whatever the answer says, except 418 for VICIdial's teapots."""
        if request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site":
            raise web.HTTPForbidden(text=OTHER_SITE)
        started = time.monotonic()
        fields = filtered(await given_parameters(request))
        user = await self._admitted(fields, client_address.of_request(request))
        if isinstance(user, ApiUser):
            http_connection.logged_in(request)
        answer = user if isinstance(user, AgcAnswer) else await self._answer(fields, user)
        took = time.monotonic() - started
        if not answer.quiet:
            _log(fields, answer, took, self._call(fields["agent_user"]))
        text = answer.text if answer is user else page(answer, fields, took)
        closes = CLOSES if fields["close_window_link"].strip("0") else {}
        return web.Response(text=text, status=answer.status, headers=HEADERS | closes)

    async def look(self, _request: web.Request) -> web.StreamResponse:
        """Answer HEAD, which uptime checks send, with the headers of a GET. No function is performed."""
        return web.StreamResponse(headers=HEADERS)

    def _call(self, agent: str) -> str:
        """Return an agent's current or last call."""
        session = self.board.world.sessions.get(agent)
        return (session.call or session.last.call) if session else ""

    async def _admitted(self, fields: Fields, address: str) -> ApiUser | AgcAnswer:
        """Return the user of the request, or the answer that ends it before its function is considered."""
        if answer := validation.before_login(fields, _now()):
            if (held := self.strangers.due()) is not None:
                log.info("%s from %s is answered without a login%s", fields["function"][:40], address, and_more(held))
            return replace(answer, quiet=True)
        try:
            login = await self.login.check(fields["user"], fields["pass"], address)
        except StoreError as problem:
            log.error("the API users cannot be read: %s", problem)
            return error(f"API users cannot be read - {fields['user']}", bare=True)
        if login is None:
            return replace(error(f"{TOO_OFTEN} - {fields['user']}|{fields['function']}", bare=True), quiet=True)
        if refused := validation.login_refused(fields, login, address):
            if login.good and validation.takes_more(login, address) and (held := self.shut_out.due()) is not None:
                log.warning(SHUT_OUT, fields["user"], address, and_more(held))
            return refused
        assert login.user is not None
        try:
            await self.board.known()
        except CallProcessAway:
            return error(f"{fields['function']} {AWAY} - {fields['user']}", bare=True)
        return validation.inactive(self.board.world) or login.user

    async def _answer(self, fields: Fields, user: ApiUser) -> AgcAnswer:
        if len(fields["idempotency_key"]) > LONGEST_KEY:
            return error(f"{fields['function']} {KEY_TOO_LONG} - {fields['value']}|{fields['agent_user']}")
        try:
            repeated = self.repeats.find(fields) if fields["idempotency_key"] else None
        except KeyError:
            return error(f"{fields['function']} {KEY_REUSED} - {fields['value']}|{fields['agent_user']}")
        if repeated:
            return await repeated
        planned = validation.plan(fields, user, self.board.world, _now(), self.server_ip, self.board.waiting)
        if not isinstance(planned, AgcAnswer):
            return await self._begin(planned, fields, user.client)
        return await self._earlier(planned, fields, user.client) if fields["idempotency_key"] else planned

    async def _begin(self, plan: AgcPlan | AgcLookup, fields: Fields, by: str) -> AgcAnswer:
        answer: Awaitable[AgcAnswer] = (
            self._work(plan, fields, by) if isinstance(plan, AgcLookup) else self._carry_out(plan, fields, by)
        )
        if fields["idempotency_key"]:
            answer = self.repeats.keep(fields, answer)
        if fields["wait"] == "0" and not isinstance(plan, AgcLookup):
            self._leave(answer)
            return outcome(plan, "")
        return await answer

    async def _earlier(self, refusal: AgcAnswer, fields: Fields, by: str) -> AgcAnswer:
        """Return the result of an earlier request with this key, otherwise the refusal.

        Its answer may have been lost in a restart. Since then, the state no longer allows the command.
        """

        def nothing(_: Command) -> Command:
            raise NothingEarlier

        function, about = fields["function"], f"{fields['value']}|{fields['agent_user']}"
        digits = pressed(fields["value"]) if function == "send_dtmf" else ""
        done = f"{function} function set - {about}"
        plan = AgcPlan(CommandFields(), done, function=function, detail=about, digits=digits)
        try:
            return await self._carry_out(plan, fields, by, nothing)
        except NothingEarlier:
            return refusal

    async def _work(self, work: AgcLookup, fields: Fields, by: str) -> AgcAnswer:
        """Look up the leads of a request, then perform the resulting plan or write."""
        try:
            planned = await asyncio.get_running_loop().run_in_executor(self.leads, work.do, self.db)
            if isinstance(planned, AgcWrite):
                planned = await self._write(planned, fields)
        except StoreError as problem:
            log.error("the leads cannot be read or written: %s", problem)
            text = f"{fields['function']} leads cannot be read or written - {fields['agent_user']}"
            return replace(error(text, bare=True), undone=True)
        return planned if isinstance(planned, AgcAnswer) else await self._carry_out(planned, fields, by)

    async def _write(self, planned: AgcWrite, fields: Fields) -> AgcAnswer:
        write = partial(self.records.write, planned.write)
        try:
            return planned.done(await self.tickets.use(fields["user"], fields["pass"], write))
        except (OptionError, NotFound, Conflict, WriteRefused) as why:
            return planned.refused(why)
        except (ClientUnknown, LoginRefused):  # as in _carry_out
            return replace(error(f"{fields['function']} {LOGIN_CHANGED} - {fields['agent_user']}"), undone=True)

    def _leave(self, answer: Awaitable[AgcAnswer]) -> None:
        going_on = asyncio.ensure_future(answer)
        self.unwatched.add(going_on)
        going_on.add_done_callback(self.unwatched.discard)

    async def _carry_out(
        self, plan: AgcPlan, fields: Fields, by: str, complete: Complete = lambda command: command
    ) -> AgcAnswer:
        source, key = fields["source"], fields["idempotency_key"]
        request = ""
        if key:
            said = sent(fields) | ({"value": str(len(plan.digits))} if plan.digits else {})  # the keys are not kept
            request = fingerprint(said)

        async def give_with(order: CommandRequest, complete: Complete) -> CommandReply:
            return await self.tickets.use(
                fields["user"], fields["pass"], lambda ticket: self.once.give(replace(order, token=ticket), complete)
            )

        async def give(command: Command) -> CommandReply:
            return await give_with(CommandRequest(command, by, source, key, plan.digits, request), complete)

        async def give_others(command: Command) -> CommandReply:
            return await give_with(CommandRequest(command, by, source), lambda command: command)

        ending = self.board.outcome if fields["wait"] == "answer" else None
        try:
            return await execute(plan, give, give_others, ending)
        except KeyReusedError:
            return outcome(plan, KEY_REUSED)
        except (CommandInvalid, CommandForbidden) as invalid:
            return outcome(plan, str(invalid))
        except (ClientUnknown, LoginRefused):  # the password or the user has changed a moment ago
            return undone(plan, LOGIN_CHANGED)
        except CallProcessAway:
            return undone(plan, AWAY)
        except StoreError as problem:
            log.error("the receipts cannot be read: %s", problem)
            return undone(plan, "receipts cannot be read")


async def given_parameters(request: web.Request) -> dict[str, str]:
    """Return the parameters of query and form, and the idempotency key of a header. Raises HTTPBadRequest."""
    try:
        body = await request_body.whole(request) if request.method == "POST" else b""
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="the form could not be read\n") from None
    content_type = request.headers.get("Content-Type", "")
    given = parameters.read(request.rel_url.raw_query_string, content_type, body)
    return {"idempotency_key": request.headers.get("Idempotency-Key", "")} | given


def _now() -> int:
    return time.time_ns() // 1000


def _log(fields: Fields, answer: AgcAnswer, seconds: float, call: str) -> None:
    value, told = fields["value"], answer.text.strip().replace("\n", " / ")
    if fields["function"] == "send_dtmf" and value:  # may be a card number
        told = told.replace(value, "…")
        value = f"of {len(value)} keys"
    log.info(
        "%s by %s for %s value %s: %s (%d ms)",
        fields["function"][:40],
        fields["user"][:40],
        (fields["agent_user"] or fields["alt_user"])[:40],
        value[:255],
        told[:255],
        seconds * 1000,
        extra=about(call),
    )
