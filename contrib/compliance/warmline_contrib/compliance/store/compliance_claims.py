"""The claims about one call to a lead that its records decide.

They are checked with their own arithmetic, apart from the rules by which the dialler dials.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.core.calls.lead import lead_outcome
from warmline.core.model.call_states import Origin
from warmline.leads import dial_hours, lead_numbers, lead_places, legal_hours
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import Row
from warmline_contrib.compliance.store.compliance_records import DAY, ComplianceRecords

SECOND = 1_000_000
RINGS = 15 * SECOND  # 47 CFR 64.1200(a)(6)
UNTIL_IT_RINGS = 3 * SECOND  # assumed if the far end does not tell when it rings
AGENT_WITHIN = 2 * SECOND  # 47 CFR 64.1200(a)(7), 16 CFR 310.4(b)(4)
MESSAGE_WITHIN = 2 * SECOND  # from the answer
MESSAGE_IN_FAULT = 2_500_000  # if the app was away or stood still, which the record says as `by_fault`
ENDS_WITHIN = 3600 * SECOND
OPEN_FOR = 5 * SECOND  # after an answer: then the call is not judged yet
HUNG_UP = ("customer", lead_outcome.ENDED_BY_LEAD)
BY_PACING = "pacing"


class ClaimResult(StrEnum):
    """Whether a claim holds."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not applicable"


class ClaimAnswer(NamedTuple):
    """The result of a claim, and the evidence for it in words."""

    result: ClaimResult
    why: str


def answers(one: Row, records: ComplianceRecords) -> dict[str, ClaimAnswer]:
    """Return the answer of each claim about an attempt, a row with the columns of its call."""
    if one["ended_by"] == lead_outcome.ENDED_BY_REFUSAL:
        refused = _not_applicable("the last look refused the call, so nothing was dialled")
        return {name: has_end(one, records) if name == END else refused for name in CLAIMS}
    by_hand = is_by_hand(one)
    return {name: BY_HAND if by_hand and name in AUTOMATIC else claim(one, records) for name, claim in CLAIMS.items()}


def is_by_hand(one: Row) -> bool:
    """Return whether an agent dialled the lead of an attempt."""
    return bool(one["origin"] != Origin.DIALLER)


