"""Answers `warmline audit compliance`, on this machine and over the API: calls to leads against the law."""

from dataclasses import asdict
from pathlib import Path

from msgspec import Struct

from warmline.store.daily_reports.report_wire import iso
from warmline.store.reports import filter_names_check
from warmline_contrib.compliance.store.compliance_claims import ClaimResult
from warmline_contrib.compliance.store.compliance_report import compliance, evidence


class ClaimRow(Struct, frozen=True):
    """How often a claim was checked, broken or undecided; `first` is the first call that breaks it, and `why` how."""

    claim: str
    checked: int
    broken: int
    undecided: int
    first: str
    first_at: str | None
    why: str


class ComplianceAnswer(Struct, frozen=True):
    """The claims about the calls of a period; `broken` counts the claims that a call breaks."""

    campaign: str
    claims: list[ClaimRow]
    broken: int


class ClaimOfCall(Struct, frozen=True):
    """The answer of a claim about one call, with its evidence."""

    claim: str
    result: str
    why: str


class EvidenceAnswer(Struct, frozen=True):
    """The claims about one call; `broken` counts those that it breaks."""

    call: str
    campaign: str
    begun: str
    claims: list[ClaimOfCall]
    broken: int


def answer(
    path: str | Path, start: int, end: int, campaign: str = "", allowed: str = "", *, now: int
) -> ComplianceAnswer:
    """Check the calls that began from `start` until before `end` (microseconds UTC).

    `allowed` are the campaigns that count, as JSON; "" for all.

    Raises NotFound (campaign), StoreError.
    """
    filter_names_check.check(path, campaign=campaign)
    rows = [
        ClaimRow(**asdict(one) | {"first_at": iso(one.first_at) if one.first_at else None})
        for one in compliance(path, start, end, now, campaign, allowed)
    ]
    return ComplianceAnswer(campaign, rows, sum(one.broken > 0 for one in rows))


def of_call(path: str | Path, wanted: str, now: int) -> EvidenceAnswer:
    """Check one call: its id, the beginning of it, or `last`. Raises NotFound, Conflict, StoreError."""
    call, found = evidence(path, wanted, now)
    rows = [ClaimOfCall(claim, str(one.result), one.why) for claim, one in found.items()]
    broken = sum(one.result is ClaimResult.BROKEN for one in found.values())
    return EvidenceAnswer(call["call"], call["campaign"], iso(call["arrived"]), rows, broken)
