"""What a campaign would dial soon: its own pacing and leads in virtual time. No phone rings, and nothing is changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tools.simulation.dialling import dialling_history
from tools.simulation.dialling.dialling_history import DiallingHistory
from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_world import DiallingWorld
from tools.simulation.dialling.lead_supply import HOUR, LeadSupply
from warmline.core.dialler.pacing_options import make_pacing_rules
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.pacer import Pacer
from warmline.core.rules.configuration import Rules
from warmline.store.daily_reports.report_wire import iso
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts, learnt_pacing

SEED = 1  # the same question has the same answer
EACH_EVENT_UP_TO = 50  # agents: with so many or more, the pacer decides at its pulse alone
NOT_REACHED = "no agent was free for it in this time"


@dataclass(frozen=True, slots=True)
class CampaignSimulation:
    """The simulated calls of a campaign. `not_dialled` counts leads by list and reason."""

    begins: int  # microseconds UTC
    supply: LeadSupply
    result: DiallingResult
    history: DiallingHistory
    not_dialled: Counter[tuple[str, str]]


def simulate(db: str, campaign: str, agents: int, hours: int, at: int) -> CampaignSimulation:
    """Simulate a campaign for some hours from `at` (microseconds UTC).

    Raises ValueError if its agents dial by hand, NotFound, StoreError.
    """
    with reading(db) as opened:
        plan = dial_plan.load(opened, campaign)
        pacing = make_pacing_rules(Rules(campaigns={campaign: plan.campaign}, timezone=plan.zone), plan.campaign)
        if pacing.dial_method is DialMethod.MANUAL:
            raise ValueError(f"agents of campaign {campaign} dial by hand; set another dial_method")
        history = dialling_history.of_campaign(opened, plan.campaign, at)
        pacer = Pacer(pacing, dialling_history.budget(opened, campaign, pacing.drops))
        if learnt := learnt_pacing.load(db, campaign):
            pacer.restore(learnt.record)
        supply = LeadSupply(opened, plan, at)
        world = DiallingWorld(
            replace(history.scenario, agents=agents, hours=float(hours)),
            SEED,
            pacer,
            pacing.drops,
            on_events=agents < EACH_EVENT_UP_TO,
            first_day=at,
            leads=supply.take,
        )
        result = world.run()
        not_dialled = Counter[tuple[str, str]]()
        for count in hopper_counts.count(opened, plan, at, supply.taken):
            not_dialled[count.list_id, count.why or NOT_REACHED] += count.leads
    return CampaignSimulation(at, supply, result, history, not_dialled)


def lines(found: CampaignSimulation) -> Iterator[str]:
    """Return the lines that say what was dialled, what it was worth, and what was not dialled and why."""
    for (hour, name), leads in sorted(found.supply.dialled.items()):
        yield f"from {iso(found.begins + hour * HOUR)}, list {name or '-'}: {leads} calls"
    result, scenario, history = found.result, found.history.scenario, found.history
    yield f"of these, callbacks: {found.supply.callbacks}"
    yield f"talk: {100 * result.talk_share():.1f} % of the time, {result.seconds_between_calls():.0f} s between calls"
    yield f"persons: {result.persons}, dropped: {result.dropped} ({100 * result.drop_rate():.1f} %)"
    for (name, why), leads in found.not_dialled.items():
        yield f"list {name}: {leads} leads not dialled: {why}"
    rings = "measured" if history.rings_known else "assumed"
    talks = "measured" if history.talks_known else "assumed"
    yield f"{history.calls} calls and {history.talks} talks of 30 days are known"
    yield f"answered: {100 * scenario.answer_rate:.1f} %, after {scenario.ring_time.mean:.0f} s ({rings})"
    yield f"machines: {100 * scenario.machines:.0f} %, wrap-up: {scenario.wrap_up.mean:.0f} s ({talks})"
    yield "not simulated: second calls to a lead (recycle), dispositions, other numbers (auto_alt_dial)"
