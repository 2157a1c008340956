"""Answers of VICIdial's non-agent API, recorded beside its own program, and a site with the data that they rest on."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.http.json_site import JsonSite
from tests.internals.non_agent import config, config_rows, dnc, migrate, password_check

VECTORS = Path(__file__).parent / "vectors"
PATH = "/vicidial/non_agent_api.php"
MICRO = 1_000_000
DAY = 1_795_132_800 * MICRO  # 2026-11-20 00:00:00 UTC
HOUR = 3600 * MICRO
USUAL = {"source": "test", "user": "6666", "pass": "1234"}
Ask = Callable[..., str]  # asks a function by its name, with fields, and returns the answer

# Words in braces in an answer.
PATTERNS = {
    "NOW": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    "EPOCH": r"\d{10}",
    "CONF_EXTEN": r"\d{7}",
    "CALL_IN": r"[A-Z]\d{15,19}",
    "CALL_OUT": r"[A-Z]\d{15,19}",
    "RECORDING_ID": r"[^|,\n]+",
    "LOCATION": r"https?://[^\s|,]+",
    "GMT": r"-?[0-9.]*",
    "WORD": r"[^|]+",
    "NUMBER": r"\d+",
}

DIALLED = {
    "dial_method": "RATIO",
    "auto_dial_level": "1",
    "lead_order": "DOWN",
    "dial_statuses": "NEW,NA,B",
    "dial_timeout": "30",
    "dial_prefix": "9",
    "safe_harbor_audio": "vm-goodbye",
}
ENTITIES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("user-group", "ADMIN", {}),
    ("call-time", "24hours", {}),
    ("ingroup", "SALESLINE", {"group_name": "Sales"}),
    ("ingroup", "SUPPORTLINE", {"group_name": "Support"}),
    (
        "campaign",
        "TESTCAMP",
        {**DIALLED, "campaign_name": "Test Campaign"},
    ),
    ("campaign", "OUTCAMP", {**DIALLED, "campaign_name": "Outbound"}),
    ("user-group", "AGENTS", {"allowed_campaigns": "TESTCAMP"}),
    ("did", "8005550100", {"route": "ingroup:SALESLINE"}),
    (
        "list",
        "101",
        {
            "list_name": "Spring list",
            "campaign": "TESTCAMP",
            "expiration_date": "2099-12-31",
            "custom_fields": "favorite_color,policy",
        },
    ),
    (
        "list",
        "102",
        {
            "list_name": "Second list",
            "campaign": "TESTCAMP",
            "active": "N",
            "expiration_date": "2099-12-31",
        },
    ),
    ("list", "201", {"list_name": "Out list", "campaign": "OUTCAMP", "expiration_date": "2099-12-31"}),
    ("container", "BLOCKED", {"entries": "3125550668"}),
    *(("phone", name, {}) for name in ("1000", "1001", "1002")),
    (
        "agent",
        "1000",
        {
            "full_name": "Ann Agent",
            "user_group": "AGENTS",
            "phone": "1000",
            "campaign": "TESTCAMP",
            "ingroups": "SALESLINE,SUPPORTLINE,AGENTDIRECT",
            "custom_three": "CRM1000",
        },
    ),
    (
        "agent",
        "1001",
        {
            "full_name": "Bob Agent",
            "user_group": "AGENTS",
            "phone": "1001",
            "campaign": "TESTCAMP",
            "ingroups": "SALESLINE,SUPPORTLINE",
        },
    ),
    ("agent", "1002", {"full_name": "Cy Agent", "active": "N"}),
    ("api-user", "6666", {"pass": "1234", "user_group": "ADMIN", "scopes": "ALL"}),
    ("api-user", "7001", {"pass": "1234", "scopes": "ALL", "api_access": "N"}),
    ("api-user", "7002", {"pass": "1234", "scopes": "ALL", "functions": "version,agent_status"}),
    ("api-user", "7003", {"pass": "1234"}),
    ("api-user", "7004", {"pass": "1234", "scopes": "wallboard:read"}),
    ("api-user", "7006", {"pass": "1234", "scopes": "ALL", "user_group": "AGENTS"}),
)
EXISTING = {("list", "998"), ("list", "999"), ("ingroup", "AGENTDIRECT")}
EVERY_LEAD = {
    "phone_code": "1",
    "country_code": "USA",
    "gender": "U",
    "gmt_offset_now": "-5.00",
    "entry_date": DAY + 9 * HOUR,
    "modify_date": DAY + 9 * HOUR,
}
LEADS: tuple[Mapping[str, str | int], ...] = (
    {
        "lead_id": 123456,
        "list_id": "101",
        "phone_number": "3125550100",
        "vendor_lead_code": "V-1",
        "first_name": "Skip",
        "last_name": "Williams",
        "city": "Chicago",
        "state": "IL",
        "postal_code": "60601",
        "source_id": "SRC1",
        "email": "skip@example.com",
        "comments": "first lead",
        "rank": 5,
        "owner": "1000",
    },
    {
        "lead_id": 123457,
        "list_id": "101",
        "phone_number": "3125550101",
        "vendor_lead_code": "V-2",
        "first_name": "Ada",
        "last_name": "Byron",
        "status": "SALE",
        "called_count": 3,
        "user": "1000",
        "last_call": DAY + 10 * HOUR,
        "alt_phone": "3125550109",
        "title": "Ms",
    },
    {
        "lead_id": 123458,
        "list_id": "201",
        "phone_number": "3125550100",
        "vendor_lead_code": "V-3",
        "first_name": "Skip",
        "last_name": "Two",
    },
)

Ids = dict[str, str]
"""The ids that an answer names by a word in braces, such as those of a set-up's calls."""

