"""Prometheus metrics: correct counts, all documented metrics, and access with a token."""

import asyncio
from dataclasses import replace
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from ari_app.background.metric_table import METRICS
from ari_app.background.metrics import Metrics
from ari_app.calls.work_queue import WorkQueue
from ari_app.http.api_metrics import ApiMetrics
from ari_app.link.call_control import CallProcessAway
from ari_app.servers.rtp_watchdog import RtpWatchdog
from ari_app.switchboard.switchboard import Switchboard
from tests import copied_database
from tests.http.test_switchboard import on_a_board
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.process_messages import ConfigurationChanged, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.dialler import Dialler, DropBudget, DropWindow, PulseFacts, WindowCount
from warmline.core.model.recording import Recording
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.rules.recording_rules import Track
from warmline.store.configuration import config
from warmline.store.event_hooks import hook_work
from warmline.store.journal.journal_writer import JournalWriter

OF_HOOKS = ("event_hook_behind", "event_hook_waiting_seconds")
OF_API = ("api_too_often", "api_log_lines_dropped", "figures_age_seconds", *OF_HOOKS)  # metrics of the API process

AUTOMATIC = Call(
    id="V",
    agc_id="V1",
    direction=Direction.OUT,
    origin=Origin.DIALLER,
    state=State.CALLING,
    since=1,
    arrived=1,
    number="4930123",
    outcome=CallOutcome(campaign="SALES"),
)


ANSWERED = Attempt(ringing=1_000_000, answered=8_000_000, agent="1000")
ENDED = (
    replace(AUTOMATIC, id="A", attempt=ANSWERED, outcome=CallOutcome(campaign="SALES", connected=8_500_000)),
    replace(AUTOMATIC, id="D", attempt=replace(ANSWERED, agent="", dropped=10_000_000)),
    replace(AUTOMATIC, id="B", outcome=CallOutcome(campaign="SALES", status="AB", ended_by="lead")),
    replace(AUTOMATIC, id="R", outcome=CallOutcome(campaign="SALES", status="DNCL", ended_by="refused")),
)
HALTED = Dialler(
    id="SALES", running=True, begins_at=1 << 60, halted=reasons.TRUNK_CONGESTED.text(trunk="carrier", congested=4)
)


def opened_journal(board: Switchboard) -> JournalWriter:
    """Return the switchboard's journal."""
    journal = board._commit._journal
    assert isinstance(journal, JournalWriter)
    return journal


def with_campaigns(rules: Rules, *names: str) -> Rules:
    """Return rules with these campaigns alone, which dial automatically."""
    return replace(rules, campaigns={name: Campaign(id=name, dial_method="PROGRESSIVE") for name in names})


def after_a_call(folder: Path) -> str:
    """Return the page of a switchboard with one waiting caller, two refused ones, and two answers of Asterisk."""
    metrics = Metrics()

    async def talk(board: Switchboard) -> str:
        board.on_end = metrics.command_ended
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE"), number="3125550100"))
        assert (await board.ask(make_command(Kind.PAUSE, "1000"), "test", "test")).refused
        await board.post_and_wait(ConfigurationChanged(replace(board.world.rules, max_legs=1)))
        for late in ("17.2", "17.3"):
            await board.post_and_wait(LegArrived(late, ("ingroup", "SALESLINE")))
        for name, ended in (("written", None), ("measured", 2)):
            board.world.keep(Recording(id=name, call="", kind=Track.CALL, reason="", agent="", asked=1, ended=ended))
        window = WindowCount(DropWindow.PERIOD, 0, 1 << 60, answered=200, dropped=4)
        board.world.keep(replace(HALTED, drops=DropBudget("2026-01-05", (window,))))
        board.pulses["SALES"] = PulseFacts(7, "", 0, 2.5, 120)
        board.world.keep(AUTOMATIC)
        await board.post_and_wait(ConfigurationChanged(with_campaigns(board.world.rules, "SALES")))
        for one in ENDED:
            metrics.lead_call_ended(one)
        metrics.ari_answered(200, 0.003)
        metrics.ari_answered(0, 2.0)
        metrics.event_came(0.004)
        work = WorkQueue(lambda: board.world, board.post_and_wait)
        phones = {MAIN_SERVER: RtpWatchdog(AriClient("http://none", "", "", "warmline"), lambda: board.world)}
        return metrics.page(board, opened_journal(board), phones, work).decode()

    return on_a_board(folder, talk)


def test_the_metrics_equal_the_documented_table(tmp_path: Path) -> None:
    text = after_a_call(tmp_path)
    told = {family.name + "_total" * (family.type == "counter") for family in text_string_to_metric_families(text)}
    assert told == {row.series(name) for name, row in METRICS.items() if name not in OF_API and not row.of_several}
    assert "server=" not in text, "a single server adds no label"


