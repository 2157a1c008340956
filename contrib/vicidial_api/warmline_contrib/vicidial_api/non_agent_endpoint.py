"""Handles a request to /vicidial/non_agent_api.php from its bytes to its page.

The order of the checks is VICIdial's: version, the function's name, the login, the source, the functions of the user.
Then come the right to the function, and its arguments.
"""

import logging
import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from ari_app.http.agc.endpoint import HEADERS, OTHER_SITE, given_parameters
from ari_app.http.agc.requests.command_tickets import CommandTickets
from ari_app.http.server import client_address, http_connection
from ari_app.http.server.api_login import ApiLogin
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.call_control import CallProcessAway, CommandTimeout
from ari_app.link.command_rights import EVERY_FUNCTION, ClientUnknown, CommandForbidden
from ari_app.process.log_writer import LogRateLimit, and_more
from ari_app.records.audible_recordings import AudioRefused
from ari_app.records.write_results import WriteRefused
from warmline.options.values.entity import OptionError
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.login_refusals import LoginRefused
from warmline_contrib.vicidial_api.non_agent_functions import FUNCTIONS, NOT_SUPPORTED
from warmline_contrib.vicidial_api.requests import non_agent_fields
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentParts, NonAgentRequest, now

log = logging.getLogger("warmline.api")

# The version of VICIdial's non-agent API that Warmline implements.
VERSION, BUILD = "2.14-194", "241004-1049"
# Some programs build addresses with double slashes, which Apache treats as one, and with a final slash.
PATH = "/{before:/*}vicidial/{between:/*}non_agent_api.php{behind:/*}"
REFUSED = (OptionError, NotFound, Conflict, AudioRefused, WriteRefused, CommandForbidden, ProblemRaised)
ENTRY = "agents:supervise"  # a person without this scope is an agent, and works with the other API
SIGNATURE = re.compile("sig=[0-9a-f]+")  # of a link to a recording, which no log may have
NO_FUNCTION = "ERROR: NO FUNCTION SPECIFIED\n"


