"""`warmline agent watch` and `warmline live`: they follow the events, end on Ctrl-C, and outlive the app."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE
from typing import Any

import pytest
from rich.console import Console

from ari_app.http.local import local_routes
from ari_app.http.v1.api_route import ApiRoute
from ari_app.live.live_records import AgentNow
from cli.agent import agent_view
from cli.calls import live as floor
from cli.client.live_view import LiveRecords
from cli.output.time_format import of_iso
from tests.cli.app import App
from tests.core.core_stage import CUSTOMER
from tests.http.v1.test_json_dispositions import configure
from tests.lab.warm_warmline import warm_warmline
from tests.wording.said import said, says
from warmline.core.messages.commands import Kind
from warmline.system.link_sockets import LOCAL

WITHIN = 20.0  # seconds


def started(*words: str, **given: Any) -> "subprocess.Popen[Any]":
    """Start a command, which is a fork of a loaded one: tests/lab/warm_warmline.py."""
    return subprocess.Popen([warm_warmline(), *words], stdout=PIPE, stderr=PIPE, **given)


class Watcher:
    """A command that reads the events; `line` waits for its next line."""

    def __init__(self, app: App, process: subprocess.Popen[str]) -> None:
        self._app = app
        self.process = process

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def after(self, happens: Callable[[], object]) -> str:
        """Return its output after an event on the app's loop."""
        self._app.site.loop.call_soon_threadsafe(happens)
        return self.line()


@contextmanager
def watching(app: App, *arguments: str) -> Iterator[Watcher]:
    with app.site.turning():
        process = started(*arguments, text=True)
        late = threading.Timer(WITHIN, process.kill)
        late.start()
        try:
            yield Watcher(app, process)
            process.send_signal(signal.SIGINT)
            assert process.wait(WITHIN) == 0, process.stderr and process.stderr.read()
        finally:
            late.cancel()
            process.kill()
            process.communicate()


def test_an_agent_that_there_is_not(app: App) -> None:
    refused = f"warmline: {said('entity_unknown', kind='agent', name='l000', hint='did you mean 1000?')}\n"
    assert app.run("agent", "watch", "l000") == (3, "", refused)


def test_agent_watch_follows_the_states_of_one_agent(app: App) -> None:
    driver = app.site.driver
    with watching(app, "agent", "watch", "1000") as watcher:
        assert watcher.line() == "1000  READY"
        assert watcher.after(driver.customer) == "1000  INCALL  talking  3125550100"
        assert watcher.after(lambda: driver.ask(Kind.MUTE)) == "1000  INCALL (muted)  talking  3125550100"
        assert watcher.after(lambda: driver.ask(Kind.PARK_CUSTOMER)) == "1000  PARK (muted)  parked  3125550100"
        assert watcher.after(lambda: driver.hang_up(CUSTOMER)) == "1000  DISPO"
        assert (
            watcher.after(lambda: (driver.ask(Kind.LOGOUT), driver.ask(Kind.STATUS, status="A"))) == "1000  LOGGED OUT"
        )


