"""Checks every call to a lead that the hopper chose against the claims of the law, and counts the answers.

Everything comes from the tables of the journal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warmline.core.agents import drop_counts
from warmline.store.calls import call_story
from warmline.store.configuration.configuration_snapshot import campaigns
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.reports.drop_windows import DAYS, DropsOfWindow, drop_windows
from warmline_contrib.compliance.store.compliance_claims import (
    BY_HAND,
    CLAIMS,
    ClaimAnswer,
    ClaimResult,
    answers,
    is_by_hand,
)
from warmline_contrib.compliance.store.compliance_records import ComplianceRecords

DROP_RATE = "drop_rate"
ATTEMPTS = """
    SELECT attempt.*, call.number, call.lead, call.arrived, call.connected, call.ended, call.ended_by, call.status,
        call.ingroup, ifnull(lead.jurisdictions, '') AS jurisdictions
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN lead ON lead.lead_id = call.lead
"""
OF_PERIOD = f"""{ATTEMPTS}
    WHERE call.arrived >= :start AND call.arrived < :end AND :campaign IN ('', attempt.campaign)
        AND (:allowed = '' OR attempt.campaign IN (SELECT value FROM json_each(iif(:allowed = '', '[]', :allowed))))
    ORDER BY call.arrived, call.id
"""  # noqa: S608 - only constants of the code
OF_CALL = f"{ATTEMPTS} WHERE attempt.call = :call"


@dataclass(slots=True)
class ClaimCount:
    """How often a claim was checked, and how often it was broken or undecided.

    `first` is the first call that breaks it, and `why` has the evidence. `first_at` is when that call began, in
    microseconds UTC; for the drop rate, it is the worst moment.
    """

    claim: str
    checked: int = 0
    broken: int = 0
    undecided: int = 0
    first: str = ""
    first_at: int | None = None
    why: str = ""

    def count(self, answer: ClaimAnswer, call: str, at: int | None) -> None:
        """Add the answer about one call, or about one window of the drop rate."""
        self.undecided += answer.result is ClaimResult.UNDECIDED
        self.checked += answer.result in (ClaimResult.KEPT, ClaimResult.BROKEN)
        if answer.result is ClaimResult.BROKEN:
            self.broken += 1
            if self.broken == 1:
                self.first, self.first_at, self.why = call, at, answer.why


def compliance(
    path: str | Path, start: int, end: int, now: int, campaign: str = "", allowed: str = ""
) -> list[ClaimCount]:
    """Check the calls to leads that began from `start` until before `end` (microseconds UTC); "" for all campaigns.

    `allowed` are the campaigns that count, as JSON; "" for all. The calls are the automatic calls, and
    those of agents to the next lead. A window of the drop rate is checked if any of it is in the period. Raises
    StoreError.
    """
    found = {name: ClaimCount(name) for name in (*CLAIMS, DROP_RATE)}
    with reading(path) as db:
        records = ComplianceRecords(db, now)
        for one in each(db, OF_PERIOD, start=start, end=end, campaign=campaign, allowed=allowed):
            for name, answer in answers(one, records).items():
                found[name].count(answer, one["call"], one["arrived"])
    for window in _windows(path, start, end, campaign, allowed):
        found[DROP_RATE].count(_drop_rate(window), "", window.worst_at)
    return list(found.values())


def evidence(path: str | Path, wanted: str, now: int) -> tuple[Row, dict[str, ClaimAnswer]]:
    """Return a call to a lead with its columns, and the answer of each claim. `wanted` is as in `call_story.found`.

    Raises NotFound, Conflict and StoreError.
    """
    call = call_story.found(path, wanted)
    with reading(path) as db:
        found = rows(db, OF_CALL, call=call)
        if not found:
            raise NotFound(
                "call_without_attempt",
                "neither the dialler nor an agent's next lead began call {call};"
                " for the story of any call: warmline audit call {call}",
                call=call,
            )
        told = answers(found[0], ComplianceRecords(db, now))
    if is_by_hand(found[0]):
        return found[0], told | {DROP_RATE: BY_HAND}
    at = found[0]["arrived"]
    windows = [_drop_rate(one) for one in _windows(path, at, at + 1, found[0]["campaign"])]
    worst = next((one for one in windows if one.result is ClaimResult.BROKEN), None)
    nothing = ClaimAnswer(ClaimResult.NOT_APPLICABLE, "no person answered in the window of this call")
    return found[0], told | {DROP_RATE: worst or next(iter(windows), nothing)}


def _windows(path: str | Path, start: int, end: int, campaign: str, allowed: str = "") -> Iterator[DropsOfWindow]:
    """Yield the windows of `drop_window` of each campaign that are partly in the period."""
    with reading(path) as db:
        chosen = {name: drop_counts.to_drop_window(one.drop_window) for name, one in campaigns(db).items()}
    for kind in DAYS:
        for one in drop_windows(path, campaign, kind, allowed):
            if chosen.get(one.campaign, "PERIOD") in (kind, "BOTH") and one.begins < end and one.ends > start:
                yield one


def _drop_rate(window: DropsOfWindow) -> ClaimAnswer:
    """Check a window at its worst moment."""
    result = ClaimResult.BROKEN if window.worst > 0 else ClaimResult.KEPT
    said = f"campaign {window.campaign}: {window.dropped} of {window.answered} dropped, {window.by_fault} by fault"
    above = f"; at worst {window.worst / 1000:.2f} persons above" if window.worst > 0 else "; never above"
    return ClaimAnswer(result, f"{said}{above} the limit of {window.limit / 10:g} %")
