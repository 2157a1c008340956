"""The set-up `history`: the calls, the recordings and the agent times of 2026-11-20 as rows."""

import sqlite3

from tests.http.non_agent.vector_site import DAY, HOUR, MICRO, insert
from tools.simulation.asterisk.simulated_asterisk import SECOND

assert SECOND == MICRO
MINUTE = 60 * MICRO
CALL_IN, CALL_OUT, CALL_AUTO = "Y0001795168800000000", "M0001795172400000000", "V0001795176000000000"
IDS = {"CALL_IN": CALL_IN, "CALL_OUT": CALL_OUT}
IN, OUT, AUTO = "call-in", "call-out", "call-auto"
CALL = {
    "state": "ended",
    "dialled": "",
    "ingroup": "",
    "direct": "",
    "agent": None,
    "last_agent": "1000",
    "lead": 123457,
    "number": "3125550101",
}
AUDIO = {
    "kind": "call",
    "reason": "campaign_recording",
    "agent": "1000",
    "status": "kept",
    "cause": "",
    "bytes": 44,
    "sha256": "",
    "converted_path": "",
    "converted_bytes": 0,
    "converted_sha256": "",
}


def history(db: sqlite3.Connection) -> None:
    """Insert three calls of one day: a caller, a call that an agent dialled, and one of the dialler."""
    insert(
        db,
        "call",
        CALL
        | {
            "id": IN,
            "agc_id": CALL_IN,
            "arrived": DAY + 10 * HOUR,
            "connected": DAY + 10 * HOUR,
            "ended": DAY + 10 * HOUR + 125 * MICRO,
            "ended_by": "customer",
            "status": "SALE",
            "direction": "in",
            "dialled": "8005550100",
            "ingroup": "SALESLINE",
        },
    )
    insert(
        db,
        "call",
        CALL
        | {
            "id": OUT,
            "agc_id": CALL_OUT,
            "arrived": DAY + 11 * HOUR,
            "connected": DAY + 11 * HOUR,
            "ended": DAY + 11 * HOUR + 60 * MICRO,
            "ended_by": "agent",
            "status": "NI",
            "direction": "out",
            "origin": "agent",
        },
    )
    insert(
        db,
        "call",
        CALL
        | {
            "id": AUTO,
            "agc_id": CALL_AUTO,
            "arrived": DAY + 12 * HOUR,
            "ended": DAY + 12 * HOUR + 30 * MICRO,
            "ended_by": "lead",
            "status": "NA",
            "direction": "out",
            "origin": "dialler",
            "last_agent": "",
            "number": "3125550100",
            "lead": 123456,
        },
    )
    attempt = {"call": AUTO, "campaign": "TESTCAMP", "list_id": "101", "source": "list", "zones": "", "caller_id": ""}
    zeros = ("passes", "open_until", "ready", "in_flight", "threshold", "risk", "by_fault", "opted_out")
    insert(db, "attempt", attempt | dict.fromkeys(zeros, 0) | {"agent": ""})
    for recording, call, begun, length in (
        ("5001", IN, DAY + 10 * HOUR + 5 * MICRO, 120),
        ("5002", OUT, DAY + 11 * HOUR + 2 * MICRO, 58),
    ):
        times = {"asked": begun, "started": begun, "ended": begun + length * MICRO, "length": length * 1000}
        insert(db, "recording", AUDIO | times | {"id": recording, "call": call, "path": f"{recording}.wav"})
    for call, code, at in ((IN, "SALE", DAY + 10 * HOUR + 130 * MICRO), (OUT, "NI", DAY + 11 * HOUR + 65 * MICRO)):
        insert(
            db,
            "disposition_entry",
            {"id": f"entry-{call}", "call": call, "agent": "1000", "status": code, "at": at, "by": "1000"},
        )
    db.execute("UPDATE lead SET status = 'SALE', called_count = 3 WHERE lead_id = 123457")  # as before the entries
    db.execute("UPDATE lead SET status = 'NEW' WHERE lead_id = 123456")
    _agent_times(db)


def _agent_times(db: sqlite3.Connection) -> None:
    """Insert the sessions of two agents."""
    first = [("PAUSED", "", 20, ""), ("READY", "", 40, ""), ("INCALL", "", 125, IN), ("DISPO", "", 15, IN)]
    second = [("PAUSED", "", 10, ""), ("READY", "", 50, ""), ("INCALL", "", 60, OUT), ("DISPO", "", 5, OUT)]
    ten, eleven = DAY + 10 * HOUR, DAY + 11 * HOUR
    for agent, parts in (
        ("1000", {ten - MINUTE: [*first, ("PAUSED", "BREAK", 300, "")], eleven - MINUTE: second}),
        ("1001", {ten: [("PAUSED", "LUNCH", 600, "")]}),
    ):
        ended = 0
        for begun, stretches in parts.items():
            at = begun
            for state, code, seconds, call in stretches:
                ended = at + seconds * MICRO
                stretch = {"id": f"{agent}-{at}", "session": f"session-{agent}", "agent": agent, "state": state}
                stretch |= {"pause_code": code, "call": call, "started": at, "ended": ended}
                insert(db, "agent_interval", stretch)
                at = ended
        session = {"id": f"session-{agent}", "agent": agent, "phone": agent, "on_hook": 0, "campaign": "TESTCAMP"}
        session |= {"ingroups": '["SALESLINE"]', "conf_exten": "8600051", "started": min(parts), "ended": ended}
        insert(db, "agent_session", session)
