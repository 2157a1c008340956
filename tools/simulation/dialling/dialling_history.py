"""The automatic calls of a campaign as its records have them, as the world of a simulation."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from tools.simulation.dialling.dialling_scenario import DiallingScenario, Length
from warmline.core.model.dialler import DropBudget
from warmline.core.moment import SECOND_US
from warmline.core.pacing import drop_budget
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.rules import lead_drop_time, ring_time
from warmline.core.rules.configuration import Campaign
from warmline.store.database.reading import Row, rows

SINCE = 30 * 86_400 * 1_000_000  # microseconds before now
MOST = 20_000  # calls, the newest ones
ENOUGH, ENOUGH_TALKS = 200, 30  # calls and talks without which a figure is assumed
AT_ONCE = ("AB", "ADC", "ADCT")  # statuses of calls that end soon without an answer
CALLS = """
    SELECT arrived, ringing, answered, attempt.agent <> '' AS talked, ended, call.status, dropped,
        ifnull(human_answered, '') = 'Y' AS human,
        (SELECT sum(ended - started) FROM agent_interval WHERE call = attempt.call AND state = 'DISPO') AS wrapped_up
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN disposition ON disposition.id = call.status
    WHERE attempt.campaign = :campaign AND attempt.origin = 'dialler'
        AND arrived > :since AND ended IS NOT NULL AND ended_by <> 'refused'
    ORDER BY arrived DESC LIMIT :most
"""
PERSONS = """
    SELECT ifnull(dropped, answered) AS at, dropped IS NOT NULL AS dropped, by_fault
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN disposition ON disposition.id = call.status
    WHERE attempt.campaign = :campaign AND attempt.origin = 'dialler'
        AND (dropped IS NOT NULL OR (answered IS NOT NULL AND disposition.human_answered = 'Y'))
    ORDER BY at
"""


@dataclass(frozen=True, slots=True)
class DiallingHistory:
    """The world in which a campaign is simulated: from so many `calls` and `talks`, as far as they are enough."""

    scenario: DiallingScenario
    calls: int
    talks: int

    @property
    def rings_known(self) -> bool:
        """Return whether the answer rate and the ring times are those of the records."""
        return self.calls >= ENOUGH

    @property
    def talks_known(self) -> bool:
        """Return whether the times of talk and wrap-up are those of the records."""
        return self.talks >= ENOUGH_TALKS


def of_campaign(db: sqlite3.Connection, campaign: Campaign, at: int) -> DiallingHistory:
    """Measure the automatic calls of a campaign in the 30 days before `at` (microseconds UTC)."""
    calls = rows(db, CALLS, campaign=campaign.id, since=at - SINCE, most=MOST)
    talks = [one for one in calls if one["talked"] and one["answered"] is not None]
    found = DiallingScenario(
        days=1,
        drifts=False,
        dial_timeout=float(ring_time.get_lead_ring_seconds(campaign.dial_timeout)),
        hold=lead_drop_time.compute_drop_delay_us(campaign.drop_call_seconds) / SECOND_US,
    )
    if len(calls) >= ENOUGH:
        found = _with_rings(found, calls)
    if len(talks) >= ENOUGH_TALKS:
        found = replace(
            found,
            machines=sum(not one["human"] for one in talks) / len(talks),
            short_talks=0.0,
            long_talk=_length((one["ended"] - one["answered"] for one in talks if one["human"]), found.long_talk),
            machine_talk=_length((one["ended"] - one["answered"] for one in talks if not one["human"]), found.wrap_up),
            wrap_up=_length((one["wrapped_up"] for one in talks if one["wrapped_up"] is not None), found.wrap_up),
        )
    return DiallingHistory(found, len(calls), len(talks))


def _with_rings(found: DiallingScenario, calls: list[Row]) -> DiallingScenario:
    answered = [one for one in calls if one["answered"] is not None]
    return replace(
        found,
        answer_rate=len(answered) / len(calls),
        failures=sum(one["answered"] is None and one["status"] in AT_ONCE for one in calls) / len(calls),
        ring_time=_length((one["answered"] - one["ringing"] for one in answered if one["ringing"]), found.ring_time),
    )


def _length(microseconds: Iterable[int], usual: Length) -> Length:
    """Return the mean and the variation of some lengths, or the usual one if there are none."""
    seconds = [max(0.1, one / 1_000_000) for one in microseconds]
    if not seconds:
        return usual
    mean = fmean(seconds)
    return Length(mean, min(2.0, pstdev(seconds) / mean))


def budget(db: sqlite3.Connection, campaign: str, rules: DropRules) -> DropBudget:
    """Return the persons whom a campaign has answered and dropped in its windows, from the records."""
    found = DropBudget()
    for one in rows(db, PERSONS, campaign=campaign):
        found = drop_budget.count_person(
            found, rules, one["at"], is_dropped=bool(one["dropped"]), by_fault=bool(one["by_fault"])
        )
    return found
