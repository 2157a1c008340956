"""Random records of few values, as plain rows by table, so that each value of a filter is in some and not in others."""

import json
import random
from pathlib import Path
from typing import Any

from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.model.call_states import AgentState
from warmline.store.calls.call_comments import MARKS
from warmline.store.database.writing import writing

Row = dict[str, Any]
Rows = dict[str, list[Row]]

AGENTS, CAMPAIGNS, INGROUPS, CODES, SERVERS = ("1000", "1001", "1002"), ("C1", "C2"), ("Q1", "Q2"), "ABC", ("main", "b")
NUMBERS = ("3125550101", "+3125550101", "13125550101", "3125550199", "4930555012")
LISTS = {"101": ("C1", "Y"), "102": ("C2", "Y"), "103": ("C1", "N"), "104": (None, "Y")}  # campaign, active
NAMES = ("Meyer", "meyers", "Mey%", "Öz", "ÖZIL", "öz", "")
WRITERS = ("ben", "ben (uid 1000)", "benno", "user:ben", "ben (uid")
KINDS = ("LEAVE_3WAY_CALL", "LEAVE_VM", "PARK_CUSTOMER")  # the last one is no transfer
MINUTES = {"C1": 30, "C2": 0}  # callback_useronly_move_minutes
SEEN = (
    VisibleAgents(frozenset(AGENTS[:1]), False),
    VisibleAgents(frozenset(AGENTS[1:]), True, VisibleCampaigns(frozenset({"C1"}))),
)
SECOND = 1_000_000
HOUR = 3600 * SECOND
NOW = 500_000 * HOUR
CALLS = 160


