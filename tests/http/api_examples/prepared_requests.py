"""The request of each operation in the world of examples, and the state in which it succeeds.

An operation that is not named here needs no state of its own: what a path names follows from its first part.
"""

from asyncio import sleep
from base64 import b64decode
from collections.abc import Callable, Mapping
from hashlib import sha256
from time import time as real_time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pyotp

from tests.http.api_examples.example_world import (
    BEGUN,
    CAMPAIGN,
    DIALLED,
    DIALLED_LIST,
    DIALS,
    HOOK,
    OUTSIDE,
    ExampleWorld,
    Sent,
)
from tests.http.people.people_site import PASSWORD
from tests.internals.json_api import (
    IMPORT_ROUTES,
    MAIN,
    ApiRoute,
    Kind,
    ServerReach,
    ServersKnown,
    ServerWeight,
    call_comments,
)

FIRST_PIECE = next(msgspec.to_builtins(one.example) for one in IMPORT_ROUTES if one.name == "uploadImport")
PIECE = {"offset": 0, "data": "cGhvbmVfbnVtYmVyCjcyNzU1NTEyMTQKMTIK"}  # a lead, and a number that is none
Prepare = Callable[[ExampleWorld], Sent]


def prepared(world: ExampleWorld, route: ApiRoute) -> Sent:
    """Bring about the state in which a route's example succeeds, and return what is sent besides its body."""
    if prepare := OF_ROUTE.get(route.name):
        sent = prepare(world)
    elif "{user}" in route.path and route.path.startswith("/agents"):
        world.call()
        sent = Sent()
    elif route.path.startswith("/calls/{id}"):
        sent = Sent({"id": world.call()})
    else:
        sent = Sent()
    known = {"user": "1000", "kind": "campaign", "name": CAMPAIGN, "lead_id": "1", "revision": "1"}
    ids = {"ingroups": "SALESLINE", "lists": DIALLED_LIST, "campaigns": DIALS, "diallers": DIALS}
    usual = known | {"id": ids.get(route.path.split("/")[1], "")}
    asked = {"follow": False} if route.media == "text/event-stream" else {}
    named = {name: value for name, value in (usual | sent.path).items() if f"{{{name}}}" in route.path}
    return sent._replace(path=named, query=asked | sent.query)


def _commented_call(world: ExampleWorld) -> Sent:
    call = world.past_call()
    number = call_comments.add(world.site.database, call, "Ask for the number first.", who="user:mia")
    return Sent({"id": call, "comment": str(number)})


def _several_servers(world: ExampleWorld) -> Sent:
    """Let the app have two servers; return the second one."""
    world.driver.feed(ServersKnown((ServerWeight(MAIN, 10), ServerWeight("b", 10))))
    world.site.board.servers = {name: ServerReach(connected=True, since=BEGUN) for name in (MAIN, "b")}
    return Sent({"id": "b"})


def own(user: str, path: dict[str, str] | None = None, **instead: str) -> Prepare:
    """Return the request of a user."""
    return lambda world: Sent(path or {}, instead=instead, user=user)


def agent(user: str, *before: Kind) -> Prepare:
    """Return a command to an agent who is ready, after some others."""

    def prepare(world: ExampleWorld) -> Sent:
        world.free(user)
        for kind in before:
            world.driver.ask(kind, user)
            world.driver.wait(0.5)
        return Sent({"user": user})

    return prepare


def during(*before: Kind) -> Prepare:
    """Return a command to the agent 1000 in a call, after some others."""

    def prepare(world: ExampleWorld) -> Sent:
        call = world.call()
        for kind in before:
            world.driver.ask(kind)
            world.driver.wait(0.5)
        return Sent({"user": "1000", "id": call})

    return prepare


def named(**path: str) -> Prepare:
    """Return a request about what the path names."""
    return lambda world: Sent(path)


def asking(**query: object) -> Prepare:
    """Return a request with these parameters."""
    return lambda world: Sent(query=query)


def _session(world: ExampleWorld, user: str) -> str:
    """Begin another session of a user, and return its id."""
    token = world.site.log_in(user).body["token"]
    found = world.site.ask("GET", "/me/sessions", token=token).body
    return str(next(one["id"] for one in found if one["current"]))


