"""The ids in all routes of the JSON API, and what a bound person gets who asks with those of another group.

`python -m tests.http.people.ids_of_others` writes the table of docs/reference/generated/rights-tables.md again.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ari_app.http.openapi.openapi_document import document
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1.api_route import ApiRoute
from lab import configure
from tests.http.people.campaign_site import ABSENT, MANAGER, OTHER, OWN, SUPERVISOR, CampaignSite, campaign_site
from tests.http.people.people_site import add_people
from tests.http.people.rights_probe import NOT_READ, Subjects
from tools.pages.json_api_page import IDS
from tools.pages.json_api_page import RIGHTS_PAGE as PAGE
from tools.pages.marked_text import rows
from warmline.store.calls import call_comments
from warmline.store.database.database import connect

SIDES = (OWN, OTHER, ABSENT)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENTS = dict(zip(SIDES, ("1000", "1002", "1999"), strict=True))
GROUPS = dict(zip(SIDES, ("BERLIN", "HAMBURG", "NOGROUP"), strict=True))
ENTRIES = ("campaign", "list", "disposition", "event-hook", "scheduled-report")  # kinds that a campaign owns
# Things of agents bound a supervisor, and things of campaigns bound a manager, too.
OF_AGENTS = ("agent", "live call", "ended call", "recording", "receipt", "callback", "comment", "user group")
OF_CAMPAIGNS = (*ENTRIES, "lead", "number", "call to a lead", "recording of a call to a lead", "callback of a campaign")
BOUND: Mapping[str, tuple[str, ...]] = {SUPERVISOR: OF_AGENTS + OF_CAMPAIGNS, MANAGER: OF_CAMPAIGNS}
CALLS, RECORDINGS = ("ended call", "call to a lead"), ("recording", "recording of a call to a lead")
CALLBACKS = ("callback", "callback of a campaign")
# The kinds of what a variable part of a path names, by the first part of the path.
PATHS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("agents", "user"): ("agent",),
    ("calls", "id"): ("live call",),
    ("past-calls", "id"): CALLS,
    ("past-calls", "comment"): ("comment",),
    ("audit", "id"): ("call to a lead",),
    ("recordings", "id"): RECORDINGS,
    ("receipts", "id"): ("receipt",),
    ("callbacks", "id"): CALLBACKS,
    ("lists", "id"): ("list",),
    ("campaigns", "id"): ("campaign",),
    ("diallers", "id"): ("campaign",),
    ("leads", "lead_id"): ("lead",),
    ("config", "name"): ENTRIES,
    ("event-hooks", "name"): ("event-hook",),
    ("scheduled-reports", "name"): ("scheduled-report",),
}
QUERIES: Mapping[str, tuple[str, ...]] = {
    "agent": ("agent",), "call": ("live call", "ended call"), "lead": ("lead",), "campaign": ("campaign",),
    "list": ("list",), "group": ("user group",), "user_group": ("user group",), "number": ("number",),
}  # fmt: skip
BODIES: Mapping[str, tuple[str, ...]] = {
    "agent": ("agent",), "lead": ("lead",), "callback": CALLBACKS, "campaign": ("campaign",), "lead_id": ("lead",),
    "user_group": ("user group",), "list_id": ("list",), "to_list": ("list",), "against": ("list",),
}  # fmt: skip
# The kinds of a cursor that is looked up, by the name of the route; other cursors are places in an order.
CURSORS: Mapping[str, tuple[str, ...]] = {
    "listHistory": CALLS, "listPastCalls": CALLS, "listCallbacks": CALLBACKS, "listRecordings": RECORDINGS,
    "findLeads": ("lead",), "listLeadsOfList": ("lead",),
}  # fmt: skip
OF_ROUTE: Mapping[tuple[str, str], tuple[str, ...]] = {("correctDisposition", "id"): ("live call", *CALLS)}
# Names that belong to no agent and no campaign, or to the whole site, and values that name nothing.
SHARED: Mapping[str, frozenset[str]] = {
    "path": _words("""
        sessions.id me.id users.user api-users.user api-tokens.name imports.id ingroups.id servers.id reports.id
        config.kind config.revision
    """),
    "query": _words("""
        limit seconds after since until day between timezone state ingroup disposition transfer outcome recorded length
        server notes mark by agents hours window status search vendor_lead_code email name on_duplicate duplicates days
        dnc_check where changed kind who text revision details totals follow ticket role
    """),
    # An agent can hand a call to every agent, and a person adopts a conversation as test_conversations.py says.
    "body": _words("""
        user program device password code new_password phone pause_code group_alias by_program dial_override number
        preview page notes undo status ingroup caller_id kind to_agent file instead to digits message why channel app at
        comments comment mark sha256 columns encoding duplicate_days dry_run size duplicates offset data days gender
        source_id address3 phone_code time_zones custom_fields more_numbers email state first_name middle_initial owner
        security_phrase rank country_code last_name phone_number address2 date_of_birth postal_code title
        vendor_lead_code alt_phone province gmt_offset_now address1 city where after numbers delete phone_numbers prune
        revision configuration name options full_name role ingroups
    """),
}
ELSEWHERE = "elsewhere"  # the own id gets the same answer, so the request proves nothing
OF_ROLE = ("role_missing", "campaigns_bound")
CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, connected, ended,
        ended_by, status)
    VALUES (?, ?, 'ENDED', ?, ?, '', '', '', ?, ?, ?, 'customer', 'SALE')
"""
ENDED = 1_700_000_100_000_000


