"""The filters of leads, callbacks, people and changes: what each field means, apart from the SQL of the product."""

import json
import string
from collections.abc import Iterator
from pathlib import Path

from tests.store.filters.one_filter import PAGE, Asked, Field, Filter, paged
from tests.store.filters.random_records import AGENTS, HOUR, LISTS, MINUTES, NOW, SEEN, Row, Rows
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.values.callback import STATES
from warmline.store.configuration import config_changes, config_history, people
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.configuration.people import WITHOUT_USER, PeopleFilter
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads import callbacks, lead_search
from warmline.store.leads.lead_search import LeadSearch

LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # letters of other alphabets are compared exactly
BOUNDS = (VisibleCampaigns(frozenset({"C1"})), VisibleCampaigns(frozenset({"C9"})))
SEARCHED = ("number", "vendor_lead_code", "email", "name")  # one of them is searched for at a time
AUTHORS = ("ben", "benno", "user:ben", "be", "ben (uid 1000)")
TEXTS = ("sale", "SALE", "Äpfel", "äpfel", 'a"B', "campaign", "C1", "dial_prefix", "nothing")


def filters() -> Iterator[Filter]:
    """Yield the filters."""
    yield Filter("leads", leads_of, (search_leads,), lead_fields(), alone=SEARCHED)
    yield Filter("leads of a campaign", leads_of, (leads_of_campaign,), leads_of_campaign_fields(), ("campaign",))
    yield Filter("callbacks", callbacks_of, (list_callbacks,), callback_fields(), ("state",))
    yield Filter("people", people_of, (find_people,), people_fields())
    yield Filter("revisions", revisions_of, (newest_revisions,), revision_fields())
    entity = {"entity": revision_fields()["kind"]}
    of_changes = change_fields() | entity | {"name": revision_fields()["name"]}
    yield Filter("changes of the configuration", changes_of, (config_changes_of,), of_changes)
    yield Filter("changes of leads", lead_changes_of, (lead_changes,), change_fields() | lead_change_fields())


def leads_of(rows: Rows) -> list[Row]:
    return [row | {"id": row["lead_id"]} for row in rows["lead"]]


def lead_fields() -> dict[str, Field]:
    return {
        "number": (("3125550101", "+13125550101", "3125550199", "4930555012", "999"), has_number),
        "vendor_lead_code": (("V1", "v1", "V9"), lambda lead, code: lead["vendor_lead_code"] == code),
        "email": (("ada@x.example", "Bo@X.example", "no"), lambda lead, email: lead["email"].lower() == email.lower()),
        "name": (("meyer", "MEYERS", "Mey, ad", "mey,Bo", "öz", "Özil", "Öz, Ada", "m%"), has_name),
        "wanted": (("101", "104", "999"), lambda lead, name: lead["list_id"] == name),
        "campaigns": (BOUNDS, lambda lead, bound: LISTS[lead["list_id"]][0] in bound.campaigns),
    }


def has_number(lead: Row, number: str) -> bool:
    """Return whether a lead has a number; without a country code, either may begin with one."""
    digits, code, own = number.lstrip("+"), lead["phone_code"], lead["phone_number"]
    if digits in (code + own, own) or (not code and (digits.endswith(own) or own.endswith(digits))):
        return True
    for more in lead["more_numbers"].split("|"):
        own = more.partition(":")[0]
        whole = own.startswith("+") or not code  # then either may begin with a country code
        own = own.lstrip("+")
        if own and (digits in (code + own, own) or (whole and (digits.endswith(own) or own.endswith(digits)))):
            return True
    return False


def has_name(lead: Row, name: str) -> bool:
    last, _, first = (part.strip() for part in name.translate(LOWER).partition(","))
    own = lead["last_name"].translate(LOWER), lead["first_name"].translate(LOWER)
    return bool(own[0]) and own[0].startswith(last) and own[1].startswith(first)


def search_leads(database: Path, asked: Asked) -> list[int]:
    values = dict(asked)
    campaigns = values.pop("campaigns", None)

    def page(after: int) -> list[int]:
        return [row["lead_id"] for row in lead_search.search(database, LeadSearch(**values), after, PAGE, campaigns)]

    return paged(page, 0)


def leads_of_campaign_fields() -> dict[str, Field]:
    def has_part(lead: Row, text: str) -> bool:
        first, last = lead["first_name"].translate(LOWER), lead["last_name"].translate(LOWER)
        names, digits = (f"{first} {last}", f"{last} {first}"), text.replace("-", "")
        number = lead["phone_code"] + lead["phone_number"]
        has_digits = digits.isdigit() and len(digits) > 2 and digits in number
        return has_digits or any(text.translate(LOWER) in name for name in names)

    return {
        "campaign": (("C1", "C2", "C9"), lambda lead, campaign: LISTS[lead["list_id"]] == (campaign, "Y")),
        "search": (("mey", "ADA m", "y%", "Öz", "da", "555-01", "01", "555x"), has_part),
    }


def leads_of_campaign(database: Path, asked: Asked) -> list[int]:
    def page(after: int) -> list[int]:
        return [row["lead_id"] for row in lead_search.of_campaign(database, after=after, most=PAGE, **asked)]

    return paged(page, 0)


def callbacks_of(rows: Rows) -> list[Row]:
    """Return the callbacks in their state now, and of their agent now."""
    found = []
    for row in rows["callback"]:
        late = NOW - row["at"]
        if row["state"] == "pending" and late >= 0:
            moved = MINUTES.get(row["campaign"]) and late >= MINUTES[row["campaign"]] * HOUR // 60
            row = row | {"state": "missed" if late >= HOUR else "due", "agent": "" if moved else row["agent"]}
        found.append(row)
    return found


