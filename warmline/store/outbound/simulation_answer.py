"""Answers `warmline dial simulate`, on this machine and over the API: the leads that a campaign would dial soon."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from warmline.core.dialler.pacing_options import pacing_rules
from warmline.core.pacing.pacer import Pacer
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Rules
from warmline.options.values.entity import OptionError
from warmline.simulated_dialling.dialling_result import DiallingResult
from warmline.simulated_dialling.dialling_scenario import DiallingScenario
from warmline.simulated_dialling.dialling_world import DiallingWorld
from warmline.store.daily_reports.report_wire import iso
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, dialling_history, hopper_counts, learnt_pacing
from warmline.store.dialling.dialling_history import DiallingHistory
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.dialling.lead_supply import HOUR, LeadSupply

SEED = 1  # the same question has the same answer
EACH_EVENT_UP_TO = 50  # agents: with so many or more, the pacer decides at its pulse alone
SECONDS = 1_000_000
MOST_AGENTS, MOST_HOURS = 300, 12
NOT_REACHED = "no agent was free for it in this time"
LEFT_OUT = (
    "dispositions: no lead whom a person answered is dialled again",
    "other numbers that follow from a simulated call (auto_alt_dial)",
)


class DialledInHour(Struct, frozen=True):
    """The simulated calls to leads of a list in an hour; `list` is empty for callbacks without a lead."""

    begins: str
    list: str
    leads: int


class DialledFirst(Struct, frozen=True):
    """A lead that is dialled among the first."""

    lead: int
    list: str
    number: str


class LeadsNotDialled(Struct, frozen=True):
    """How many leads of a list are not dialled for the same reason, and when that changes."""

    list: str
    leads: int
    why: str
    until: str | None


class ExpectedFigures(Struct, frozen=True):
    """The figures of the simulated time. `talk_share` is of the agents' time, `drop_rate` of the persons."""

    talk_share: float
    seconds_between_calls: float
    dials: int
    connected: int
    persons: int
    dropped: int
    drop_rate: float
    given_up: int


class KnownCalls(Struct, frozen=True):
    """The calls of 30 days from which the figures of the simulated world are measured."""

    calls: int
    talks: int


class WorldFigure(Struct, frozen=True):
    """A figure of the simulated world, measured or assumed."""

    what: str
    value: str
    measured: bool


class SimulationAnswer(Struct, frozen=True):
    """The calls that a campaign would begin. `again` are second or later calls to a lead.

    `left_out` names what is not simulated.
    """

    campaign: str
    dial_method: str
    agents: int
    begins: str
    ends: str
    dialled: list[DialledInHour]
    again: int
    callbacks: int
    left_out: list[str]
    first: list[DialledFirst]
    rest: list[LeadsNotDialled]
    expected: ExpectedFigures
    history: KnownCalls
    world: list[WorldFigure]


def answer(
    path: str | Path,
    campaign: str,
    agents: int,
    hours: int,
    at: int,
    tell: Callable[[int, int], None] = lambda _left, _total: None,
) -> SimulationAnswer:
    """Simulate a campaign from `at` (microseconds UTC); with 0 agents, those of it who are logged in.

    `tell` is called with the seconds of simulated time that are left, and with all. Raises OptionError if the campaign
    cannot be simulated, NotFound, StoreError.
    """
    with reading(path) as db:
        plan = dial_plan.load(db, campaign)
        pacing = pacing_rules(Rules(campaigns={campaign: plan.campaign}, timezone=plan.zone), plan.campaign)
        if pacing.dial_method == "MANUAL":
            raise OptionError(
                "campaign_dials_by_hand", "{why}", why=reasons.DIALS_BY_HAND.text(campaign=campaign)
            ).hinting(f"to change it: warmline campaign set {campaign} dial_method=PREDICTIVE")
        if not (count := agents or dialling_history.agents(db, campaign)):
            raise OptionError(
                "simulation_without_agents",
                "no agent of campaign {campaign} is logged in; name a number",
                campaign=campaign,
            ).hinting("such as --agents 10")
        history = dialling_history.of_campaign(db, plan.campaign, at)
        world = replace(history.scenario, agents=count, hours=float(hours))
        pacer = Pacer(pacing, dialling_history.budget(db, campaign, pacing.drops))
        if learnt := learnt_pacing.load(path, campaign):
            pacer.restore(learnt.record)
        supply = LeadSupply(db, plan, at)

        def take(now: int, wanted: int) -> int:
            tell((at + hours * HOUR - now) // SECONDS, hours * HOUR // SECONDS)
            return supply.take(now, wanted)

        result = DiallingWorld(
            world,
            SEED,
            pacer,
            pacing.drops,
            on_events=count < EACH_EVENT_UP_TO,
            first_day=at,
            leads=take,
            ended=supply.ended,
        ).run()
        rest = hopper_counts.count(db, plan, at, supply.taken.keys())
    return SimulationAnswer(
        campaign=campaign,
        dial_method=pacing.dial_method,
        agents=count,
        begins=iso(at),
        ends=iso(at + hours * HOUR),
        dialled=[
            DialledInHour(iso(at + hour * HOUR), name, leads) for (hour, name), leads in sorted(supply.dialled.items())
        ],
        again=supply.again,
        callbacks=supply.callbacks,
        left_out=list(LEFT_OUT),
        first=[DialledFirst(one.lead, one.list_id, one.number) for one in supply.first],
        rest=_rest(rest),
        expected=_expected(result),
        history=KnownCalls(history.calls, history.talks),
        world=_assumed(world, history),
    )


def _rest(counts: list[LeadCount]) -> list[LeadsNotDialled]:
    by_reason: dict[tuple[str, str], list[LeadCount]] = {}
    for one in counts:
        by_reason.setdefault((one.list_id, one.why or NOT_REACHED), []).append(one)
    rest = []
    for (name, why), found in by_reason.items():
        until = min((one.until for one in found if one.until), default=None)
        rest.append(LeadsNotDialled(name, sum(one.leads for one in found), why, iso(until) if until else None))
    return rest


def _expected(found: DiallingResult) -> ExpectedFigures:
    return ExpectedFigures(
        talk_share=round(found.talk_share(), 4),
        seconds_between_calls=round(found.seconds_between_calls(), 1),
        dials=found.dials,
        connected=found.connected,
        persons=found.persons,
        dropped=found.dropped,
        drop_rate=round(found.drop_rate(), 4),
        given_up=found.given_up,
    )


def _assumed(world: DiallingScenario, history: DiallingHistory) -> list[WorldFigure]:
    calls, talks = history.rings_known, history.talks_known
    talk = world.short_talks * world.short_talk.mean + (1 - world.short_talks) * world.long_talk.mean
    return [
        WorldFigure("answered", f"{100 * world.answer_rate:.1f} %", calls),
        WorldFigure("ended at once", f"{100 * world.failures:.1f} %", calls),
        WorldFigure("ring time of answers", f"{world.ring_time.mean:.0f} s", calls),
        WorldFigure("machines of the answers", f"{100 * world.machines:.0f} %", talks),
        WorldFigure("talk", f"{talk:.0f} s", talks),
        WorldFigure("wrap-up", f"{world.wrap_up.mean:.0f} s", talks),
        WorldFigure("pauses after a call", f"{100 * world.pauses:.0f} %, {world.pause.mean:.0f} s", False),
    ]