def test_several_servers_have_their_own_series(tmp_path: Path) -> None:
    """Let the app have two servers: `main` is reached and has a caller, `b` drains and was never reached."""
    metrics = Metrics([MAIN_SERVER, "b"])

    async def talk(board: Switchboard) -> str:
        board.changed_at = {MAIN_SERVER: 0, "b": 0}
        board.reaches(MAIN_SERVER)
        await board.post_and_wait(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 5))))
        assert not (await board.ask(make_command(Kind.SERVER_DRAIN, "", server="b"), "test", "test")).refused
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE"), number="3125550100"))
        metrics.ari_answered(200, 0.003, "b")
        metrics.event_came(0.004, MAIN_SERVER)
        work = WorkQueue(lambda: board.world, board.post_and_wait)
        phones = {
            name: RtpWatchdog(AriClient("http://none", "", "", "warmline", server=name), lambda: board.world)
            for name in (MAIN_SERVER, "b")
        }
        return metrics.page(board, opened_journal(board), phones, work).decode()

    lines = on_a_board(tmp_path, talk).splitlines()
    for line in (
        'warmline_connected{server="main"} 1.0',
        'warmline_connected{server="b"} 0.0',
        'warmline_draining{server="main"} 0.0',
        'warmline_draining{server="b"} 1.0',
        'warmline_calls{server="main",state="waiting"} 1.0',
        'warmline_legs{server="main"} 1.0',
        'warmline_legs{server="b"} 0.0',
        'warmline_silent_phones{server="b"} 0.0',
        'warmline_ari_request_seconds_count{answer="2xx",server="b"} 1.0',
        'warmline_ari_event_seconds_count{server="main"} 1.0',
    ):
        assert any(_same(line, one) for one in lines), line


def _same(one: str, other: str) -> bool:
    """Return whether two lines are the same series with the same value, in whatever order the labels are."""
    return sorted(one.replace("{", ",").replace("}", ",").split(",")) == sorted(
        other.replace("{", ",").replace("}", ",").split(",")
    )


def test_metrics_of_the_api_process_keep_the_age_of_the_others(tmp_path: Path) -> None:
    class Calls:
        async def figures(self, within: float) -> bytes:
            if self.away:
                raise CallProcessAway("call_process_away", "away")
            return b"warmline_calls 1\n"

        away = False

    async def pages() -> list[str]:
        calls = Calls()
        metrics = ApiMetrics(calls)  # type: ignore[arg-type] # the part that it uses
        metrics.asked_too_often("json")
        first = await metrics.page()
        calls.away = True
        return [first.decode(), (await metrics.page()).decode()]

    for text in asyncio.run(pages()):
        lines = text.splitlines()
        assert "warmline_calls 1" in lines and 'warmline_api_too_often_total{door="json"} 1.0' in lines
        [age] = [float(line.split()[1]) for line in lines if line.startswith("warmline_figures_age_seconds ")]
        assert 0 <= age < 60
    told = {one.name + "_total" * (one.type == "counter") for one in text_string_to_metric_families(text)}
    assert told == {METRICS[name].series(name) for name in OF_API} | {"warmline_calls"}


def test_metrics_of_the_api_process_have_the_lag_of_each_event_hook(tmp_path: Path) -> None:
    copied_database.new_database(db := tmp_path / "warmline.db")

    class Calls:
        async def figures(self, _within: float) -> bytes:
            return b""

    config.create(db, "event-hook", "crm", {"url": "https://crm.example.com/"}, who="test")
    hook_work.make_ready(db)
    page = asyncio.run(ApiMetrics(Calls(), str(db)).page()).decode()  # type: ignore[arg-type] # the part that it uses
    assert 'warmline_event_hook_behind{hook="crm"} 0.0' in page
    assert 'warmline_event_hook_waiting_seconds{hook="crm"} 0.0' in page


def test_metrics_count_the_live_records(tmp_path: Path) -> None:
    lines = after_a_call(tmp_path).splitlines()
    for line in (
        'warmline_waiting{ingroup="SALESLINE"} 1.0',
        'warmline_calls{state="waiting"} 1.0',
        'warmline_dialler_running{campaign="SALES"} 1.0',
        'warmline_dialler_in_flight{campaign="SALES"} 1.0',
        'warmline_dialler_attempts_total{campaign="SALES",outcome="answered"} 1.0',
        'warmline_dialler_attempts_total{campaign="SALES",outcome="dropped"} 1.0',
        'warmline_dialler_attempts_total{campaign="SALES",outcome="busy"} 1.0',
        'warmline_dialler_attempts_total{campaign="SALES",outcome="refused"} 1.0',
        'warmline_dialler_attempts_total{campaign="SALES",outcome="congested"} 0.0',
        'warmline_dialler_answered_total{campaign="SALES"} 2.0',
        'warmline_dialler_dropped_total{campaign="SALES"} 1.0',
        'warmline_dialler_ring_seconds_sum{campaign="SALES"} 14.0',
        'warmline_dialler_connect_seconds_sum{campaign="SALES"} 0.5',
        'warmline_dialler_connect_seconds_count{campaign="SALES"} 1.0',
        'warmline_dialler_drop_ratio{campaign="SALES",window="PERIOD"} 0.02',
        'warmline_dialler_balance{campaign="SALES",window="PERIOD"} 2.0',
        'warmline_dialler_threshold{campaign="SALES"} 0.12',
        'warmline_dialler_free_soon{campaign="SALES"} 2.5',
        'warmline_dialler_hopper{campaign="SALES"} 7.0',
        'warmline_dialler_halted{campaign="SALES",why="trunk"} 1.0',
        'warmline_commands_total{kind="PAUSE",outcome="refused"} 1.0',
        'warmline_command_seconds_count{kind="PAUSE"} 1.0',
        'warmline_ari_request_seconds_bucket{answer="2xx",le="0.002"} 0.0',
        'warmline_ari_request_seconds_bucket{answer="2xx",le="0.005"} 1.0',
        'warmline_ari_request_seconds_count{answer="none"} 1.0',
        "warmline_ari_event_seconds_count 1.0",
        "warmline_legs 1.0",
        "warmline_max_legs 1.0",
        "warmline_recordings 1.0",
        "warmline_refused_full_total 2.0",
        "warmline_silent_phones 0.0",
        "warmline_connected 0.0",
    ):
        assert line in lines, line