def callback_fields() -> dict[str, Field]:
    def is_seen(callback: Row, seen: VisibleAgents) -> bool:
        if callback["agent"]:
            return callback["agent"] in seen.agents
        bound = seen.campaigns.campaigns if seen.campaigns else ("C1", "C2")
        return callback["campaign"] in ("", *bound)  # an agent, too, sees those of no agent

    return {
        "agent": (AGENTS, lambda callback, agent: callback["agent"] in ("", agent)),
        "state": (
            ("", *STATES),  # "" are the open ones
            lambda callback, state: callback["state"] in ((state,) if state else ("pending", "due", "missed")),
        ),
        "visible": (SEEN, is_seen),
    }


def list_callbacks(database: Path, asked: Asked) -> list[str]:
    def page(after: str) -> list[str]:
        return [one.id for one in callbacks.listed(database, NOW, limit=PAGE, after=after, **asked)]

    return paged(page)


def people_of(rows: Rows) -> list[Row]:
    """Return the users with their agents, and the agents without a user."""
    agents = {row["id"]: row for row in rows["agent"]}
    found, nobody = [], {"id": "", "phone": "", "user_group": None}
    for user in rows["user"]:
        agent = agents.get(user["agent"], nobody)
        groups = (user["user_group"], agent["user_group"])
        groups = groups[::-1] if user["role"] == "agent" else groups
        own = {"user": user["id"], "agent": agent["id"], "phone": agent["phone"]}
        found.append(user | own | {"user_group": next(filter(None, groups), "")})
    taken = {user["agent"] for user in rows["user"]}
    for agent in rows["agent"]:
        if agent["id"] not in taken:
            own = {"id": WITHOUT_USER + agent["id"], "agent": agent["id"], "user": "", "role": ""}
            found.append(agent | own | {"user_group": agent["user_group"] or ""})
    return found


def people_fields() -> dict[str, Field]:
    def has_part(person: Row, text: str) -> bool:
        said = " ".join(person[name] for name in ("user", "full_name", "agent", "phone"))
        return text.translate(LOWER) in said.translate(LOWER)

    return {
        "search": (("mey", "U1", "100", "77", "öz", "Öz", "Z"), has_part),
        "role": (("agent", "supervisor", "admin"), lambda person, role: person["role"] == role),
        "user_group": (("EAST", "WEST", "NONE"), lambda person, group: person["user_group"] == group),
        "agent": (("1000", "1001", "1002", "1003"), lambda person, agent: person["agent"] == agent),
    }


def find_people(database: Path, asked: Asked) -> list[str]:
    return [person.id for person in people.found(database, PeopleFilter(**asked))]


def revisions_of(rows: Rows) -> list[Row]:
    """Return the changes of one time and author as one row, which `changes` are."""
    found: dict[tuple[int, str], Row] = {}
    for row in rows["config_journal"]:
        revision = found.setdefault((row["at"], row["who"]), {"changes": []})
        revision["id"] = row["seq"]
        revision["changes"].append(row)
    return [*found.values()]


def revision_fields() -> dict[str, Field]:
    def has_text(change: Row, text: str) -> bool:
        values = json.loads(change["before"]) | {"": json.loads(change["after"])["dial_prefix"]}
        said = (change["entity"], change["name"], "dial_prefix", *values.values())
        return any(text.translate(LOWER) in part.translate(LOWER) for part in said)

    return {
        "kind": (("campaign", "ingroup", "did"), lambda change, kind: change["entity"] == kind),
        "name": (("C1", "c1", "C9"), lambda change, name: change["name"] == name),
        "who": (AUTHORS, is_by),
        "text": (TEXTS, has_text),
    }


def is_by(change: Row, who: str) -> bool:
    return change["who"] == who or change["who"].startswith(f"{who} (uid ")


def newest_revisions(database: Path, asked: Asked) -> list[int]:
    def page(before: int) -> list[int]:
        return [one.number for one in config_history.newest(database, PAGE, WantedRevisions(**asked), before)]

    return paged(page, 0)


def changes_of(rows: Rows) -> list[Row]:
    return [row | {"id": row["seq"]} for row in rows["config_journal"]]


def change_fields() -> dict[str, Field]:
    return {
        "start": ((NOW - 12 * HOUR,), lambda change, start: change["at"] >= start),
        "end": ((NOW - 5 * HOUR,), lambda change, end: change["at"] < end),
        "who": (AUTHORS, is_by),
    }


def config_changes_of(database: Path, asked: Asked) -> list[int]:
    return [row["seq"] for row in config_changes.changes(database, **{"start": 0, "end": NOW + 1, **asked})]


def lead_changes_of(rows: Rows) -> list[Row]:
    return rows["lead_change"]


def lead_change_fields() -> dict[str, Field]:
    return {
        "action": (("set", "import", "reset"), lambda change, action: change["action"] == action),
        "list_id": (("101", "102", "999"), lambda change, name: change["list_id"] == name),
        "lead": ((1, 2, 9), lambda change, lead: change["lead_id"] == lead),
    }


def lead_changes(database: Path, asked: Asked) -> list[int]:
    return [row["id"] for row in recorded_changes.changes(database, **{"start": 0, "end": NOW + 1, **asked})]