@pytest.mark.parametrize("words", [("agent", "watch", "1000"), ("live",)])
def test_one_request_shows_a_whole_call(app: App, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    driver = app.site.driver
    asked: list[str] = []

    def found(method: str, path: str) -> tuple[ApiRoute, dict[str, str]]:
        asked.append(path)
        return find(method, path)

    find = local_routes.find
    monkeypatch.setattr(local_routes, "find", found)
    with watching(app, *words) as watcher:
        assert watcher.line().endswith("1000  READY")
        assert "INCALL" in watcher.after(driver.customer)
        app.site.loop.call_soon_threadsafe(driver.hang_up, CUSTOMER)
        while "DISPO" not in watcher.line():
            pass
        assert asked == ["live"]


def test_the_floor_as_json(app: App) -> None:
    with watching(app, "live", "--json") as watcher:
        assert [one["user"] for one in json.loads(watcher.line())["agents"]] == ["1000"]
        told = json.loads(watcher.after(app.site.driver.customer))
        assert [(one["state"], one["customer"]) for one in told["calls"]] == [("talking", "3125550100")]


def test_the_floor_is_shown_once_and_the_command_ends(app: App) -> None:
    assert app.done("live", "--once").endswith("1000  READY\n")
    assert [one["state"] for one in json.loads(app.done("live", "--once", "--json"))["agents"]] == ["READY"]


@pytest.mark.parametrize("words", [("live", "--json"), ("events", "tail", "--json"), ("agent", "watch", "1000")])
def test_a_command_ends_when_the_reader_of_its_pipe_has_gone(app: App, words: tuple[str, ...]) -> None:
    program = "from cli.main import main; main()"  # it ends at once, and a fork tells no exit code then
    with app.site.turning():
        process = subprocess.Popen([sys.executable, "-c", program, *words], stdout=PIPE, stderr=PIPE)
        late = threading.Timer(WITHIN, process.kill)
        late.start()
        assert process.stdout and process.stderr
        app.followed()
        if words[0] == "events":
            app.site.loop.call_soon_threadsafe(app.site.driver.customer)
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (0, b"")
        late.cancel()


def test_only_the_fields_that_are_asked_for(app: App) -> None:
    with watching(app, "live", "--json", "--fields", "calls,ingroups") as watcher:
        assert watcher.line() == '{"calls": [], "ingroups": []}'
    code, out, err = app.run("agent", "watch", "1000", "--json", "--fields", "nmae")
    assert (code, out) == (1, "") and said("json_field_unknown", field="nmae") + "user, full_name, " in err


def test_a_logged_out_agent_has_the_same_fields(app: App) -> None:
    with watching(app, "agent", "watch", "1000", "--json") as watcher:
        here = json.loads(watcher.line())
    with watching(app, "agent", "watch", "1001", "--json") as watcher:
        away = json.loads(watcher.line())
    assert list(away) == list(here) and set(AgentNow.__struct_fields__) < set(here)
    assert {name: value for name, value in away.items() if value} == {"user": "1001", "state": "LOGGED OUT"}


def test_the_floor_in_lines(app: App) -> None:
    driver = app.site.driver
    with watching(app, "live") as watcher:
        assert watcher.line() == "agent  1000  READY"
        first = watcher.after(driver.customer)
        assert first == "agent  1000  INCALL  3125550100"
        assert watcher.line().startswith("call  ")
        told = watcher.after(lambda: driver.customer(name="another"))
        assert told == "in-group  SALESLINE  1"


@pytest.mark.parametrize("form", [(), ("--json", "--fields", "user")])
def test_the_app_goes_and_comes_back(app: App, form: tuple[str, ...]) -> None:
    """It reports this once, and continues by itself; programs get it on stderr."""
    process = started("agent", "watch", "1000", *form, text=True)
    assert process.stderr
    watcher = Watcher(app, process)
    try:
        with app.site.turning():
            assert watcher.line() == ('{"user": "1000"}' if form else "1000  READY")
            app.followed()
        app.site.stop()
        told = process.stderr.readline().removeprefix("warmline: ").rstrip() if form else watcher.line()
        assert told == "the app does not answer: waiting for it"
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(WITHIN) == 0
        process.communicate()
        app.site.start()


def test_without_an_app_it_ends(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_RUN", "/nowhere")
    code, out, err = app.run("live")
    assert (code, out) == (4, "")
    assert says(err, "app_not_started", file=f"/nowhere/{LOCAL.name}")


def on_terminal(page: object) -> str:
    console = Console(width=80, height=24, force_terminal=False)
    with console.capture() as captured:
        console.print(page)
    return captured.get()


AGENT = {
    "user": "1000",
    "full_name": "Anna Berg",
    "state": "3-WAY",
    "since": "2026-11-20T09:00:00+00:00",
    "pause_code": "",
    "muted": True,
    "call": "C1",
}
CALL = {
    "id": "C1",
    "state": "three_way",
    "since": "2026-11-20T09:00:00+00:00",
    "arrived": "2026-11-20T09:00:00+00:00",
    "connected": None,
    "ingroup": "SALESLINE",
    "group_name": "",
    "customer": "3125550100",
    "agent": "1000",
    "full_name": "Anna Berg",
    "third": "8500",
    "recording": None,
    "agc_id": "Y1795165319123015001",
    "legs": [
        {"role": "customer", "phase": "up", "bridge": "spot-C1", "since": "2026-11-20T09:00:00+00:00"},
        {"role": "third", "phase": "ringing", "bridge": None, "since": "2026-11-20T09:00:00+00:00"},
    ],
}
LEAD = {
    "lead": {
        "lead_id": 17,
        "list_id": "101",
        "status": "CALLBK",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "address1": "12 St James's Square",
        "city": "London",
        "phone_number": "3125550100",
        "email": "ada@example.org",
        "comments": "asks for the manual",
    },
    "calls": [{"arrived": "2026-11-19T09:00:00+00:00", "agent": "1001", "status": "SALE", "notes": "the blue one"}],
    "script": "Hello Ada,\nhow may I help?",
}
PAST = {
    "call": "C1",
    "at": "2026-11-19T09:00:00+00:00",
    "direction": "in",
    "number": "3125550100",
    "outcome": "missed",
    "status": "",
}


def test_an_agent_with_a_customer_fits_a_terminal() -> None:
    data = {"ticket": "4711", "name": "A\x9b2J\x1b[2J"}
    shown = on_terminal(agent_view.page(AGENT | {"call": CALL | {"data": data}, "lead": LEAD}))
    found = {line.split()[0]: line for line in shown.splitlines() if not line.startswith(" ")}
    assert list(found) == [
        "agent",
        "call",
        "customer",
        "data",
        "third",
        "lead",
        "address",
        "comments",
        "script",
        "before",
        "times",
    ]
    assert "1000  Anna Berg  3-WAY (muted)" in found["agent"] and "Ada Lovelace  hears music" in found["customer"]
    assert "ticket  4711" in found["data"] and "name  A2J[2J" in shown
    assert "8500  rings" in found["third"] and "17 in list 101  last code CALLBK" in found["lead"]
    assert "agent 1001  SALE  the blue one" in found["before"] and "how may I help?" in shown
    assert max(map(len, shown.splitlines())) <= 80 and len(shown.splitlines()) <= 24


def test_a_customer_in_the_park_ivr_is_named_there() -> None:
    customer = next(leg for leg in CALL["legs"] if leg["role"] == "customer")
    spot = {"bridge": "spot-C1-i"}
    ivr = customer | spot | {"id": "ivr", "role": "ivr", "number": "s@payment-bot"}
    shown = on_terminal(agent_view.page(AGENT | {"call": CALL | {"legs": [customer | spot, ivr]}}))
    assert "  in s@payment-bot" in shown and "hears music" not in shown


def test_an_agent_between_two_calls() -> None:
    codes = [{"status": "SALE", "scheduled_callback": False}, {"status": "CALLBK", "scheduled_callback": True}]
    after = AGENT | {"state": "DISPO", "muted": False, "call": None, "last_call": "C1", "last_status": ""}
    shown = on_terminal(agent_view.page(after | {"history": [PAST], "codes": codes, "preview": "8500"}))
    for words in (f"{PAST['number']}  has no code yet", "SALE  CALLBK (--callback)", "missed", "8500  (dial or skip)"):
        assert words in shown
    nobody = on_terminal(agent_view.page({"user": "1009", "state": "LOGGED OUT", "since": None, "call": None}))
    assert nobody.split() == ["agent", "1009", "LOGGED", "OUT"]


TODAY = {"offered": 220, "answered": 201, "abandoned": 12, "waiting": 1, "in_time": 203, "level": 0.927, "fallback": {}}


def test_the_floor_fits_a_terminal() -> None:
    waiting = CALL | {"agc_id": "Y2", "state": "waiting", "agent": None, "third": None}
    queue = [{"id": "SALESLINE", "group_name": "Sales", "waiting": 1, "since": waiting["since"]}]
    whole = on_terminal(floor.page({"agents": [AGENT], "ingroups": queue, "calls": [CALL, waiting], "today": TODAY}))
    assert whole.startswith(
        "1 agent (1 3-WAY), 2 calls, 1 waiting\ntoday: 220 offered, 201 answered, 12 lost, 93 % in time\n"
    )
    firsts = [line.split()[0] for line in whole.splitlines() if line.strip()]
    assert firsts[2:] == ["in-group", "SALESLINE", "agent", "1000", "call", "Y2", CALL["agc_id"]], (
        "the caller who waits is first"
    )
    assert max(map(len, whole.splitlines())) <= 80
    assert "No agent is logged in" in on_terminal(floor.page({"agents": [], "ingroups": [], "calls": [], "today": {}}))


def test_a_full_floor_shows_some_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", "24")
    queues = [{"id": f"GROUP{n}", "group_name": "", "waiting": 3, "since": CALL["since"]} for n in range(20)]
    full = on_terminal(floor.page({"agents": [AGENT] * 40, "ingroups": queues, "calls": [CALL] * 30, "today": TODAY}))
    assert len(full.splitlines()) <= 24
    assert "… 37 more" in full and "… 27 more" in full


def test_long_states_are_first_and_stand_out_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    now = of_iso("2026-11-20T10:00:00+00:00")
    monkeypatch.setattr(time, "time_ns", lambda: now * 1000)
    states = {
        "a": ("READY", "09:00:00"),
        "b": ("PAUSED", "09:59:00"),
        "c": ("DISPO", "09:50:00"),
        "d": ("DISPO", "09:58:30"),
    }
    agents = [
        AGENT | {"user": user, "state": state, "since": f"2026-11-20T{since}+00:00", "call": None, "muted": False}
        for user, (state, since) in states.items()
    ]
    found = {"agents": agents, "ingroups": [], "calls": [], "today": {}}
    lines = {}
    for no_color in (False, True):
        console = Console(width=80, force_terminal=True, color_system="standard", no_color=no_color)
        with console.capture() as captured:
            console.print(floor.page(found))
        rows = [line for line in captured.get().splitlines() if line[:2] in ("a ", "b ", "c ", "d ")]
        assert [row[0] for row in rows] == ["c", "d", "b", "a"]
        lines[no_color] = {row[0]: row for row in rows}
    assert "\x1b[1;4;31m10:00" in lines[False]["c"] and "\x1b[1;33m1:30" in lines[False]["d"]
    assert "\x1b[1;4m10:00" in lines[True]["c"] and "\x1b[1m1:30" in lines[True]["d"]
    assert not any("\x1b[" in lines[True][user] for user in "ab")


def test_a_pause_over_the_limit_of_its_code_is_marked(app: App) -> None:
    configure(app.site, "pause-code", "LUNCH", time_limit="60")
    app.site.driver.ask(Kind.PAUSE, pause_code="LUNCH")
    app.site.driver.wait(59)
    assert app.done("live", "--once").endswith("1000  PAUSED LUNCH\n")
    app.site.driver.wait(2)
    assert app.done("live", "--once").endswith("1000  PAUSED LUNCH (overdue)\n")


def test_the_live_view_names_the_agent_that_a_caller_waits_for() -> None:
    records = LiveRecords()
    records.calls = {
        n: CALL | {"id": n, "state": "waiting", "agent": None, "ingroup": "AGENTDIRECT", "direct": n}
        for n in ("1", "2")
    }
    found = floor.picture(records)
    assert [(one["id"], one["direct"], one["waiting"]) for one in found["ingroups"]] == [
        ("AGENTDIRECT", "1", 1),
        ("AGENTDIRECT", "2", 1),
    ]
    assert "AGENTDIRECT for 2  " in on_terminal(floor.page(found))
