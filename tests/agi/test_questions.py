"""Questions of a script about queues, agents and call times: what it is told, and that it never waits long."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.http.json_site import JsonSite
from tests.wording.said import refused
from warmline import agi
from warmline.agi.questions import app_question
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.system import heartbeat_file
from warmline.system.heartbeat_file import HeartbeatFile
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import (
    LocalAnswer,
    LocalRefusal,
    LocalWelcome,
)

LATE_SECONDS = 0.4  # seconds that this machine may need beyond the limit
WELCOME = frame(LocalWelcome(True, 0))


@pytest.fixture
def run(short_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The run folder of an app that has just shown its heartbeat; database and folder are in the settings."""
    folder = short_path / "run"
    folder.mkdir()
    monkeypatch.setenv("WARMLINE_RUN", str(folder))
    monkeypatch.setenv("WARMLINE_DB", shutil.copy(demo_database, short_path))
    HeartbeatFile(str(folder)).give()
    return folder


@pytest.fixture
def site(run: Path) -> Iterator[JsonSite]:
    """An app whose agent 1000 is paused, with two callers for SALESLINE and one for SUPPORTLINE."""
    json_site = JsonSite(run.parent / "warmline.db", run)
    try:
        json_site.driver.ask(Kind.PAUSE)
        json_site.driver.customer(name="one")
        json_site.driver.customer("ingroup", "SUPPORTLINE", name="other")
        json_site.driver.wait(60)
        json_site.driver.customer(name="two")
        json_site.driver.wait(20)
        with json_site.turning():
            yield json_site
    finally:
        json_site.close()


@pytest.fixture
def listener(run: Path) -> Iterator[socket.socket]:
    """The socket of an app that accepts no connection."""
    with socket.socket(socket.AF_UNIX) as server_socket:
        server_socket.bind(LOCAL.path(str(run)))
        server_socket.listen(1)
        yield server_socket


def measured(name: str = "SALESLINE") -> float:
    """Ask about a queue that is not told, and return the seconds that it took."""
    began = time.monotonic()
    assert agi.queue(name) is None
    return time.monotonic() - began


@pytest.mark.usefixtures("site")
def test_two_queues_are_told_apart() -> None:
    sales, support = agi.queue("SALESLINE"), agi.queue("SUPPORTLINE")
    assert sales and support
    assert (sales.waiting, sales.longest, sales.agents, sales.ready, sales.estimate) == (2, 80, 1, 0, 50)
    assert (support.waiting, support.longest, support.agents, support.ready, support.estimate) == (1, 80, 1, 0, 80)


def test_an_agent_is_told(site: JsonSite) -> None:
    ready_agent = agi.agent("1000")
    since_utc = datetime.fromtimestamp(site.driver.session().since / 1e6, UTC)
    assert ready_agent and (ready_agent.logged_in, ready_agent.state, ready_agent.in_call) == (True, "PAUSED", False)
    assert ready_agent.since and abs(ready_agent.since - since_utc) < timedelta(milliseconds=1)
    unknown_state = agi.agent("1001")
    assert unknown_state and (
        unknown_state.logged_in,
        unknown_state.state,
        unknown_state.since,
        unknown_state.in_call,
    ) == (False, "", None, False)


def test_an_agent_in_a_call_is_told(site: JsonSite) -> None:
    site.loop.call_soon_threadsafe(site.driver.ask, Kind.RESUME)
    deadline = time.monotonic() + 10
    while not ((busy_agent := agi.agent("1000")) and busy_agent.in_call):
        assert time.monotonic() < deadline, busy_agent
    assert busy_agent.state == "INCALL"


@pytest.mark.parametrize("is_away", [False, True])
def test_an_unknown_name_is_refused_with_the_nearest_one_also_without_the_app(
    request: pytest.FixtureRequest, run: Path, is_away: bool
) -> None:
    if not is_away:
        request.getfixturevalue("site")
    with refused(agi.CodedError, "entity_unknown", kind="ingroup", name="SALSLINE", hint="did you mean SALESLINE?"):
        agi.queue("SALSLINE")
    with refused(agi.CodedError, "entity_unknown", kind="agent", name="100"):
        agi.agent("100")


