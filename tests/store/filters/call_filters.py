"""The filters of calls, their recordings and the history: what each field means, apart from the SQL of the product."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.store.filters.one_filter import PAGE, Asked, Field, Filter, paged
from tests.store.filters.random_records import (
    AGENTS,
    CAMPAIGNS,
    CODES,
    HOUR,
    INGROUPS,
    NOW,
    SECOND,
    SEEN,
    SERVERS,
    Row,
    Rows,
)
from warmline.store.calls import call_history
from warmline.store.calls.call_history import HistoryPeriod
from warmline.store.reports import calls, recordings
from warmline.store.reports.call_filter import OUTCOMES, CallFilter
from warmline_contrib.vicidial_api.lookups import recording_lookups
from warmline_contrib.vicidial_api.lookups.recording_lookups import RecordingSearch

NUMBERS = ("3125550101", "+3125550101", "13125550101", "999")
PERIODS = (HistoryPeriod(NOW - 50 * HOUR), HistoryPeriod(NOW - 70 * HOUR, NOW - 20 * HOUR))


def filters() -> Iterator[Filter]:
    """Yield the filters."""
    of_calls, of_history = call_fields(), history_fields()
    yield Filter("calls", calls_of, (all_calls, page_of_calls), of_calls)
    seen: dict[str, Field] = {
        "visible": (SEEN, lambda call, visible: visible.include(call.get("agent") or call.get("last_agent")))
    }
    yield Filter("calls that a person sees", calls_of, (page_of_a_person,), of_calls | seen, ("visible",))
    yield Filter("recordings of calls", recordings_of_calls, (all_recordings, newest_recordings), of_calls)
    looked_up = looked_up_fields()
    yield Filter("recordings that are looked up", kept_recordings, (look_up,), looked_up, needed=(*looked_up,))
    yield Filter("history of an agent", agents_in_calls, (history_of_agent,), agent_fields() | of_history, ("agent",))
    period = {"period": of_history["period"]}
    yield Filter("history", past_calls, (history_of_everybody,), period)
    yield Filter("history of a number", past_calls, (history_of_number,), of_history, ("number",), ("lead", "number"))
    yield Filter("history of a lead", past_calls, (history_of_lead,), of_history, ("lead",))


def calls_of(rows: Rows) -> list[Row]:
    """Return the calls with their parts, and those that never reached the app, as calls without any part."""
    known = {row["id"] for row in rows["call"]}
    plain = [row for row in rows["fallback"] if not row["goto"] and row["reason"] != "hung up before queue"]
    taken = [row for row in plain if not row["reason"].startswith("login refused at phone ")]
    took = {row["id"] for row in taken}
    found = [row | {"fallback": row["id"] in took, "goto": "", "reason": ""} for row in rows["call"]]
    never = {"lead": 0, "server": "", "ingroup": "", "status": "", "connected": None, "ended": 0, "direction": "in"}
    alone = [row for row in rows["fallback"] if row["id"] not in known]
    found += [never | row | {"arrived": row["at"], "fallback": row["id"] in took} for row in alone]
    parts = ("agent_interval", "queue_wait", "receipt", "disposition_entry", "recording", "call_comment")
    for call in found:
        call["call"] = call["id"]
        call |= {part: [row for row in rows[part] if row["call"] == call["id"]] for part in parts}
        sessions = {row["session"] for row in call["agent_interval"]}
        call["campaigns"] = {row["campaign"] for row in rows["agent_session"] if row["id"] in sessions}
    return found


def call_fields() -> dict[str, Field]:
    ids = tuple(f"01C{number:023d}" for number in (0, 1, 2, 3, 4, 5, 6, 7, 500))
    return {
        "start": ((NOW - 50 * HOUR,), lambda call, start: call["arrived"] >= start),
        "end": ((NOW - 20 * HOUR,), lambda call, end: call["arrived"] < end),
        "call": (ids, lambda call, wanted: call["call"] == wanted),
        "campaign": ((*CAMPAIGNS, "C9"), lambda call, campaign: campaign in call["campaigns"]),
        "ingroup": (
            INGROUPS,
            lambda call, ingroup: ingroup in (call["ingroup"], *(wait["ingroup"] for wait in call["queue_wait"])),
        ),
        "agent": (AGENTS, had_agent),
        "number": (NUMBERS, lambda call, number: call["number"].lstrip("+") == number.lstrip("+")),
        "disposition": (CODES, lambda call, code: _last_code(call) == code),
        "transfer": (
            ("LEAVE_3WAY_CALL", "LEAVE_VM"),
            lambda call, kind: any(receipt["kind"] == kind for receipt in call["receipt"]),
        ),
        "outcome": (OUTCOMES, lambda call, outcome: _outcome(call) == outcome),
        "recorded": ((True, False), lambda call, recorded: bool(call["recording"]) == recorded),
        "shortest": ((0, SECOND, 6 * SECOND), lambda call, shortest: _talked(call) >= shortest),
        "longest": ((0, SECOND, 6 * SECOND), lambda call, longest: _talked(call) < longest),
        "lead": ((0, 1, 2, 9), lambda call, lead: call["lead"] == lead != 0),
        "noted": (("[]", json.dumps(ids)), lambda call, noted: call["call"] in json.loads(noted) and "agc_id" in call),
        "server": (SERVERS, lambda call, server: call["server"] == server),
        "mark": (
            ("coaching", "praise", "followup"),
            lambda call, mark: any(comment["mark"] == mark for comment in call["call_comment"]),
        ),
    }


def had_agent(call: Row, agent: str) -> bool:
    return any(part["agent"] == agent and part["state"] == "INCALL" for part in call["agent_interval"])


def _last_code(call: Row) -> str:
    given = sorted(call["disposition_entry"], key=lambda entry: entry["id"])
    return str(given[-1]["status"] if given else call["status"])


def _talked(call: Row) -> int:
    return 0 if call["connected"] is None else int(NOW if call["ended"] is None else call["ended"]) - call["connected"]


def _outcome(call: Row) -> str:
    if call["ended"] is None:
        return "live"
    if call["connected"] is not None:
        return "answered"
    if call["direction"] == "out":
        return "failed"
    if call["goto"]:
        return "dialplan"
    if call["reason"].startswith("login refused at phone "):
        return "login_refused"
    return "fallback" if call["fallback"] else "missed"


def _call_filter(asked: Asked) -> CallFilter:
    return CallFilter(**{"start": 0, "end": NOW, **asked})


def all_calls(database: Path, asked: Asked) -> list[str]:
    return [row["call"] for row in calls.calls(database, _call_filter(asked), NOW)]


def page_of_calls(database: Path, asked: Asked) -> list[str]:
    return paged(lambda after: [row["call"] for row in calls.page(database, _call_filter(asked), NOW, PAGE, after)])


def page_of_a_person(database: Path, asked: Asked) -> list[str]:
    values = dict(asked)
    seen = values.pop("visible")
    wanted = _call_filter(values)
    return paged(lambda after: [row["call"] for row in calls.page(database, wanted, NOW, PAGE, after, seen)])


def recordings_of_calls(rows: Rows) -> list[Row]:
    return [call | {"id": recording["id"]} for call in calls_of(rows) for recording in call["recording"]]


def all_recordings(database: Path, asked: Asked) -> list[str]:
    return [row["id"] for row in recordings.recordings(database, _call_filter(asked), NOW)]


def newest_recordings(database: Path, asked: Asked) -> list[str]:
    wanted = _call_filter(asked)
    return paged(lambda after: [row["id"] for row in recordings.newest(database, wanted, NOW, PAGE, after)])


def kept_recordings(rows: Rows) -> list[Row]:
    """Return the recordings that have a file, with the lead of the call and the phones of the agent then."""
    of_call = {call["id"]: call for call in rows["call"]}
    found = []
    for row in rows["recording"]:
        call = of_call[row["call"]]
        sessions = [one for one in rows["agent_session"] if one["agent"] == row["agent"]]
        phones = {one["phone"] for one in sessions if one["started"] <= row["asked"] <= one["ended"]}
        if row["status"] == "kept":
            found.append(row | {"lead": call["lead"], "phones": phones})
    return found


def looked_up_fields() -> dict[str, Field]:
    """Return the fields of RecordingSearch; `start` and `end` are one field, a period."""
    channels = tuple(f"L01C{number:023d}" for number in range(12))
    return {
        "period": (PERIODS, lambda row, period: period.since <= row["asked"] < period.until),
        "agent": (AGENTS, lambda row, agent: row["agent"] == agent),
        "lead": ((1, 2, 9), lambda row, lead: row["lead"] == lead),
        "phone": (("55", "77"), lambda row, phone: phone in row["phones"]),
        "channel": (channels, lambda row, channel: f"L{row['call']}" == channel),
    }


def look_up(database: Path, asked: Asked) -> list[str]:
    values = dict(asked)
    period = values.pop("period", HistoryPeriod(0, 0))
    search = RecordingSearch(start=period.since, end=period.until, **values)
    return [row["id"] for row in recording_lookups.found(database, search, None)]


def past_calls(rows: Rows) -> list[Row]:
    """Return the calls with the time that counts for the history."""
    return [call | {"at": call["arrived"]} for call in calls_of(rows)]


def agents_in_calls(rows: Rows) -> list[Row]:
    """Return each agent of each call, with the time at which the call reached the agent."""
    found = []
    for call in calls_of(rows):
        parts = [part for part in call["agent_interval"] if part["state"] in ("QUEUE", "INCALL")]
        for agent in {part["agent"] for part in parts}:
            at = min(part["started"] for part in parts if part["agent"] == agent)
            found.append(call | {"user": agent, "at": at})
    return found


def agent_fields() -> dict[str, Field]:
    return {"agent": (AGENTS, lambda call, agent: call["user"] == agent)}


def history_fields() -> dict[str, Field]:
    return {
        "number": (NUMBERS, lambda call, number: call["number"].lstrip("+") == number.lstrip("+")),
        "lead": ((1, 2, 9), lambda call, lead: call["lead"] == lead),
        "period": (PERIODS, lambda call, period: period.since <= call["at"] < period.until),
    }


def history_of_agent(database: Path, asked: Asked) -> list[str]:
    def page(after: str) -> list[str]:
        return [one.call for one in call_history.of_agent(database, now=NOW, limit=PAGE, after=after, **asked)]

    return paged(page)


def history_of_everybody(database: Path, asked: Asked) -> list[str]:
    return paged(
        lambda after: [one.call for one in call_history.of_everybody(database, NOW, PAGE, after, None, **asked)]
    )


def history_of_number(database: Path, asked: Asked) -> list[str]:
    def page(after: str) -> list[str]:
        return [one.call for one in call_history.of_number(database, now=NOW, limit=PAGE, after=after, **asked)]

    return paged(page)


def history_of_lead(database: Path, asked: Asked) -> list[str]:
    def page(after: str) -> list[str]:
        return [one.call for one in call_history.of_lead(database, now=NOW, limit=PAGE, after=after, **asked)]

    return paged(page)
