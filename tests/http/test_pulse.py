"""The proposals of the pulse to the core, and the leads that are at hand for them."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ari_app.dialler.lead_hopper import AGAIN, FRESH, SET_ASIDE, LeadHopper
from ari_app.dialler.pulse import Pulse
from ari_app.process.broadcast import Broadcast
from tests.leads.dialled_leads import FLORIDA, NOON, add_many, prepare
from warmline.core.messages.dialler_messages import DialHalted, DialIdle, PacingDecided
from warmline.core.messages.events import Event
from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.dialler import Dialler, PulseFacts
from warmline.core.model.session import Session
from warmline.core.pacing.pacer import Pacer
from warmline.core.queue.matching.serving_order import CAMPAIGN_QUEUE
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign, Rules, Trunk
from warmline.core.world.world import World
from warmline.store.leads import dnc, leads
from warmline.system import dial_stop_file

LIMIT, SECOND = 10.0, 1_000_000
HOUR = 3600 * SECOND
NUMBERS = ["13055550100", "13055550101", "13055550102"]
CALL = Call(
    id="C",
    agc_id="V1",
    direction=Direction.OUT,
    origin=Origin.DIALLER,
    state=State.CALLING,
    since=1,
    arrived=1,
    number=NUMBERS[0],
    outcome=CallOutcome(campaign="SALES"),
)
SESSION = Session(
    id="S",
    agent="S",
    phone="",
    campaign="SALES",
    ingroups=(),
    conf_exten="",
    leg=None,
    state=AgentState.READY,
    since=NOON,
    interval="I",
    started=NOON,
)


@pytest.fixture
def db(tmp_path: Path, new_database: Path) -> Path:
    """Return a database with three leads of the campaign SALES, which may be dialled at NOON."""
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    prepare(path)
    add_many(path, FLORIDA, FLORIDA, FLORIDA)
    return path


class Stage:
    """A switchboard that only keeps what is proposed, with the hopper of a database, at the time `now`."""

    def __init__(self, db: Path) -> None:
        self.world, self.connected, self.dialling = World(), True, Broadcast()
        self.late_commits = self.late_before_dialling = 0
        self.pulses: dict[str, PulseFacts] = {}
        self.now, self.moved, self.proposed, self.halts = NOON, 0, list[PacingDecided](), list[str]()
        self.hopper = LeadHopper(str(db), lambda: self.world, lambda: self.now, self.machine_time)
        self.idle = list[str]()  # the reasons of alarms
        self.halted = list[str]()  # the campaign of each halt, or "" for all
        self.pulse = Pulse(lambda: self, self.hopper, str(db), str(db.parent), lambda: self.now)  # type: ignore[arg-type,return-value]
        self.world.rules = Rules(campaigns={"SALES": Campaign(id="SALES", dial_method="PROGRESSIVE")})
        self.world.keep(Dialler(id="SALES", running=True))

    def machine_time(self) -> int:
        return self.now + self.moved

    async def post_and_wait(self, event: Event) -> "asyncio.Future[None]":
        if isinstance(event, DialHalted):
            self.halts.append(event.reason)
            self.halted.append(event.campaign)
        elif isinstance(event, DialIdle):
            self.idle.append(event.reason)
            self.world.keep(replace(self.world.diallers[event.campaign], idle=event.reason))
        else:
            assert isinstance(event, PacingDecided)
            self.proposed.append(event)
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        written.set_result(None)
        return written

    def ready(self, *agents: str) -> None:
        """Let these agents be ready in the campaign's queue."""
        for agent in agents:
            self.world.keep(replace(SESSION, id=agent, agent=agent))
            self.world.matcher.add_agent(agent, 0, {CAMPAIGN_QUEUE + "SALES": 0.0})

    async def beats(self) -> None:
        """Let the pulse beat twice; the leads that it needs are read in between."""
        for _ in range(2):
            await self.pulse.beat()
            await self.hopper.settled()

    def numbers(self) -> list[str]:
        return [lead.number for event in self.proposed for lead in event.begin]