@dataclass(frozen=True, slots=True)
class NonAgentApi:
    """The non-agent API. The status of each answer is 200, whatever its page says."""

    parts: NonAgentParts
    login: ApiLogin
    strangers: LogRateLimit = field(default_factory=LogRateLimit)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one request."""
        if request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site":
            raise web.HTTPForbidden(text=OTHER_SITE)
        fields = non_agent_fields.filtered(await given_parameters(request))
        address = client_address.of_request(request)
        before = _before_login(fields, self.parts.api.board.world.rules.timezone)
        if before is None:
            text = await self._answer(request, fields, address)
        else:
            text = before
            if (held := self.strangers.due()) is not None:
                name = fields.get("function", "")[:40]
                log.info("%s from %s is answered without a login%s", name, address, and_more(held))
        return web.Response(text=text, headers=HEADERS)

    async def look(self, _request: web.Request) -> web.StreamResponse:
        """Answer HEAD, which uptime checks send, with the headers of a GET. No function is performed."""
        return web.StreamResponse(headers=HEADERS)

    async def _answer(self, request: web.Request, fields: dict[str, str], address: str) -> str:
        name, user = fields.get("function", ""), fields.get("user", "")
        began = time.monotonic()
        try:
            login = await self.login.check(user, fields.get("pass", ""), address)
        except StoreError as problem:
            log.error("the API users cannot be read: %s", problem)
            return f"ERROR: {name} API users cannot be read: {user}\n"
        if login is None:
            return f"ERROR: {name} too many requests, wait a second: {user}\n"
        if login.user is None or not login.good or not _may_enter(login.user):
            if login.user and login.good:
                log.warning("%s may not use the non-agent API: %s", user, _why_not(login.user))
            return f"ERROR: Login incorrect, please try again: |{user}||BAD|\n"
        http_connection.logged_in(request)
        host = f"{request.scheme}://{request.host}"
        asked = NonAgentRequest(self.parts, fields, login.user, now(), host)
        text = _refused(asked) or await self._performed(asked)
        first = SIGNATURE.sub("sig=", text.partition("\n")[0])[:255]
        log.info("%s by %s: %s (%d ms)", name[:40], user[:40], first, (time.monotonic() - began) * 1000)
        return text

    async def _performed(self, asked: NonAgentRequest) -> str:
        try:
            await self.parts.api.board.known()
            return await FUNCTIONS[asked["function"]].answer(asked)
        except CallProcessAway:
            return asked.error(f"call process is away: {asked.by}")
        except TimeoutError:
            return asked.error(f"the command was not done in time, and continues: {asked.by}")
        except (ClientUnknown, LoginRefused):  # the password or the user has changed a moment ago
            return asked.error(f"the login has changed; send the request again: {asked.by}")
        except REFUSED as why:
            return asked.error(f"{_one_line(why)}: {asked.by}")
        except CommandTimeout:
            return asked.error(f"not done in time, and may still be done: {asked.by}")
        except StoreError as problem:
            log.error("%s: %s", asked["function"], problem)
            return asked.error(f"the database cannot be read or written: {asked.by}")


def routes(api: JsonApi, login: ApiLogin, tickets: CommandTickets) -> list[web.RouteDef]:
    """Return the routes of the non-agent API."""
    endpoint = NonAgentApi(NonAgentParts(api, tickets, {}), login)
    return [
        web.get(PATH, endpoint.serve, allow_head=False),
        web.post(PATH, endpoint.serve),
        web.head(PATH, endpoint.look),
    ]


def _before_login(fields: dict[str, str], zone: str) -> str | None:
    """Return the answer that needs no login: the version, or that there is no such function."""
    name = fields.get("function", "")
    if name == "version":
        at = datetime.now(ZoneInfo(zone or "UTC"))
        offset = at.utcoffset()
        hours = (offset.total_seconds() if offset else 0) / 3600
        summer = int(bool(at.dst()))
        return (
            f"VERSION: {VERSION}|BUILD: {BUILD}|DATE: {at:%Y-%m-%d %H:%M:%S}|EPOCH: {int(at.timestamp())}"
            f"|DST: {summer}|TZ: {hours - summer:.2f}|TZNOW: {hours:.2f}|\n"
        )
    return None if name in FUNCTIONS or name in NOT_SUPPORTED else NO_FUNCTION


def _may_enter(user: ApiUser) -> bool:
    """Return whether the user has any right here; VICIdial refuses the login of a low user level.

    The password alone is not enough for a person of whom each other login asks for more.
    """
    return user.user.may(ENTRY) and not user.needs_session if user.user else bool(user.scopes)


def _why_not(user: ApiUser) -> str:
    if user.user is None:
        return f"it has no scope; to give some: warmline api-user set {user.name} scopes=…"
    return "programs need an API user with scopes; to create one: warmline api-user create"


def _refused(asked: NonAgentRequest) -> str:
    """Return the answer to a request that its user may not make, or ""."""
    name, user, source = asked["function"], asked.user, asked["source"]
    if len(source) < 2:
        return f"ERROR: Invalid Source - {source}\nERROR: Invalid Source: |{source}|\n"
    if not user.functions & {EVERY_FUNCTION, name}:
        return f"ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |{asked.by}|{name}|\n"
    if name in NOT_SUPPORTED:
        instead = f"; use {NOT_SUPPORTED[name]}" if NOT_SUPPORTED[name] else ""
        return asked.error(f"function not supported{instead}: |{asked.by}|{name}|")
    function = FUNCTIONS[name]
    if not user.api_access or not user.may(function.scope):
        told = f"USER DOES NOT HAVE PERMISSION TO {function.denied}: |{asked.by}|0{function.bar}"
        return asked.line("ERROR", told, function.said_by)
    return ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