def drawn(seed: int) -> Rows:
    """Return the rows by table; nothing is missing that the tables require."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    rows: Rows = {}
    _add_entities(rows, chance)
    _add_leads(rows, chance)
    for number in range(CALLS):
        _add_call(rows, chance, f"01C{number:023d}")
    _add_callbacks(rows, chance)
    _add_changes(rows, chance)
    return rows


def insert(database: Path, rows: Rows, *, instead: bool = False) -> None:
    """Insert all rows in one transaction, `instead` of those that the tables have. Raises StoreError."""
    with writing(database) as db:
        for table in reversed(rows) if instead else ():
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this file
        for table, records in rows.items():
            for row in records:
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                db.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", row)  # noqa: S608 - names of this file


def _add(rows: Rows, table: str, **values: Any) -> None:
    rows.setdefault(table, []).append(values)


def _add_entities(rows: Rows, chance: random.Random) -> None:
    for campaign in CAMPAIGNS:
        _add(rows, "campaign", id=campaign, callback_useronly_move_minutes=MINUTES[campaign])
    for group in ("EAST", "WEST"):
        _add(rows, "user_group", id=group)
    for number in range(30):
        agent, phone = f"{1000 + number}", f"{chance.choice(('55', '77'))}{number}"
        _add(rows, "phone", id=phone)
        name = chance.choice(NAMES) + chance.choice(("", " Ada"))
        group = chance.choice(("EAST", "WEST", None))
        _add(rows, "agent", id=agent, phone=phone, full_name=name, user_group=group)
        if chance.random() < 0.6:
            role = chance.choice(("agent", "agent", "supervisor", "manager"))
            name, group = chance.choice(NAMES), chance.choice(("EAST", "WEST", None))
            agent = chance.choice((agent, agent, None))
            _add(
                rows, "user", id=f"u{number}", **{"pass": "x"}, role=role, agent=agent, full_name=name, user_group=group
            )


def _add_leads(rows: Rows, chance: random.Random) -> None:
    for name, (campaign, active) in LISTS.items():
        _add(rows, "list", id=name, campaign=campaign, active=active)
    for number in range(1, 81):
        _add(
            rows,
            "lead",
            lead_id=number,
            list_id=chance.choice([*LISTS]),
            entry_date=1,
            modify_date=1,
            phone_code=chance.choice(("1", "")),
            phone_number=chance.choice(NUMBERS).removeprefix("+"),
            more_numbers=chance.choice(("", "", "+13125550199:office", "3125550101|4930555012")),
            first_name=chance.choice(("Ada", "ada", "Bo", "")),
            last_name=chance.choice(NAMES),
            email=chance.choice(("ada@x.example", "ADA@X.example", "bo@x.example", "")),
            vendor_lead_code=chance.choice(("V1", "v1", "V2", "")),
        )


def _add_call(rows: Rows, chance: random.Random, call: str) -> None:
    arrived = NOW - chance.randrange(1, 100) * HOUR
    if chance.random() < 0.4:
        reasons = ("application away", "hung up before queue", "login refused at phone 1001: agent 1001: wrong PIN")
        reason, goto = chance.choice(reasons), chance.choice(("", "", "menu,1,1"))
        number = chance.choice(NUMBERS)
        _add(rows, "fallback", id=call, at=arrived, number=number, dialled="800", reason=reason, goto=goto)
        _add_comments(rows, chance, call, arrived)
        if chance.random() < 0.7:  # only the fallback had the others
            return
    connected = chance.choice((None, arrived + SECOND))
    ended = chance.choice((None, arrived + 6 * SECOND, arrived + 90 * SECOND, arrived + 90 * SECOND))
    _add(
        rows,
        "call",
        id=call,
        agc_id=f"M{call[-19:]}",
        state="ended" if ended else "talking",
        arrived=arrived,
        number=chance.choice(NUMBERS),
        dialled="800",
        ingroup=chance.choice((*INGROUPS, "")),
        direct="",
        agent=None if ended else chance.choice((*AGENTS, None)),
        last_agent=chance.choice((*AGENTS, "")),
        connected=connected,
        ended=ended,
        ended_by="customer" if ended else "",
        status=chance.choice((*CODES, "")),
        lead=chance.choice((0, 0, 1, 2)),
        direction=chance.choice(("in", "out")),
        origin="imported",  # so that no trigger changes its lead
        server=chance.choice(SERVERS),
    )
    if not ended:
        _add(rows, "open_state", kind="call", id=call, format=1, body="{}")
    _add_parts(rows, chance, call, arrived)
    _add_comments(rows, chance, call, arrived)


def _add_parts(rows: Rows, chance: random.Random, call: str, arrived: int) -> None:
    _add(rows, "leg", id=f"L{call}", owner=call, role="customer", number="", created=arrived)
    for part in range(chance.randrange(3)):
        key, agent = f"{call}{part}", chance.choice(AGENTS)
        started, ended = arrived + part * SECOND, chance.choice((None, arrived + 9 * SECOND))
        _add(
            rows,
            "agent_session",
            id=key,
            agent=agent,
            phone=chance.choice(("55", "77")),
            on_hook=0,
            campaign=chance.choice(CAMPAIGNS),
            ingroups="[]",
            conf_exten="",
            started=arrived,
            ended=arrived + 2 * HOUR,
        )
        state = chance.choice((AgentState.QUEUE, AgentState.INCALL, AgentState.INCALL, AgentState.DISPO))
        of_agent = {"session": key, "agent": agent, "state": state, "pause_code": ""}
        _add(rows, "agent_interval", id=key, **of_agent, call=call, started=started, ended=ended)
        waited = {"call": call, "ingroup": chance.choice(INGROUPS), "direct": "", "priority": 0, "place": 1}
        times = {"queued_at": arrived, "entered": started, "ended": started}
        _add(rows, "queue_wait", id=key, **waited, **times, outcome="ANSWERED", agent=agent)
        texts = dict.fromkeys(("number", "ingroup", "to_agent", "caller_id", "message", "status", "key", "source"), "")
        asked = {"kind": chance.choice(KINDS), "agent": agent, "call": call, "by": agent, "requested": started}
        _add(rows, "receipt", id=key, **asked, **texts, cause="", steps="[]")
        code = chance.choice(CODES)
        _add(rows, "disposition_entry", id=key, call=call, agent=agent, status=code, at=started, by=agent)
        if chance.random() < 0.5:
            texts = dict.fromkeys(("cause", "sha256", "converted_path", "converted_sha256"), "")
            kept = {"status": chance.choice(("kept", "kept", "failed")), "path": f"{key}.wav", "bytes": 1, "length": 1}
            made = {"kind": "call", "reason": "ALLCALLS", "agent": chance.choice((agent, "")), "asked": started}
            _add(rows, "recording", id=key, call=call, **made, **kept, converted_bytes=0, **texts)


def _add_comments(rows: Rows, chance: random.Random, call: str, at: int) -> None:
    for mark in chance.sample((*MARKS[:2], ""), chance.randrange(3)):
        _add(rows, "call_comment", call=call, at=at, by="user:mia", mark=mark, comment="x")


def _add_callbacks(rows: Rows, chance: random.Random) -> None:
    for number in range(60):
        _add(
            rows,
            "callback",
            id=f"01B{number:023d}",
            call="",
            number="3125550101",
            ingroup="",
            campaign=chance.choice((*CAMPAIGNS, "")),
            agent=chance.choice((*AGENTS[:2], "")),
            at=NOW + chance.choice((HOUR, -HOUR // 4, -HOUR * 3 // 4, -2 * HOUR)),
            state=chance.choice(("pending", "pending", "pending", "completed", "cancelled")),
        )


def _add_changes(rows: Rows, chance: random.Random) -> None:
    at, who = 0, ""
    for number in range(1, 61):
        if number % 3 == 1 or chance.random() < 0.5:  # the others belong to the revision before
            at, who = NOW - (60 - number) * HOUR // 3, chance.choice(WRITERS)
        name = chance.choice(("C1", "c1", "Q1"))
        before, after = ({"dial_prefix": chance.choice(("9", "Äpfel", "äpfel", 'a"b', "SALE"))} for _ in "ba")
        entity = chance.choice(("campaign", "ingroup"))
        values = {"before": json.dumps(before), "after": json.dumps(after), "hash": "0" * 64}
        _add(rows, "config_journal", seq=number, at=at, who=who, action="set", entity=entity, name=name, **values)
        list_id, lead = chance.choice([*LISTS]), chance.choice((0, 1, 2))
        action = chance.choice(("set", "import"))
        of_lead = {"who": who, "action": action, "list_id": list_id, "lead_id": lead, "leads": 1, "what": "{}"}
        _add(rows, "lead_change", id=number, at=at, last=at, **of_lead)
