"""Invented screens of an agent, one for each row of the layout table: what the feed sends for each state."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 20, 15, 40, tzinfo=UTC)
Screen = dict[str, Any]
LATELY = "2026-11-20T15:39:20.000Z"
CUSTOMER = "15551230001"
LOST_PHONE = "Your phone was off the line, and the call went on without you"
WHY = {
    "HANGUP": "the agent has no live call",
    "unhold": "the customer is not parked",
    "GRAB_XFER": "no third party on this call",
    "LEAVE_3WAY_CALL": "no third party on this call",
    "SWAP_PARK_XFER": "no third party on this call",
    "SWAP_PARK_CUSTOMER": "no third party on this call",
    "HANGUP_XFER": "no third party on this call",
    "RECORD_MUTE": "nothing is recorded",
    "resume": "the agent is not paused",
    "BLIND_TRANSFER": "a third party is on the call already: leave, or drop the third party first",
    "dial": "the agent is in a call",
    "dial-next": "the agent looks at a number: dial it, or skip it",
    "preview": "the campaign has no preview: manual_preview_dial",
    "skip": "the agent looks at no number",
}
COMMANDS = (
    *("login", "pause", "resume", "logout", "ring", "dial", "dial-next", "preview", "skip"),
    *("mute", "unmute", "ask-help", "end-help", "disposition", "undo-disposition"),
    *("HANGUP", "HANGUP_BOTH", "HANGUP_CUSTOMER", "HANGUP_XFER", "DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL"),
    *("LEAVE_3WAY_CALL", "BLIND_TRANSFER", "LOCAL_CLOSER", "LEAVE_VM", "hold", "unhold", "PARK_XFER"),
    *("GRAB_XFER", "SWAP_PARK_CUSTOMER", "SWAP_PARK_XFER", "dtmf", "notes"),
    *("RECORD_START", "RECORD_STOP", "RECORD_MUTE", "RECORD_UNMUTE"),
)
TALKING = (
    *("HANGUP", "hold", "mute", "unmute", "ask-help", "BLIND_TRANSFER", "LOCAL_CLOSER", "DIAL_WITH_CUSTOMER"),
    *("PARK_CUSTOMER_DIAL", "dtmf", "RECORD_START", "RECORD_STOP", "RECORD_MUTE", "RECORD_UNMUTE", "pause"),
    *("logout", "notes", "disposition", "resume"),
)
FIELDS = (
    *(
        ("title", "Ms"),
        ("first_name", "Ada"),
        ("last_name", "Byron"),
        ("phone_number", "5551230001"),
        ("alt_phone", ""),
    ),
    *(("address1", "12 St James Square"), ("city", "London"), ("postal_code", "SW1Y 4LB")),
    *(("email", "ada@example.org"), ("date_of_birth", "1815-12-10"), ("comments", "prefers mornings")),
)
PART = {
    "call": "01M7",
    "user": "1001",
    "full_name": "Alex Agent",
    "joined": LATELY,
    "left": LATELY,
    "seconds": 37,
    "status": "XFER",
    "status_name": "Handed over",
    "notes": "Wants a refund of 200 EUR, angry",
}
SCRIPT = """Hello, my name is Bea, I am calling from Warmline about your order.
May I ask whether it has arrived?
If yes: then I would like to offer the care plan. Two years, any fault.
If no: I bring in a colleague of the warehouse. Please stay on the line."""


def at(seconds: float) -> str:
    """Return the time so many seconds ago."""
    return (NOW - timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def lead() -> Screen:
    """Return the lead of the customer, with earlier calls."""
    return {
        "lead_id": 41,
        "list_id": "101",
        "fields": [{"name": name, "label": name, "longest": 100, "value": value} for name, value in FIELDS],
        "calls": [
            before(86_700, "1000", "NI", CUSTOMER, "asks for prices"),
            before(360_000, "1004", "CB", "", "after the meeting"),
        ],
        "do_not_call": "",
        "custom_fields": [
            {"name": "favorite_color", "label": "favorite color", "longest": 4000, "value": "red"},
            {"name": "plan", "label": "plan", "longest": 4000, "value": ""},
        ],
    }


def before(seconds: float, agent: str, status: str, number: str, notes: str) -> Screen:
    """Return an earlier call of the lead, so many seconds ago."""
    return {
        "id": f"01M{seconds}",
        "arrived": at(seconds),
        "agent": agent,
        "full_name": {"1000": "Bea Stone"}.get(agent, ""),
        "status": status,
        "status_name": {"NI": "Not interested"}.get(status, ""),
        "number": number,
        "notes": notes,
    }


def last(call: str, status: str, number: str, notes: str = "", undo_until: str | None = None) -> Screen:
    """Return the last call."""
    return {
        "call": call,
        "status": status,
        "number": number,
        "ingroup": "SALESLINE",
        "group_name": "Sales",
        "notes": notes,
        "undo_until": undo_until,
    }


def base(state: str, seconds: float, *allowed: str, **sections: Any) -> Screen:
    """Return a whole screen of agent 1000 in a state since so many seconds; other sections replace these."""
    agent = {
        "user": "1000",
        "full_name": "Bea Stone",
        "state": state,
        "since": at(seconds),
        "until": None,
        "allowed_until": None,
        "campaign": "TESTCAMP",
        "campaign_name": "Autumn care",
        "ingroups": ["SALESLINE", "SUPPORTLINE"],
        "pause_code": "",
        "pause_asked": False,
        "logout_asked": False,
        "muted": False,
        "help_since": None,
        "last_call": "01M7",
        "preview": "",
        "preview_until": None,
        "preview_expiry": "SKIP",
        "phone": {"kind": "sip", "name": "1000", "up": True, "wanted": False, "page": None},
    }
    return {
        "agent": agent | sections.pop("agent", {}),
        "call": None,
        "hears": [],
        "commands": {
            name: {
                "allowed": name in allowed,
                "code": "refused",
                "why": "" if name in allowed else WHY.get(name, "not possible now"),
            }
            for name in COMMANDS
        },
        "lead": None,
        "script": None,
        "web_forms": None,
        "ended": None,
        "notes": "",
        "last": last("01M6", "SALE", "15551230044"),
        "codes": [],
        "pause_codes": [
            {"pause_code": "LUNCH", "pause_code_name": "Lunch break", "billable": "N", "time_limit": 1800},
            {"pause_code": "COFFEE", "pause_code_name": "Coffee", "billable": "Y", "time_limit": 0},
            {"pause_code": "TRAIN", "pause_code_name": "Training", "billable": "Y", "time_limit": 0},
        ],
        "queues": [
            {"ingroup": "SALESLINE", "group_name": "Sales", "waiting": 2, "longest_since": at(34)},
            {"ingroup": "SUPPORTLINE", "group_name": "Support", "waiting": 0, "longest_since": None},
        ],
        "callbacks_due": 1,
        "today": {
            "calls": 23,
            "talk_seconds": 7320,
            "hold_seconds": 340,
            "dead_seconds": 12,
            "dispo_seconds": 812,
            "wait_seconds": 2110,
            "pause_seconds": 1800,
            "lost_seconds": 0,
        },
        "logged_out": None,
        "server": {"connected": True, "asterisk": True},
    } | sections


def call(state: str, seconds: float, **fields: Any) -> Screen:
    """Return the section of a call."""
    return {
        "id": "01M7",
        "agc_id": "M0001",
        "state": state,
        "since": at(seconds),
        "arrived": at(seconds + 20),
        "connected": at(seconds),
        "direction": "in",
        "customer": "15551230001",
        "third": None,
        "ingroup": "SALESLINE",
        "group_name": "Sales",
        "recording": {"on": True, "muted": False, "why": "campaign_recording=ALLFORCE"},
        "receipt": None,
        "ends_at": None,
        "data": {"order": "A-4711", "shop": "Berlin"},
        "amd": "",
    } | fields


def hears(*rows: tuple[str, str, list[str], bool]) -> list[Screen]:
    """Return who hears whom."""
    return [{"party": party, "name": name, "hears": heard, "music": music} for party, name, heard, music in rows]


WAREHOUSE = "Warehouse 8500"
THIRD = {"number": "8500", "phase": "up", "since": at(38)}
WITH_LEAD = {"script": SCRIPT}


def in_call(state: str, shown: str, seconds: float, heard: list[Screen], *allowed: str, **fields: Any) -> Screen:
    """Return a screen with a call."""
    agent = fields.pop("agent", {})
    return base(
        shown,
        seconds,
        *allowed,
        agent=agent,
        call=call(state, seconds, **fields),
        hears=heard,
        lead=lead(),
        **WITH_LEAD,
    )


def codes() -> list[Screen]:
    """Return dispositions for an answered call to a customer, one of them without a key."""
    named = {
        "SALE": ("1", "Sale"),
        "NI": ("2", "Not interested"),
        "CB": ("3", "Call back"),
        "XFER": ("4", "Handed over"),
        "DNC": ("5", "Do not call"),
        "WRONG": ("6", "Wrong number"),
        "OTHER": ("7", "Other"),
        "COMPL": ("01", "Complaint"),
        "REFUND": ("", "Money back"),
        "NA": ("8", "No answer"),
        "A": ("9", "Answering machine"),
        "DC": ("02", "Number out of service"),
    }
    return [
        {
            "status": status,
            "status_name": name,
            "category": "",
            "key": key,
            "scheduled_callback": status == "CB",
            "notes_required": status == "COMPL",
        }
        for status, (key, name) in named.items()
    ]


def dispo(**agent: Any) -> Screen:
    """Return the screen after a call, with the codes."""
    last = {"call": "01M7", "status": "", "number": CUSTOMER, "ingroup": "SALESLINE", "notes": ""}
    return base(
        *("DISPO", 6, "pause", "resume", "logout", "disposition", "notes"),
        agent={"until": at(-24)} | agent,
        codes=codes(),
        last=last,
        lead=lead(),
        notes="wants the blue one",
        **WITH_LEAD,
    )


def logged_out() -> Screen:
    """Return the screen of a user whose agent is not at work."""
    screen = base("LOGGED OUT", 0, "login", agent={"since": None, "campaign": "", "ingroups": []})
    return screen | {"queues": [], "callbacks_due": 0, "today": None}


TWO = hears(("agent", "Bea Stone", ["customer"], False), ("customer", CUSTOMER, ["agent"], False))
HELD = hears(("agent", "Bea Stone", [], False), ("customer", CUSTOMER, [], True))
BOTH = ("LEAVE_3WAY_CALL", "HANGUP_XFER", "ask-help", "mute", "unmute", "dtmf", "HANGUP", "pause", "logout", "notes")
BETWEEN = ("dial", "dial-next", "preview", "logout")

SCREENS: dict[str, Callable[[], Screen]] = {
    "logged-out": logged_out,
    "ready": lambda: base("READY", 12, "pause", *BETWEEN),
    "undo": lambda: base(
        *("READY", 1, "pause", "undo-disposition", *BETWEEN),
        last=last("01M7", "SALE", CUSTOMER, "wants the blue one", undo_until=at(-9)),
        codes=codes(),
    ),
    "no-phone": lambda: base(
        "NO PHONE",
        20,
        "pause",
        "ring",
        "logout",
        agent={"phone": {"kind": "sip", "name": "1000", "up": False, "wanted": False, "page": None}},
    ),
    "queue": lambda: in_call(
        *(
            "ringing_agent",
            "QUEUE",
            1,
            hears(("agent", "Bea Stone", [], False), ("customer", CUSTOMER, [], True)),
            "HANGUP",
        ),
    ),
    "calling": lambda: in_call(
        "dialing_out",
        "QUEUE",
        3,
        hears(("agent", "Bea Stone", ["customer"], False), ("customer", CUSTOMER, [], False)),
        "HANGUP",
        direction="out",
        connected=None,
        ingroup="",
        group_name="",
    ),
    "talking": lambda: in_call("talking", "INCALL", 252, TWO, *TALKING),
    "help-asked": lambda: in_call(
        *("talking", "INCALL", 60, TWO),
        *TALKING,
        "end-help",
        agent={"help_since": at(12)},
    ),
    "muted": lambda: in_call(
        "talking",
        "INCALL",
        60,
        hears(("agent", "Bea Stone", ["customer"], False), ("customer", CUSTOMER, [], False)),
        *TALKING,
        agent={"muted": True, "pause_asked": True},
    ),
    "dialing": lambda: in_call(
        *("dialing", "INCALL", 7, TWO, "HANGUP", "LEAVE_3WAY_CALL", "HANGUP_XFER", "mute", "pause", "notes"),
        third={"number": "8500", "phase": "ringing", "since": at(7)},
    ),
    "three-way": lambda: in_call(
        *("three_way", "INCALL", 38),
        hears(
            ("agent", "Bea Stone", ["customer", "third"], False),
            ("customer", CUSTOMER, ["agent", "third"], False),
            ("third", WAREHOUSE, ["agent", "customer"], False),
        ),
        *BOTH,
        "hold",
        "PARK_XFER",
        "RECORD_STOP",
        "RECORD_MUTE",
        third=THIRD,
    ),
    "consulting": lambda: in_call(
        *("consulting", "INCALL", 20),
        hears(
            ("agent", "Bea Stone", ["third"], False),
            ("customer", CUSTOMER, [], True),
            ("third", WAREHOUSE, ["agent"], False),
        ),
        *BOTH,
        "unhold",
        "SWAP_PARK_XFER",
        "PARK_XFER",
        third=THIRD,
    ),
    "third-parked": lambda: in_call(
        *("third_parked", "INCALL", 9),
        hears(
            ("agent", "Bea Stone", ["customer"], False),
            ("customer", CUSTOMER, ["agent"], False),
            ("third", WAREHOUSE, [], True),
        ),
        "GRAB_XFER",
        "SWAP_PARK_CUSTOMER",
        "HANGUP_XFER",
        "HANGUP",
        "hold",
        "mute",
        "pause",
        "notes",
        third=THIRD,
    ),
    "parked": lambda: in_call(
        "parked",
        "INCALL",
        9,
        HELD,
        "HANGUP",
        "unhold",
        "mute",
        "BLIND_TRANSFER",
        "DIAL_WITH_CUSTOMER",
        "PARK_CUSTOMER_DIAL",
        "pause",
        "notes",
    ),
    "customer-gone": lambda: in_call(
        *(
            "customer_gone",
            "DEAD",
            4,
            hears(("agent", "Bea Stone", ["third"], False), ("third", WAREHOUSE, ["agent"], False)),
        ),
        *("HANGUP", "HANGUP_XFER", "pause", "notes"),
        third=THIRD,
    ),
    "supervised": lambda: in_call(
        *("talking", "INCALL", 90),
        hears(
            ("agent", "Bea Stone", ["customer", "supervisor"], False),
            ("customer", CUSTOMER, ["agent"], False),
            ("supervisor", "Mary", ["agent", "customer"], False),
        ),
        *TALKING,
    ),
    "handed-over": lambda: (
        in_call("talking", "INCALL", 40, TWO, *TALKING)
        | {"handed_over": [PART | {"notes": "calls for the third time\n" * 12}, PART]}  # more than there is room for
    ),
    "machine": lambda: in_call("talking", "INCALL", 3, TWO, *TALKING, direction="out", amd="MACHINE"),
    "lost": lambda: in_call(
        *("rescue", "INCALL", 4, HELD, "HANGUP", "ring", "notes"),
        ends_at=at(-16),
        agent={"phone": {"kind": "sip", "name": "1000", "up": False, "wanted": False, "page": None}},
    ),
    "dispo": dispo,
    "dispo-set": lambda: (
        dispo()
        | {
            "last": last("01M7", "SALE", CUSTOMER, "wants the blue one"),
        }
    ),
    "dispo-waits": lambda: (
        dispo()
        | {
            "last": dispo()["last"] | {"waits_in": "Sales", "waits_since": at(93)},
            "ended": {"code": "agent_phone_lost", "text": LOST_PHONE, "seconds": 73},
            "commands": dispo()["commands"] | {"take": {"allowed": True, "code": "", "why": ""}},
        }
    ),
    "paused": lambda: base("PAUSED", 420, "resume", *BETWEEN, agent={"pause_code": "LUNCH", "until": at(-1380)}),
    "lost-phone": lambda: base(
        *("PAUSED", 200, "ring", *BETWEEN),
        agent={
            "pause_code": "LOST",
            "until": at(-400),
            "phone": {"kind": "sip", "name": "1000", "up": False, "wanted": False, "page": None},
        },
    ),
    "logged-out-by-limit": lambda: (
        logged_out() | {"logged_out": {"at": at(50_000), "code": "LOSTMX", "since": at(50_600)}}
    ),
    "preview": lambda: base(
        "PAUSED", 5, "dial", "skip", "resume", "logout", agent={"preview": "15551230001"}, lead=lead(), **WITH_LEAD
    ),
    "headset-lost": lambda: in_call(
        *("rescue", "INCALL", 4, HELD, "HANGUP", "notes"),
        ends_at=at(-16),
        agent={"phone": {"kind": "browser", "name": "browser", "up": False, "wanted": False, "page": None}},
    ),
    "headset-elsewhere": lambda: in_call(
        *("talking", "INCALL", 40, TWO),
        *TALKING,
        agent={"phone": {"kind": "browser", "name": "browser", "up": True, "wanted": False, "page": "another"}},
    ),
}


def message(name: str) -> Screen:
    """Return the first message of the feed in a state."""
    return {"seq": 1, "now": at(0), "whole": True, **SCREENS[name]()}