class IdPlace(NamedTuple):
    """A part of a request that names something: where it is, its name, and the kind of what it names."""

    where: str
    name: str
    kind: str


class Answers(NamedTuple):
    """The statuses, codes and texts of one request with the ids of each side, and the whole text for OTHER.

    The texts have no names of their side.
    """

    statuses: Mapping[str, int]
    codes: Mapping[str, str]
    texts: Mapping[str, str]
    whole: str


class SiteOfOthers:
    """A site with two groups, and a thing of each kind for each side; those of ABSENT do not exist."""

    def __init__(self, site: CampaignSite) -> None:
        self.site = site
        subjects = Subjects(site)
        agents = AGENTS[OWN], AGENTS[OTHER]
        ended = {side: f"01KAFH8Y3C00000000000000{n:02}" for n, side in enumerate(SIDES, 11)}
        comments = {}
        with connect(site.database) as db:
            for n, side in enumerate((OWN, OTHER)):
                at = ENDED + n
                values = (ended[side], f"M{n:019}", at, f"727555444{n}", AGENTS[side], at, at + 1_000_000)
                db.execute(CALL, values)
        for side in (OWN, OTHER):
            number = call_comments.add(site.database, ended[side], f"about {side}", who=f"user:{SUPERVISOR}")
            comments[side] = str(number)
        of = site.things
        self.things: dict[str, Mapping[str, str]] = {
            "agent": AGENTS,
            "live call": _sides(subjects.calls, agents, "01KAFH8Y3C0000000000000031"),
            "ended call": ended,
            "recording": {side: f"R{agent}" for side, agent in AGENTS.items()},
            "receipt": _sides(subjects.receipts, agents, "01KAFH8Y3C0000000000000032"),
            "callback": {side: f"CB{agent}" for side, agent in AGENTS.items()},
            "comment": comments | {ABSENT: "77"},
            "user group": GROUPS,
            "campaign": {side: of[side].campaign for side in SIDES},
            "list": {side: of[side].list_id for side in SIDES},
            "disposition": {side: of[side].code for side in SIDES},
            "event-hook": {side: of[side].hook for side in SIDES},
            "scheduled-report": {side: of[side].hook for side in SIDES},
            "lead": {side: of[side].lead for side in SIDES},
            "number": {side: of[side].number for side in SIDES},
            "call to a lead": {side: of[side].call for side in SIDES},
            "recording of a call to a lead": {side: of[side].recording for side in SIDES},
            "callback of a campaign": {side: of[side].callback for side in SIDES},
        }

    def asked(self, route: ApiRoute, place: IdPlace, user: str) -> Answers:
        """Ask as a user with the ids of each side."""
        told = {side: self.site.as_user(user, route.method, *self._request(route, place, side)) for side in SIDES}
        return Answers(
            {side: one.status for side, one in told.items()},
            {side: one.body.get("code", "") if isinstance(one.body, dict) else "" for side, one in told.items()},
            {side: self._alike(repr(one.body), side) for side, one in told.items()},
            repr(told[OTHER].body),
        )

    def verdict(self, route: ApiRoute, place: IdPlace, user: str) -> str:
        """Return what the user gets for an id of the other group: a status, `no rows`, or why it is not refused.

        `no`: the role may not use the route at all, also not with the own ids.
        """
        if place.kind not in BOUND[user]:
            return "-"
        statuses, codes, texts, whole = self.asked(route, place, user)
        if statuses[OWN] == 403 and codes[OWN] in OF_ROLE:
            return "no" if statuses[OTHER] == 403 else "SEEN"
        bound = [self.things[kind][OTHER] for kind in BOUND[user] if kind not in ("comment", "user group")]
        others = {one for one in bound if one != self.things[place.kind][OTHER]}
        if statuses[OTHER] < 400 and any(re.search(rf"\b{re.escape(one)}\b", whole) for one in others):
            return "SEEN"
        if statuses[OTHER] == 403 != statuses[OWN]:
            return "403"
        if place.kind == "user group" and statuses[OTHER] < 400:
            return "no rows"  # the names of groups are no secret: a supervisor reads the configuration
        if (statuses[OTHER], texts[OTHER]) != (statuses[ABSENT], texts[ABSENT]):
            return "SEEN"
        if statuses[OTHER] < 400:
            return "no rows"
        return str(statuses[OTHER]) if texts[OWN] != texts[OTHER] else ELSEWHERE

    def _request(self, route: ApiRoute, place: IdPlace, side: str) -> tuple[str, Any]:
        """Return the path and the body of a request with an id of that side; all other ids are of OWN."""
        value, first = self.things[place.kind][side], route.path.split("/")[1]
        entry = place.kind if place.where == "path" and place.kind in ENTRIES else "campaign"
        values = {"kind": entry, "revision": "1", "name": "X", "id": "day" if first == "reports" else "X"}
        values["user"] = "anna" if first == "users" else AGENTS[OWN]
        for name in re.findall(r"{(\w+)}", route.path):
            if kinds := _kinds_in_path(route, name):
                values[name] = self.things[entry if first == "config" else kinds[0]][OWN]
        values["comment"] = self.things["comment"][ABSENT]
        query = ["follow=false"] if route.media == "text/event-stream" else []
        query += ["after=0"] if route.name == "followEvents" else []
        body: Any = dict(NOT_READ) if route.takes is not None else None
        if place.where == "path":
            values[place.name] = value
        elif place.where == "query":
            query.append(f"{place.name}={value}")
        else:
            body |= {place.name: int(value) if place.kind == "lead" else value}
        path = route.path.format(**values)
        return f"{path}?{'&'.join(query)}" if query else path, body

    def _alike(self, text: str, side: str) -> str:
        """Return an answer without the names of a side, and without times that pass."""
        named = {things[side]: kind for kind, things in self.things.items() if kind != "comment"}
        for value in sorted(named, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(value)}\b", f"<{named[value]}>", text)
        return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+|comment \d+|id: \w+-\d+", "<time>", text)