def _factor(world: ExampleWorld, user: str, *, confirmed: bool) -> Sent:
    """Begin to enrol a second factor of a user, or enrol it, and return a request with a code."""
    world.person(user)
    begun = world.site.as_user(user, "POST", "/me/second-factor", {"password": PASSWORD}).body
    (secret,) = parse_qs(urlsplit(begun["uri"]).query)["secret"]
    codes = pyotp.TOTP(secret)
    if confirmed:
        body = {"code": codes.at(now := int(real_time()))}
        assert world.site.as_user(user, "POST", "/me/second-factor/confirm", body).status == 200
        return Sent({"user": user}, instead={"password": PASSWORD, "code": codes.at(now + 30)}, user=user)
    return Sent(instead={"code": codes.at(int(real_time()))}, user=user)


def _resets(world: ExampleWorld) -> Sent:
    return _factor(world, "lea", confirmed=True)._replace(user="")


def _receipt(world: ExampleWorld) -> Sent:
    world.call()
    return Sent({"id": world.done("POST", "/agents/1000/hold", {})["id"]})


def _preview(world: ExampleWorld) -> Sent:
    sent = agent("1000", Kind.PAUSE)(world)
    world.done("POST", "/agents/1000/preview", {"number": "8500"})
    return sent


def _lost_phone(world: ExampleWorld) -> Sent:
    world.free("1004")
    world.driver.hang_up("phone-1004")
    world.driver.wait(1)
    return Sent({"user": "1004"})


def _undo(world: ExampleWorld) -> Sent:
    world.end_call(world.call())
    world.done("POST", "/agents/1000/disposition", {"status": "SALE", "undo": True})
    return Sent()


def _take(world: ExampleWorld) -> Sent:
    call = world.call()
    world.free("1009")
    return Sent({"id": call})


def _callback(world: ExampleWorld) -> Sent:
    body = {"lead": 1, "at": "2026-12-24T18:05", "comments": "after six"}
    return Sent({"id": world.done("POST", "/callbacks", body)["id"]})


def _conversation(world: ExampleWorld) -> Sent:
    world.driver.asterisk.outside = {*OUTSIDE}
    return Sent()


def _begun(world: ExampleWorld, piece: Mapping[str, Any]) -> str:
    """Begin to upload a file that is whole after this piece; return the id of the import."""
    data = b64decode(str(piece["data"]))
    body = {"size": len(data), "sha256": sha256(data).hexdigest(), "columns": {"phone_number": "phone_number"}}
    while (told := world.site.ask("POST", f"/lists/{DIALLED_LIST}/imports", body)).status == 503:  # another one runs
        world.site.do(sleep(0.005))
    return str(told.body["id"])


def _imported(world: ExampleWorld) -> Sent:
    if not world.imported:
        world.imported = _begun(world, PIECE)
        world.done("PUT", f"/imports/{world.imported}", PIECE)
        while world.site.ask("GET", f"/imports/{world.imported}").body["state"] == "running":
            world.site.do(sleep(0.005))
    return Sent({"id": world.imported})


def _revision(world: ExampleWorld) -> Sent:
    world.timeout += 1
    wanted = {"configuration": {"campaign": {CAMPAIGN: {"dial_timeout": world.timeout}}}}
    made = world.done("POST", "/config/apply", wanted)["revision"]
    return Sent({"revision": str(made)}, instead={"revision": made})


def _newest(world: ExampleWorld) -> Sent:
    return Sent(instead={"revision": _revision(world).instead["revision"]})


def _recording(world: ExampleWorld) -> Sent:
    return Sent({"id": world.recording("20260921-1333")})


def _lead(world: ExampleWorld) -> Sent:
    body = {"list_id": DIALLED_LIST, "phone_number": "3055550177"}
    return Sent({"lead_id": str(world.done("POST", "/leads", body)["lead_id"])})


def _lead_on_screen(world: ExampleWorld) -> Sent:
    agent("1000", Kind.PAUSE)(world)
    world.done("POST", "/agents/1000/preview", {"lead": 1})
    return Sent()


