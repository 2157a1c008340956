"""`warmline dial simulate`: which leads a campaign would dial in the next hours, and why not the others."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer

from cli.arguments.completion import names
from cli.output.cell_format import moment
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.progress import progress
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.core.dialler.pacing_options import pacing_rules
from warmline.core.pacing.pacer import Pacer
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Rules
from warmline.simulated_dialling.dialling_result import DiallingResult
from warmline.simulated_dialling.dialling_scenario import DiallingScenario
from warmline.simulated_dialling.dialling_world import DiallingWorld
from warmline.store.database.database import Connection
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, dialling_history, hopper_counts, learnt_pacing
from warmline.store.dialling.dialling_history import DiallingHistory
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.dialling.lead_supply import HOUR, LeadSupply
from warmline.system import settings

SEED = 1  # the same question has the same answer
EACH_EVENT_UP_TO = 50  # agents: with so many or more, the pacer decides at its pulse alone
SECONDS = 1_000_000
NOT_REACHED = "no agent was free for it in this time"
LEFT_OUT = (
    "dispositions: no lead whom a person answered is dialled again",
    "other numbers that follow from a simulated call (auto_alt_dial)",
)

CampaignName = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", show_default=False, help="The campaign.", autocompletion=names("campaign"))
]
Agents = Annotated[
    int, typer.Option(metavar="N", min=0, max=300, help="The number of agents; 0 for those who are logged in now.")
]
Hours = Annotated[int, typer.Option(metavar="H", min=1, max=12, help="The number of hours from now.")]


@dataclass(frozen=True, slots=True)
class _Simulated:
    """The result of a simulation that begins at `at`, in microseconds UTC."""

    at: int
    method: str
    history: DiallingHistory
    world: DiallingScenario
    result: DiallingResult
    supply: LeadSupply
    rest: list[LeadCount]


def simulate(campaign: CampaignName, agents: Agents = 0, hours: Hours = 1, as_json: Json = False) -> None:
    at = time.time_ns() // 1000
    with reading(settings.load().db) as db, progress("simulated time") as tell:
        done = _simulated(db, campaign, agents, hours, at, tell)
    if as_json:
        print_json(_json(campaign, done))
    else:
        _print(campaign, done)


def _simulated(
    db: Connection, name: str, agents: int, hours: int, at: int, tell: Callable[[int, int], None]
) -> _Simulated:
    plan = dial_plan.load(db, name)
    pacing = pacing_rules(Rules(campaigns={name: plan.campaign}, timezone=plan.zone), plan.campaign)
    if pacing.dial_method == "MANUAL":
        raise InvalidArgument("campaign_dials_by_hand", "{why}", why=reasons.DIALS_BY_HAND.text(campaign=name)).hinting(
            f"to change it: warmline campaign set {name} dial_method=PREDICTIVE"
        )
    if not (count := agents or dialling_history.agents(db, name)):
        raise InvalidArgument(
            "simulation_without_agents", "no agent of campaign {campaign} is logged in; name a number", campaign=name
        ).hinting("such as --agents 10")
    history = dialling_history.of_campaign(db, plan.campaign, at)
    world = replace(history.scenario, agents=count, hours=float(hours))
    pacer = Pacer(pacing, dialling_history.budget(db, name, pacing.drops))
    if learnt := learnt_pacing.load(settings.load().db, name):
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
    without = supply.taken.keys()
    return _Simulated(
        at, pacing.dial_method, history, world, result, supply, hopper_counts.count(db, plan, at, without)
    )


def _rest(done: _Simulated) -> list[tuple[str, int, str, int | None]]:
    """Return the leads that are not dialled: list, number, reason, and when that changes."""
    by_reason: dict[tuple[str, str], list[LeadCount]] = {}
    for one in done.rest:
        by_reason.setdefault((one.list_id, one.why or NOT_REACHED), []).append(one)
    return [
        (name, sum(one.leads for one in found), why, min((one.until for one in found if one.until), default=None))
        for (name, why), found in by_reason.items()
    ]


def _hours(done: _Simulated) -> list[tuple[int, str, int]]:
    """Return the dialled leads by the begin of the hour, and list."""
    return [(done.at + hour * HOUR, name, count) for (hour, name), count in sorted(done.supply.dialled.items())]


def _assumed(done: _Simulated) -> list[tuple[str, str, bool]]:
    """Return the figures about the world, and whether each is measured."""
    world, calls, talks = done.world, done.history.rings_known, done.history.talks_known
    talk = world.short_talks * world.short_talk.mean + (1 - world.short_talks) * world.long_talk.mean
    return [
        ("answered", f"{100 * world.answer_rate:.1f} %", calls),
        ("ended at once", f"{100 * world.failures:.1f} %", calls),
        ("ring time of answers", f"{world.ring_time.mean:.0f} s", calls),
        ("machines of the answers", f"{100 * world.machines:.0f} %", talks),
        ("talk", f"{talk:.0f} s", talks),
        ("wrap-up", f"{world.wrap_up.mean:.0f} s", talks),
        ("pauses after a call", f"{100 * world.pauses:.0f} %, {world.pause.mean:.0f} s", False),
    ]


def _json(campaign: str, done: _Simulated) -> dict[str, Any]:
    found = done.result
    return {
        "campaign": campaign,
        "dial_method": done.method,
        "agents": done.world.agents,
        "begins": iso(done.at),
        "ends": iso(done.at + round(done.world.hours * HOUR)),
        "dialled": [{"begins": iso(at), "list": name, "leads": leads} for at, name, leads in _hours(done)],
        "again": done.supply.again,
        "callbacks": done.supply.callbacks,
        "left_out": LEFT_OUT,
        "first": [{"lead": one.lead, "list": one.list_id, "number": one.number} for one in done.supply.first],
        "rest": [
            {"list": name, "leads": leads, "why": why, "until": iso(until)} for name, leads, why, until in _rest(done)
        ],
        "expected": {
            "talk_share": round(found.talk_share(), 4),
            "seconds_between_calls": round(found.seconds_between_calls(), 1),
            "dials": found.dials,
            "connected": found.connected,
            "persons": found.persons,
            "dropped": found.dropped,
            "drop_rate": round(found.drop_rate(), 4),
            "given_up": found.given_up,
        },
        "history": {"calls": done.history.calls, "talks": done.history.talks},
        "world": [{"what": what, "value": value, "measured": known} for what, value, known in _assumed(done)],
    }  # fmt: skip


def _print(campaign: str, done: _Simulated) -> None:
    found = done.result
    print(f"campaign {campaign}, {done.method}, {done.world.agents} agents, from {moment(done.at)}")
    print()
    print_table(
        ("hour", "list", "would be dialled"),
        [(moment(at), name or "-", str(leads)) for at, name, leads in _hours(done)],
    )
    print(f"of these calls, {done.supply.again} are second or later ones (recycle), {done.supply.callbacks} callbacks")
    print()
    print_table(
        ("talk share", "between calls", "connected", "persons", "dropped", "given up"),
        [
            (
                f"{100 * found.talk_share():.1f} %",
                f"{found.seconds_between_calls():.0f} s",
                str(found.connected),
                str(found.persons),
                f"{found.dropped} ({100 * found.drop_rate():.1f} %)",
                str(found.given_up),
            )
        ],
    )
    print()
    rest = [(name, str(leads), why, moment(until)) for name, leads, why, until in _rest(done)]
    print_table(("list", "leads", "not dialled", "until"), rest, free=("not dialled",))
    print()
    known = f"measured: {done.history.calls} calls, {done.history.talks} talks"
    print_table(
        ("in the simulated world", "", "from"),
        [(what, value, known if measured else "assumed") for what, value, measured in _assumed(done)],
    )
    print()
    for what in LEFT_OUT:
        print(f"not simulated: {what}")
