"""`warmline agent watch` and `warmline live`: they follow the events, end on Ctrl-C, and outlive the app."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE
from typing import Any

import pytest

from tests.cli.app import App
from tests.core.core_stage import CUSTOMER
from tests.lab.warm_warmline import warm_warmline
from warmline.core.messages.commands import Kind

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