def _sides(found: Mapping[str, str], agents: tuple[str, str], absent: str) -> dict[str, str]:
    return {OWN: found[agents[0]], OTHER: found[agents[1]], ABSENT: absent}


def places(route: ApiRoute) -> Iterator[IdPlace]:
    """Yield each part of a route's requests that names something of a group. Raises KeyError for an unknown name."""
    first = route.path.split("/")[1]
    for name in re.findall(r"{(\w+)}", route.path):
        if f"{first}.{name}" not in SHARED["path"]:
            yield from (IdPlace("path", name, kind) for kind in _kinds_in_path(route, name, known=True))
    operation = _operations()[route.name]
    for one in operation["parameters"]:
        if one["name"] == "call" and route.method == "POST":
            continue  # a command to the own agent is refused if its call is another one
        if one["in"] == "query" and one["name"] == "after" and route.name in CURSORS:
            yield from (IdPlace("query", "after", kind) for kind in CURSORS[route.name])
        elif one["in"] == "query" and one["name"] not in SHARED["query"]:
            yield from (IdPlace("query", one["name"], kind) for kind in QUERIES[one["name"]])
    for name in sorted(_fields(operation)):
        if name not in SHARED["body"]:
            yield from (IdPlace("body", name, kind) for kind in BODIES[name])