def in_hours_on_record(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that the call began before the end of the hours that the dialler knew."""
    begun, until = _time(one, one["arrived"], records), _time(one, one["open_until"], records)
    return _kept_if(one["arrived"] < one["open_until"], f"begun {begun}; open until {until}")


def in_legal_hours(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that the call began in the legal hours, in each recorded time zone of the lead."""
    if not one["zones"]:
        return ClaimAnswer(ClaimResult.BROKEN, "the lead had no time zone")
    known = [place for place in _jurisdictions(one).split("|") if legal_hours.of_place(place)]
    if not known:
        return ClaimAnswer(ClaimResult.UNDECIDED, f"no legal hours are known for {_jurisdictions(one) or 'the lead'}")
    found = records.hours(LeadPlaces(one["zones"], "|".join(known)), one["arrived"])
    begun = _time(one, one["arrived"], records)
    return _kept_if(
        found.open, found.why or f"begun {begun}; open in {one['zones']} by the hours of {', '.join(known)}"
    )


def in_call_times(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that the call began within `local_call_time` of its campaign and list, as they were then."""
    names = records.call_times(one)
    if names is None:
        return ClaimAnswer(ClaimResult.UNDECIDED, "the campaign is not in the configuration")
    if not names:
        return _not_applicable("neither campaign nor list had a call time")
    found = records.call_time_hours(one["zones"], names, one["arrived"])
    begun = _time(one, one["arrived"], records)
    return _kept_if(found.open, found.why or f"begun {begun}; open in {one['zones']} by {', '.join(names)}")


def not_listed(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that the number was not on a do-not-call list when the call began."""
    entry = records.listed(one)
    if entry is None:
        return ClaimAnswer(ClaimResult.KEPT, "the number was on no do-not-call list")
    where = f"of campaign {entry['campaign']}" if entry["campaign"] else "of the system"
    return ClaimAnswer(ClaimResult.BROKEN, f"on the list {where} since {_time(one, entry['at'], records)}")


def not_opted_out(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that no lead with this number had opted out in the safe harbour message before."""
    at = records.opted_out(one)
    if at is None:
        return ClaimAnswer(ClaimResult.KEPT, "no opt-out before the call")
    return ClaimAnswer(ClaimResult.BROKEN, f"the lead had opted out {_time(one, at, records)}")


def in_24_hour_limit(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check the number of calls to this number in 24 hours, by the campaign's limit and by law."""
    by_campaign = records.option(one["campaign"], "call_limit_24hour", one["arrived"])
    by_law, law = dial_hours.calls_in_24_hours(_jurisdictions(one))
    limits = [(most, name) for most, name in ((by_campaign, "call_limit_24hour"), (by_law, law)) if most]
    return _within(by_campaign, min(limits, default=None), lambda: records.calls_to_number(one, DAY), "in 24 hours")


def in_30_day_limit(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check the number of calls to this number in 30 days, where a law limits them."""
    most, law = dial_hours.calls_in_30_days(_jurisdictions(one))
    limit = (most, law) if most else None
    return _within(most, limit, lambda: records.calls_to_number(one, 30 * DAY), "in 30 days")


def in_day_limit(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check the number of calls to this lead on the day of its first time zone."""
    most = records.option(one["campaign"], "daily_call_count_limit", one["arrived"])
    if not one["lead"]:
        return _not_applicable("the call has no lead")
    here = datetime.fromtimestamp(one["arrived"] / SECOND, UTC).astimezone(_clock(one, records))
    midnight = int(here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp()) * SECOND
    limit = (most, "daily_call_count_limit") if most else None
    return _within(most, limit, lambda: records.calls_to_lead(one, midnight), "this day")


def waited_after_drop(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that no automatic call to this number was dropped within `drop_lockout_time` before."""
    hours = records.option(one["campaign"], "drop_lockout_time", one["arrived"])
    if not hours:
        unknown = ClaimAnswer(ClaimResult.UNDECIDED, "the campaign is not in the configuration")
        return unknown if hours is None else _not_applicable("no wait")
    at = records.dropped(one, one["arrived"] - hours * 3600 * SECOND)
    if at is None:
        return ClaimAnswer(ClaimResult.KEPT, f"no drop in {hours} hours before the call (drop_lockout_time)")
    why = f"dropped {_time(one, at, records)}; wait: {hours} hours (drop_lockout_time)"
    return ClaimAnswer(ClaimResult.BROKEN, why)


def rang_long_enough(one: Row, _: ComplianceRecords) -> ClaimAnswer:
    """Check that a call without an answer rang for 15 seconds, unless the other end or a fault ended it."""
    if one["ended"] is None or one["answered"] is not None or one["dropped"] is not None:
        return _not_applicable("answered, or not ended")
    if one["status"] != lead_outcome.NO_ANSWER_STATUS and one["ended_by"] != BY_PACING:
        return _not_applicable(f"ended with status {one['status']}, cause {one['cause']}")
    told = one["ringing"] is not None
    rang = one["ended"] - (one["ringing"] if told else one["arrived"])
    said = f"{'rang' if told else 'dialled, without a report of ringing, for'} {_seconds(rang)}"
    if rang >= RINGS + (0 if told else UNTIL_IT_RINGS):
        return ClaimAnswer(ClaimResult.KEPT if told else ClaimResult.UNDECIDED, said)
    if one["ended_by"] == lead_outcome.ENDED_BY_LEAD:
        return ClaimAnswer(ClaimResult.UNDECIDED, f"{said}; the other end or the trunk ended it, cause {one['cause']}")
    return ClaimAnswer(ClaimResult.BROKEN, f"{said}; ended by {one['ended_by'] or 'a command'}")


def agent_in_time(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that an answered lead and an agent were connected within 2 seconds, or that the lead counts as dropped."""
    if one["dropped"] is not None:
        return ClaimAnswer(ClaimResult.KEPT, "counted as dropped" + (" by fault" if one["by_fault"] else ""))
    if one["answered"] is None:
        return _not_applicable("not answered")
    if one["connected"] is not None:
        after = one["connected"] - one["answered"]
        return _kept_if(after <= AGENT_WITHIN, f"agent {one['agent']} {_seconds(after)} after the answer")
    return _too_late(one, records, "no agent, and not counted as dropped")


def message_in_time(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that a dropped lead heard the message within 2 seconds, 2.5 by fault, unless the lead hung up first."""
    within = MESSAGE_IN_FAULT if one["by_fault"] else MESSAGE_WITHIN
    if one["dropped"] is None:
        return _not_applicable("not dropped")
    if one["answered"] is None:
        return ClaimAnswer(ClaimResult.UNDECIDED, "answered while the app was away; the dialplan plays the message")
    if one["message_at"] is not None:
        after = one["message_at"] - one["answered"]
        fault = ", dropped by fault" if one["by_fault"] else ""
        return _kept_if(after <= within, f"message {_seconds(after)} after the answer{fault}")
    if one["ended"] is not None and one["ended_by"] in HUNG_UP and one["ended"] - one["answered"] <= within:
        return _not_applicable(f"the lead hung up {_seconds(one['ended'] - one['answered'])} after the answer")
    if one["ingroup"]:
        return _not_applicable(f"in-group {one['ingroup']} got the lead")
    if one["by_fault"]:
        return ClaimAnswer(ClaimResult.UNDECIDED, "dropped by fault; the dialplan may have played the message")
    if one["ended"] is not None and (fault := records.fault(one["dropped"], one["ended"])):
        return ClaimAnswer(ClaimResult.UNDECIDED, f"{fault} before the message began")
    return _too_late(one, records, "no message")


def has_end(one: Row, records: ComplianceRecords) -> ClaimAnswer:
    """Check that a call without an agent has an end after an hour."""
    if one["ended"] is not None:
        return ClaimAnswer(ClaimResult.KEPT, f"ended {_time(one, one['ended'], records)}, status {one['status']}")
    if one["connected"] is not None or records.now - one["arrived"] <= ENDS_WITHIN:
        return _not_applicable("in progress")
    return ClaimAnswer(ClaimResult.BROKEN, f"begun {_time(one, one['arrived'], records)}, and without an end")


END = "end"
BY_HAND = ClaimAnswer(ClaimResult.NOT_APPLICABLE, "an agent dialled the lead")
# The dialler alone waits after a drop, ends a call that rings, and reaches a lead without an agent.
AUTOMATIC = {"wait_after_drop", "ring_time", "agent_in_time", "message_in_time"}
CLAIMS: Mapping[str, Callable[[Row, ComplianceRecords], ClaimAnswer]] = {
    "hours_on_record": in_hours_on_record,
    "legal_hours": in_legal_hours,
    "local_call_time": in_call_times,
    "do_not_call": not_listed,
    "opt_out": not_opted_out,
    "calls_in_24_hours": in_24_hour_limit,
    "calls_in_30_days": in_30_day_limit,
    "calls_in_a_day": in_day_limit,
    "wait_after_drop": waited_after_drop,
    "ring_time": rang_long_enough,
    "agent_in_time": agent_in_time,
    "message_in_time": message_in_time,
    END: has_end,
}


def _within(option: int | None, limit: tuple[int, str] | None, count: Callable[[], int], when: str) -> ClaimAnswer:
    """Check the calls before this one against a limit and its name. `option` is None for an unknown campaign."""
    if limit is None:
        unknown = ClaimAnswer(ClaimResult.UNDECIDED, "the campaign is not in the configuration")
        return unknown if option is None else _not_applicable("no limit")
    most, name = limit
    number = count() + 1
    return _kept_if(number <= most, f"call {number} {when}; allowed: {most} ({name})")


def _too_late(one: Row, records: ComplianceRecords, why: str) -> ClaimAnswer:
    is_open = one["ended"] is None and records.now - one["answered"] <= OPEN_FOR
    return ClaimAnswer(ClaimResult.UNDECIDED, "in progress") if is_open else ClaimAnswer(ClaimResult.BROKEN, why)


def _kept_if(kept: bool, why: str) -> ClaimAnswer:
    return ClaimAnswer(ClaimResult.KEPT if kept else ClaimResult.BROKEN, why)


def _not_applicable(why: str) -> ClaimAnswer:
    return ClaimAnswer(ClaimResult.NOT_APPLICABLE, why)


def _jurisdictions(one: Row) -> str:
    """Return the places whose law applies: those of the lead today, or else those of the number.

    Another number of the lead has its own places.
    """
    if one["source"] in lead_numbers.FIELDS:
        return lead_places.of_number(f"+{one['number'].removeprefix('+')}").jurisdictions
    return one["jurisdictions"] or lead_places.of_number(one["number"]).jurisdictions


def _clock(one: Row, records: ComplianceRecords) -> ZoneInfo:
    return ZoneInfo(one["zones"].split("|")[0] or records.zone)


def _time(one: Row, at: int, records: ComplianceRecords) -> str:
    """Return a moment in the first time zone of the lead."""
    clock = _clock(one, records)
    return f"{datetime.fromtimestamp(at / SECOND, UTC).astimezone(clock):%Y-%m-%d %H:%M:%S} {clock.key}"


def _seconds(microseconds: int) -> str:
    return f"{microseconds / SECOND:.2f} s"
