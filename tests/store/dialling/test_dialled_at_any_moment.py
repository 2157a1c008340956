"""No order of events dials a number against the rules of that moment.

A simulated campaign dials its leads, with the real core, hopper, last look and database. Options change, numbers are
listed, time passes, and the app dies and comes back. A plainly written oracle checks each dial.
"""

import os
import random
import shutil
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab import configure
from tests.leads.dial_oracle import Called, Oracle, same
from tests.leads.dialled_leads import add
from tests.soak import examples
from tests.store.dialling.test_dialled_by_the_rules import AREAS
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, DialRefused, OriginateToDialplan, PacingDecided
from warmline.core.model.call_states import AgentState
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.dialling import hopper, last_lead_check
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.leads import dnc

SECOND, MINUTE, HOUR = 1_000_000, 60, 3600
CAMPAIGN, LIST, AGENTS = "TESTCAMP", "101", ("1000", "1001")
LEADS = 12
OPTIONS = {
    "dial_method": "PROGRESSIVE",
    "campaign_cid": "3125550199",
    "safe_harbor_audio": "sorry-nobody",
    "login_state": "READY",
    "dial_statuses": "NEW",
    "recycle": "AB:2:9,NA:2:9,DROP:2:9,SALE:2:9,ERI:2:9",
    "local_call_time": "HOURS",
}
COUNTS = ("call_count_limit", "daily_call_count_limit", "call_limit_24hour")
FAR_ENDS: tuple[list[tuple[float, str | int]], ...] = (
    [(0.1, 17)],
    [(0.1, 17)],
    [(0.1, "ringing"), (1.0, "up")],
    [(0.1, "ringing"), (3.0, "up")],
    [(0.1, "ringing")],
)
BEFORE = "SELECT arrived FROM call WHERE lead = ? AND id <> ? AND ended_by <> 'refused'"
AGAIN = 2 * MINUTE * SECOND  # from the beginning of the call, by the option `recycle`
WAITS = (0.3, 1.0, 5.0, 30.0, 3 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 23 * HOUR, 24 * HOUR)
KINDS = (
    "propose propose propose propose propose stale wait wait wait counts hours trunk list unlist late restart hang-up"
)
STEPS = st.lists(st.tuples(st.sampled_from(KINDS.split()), st.integers(0, 999)), min_size=10, max_size=60)


class RuledDriver(RecordedDriver):
    """A driver that looks a last time before each dial, as the app does, and lets the oracle check it."""

    def __init__(self, database: Path, draw: random.Random) -> None:
        super().__init__(database)
        self.plans = DialPlans()
        self.oracle = Oracle({"NEW"}, (0, 0, 0), (0, 2400))
        self.lines, self.rate = 9, 9
        self.at_hand: list[DialLead] = []
        self.dials: list[int] = []  # when
        self.late_entry = ""  # a number that is listed between the decision and the last look
        self.leads = {}
        with reading(database) as db:
            for row in db.execute("SELECT * FROM lead ORDER BY lead_id"):
                self.leads[row["lead_id"]] = dict(row)
        for lead in self.leads:
            self.asterisk.far_ends[self.number(lead)] = draw.choice(FAR_ENDS)

    def number(self, lead: int) -> str:
        """Return the number by which a lead is dialled."""
        return f"{self.leads[lead]['phone_code']}{self.leads[lead]['phone_number']}"

    def perform(self, action: do.Action) -> None:
        """Look a last time at a lead; check each dial."""
        if not isinstance(action, OriginateToDialplan):
            super().perform(action)
            return
        if self.late_entry:
            self.list_number(self.late_entry)
            self.late_entry = ""
        call = self.world.calls[action.call]
        asked = LookedAt(CAMPAIGN, call.lead, call.number, call.id, call.attempt.passes)
        with reading(self.database) as open_one:
            refused = last_lead_check.refusal(open_one, self.plans, asked, self.asterisk.now)
        if refused:
            self.asterisk.out.append(DialRefused(action.leg, *refused))
            return
        self.check(action, call.lead, call.number)
        self.dials.append(self.asterisk.now)
        begun = datetime.fromtimestamp(call.arrived / SECOND, UTC)
        self.oracle.calls.append(Called(call.lead, call.number, begun))
        super().perform(action)

    def check(self, dial: OriginateToDialplan, lead: int, number: str) -> None:
        """Check a dial against each rule, as it is at this moment."""
        now = self.asterisk.now
        moment = datetime.fromtimestamp(now / SECOND, UTC)
        assert not any(same(one, number) for one in self.oracle.listed), f"{number} is listed"
        assert self.oracle.open(self.leads[lead], moment), f"{number} is dialled out of hours, at {moment}"
        assert self.oracle.few(self.leads[lead], number, moment), f"{number} is dialled over its attempts"
        with reading(self.database) as db:
            before = db.execute(BEFORE, [lead, dial.call]).fetchall()
        assert all(begun + AGAIN <= now for (begun,) in before), f"{number} is dialled again too soon"
        live = [one for one in self.world.legs.values() if one.trunk and one.id != dial.leg]
        assert len(live) < self.lines, "more lines than the trunk has"
        assert sum(now - at < SECOND for at in self.dials) < self.rate, "more calls in a second than the trunk takes"
        busy = [one for one in self.world.calls.values() if one.id != dial.call and one.number == number]
        assert not busy, f"{number} is in a call already"

    def list_number(self, number: str) -> None:
        """Put a number on the do-not-call list of the system."""
        dnc.add(self.database, number, who="test")
        self.listed()

    def unlist_number(self, number: str) -> None:
        """Take it off again, if it is there."""
        with suppress(NotFound):
            dnc.delete(self.database, number, who="test")
        self.listed()

    def listed(self) -> None:
        """Tell the oracle what is listed. An entry may stand for a number with and without its country code."""
        with reading(self.database) as db:
            self.oracle.listed = {number for (number,) in db.execute("SELECT phone_number FROM dnc")}

    def configured(self) -> None:
        """Let the app see the configuration."""
        self.feed(ev.ConfigurationChanged(self.rules()))

    def next_leads_of(self, start: int) -> list[DialLead]:
        """Return the next leads of the hopper."""
        with reading(self.database) as db:
            plan = self.plans.of(db, CAMPAIGN)
            return hopper.fill(db, plan, self.asterisk.now, 5, start=start).leads