def _kinds_in_path(route: ApiRoute, name: str, *, known: bool = False) -> tuple[str, ...]:
    first = route.path.split("/")[1]
    if found := OF_ROUTE.get((route.name, name)):
        return found
    return PATHS[first, name] if known else PATHS.get((first, name), ())


_DOCUMENT = document()


def _operations() -> dict[str, Any]:
    return {one["operationId"]: one for path in _DOCUMENT["paths"].values() for one in path.values()}


def _fields(operation: Mapping[str, Any]) -> set[str]:
    """Return the names of the fields in the body of an operation."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    found, open_ = set[str](), [content.get("schema", {})]
    while open_:
        one = open_.pop()
        if "$ref" in one:
            one = _DOCUMENT["components"]["schemas"][one["$ref"].rpartition("/")[2]]
        found |= set(one.get("properties", {}))
        open_ += [part for name in ("anyOf", "oneOf", "allOf") for part in one.get(name, ())]
    return found


def table(found: Iterable[tuple[str, IdPlace, str, str]]) -> str:
    """Return a row for each kind of id, and the answers to both; the operations that have it are in the last column."""
    by: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for route, place, supervisor, manager in found:
        where = {"path": "path", "query": f"`{place.name}`", "body": f"body, `{place.name}`"}[place.where]
        by[place.kind, where, supervisor, manager].append(route)
    told = (
        (kind, where, supervisor, manager, ", ".join(f"`{one}`" for one in names))
        for (kind, where, supervisor, manager), names in sorted(by.items())
    )
    return rows(("id of", "in", "supervisor", "manager", "operations"), *told)


def filled(text: str, found: Iterable[tuple[str, IdPlace, str, str]]) -> str:
    """Return the page with the table."""
    head = """Every id in an address, a parameter or a body of the JSON API, with the answer to a supervisor and to a
manager of another group."""
    return "".join([*text.partition(IDS)[:2], head, "\n\n", table(found), "\n"])


@contextmanager
def site_of_others(people_database: Path, folder: Path) -> Iterator[SiteOfOthers]:
    """Provide two groups with agents and campaigns of their own."""
    with campaign_site(people_database, folder) as site:
        yield SiteOfOthers(site)


def every(of: SiteOfOthers) -> Iterator[tuple[str, IdPlace, str, str]]:
    """Yield each route with each of its ids, and what the supervisor and the manager get."""
    for route in ROUTES:
        if route.scope:
            for place in places(route):
                yield route.name, place, of.verdict(route, place, SUPERVISOR), of.verdict(route, place, MANAGER)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        configure.fill(database := Path(folder, "people.db"), [])
        add_people(database)
        (run := Path(folder, "run")).mkdir()
        with site_of_others(database, run) as made:
            PAGE.write_text(filled(PAGE.read_text(), every(made)))