def test_an_in_group_that_the_app_does_not_know_yet_is_not_told(site: JsonSite) -> None:
    config.create(site.database, "ingroup", "FRESHLINE", {}, who="test")
    assert agi.queue("FRESHLINE") is None


# -- an app that does not answer --


def test_a_stopped_app_is_known_at_once(run: Path, listener: socket.socket) -> None:
    HeartbeatFile(str(run)).end()
    assert measured() < LATE_SECONDS and agi.agent("1000") is None
    (run / heartbeat_file.CALLS_FILE).write_bytes(
        b"%017.3f\n" % (time.monotonic() - heartbeat_file.STOPPED_SECONDS - 0.1)
    )
    assert measured() < LATE_SECONDS


def test_without_a_socket_the_answer_is_none(run: Path) -> None:
    assert measured() < LATE_SECONDS


@pytest.mark.usefixtures("listener")
def test_an_app_that_just_froze_costs_half_a_second() -> None:
    assert app_question.ANSWER_TIMEOUT_SECONDS - 0.05 <= measured() < app_question.ANSWER_TIMEOUT_SECONDS + LATE_SECONDS


@contextmanager
def run_server(serve: Callable[[], None], done: threading.Event) -> Iterator[None]:
    """Run the app's side in a thread within the block; `done` tells it to end."""
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("answer", "is_closed"),
    [
        (b"", True),
        (WELCOME, True),
        (WELCOME, False),
        (WELCOME[:3], False),
        (b"\xff\xff\xff\xff", False),
        (b"\0\0\0\x05nosense", True),
        (frame(LocalWelcome(False, 0)) + frame(LocalAnswer(200, b"{}")), False),
        (frame(LocalRefusal("socket_full", "full")), True),
        (WELCOME + WELCOME, True),
        (WELCOME + frame(LocalAnswer(503, b"{}")), True),
    ],
)
def test_an_answer_that_is_none_is_not_told_and_soon(listener: socket.socket, answer: bytes, is_closed: bool) -> None:
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(answer)
            if not is_closed:
                done.wait(10)

    with run_server(serve, done):
        assert measured() < app_question.ANSWER_TIMEOUT_SECONDS + LATE_SECONDS


def test_another_user_is_told_to_be_the_right_one(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with refused(agi.CodedError, "script_user_wrong", user=4711, owner=(run / heartbeat_file.CALLS_FILE).stat().st_uid):
        agi.queue("SALESLINE")


# -- what it costs --


# -- call times --


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: int(moment.timestamp()) * 1_000_000_000)


def test_a_call_time_is_open_until_it_closes(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db, berlin = run.parent / "warmline.db", ZoneInfo("Europe/Berlin")
    hours = {"ct_default_start": "900", "ct_default_stop": "1800", "timezone": "Europe/Berlin"}
    config.create(db, "call-time", "OFFICE", hours, who="test")
    set_clock(monkeypatch, datetime(2026, 11, 26, 17, 59, tzinfo=berlin))
    call_time = agi.open_now("OFFICE")
    assert call_time and call_time.open is True and call_time.until == datetime(2026, 11, 26, 18, tzinfo=berlin)
    assert call_time.until.tzinfo == berlin
    assert call_time.why == "call time OFFICE is open at 2026-11-26 17:59 Europe/Berlin (default 0900-1800)"
    set_clock(monkeypatch, datetime(2026, 11, 26, 18, 0, tzinfo=berlin))
    call_time = agi.open_now("OFFICE")
    assert not call_time and call_time.open is False and call_time.until == datetime(2026, 11, 27, 9, tzinfo=berlin)


def test_an_unknown_call_time_is_refused_with_the_nearest_one(run: Path) -> None:
    config.create(run.parent / "warmline.db", "call-time", "OFFICE", {}, who="test")
    with refused(agi.CodedError, "entity_unknown", kind="call-time", name="OFFIC", hint="did you mean OFFICE?"):
        agi.open_now("OFFIC")