def _number(world: ExampleWorld) -> Sent:
    world.done("POST", "/dnc", {"phone_number": "7275551219"})
    return Sent(query={"number": "7275551219"})


def _token(world: ExampleWorld) -> Sent:
    world.done("POST", "/config/api-token/crm", {"scopes": ["calls:read"]})
    return Sent({"name": "crm"})


OF_ROUTE: dict[str, Prepare] = {
    "reportSheet": named(id="day"),
    "listServers": lambda world: _several_servers(world),
    "drainServer": lambda world: _several_servers(world),
    "resumeServer": lambda world: _several_servers(world),
    "logIn": own("", password=PASSWORD),
    "getMe": own("mia"),
    "logOut": own("anna"),
    "changePassword": own("kim", password=PASSWORD),
    "listSessions": own("ada"),
    "endOtherSessions": own("ada"),
    "endSession": lambda world: Sent({"id": _session(world, "ada")}, user="ada"),
    "endSessionOfUser": lambda world: Sent({"id": _session(world, "ben")}, user="ada"),
    "getSecondFactor": own("ben"),
    "enrolSecondFactor": own("ben", password=PASSWORD),
    "confirmSecondFactor": lambda world: _factor(world, "eva", confirmed=False),
    "removeSecondFactor": lambda world: _factor(world, "ida", confirmed=True),
    "resetSecondFactor": _resets,
    "givePassword": named(user="bea"),
    "makeTicket": own("ada"),
    "logInAgent": named(user="1003"),
    "pauseAgent": agent("1000"),
    "resumeAgent": agent("1000", Kind.PAUSE),
    "logOutAgent": agent("1001"),
    "ringAgent": _lost_phone,
    "dialCustomer": agent("1000"),
    "previewNumber": agent("1000", Kind.PAUSE),
    "dialNextLead": agent("1000", Kind.PAUSE),
    "skipPreview": _preview,
    "unmuteAgent": during(Kind.MUTE),
    "undoDisposition": _undo,
    "unhold": during(Kind.PARK_CUSTOMER),
    "endHelp": during(Kind.ASK_HELP),
    "takeCall": _take,
    "adoptCall": _conversation,
    "getReceipt": _receipt,
    "getCallback": _callback,
    "takeCallback": _callback,
    "rescheduleCallback": _callback,
    "cancelCallback": _callback,
    "correctDisposition": lambda world: Sent({"id": world.past_call()}),
    "getPastCall": lambda world: Sent({"id": world.past_call()}),
    "getPastCallTimeline": lambda world: Sent({"id": world.past_call()}),
    "commentOnCall": lambda world: Sent({"id": world.past_call()}),
    "deleteCallComment": _commented_call,
    "listIngroups": asking(seconds=3600),
    "auditComplianceOfCall": named(id=DIALLED),
    "uploadImport": lambda world: Sent({"id": _begun(world, FIRST_PIECE)}),
    "listImports": _imported,
    "getImport": _imported,
    "getRejectedLines": _imported,
    "removeImport": _imported,
    "describeRecording": _recording,
    "makeRecordingLink": lambda world: _recording(world)._replace(user="ada"),
    "revokeRecordingLink": _recording,
    "followLiveState": asking(agent="1000"),
    "findLeads": asking(name="Byron"),
    "findLeadsOfAgent": asking(search="Byron"),
    "deleteLead": _lead,
    "changeLeadOfAgent": _lead_on_screen,
    "removeDnc": _number,
    "readConfiguration": asking(changed=True),
    "describeKind": named(kind="pause-code"),
    "applyConfiguration": _newest,
    "getRevision": _revision,
    "undoRevision": _revision,
    "renewToken": _token,
    "getEventHook": named(name=HOOK),
    "showEventHookSecret": named(name=HOOK),
    "renewEventHookSecret": named(name=HOOK),
    "testEventHook": named(name=HOOK),
    "getScheduledReportRuns": named(name=HOOK),
    "createEntity": named(name="SUMMER"),
    "deleteEntity": named(name="SUMMER"),
    "listLocks": named(user="6666"),
    "unlockApiUser": named(user="6666"),
}