def with_stage(db: Path, test: Callable[[Stage], Awaitable[None]]) -> None:
    async def main() -> None:
        stage = Stage(db)
        try:
            await asyncio.wait_for(test(stage), LIMIT)
        finally:
            stage.hopper.close()
            await stage.pulse.close()

    asyncio.run(main())


def test_one_lead_is_proposed_for_each_ready_agent(db: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.beats()
        assert stage.proposed == []
        stage.ready("1000", "1001")
        await stage.beats()
        [event] = stage.proposed[:1]
        assert (event.campaign, len(event.begin), event.ready, event.in_flight) == ("SALES", 2, 2, 0)
        assert stage.numbers() == NUMBERS

    with_stage(db, test)


def test_calls_without_an_agent_count_against_the_ready_agents(db: Path) -> None:
    async def test(stage: Stage) -> None:
        stage.ready("1000", "1001")
        stage.world.keep(CALL)
        await stage.beats()
        assert [(len(event.begin), event.ready, event.in_flight) for event in stage.proposed] == [(1, 2, 1)]
        assert stage.numbers() == [NUMBERS[1]], "the first lead is in that call"

    with_stage(db, test)


def test_nothing_is_proposed_while_nothing_may_begin(db: Path) -> None:
    async def test(stage: Stage) -> None:
        stage.ready("1000")
        dial_stop_file.stop(db.parent)
        await stage.beats()
        dial_stop_file.allow(db.parent)
        stage.connected = False
        await stage.beats()
        stage.connected = True
        stage.world.keep(Dialler(id="SALES", running=True, begins_at=NOON + 1))
        await stage.beats()
        stage.world.keep(Dialler(id="SALES", running=False))
        await stage.beats()
        assert stage.proposed == []
        stage.world.keep(Dialler(id="SALES", running=True, begins_at=NOON))
        await stage.beats()
        assert stage.numbers() == NUMBERS[:1]

    with_stage(db, test)


def test_a_pulse_names_the_prepared_leads_or_the_reason_for_none(db: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.beats()
        assert (stage.pulses["SALES"].leads, stage.pulses["SALES"].no_lead) == (3, "")
        stage.now = NOON + 12 * HOUR  # past midnight in Florida: the leads at hand are too old, and none may be dialled
        stage.ready("1000")
        await stage.beats()
        await stage.beats()
        assert stage.pulses["SALES"] == PulseFacts(
            0, reasons.LEADS_OUTSIDE_HOURS.text(), NOON + 20 * HOUR, None, stage.pulses["SALES"].threshold
        )
        for number in NUMBERS:
            dnc.add(db, f"+{number}", who="test")
        stage.now = NOON + 21 * HOUR
        await stage.beats()
        await stage.beats()
        assert stage.pulses["SALES"].no_lead == reasons.NO_LEAD.text(campaign="SALES")
        stage.world.keep(Dialler(id="SALES", running=False))
        await stage.beats()
        assert stage.pulses == {}

    with_stage(db, test)


def test_a_dialler_without_calls_beside_ready_agents_is_told_once(db: Path) -> None:
    async def test(stage: Stage) -> None:
        for number in NUMBERS:
            dnc.add(db, f"+{number}", who="test")
        await stage.beats()
        for second in range(70):
            stage.now = NOON + second * SECOND
            if second == 20:
                stage.ready("1000")
            await stage.beats()
            assert stage.idle == ([] if second < 50 else [reasons.NO_LEAD.text(campaign="SALES")]), second
        dnc.delete(db, f"+{NUMBERS[0]}", who="test")
        leads.update(db, 1, {"status": "NEW"})
        stage.now += 5 * SECOND
        await stage.beats()
        assert stage.numbers() == NUMBERS[:1]
        stage.world.keep(CALL)
        stage.now += SECOND
        await stage.beats()
        assert stage.idle[1:] == [""]

    with_stage(db, test)


def test_a_late_disk_halts_the_diallers_and_a_moved_clock_changes_only_the_leads(db: Path) -> None:
    async def test(stage: Stage) -> None:
        stage.ready("1000")
        stage.late_commits = 1
        await stage.pulse.beat()
        for moved in (10 * HOUR, -14 * HOUR, 365 * 24 * HOUR + 10 * HOUR):  # night in Florida
            stage.moved = moved
            await stage.beats()
            await stage.beats()
            assert (stage.proposed, stage.pulses["SALES"].no_lead) == ([], reasons.LEADS_OUTSIDE_HOURS.text())
        stage.moved = 0
        await stage.beats()
        assert stage.numbers() == NUMBERS[:1]
        assert stage.halts == [reasons.COMMITS_LATE.text(limit=200)]

    with_stage(db, test)


def test_no_more_is_proposed_than_the_trunk_has_room_for(db: Path) -> None:
    async def test(stage: Stage) -> None:
        trunk = Trunk(id="trunk", lines=23, calls_per_second=2)
        stage.world.rules = Rules(
            campaigns={"SALES": Campaign(id="SALES", dial_method="PROGRESSIVE")}, trunks={"trunk": trunk}
        )
        stage.ready("1000", "1001", "1002")
        await stage.beats()
        assert [len(event.begin) for event in stage.proposed] == [2]

    with_stage(db, test)


def test_a_lead_that_the_core_did_not_take_is_proposed_again_later(db: Path) -> None:
    async def test(stage: Stage) -> None:
        stage.ready("1000", "1001", "1002")
        await stage.beats()
        stage.now += AGAIN
        await stage.beats()
        assert stage.numbers() == NUMBERS
        stage.now += SET_ASIDE
        await stage.beats()
        assert stage.numbers() == NUMBERS * 2

    with_stage(db, test)


def test_a_lead_chosen_a_minute_ago_is_chosen_again(db: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.beats()
        dnc.add(db, NUMBERS[0], who="ada")
        stage.ready("1000")
        stage.now += FRESH
        await stage.beats()
        assert stage.numbers() == NUMBERS[1:2]

    with_stage(db, test)


def test_a_failure_in_the_pacing_of_a_campaign_halts_its_dialler_only(
    db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(pacer: Pacer, now: int) -> None:
        if pacer.rules.dial_method == "RATIO":
            raise ZeroDivisionError

    async def test(stage: Stage) -> None:
        failing = Campaign(id="AAA", dial_method="RATIO", dial_level_threshold_agents=0)
        stage.world.rules = Rules(campaigns={"AAA": failing, **stage.world.rules.campaigns})
        stage.world.keep(Dialler(id="AAA", running=True))
        stage.ready("1000")
        await stage.beats()
        assert {*stage.halted} == {"AAA"}
        assert stage.halts[0] == reasons.PACING_FAILED.text(error="ZeroDivisionError")
        assert stage.numbers() == NUMBERS[:1]

    monkeypatch.setattr(Pacer, "continue_prediction", fail)
    with_stage(db, test)
    assert "the pacing of campaign AAA failed" in caplog.text


@pytest.mark.parametrize("method", ["PROGRESSIVE", "RATIO", "PREDICTIVE"])
def test_a_call_that_would_find_no_agent_is_given_up_after_15_seconds(db: Path, method: str) -> None:
    async def test(stage: Stage) -> None:
        campaign = Campaign(id="SALES", dial_method=method, dial_level_threshold_agents=0)
        stage.world.rules = Rules(campaigns={"SALES": campaign})
        stage.world.keep(replace(CALL, arrived=NOON - SECOND, attempt=Attempt(ringing=NOON)))
        stage.now = NOON + 15 * SECOND - 1
        await stage.beats()
        assert stage.proposed == []
        stage.now += 1
        await stage.beats()
        assert [event.give_up for event in stage.proposed] == [("C",)], "an agent has vanished; once is enough"

    with_stage(db, test)