def take(lab: RuledDriver, step: str, value: int) -> None:
    """Take one step; `value` chooses what it is about."""
    number = lab.leads[value % LEADS + 1]["phone_number"]
    match step:
        case "propose":
            lab.at_hand = lab.next_leads_of(value)
            lab.feed(PacingDecided(CAMPAIGN, tuple(lab.at_hand), (), ready=len(AGENTS)))
        case "stale" if lab.at_hand:  # chosen earlier
            lab.feed(PacingDecided(CAMPAIGN, tuple(lab.at_hand), (), ready=len(AGENTS)))
        case "wait":
            lab.wait(WAITS[value % len(WAITS)])
        case "counts":
            limits = (value % 4, value // 4 % 3, value // 12 % 4)
            config.set_options(
                lab.database, "campaign", CAMPAIGN, dict(zip(COUNTS, map(str, limits), strict=True)), who=""
            )
            lab.oracle.limits = limits
            lab.configured()
        case "hours":
            hours = ((0, 2400), (900, 1700), (1230, 2115))[value % 3]
            given = {"ct_default_start": str(hours[0]), "ct_default_stop": str(hours[1])}
            config.set_options(lab.database, "call-time", "HOURS", given, who="test")
            lab.oracle.hours = hours
            lab.configured()
        case "trunk":
            lab.lines, lab.rate = value % 3 + 1, value // 3 % 3 + 1
            given = {"lines": str(lab.lines), "calls_per_second": str(lab.rate)}
            config.set_options(lab.database, "trunk", "trunk", given, who="test")
            lab.configured()
        case "list":
            lab.list_number(number[value % 2 * 3 :])
        case "unlist":
            lab.unlist_number(number[value % 2 * 3 :])
        case "late":
            lab.late_entry = number
        case "restart":
            lab.die()
            lab.come_back()
        case "hang-up" if lab.world.calls:
            call = [*lab.world.calls.values()][value % len(lab.world.calls)]
            lab.hang_up(call.customer or "")


def serve(lab: RuledDriver) -> None:
    """Let the agents end their calls, and become READY again."""
    for user in AGENTS:
        session = lab.world.sessions.get(user)
        if session and session.state in (AgentState.INCALL, AgentState.DEAD):
            lab.ask(Kind.HANGUP, user)
        if user in lab.world.sessions and lab.world.sessions[user].state is AgentState.DISPO:
            lab.ask(Kind.STATUS, user, status="SALE")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with a campaign and its leads, for copies."""
    path = tmp_path_factory.mktemp("campaign") / "warmline.db"
    configure.fill(
        path,
        [
            ("call-time", "HOURS", {"ct_default_start": "0", "ct_default_stop": "2400"}),
            ("trunk", "trunk", {"lines": "9", "calls_per_second": "9"}),
            ("campaign", CAMPAIGN, OPTIONS),
            ("list", LIST, {"campaign": CAMPAIGN, "country": "US"}),
        ],
    )
    for place in range(LEADS):
        add(path, f"{AREAS[place % 8]}5550{100 + place // 2}", LIST)
    return path


DIALLED: Counter[str] = Counter()


@settings(max_examples=examples(5, 25), deadline=None)
@given(STEPS, st.integers(0, 1000))
def test_nothing_is_dialled_against_the_rules_of_the_moment(
    campaign: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("played")
    lab = RuledDriver(Path(shutil.copy(campaign, folder)), random.Random(seed))  # noqa: S311 - a test
    for user in AGENTS:
        lab.log_in(user)
    assert lab.ask(Kind.DIALLER_START, agent="", campaign=CAMPAIGN) == ""
    for step, value in steps:
        take(lab, step, value)
        serve(lab)
    DIALLED.update(campaigns=1, events=len(lab.inputs), dials=len(lab.dials))
    lab.close()
    shutil.rmtree(folder)


def test_leads_were_dialled() -> None:
    """The search above is not empty."""
    if "WARMLINE_SOAK" in os.environ:
        print(f"{DIALLED['campaigns']} campaigns, {DIALLED['events']} events, {DIALLED['dials']} dials")
    assert DIALLED["dials"] > DIALLED["campaigns"]
