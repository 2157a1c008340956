"""Two groups with campaigns of their own: what each has, and requests about it."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ari_app.http.v1.api_route import ApiRoute
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.http.slow_answers_here import slow_answers_here
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import dnc, leads

OWN, OTHER, ABSENT = "TESTCAMP", "SUEDCAMP", "NOSUCHCAMP"  # campaigns
MANAGER, SUPERVISOR, AGENT = "kim", "ben", "anna"  # people of the group BERLIN, which allows OWN alone
HOOK = {"url": "https://crm.example/events"}
DIALS = {"dial_method": "PROGRESSIVE", "campaign_cid": "15550100", "safe_harbor_audio": "vm-goodbye"}
BIG = 880_000  # for the ids of leads, so that they are in no other number
CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended, ended_by, status,
        lead, direction, origin)
    VALUES (?, '', 'ENDED', 1700000000000000, ?, '', '', '', '', 1700000001000000, 'customer', 'NA', ?, 'out',
        'dialler')
"""
ATTEMPT = """
    INSERT INTO attempt (call, campaign, list_id, source, passes, zones, open_until, caller_id, ready, in_flight,
        threshold, risk, agent, by_fault, opted_out)
    VALUES (?, ?, ?, 'list', 0, 'Europe/Berlin', 0, '', 0, 0, 0, 0, '', 0, 0)
"""
CALLBACK = """
    INSERT INTO callback (id, call, number, ingroup, campaign, agent, at, state)
    VALUES (?, ?, ?, '', ?, '', 4000000000000000, 'pending')
"""

RECORDING = """
    INSERT INTO recording VALUES (?, ?, 'call', 'ALLCALLS', '', 1700000000000000, 1700000000000000, 1700000001000000,
        'kept', '', 'none.wav', 4, 1000, '', '', 0, '', '', 0, 'main')
"""


class Belongings(NamedTuple):
    """The ids of a campaign's things; those of an absent one do not exist."""

    campaign: str
    list_id: str
    lead: str
    number: str
    call: str
    callback: str
    code: str
    recording: str
    hook: str


THINGS = {
    OWN: Belongings(OWN, "201", "", "7275551111", "01KAFH8Y3C0000000000000001", "CB1", "OWNC", "R1", "hook1"),
    OTHER: Belongings(OTHER, "202", "", "7275552222", "01KAFH8Y3C0000000000000002", "CB2", "SUEDC", "R2", "hook2"),
    ABSENT: Belongings(
        ABSENT, "299", "999999", "7275559999", "01KAFH8Y3C0000000000000009", "CB9", "NOC", "R9", "hook9"
    ),
}


def add_campaigns(database: Path) -> dict[str, Belongings]:
    """Give each of two campaigns a list with a lead, a call to it, a callback, a do-not-call number and a code.

    BERLIN allows only the first. Return what each has, and what the absent one would have.
    """
    config.create(database, "campaign", OTHER, DIALS, who="test")
    config.set_options(database, "campaign", OWN, DIALS, who="test")
    config.set_options(database, "user-group", "BERLIN", {"allowed_campaigns": OWN}, who="test")
    config.create(database, "user", MANAGER, {"pass": PASSWORD, "role": "manager", "user_group": "BERLIN"}, who="test")
    found = dict(THINGS)
    for campaign, one in THINGS.items():
        if campaign == ABSENT:
            continue
        config.create(database, "list", one.list_id, {"campaign": campaign}, who="test")
        lead = leads.create(database, one.list_id, {"phone_number": one.number, "vendor_lead_code": campaign}, who="t")
        with connect(database) as db:
            db.execute("UPDATE lead SET lead_id = :big + lead_id WHERE lead_id = :lead", {"big": BIG, "lead": lead})
        lead += BIG
        config.create(database, "disposition", one.code, {"campaigns": campaign}, who="test")
        dnc.add(database, one.number[:-1] + "7", campaign, who="test")
        found[campaign] = one._replace(lead=str(lead))
        with connect(database) as db:
            db.execute(CALL, [one.call, one.number, lead])
            db.execute(ATTEMPT, [one.call, campaign, one.list_id])
            db.execute(CALLBACK, [one.callback, one.call, one.number, campaign])
            db.execute(RECORDING, [one.recording, one.call])
        config.create(database, "event-hook", one.hook, HOOK | {"campaigns": campaign}, who="test")
        config.create(database, "scheduled-report", one.hook, {"campaign": campaign}, who="test")
    return found


def asks(route: ApiRoute, of: Belongings) -> list[tuple[str, Any]]:
    """Return the requests of a route about what a campaign has: paths with bodies."""
    first = route.path.split("/")[1]
    known = {
        "lists": of.list_id,
        **dict.fromkeys(("audit", "calls", "past-calls"), of.call),
        **dict.fromkeys(("campaigns", "diallers"), of.campaign),
        **dict.fromkeys(("imports", "ingroups", "receipts", "servers", "sessions"), of.campaign),  # no campaign has one
        "recordings": of.recording,
    }
    assert first in known or "{id}" not in route.path, "say which id these routes are about"
    path = route.path.format(user="1000", id=known.get(first, ""), lead_id=of.lead, number=of.number, comment="1")
    follows = "follow=false" if route.media == "text/event-stream" else ""
    queries = [follows + ("&after=0" if route.name == "followEvents" else "")]
    names = {one.name for one in route.parameters if one.place == "query"}
    queries += [f"campaign={of.campaign}"] if "campaign" in names else []
    queries += [f"list={of.list_id}"] if "list" in names else []
    queries += [f"number={of.number}"] if "number" in names else []
    return [(f"{path}?{query}" if query else path, _body(route, of)) for query in queries]


def _body(route: ApiRoute, of: Belongings) -> Any:
    """Return the body of a request about what a campaign has."""
    if route.takes is None:
        return None
    given = {
        "createLead": {"list_id": of.list_id, "phone_number": "7275553333"},
        "changeLead": {"last_name": "Byron"},
        "dialCustomer": {"lead": int(of.lead)},
        "previewNumber": {"lead": int(of.lead)},
        "changeLeadsOfList": {"status": "NEW", "dry_run": True},
        "beginDncImport": {"size": 0, "sha256": "e3b0c442" * 8, "campaign": of.campaign},
        "beginImport": {"size": 0, "sha256": "e3b0c442" * 8, "columns": {}},
    }
    example = msgspec.to_builtins(route.example) if route.example is not None else {}
    return given.get(route.name, example)


class CampaignSite(PeopleSite):
    """A site with two groups, and `things` of each campaign."""

    things: dict[str, Belongings]

    def told(self, user: str, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Return the status of a user's request, and the answer as text."""
        found = self.as_user(user, method, path, body)
        return found.status, found.body if isinstance(found.body, str) else repr(found.body)


@cache
def _with_campaigns(people_database: Path) -> tuple[Path, dict[str, Belongings]]:
    """Return a database with two campaigns, which is made once and copied, and what each has."""
    path = Path(shutil.copy(people_database, people_database.with_name("campaigns.db")))
    things = add_campaigns(path)
    with closing(connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the file is copied without its log of writes
    return path, things


@contextmanager
def campaign_site(people_database: Path, folder: Path) -> Iterator[CampaignSite]:
    """Provide two groups with campaigns of their own, on a copy of a database with users in this folder."""
    prepared, things = _with_campaigns(people_database)
    made = CampaignSite(folder / "warmline.db", folder, prepared)
    made.things = dict(things)
    made.api.askers.rate.a_second = 0
    try:
        with slow_answers_here():
            yield made
    finally:
        made.close()