Prepare = Callable[[sqlite3.Connection], None]
"""Adds the rows of a set-up to the base."""

Live = Callable[[JsonSite], Ids]
"""Brings agents and calls of a running site to a set-up."""


@dataclass
class SetUps:
    """The set-ups by name: rows before the site starts, the agents who are logged in, and what happens then."""

    rows: dict[str, Prepare] = field(default_factory=dict)
    agents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    live: dict[str, Live] = field(default_factory=dict)


def vectors(kind: str) -> list[dict[str, Any]]:
    """Return the recorded requests and answers of one kind."""
    return [json.loads(line) for line in (VECTORS / f"{kind}.jsonl").read_text().splitlines()]


def base(path: Path) -> Path:
    """Write a database with the data that every vector rests on."""
    migrate(path)
    for kind, name, options in ENTITIES:
        config.create(path, kind, name, options, who="test")
    with patch.object(config_rows, "now", lambda: DAY + 8 * HOUR):  # the lists' last change
        for kind, name, options in ENTITIES:
            if kind == "list":
                config.set_options(path, kind, name, {"list_name": "before"}, who="test")
                config.set_options(path, kind, name, {"list_name": options["list_name"]}, who="test")
    with closing(sqlite3.connect(path)) as db, db:
        for lead in LEADS:
            insert(db, "lead", {**EVERY_LEAD, **lead})
    for number, campaign in (("3125550666", ""), ("3125550667", "TESTCAMP")):
        dnc.add(path, number, campaign, who="test")
    return path


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row by the names of its columns."""
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))  # noqa: S608 - names of the tests


@contextmanager
def site(database: Path, folder: Path, names: list[str], setups: SetUps) -> Iterator[tuple[JsonSite, Ids]]:
    """Provide a site with these set-ups, and the ids that they made."""
    with closing(sqlite3.connect(database)) as db, db:
        for name in names:
            if name in setups.rows:
                setups.rows[name](db)
    agents = tuple(agent for name in names for agent in setups.agents.get(name, ()))
    folder.mkdir()
    made = JsonSite(database, folder, password_check.from_store(str(database)), agents)
    try:
        ids: Ids = {}
        for name in names:
            if name in setups.live:
                ids |= setups.live[name](made)
        yield made, ids
    finally:
        made.close()


def ask(made: JsonSite, query: Mapping[str, str], *, post: bool = False) -> str:
    """Return the page of one request."""

    async def go() -> str:
        if post:
            response = await made.client.post(PATH, data=query)
        else:
            response = await made.client.get(PATH, params=query)
        assert response.status == 200
        return await response.text()

    return made.do(go())


def answered(made: JsonSite, vector: Mapping[str, Any], ids: Ids) -> None:
    """Send the requests of a vector, and compare each answer with the recorded one."""
    lead = _matches(ask(made, _filled(vector["query"], ids), post=vector.get("method") == "POST"), vector["expect"], "")
    for query, wanted in vector.get("then", []):
        _matches(ask(made, USUAL | _filled(query, ids | {"LEAD_ID": lead})), wanted, lead)


def _filled(query: Mapping[str, str], ids: Ids) -> dict[str, str]:
    return {name: re.sub(r"\{(\w+)\}", lambda one: ids.get(one[1], one[0]), text) for name, text in query.items()}


def _matches(came: str, wanted: str, lead: str) -> str:
    """Assert that an answer is the recorded one, and return the lead that it names."""
    text = re.escape(wanted).replace(r"\{", "{").replace(r"\}", "}")
    text = text.replace("{LEAD_ID}", lead or r"(?P<lead>\d+)", 1).replace("{LEAD_ID}", lead or r"(?P=lead)")
    for name, pattern in PATTERNS.items():
        text = text.replace(f"{{{name}}}", pattern)
    found = re.fullmatch(text, came, re.DOTALL)
    assert found, f"recorded {wanted!r}, here {came!r}"
    return found.groupdict().get("lead") or lead
