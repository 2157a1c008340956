"""Databases that differ in one option: the rules of DIDs, and the reports, of each."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from pathlib import Path

from lab import configure
from tests.options.worlds import FIRST, Story, World
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.rules import login_rules, routing
from warmline.store.agi import routing_facts
from warmline.store.configuration import config
from warmline.store.database.reading import keeping
from warmline.store.reports import ingroup_service
from warmline.text.written_time import exact

NUMBER, CALLER = "8005550190", "493012345678"
NAMES = {"did": NUMBER, "call-time": "OFFICE", "holiday": "EVE", "setting": "warmline", "ingroup": "SALESLINE"} | {
    "campaign": "TESTCAMP",
    "agent": "1001",
    "container": "VIPS",
}
BASE = [
    ("holiday", "EVE", {"holiday_date": "2026-12-24"}),
    ("call-time", "OFFICE", {"ct_default_start": "900", "ct_default_stop": "1800"}),
    ("container", "VIPS", {"entries": CALLER}),
    ("did", NUMBER, {"route": "ingroup:SALESLINE"}),
]


def dials(text: str, **data: str) -> Story:
    """Let the caller dial the number at that time, UTC, with this data from the dialplan."""
    at = exact(text, UTC).at

    def decided(database: Path) -> list[str]:
        facts = routing_facts.did(str(database), NUMBER, CALLER, at)
        facts.call_data = tuple(data.items())
        decision = routing.route_did(facts)
        return [decision.route, decision.goto, decision.reason, decision.told]

    return decided


def logs_in(database: Path) -> list[str]:
    """Let the phone of agent 1001 dial the login."""
    decision = login_rules.decide_login(routing_facts.login(str(database), "1001"))
    return [decision.route, decision.reason]


def answered_after_10_s(database: Path) -> list[str]:
    """Return the service level if the only caller reached an agent after 10 s."""
    lab = RecordedDriver(database)
    lab.customer(name=FIRST)
    lab.wait(8.6)
    lab.log_in("1000")
    lab.wait(1)
    [service] = ingroup_service.services(database, lab.asterisk.now, name="SALESLINE")
    return [f"level {service.level}"]


def of(kind: str) -> World:
    """Return the world of the database in which the entity of that kind has the options; others as `kind.option`."""

    def world(story: Story, options: Mapping[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder, keeping():
            database = Path(shutil.copy(_base(), folder))
            for option, text in options.items():
                where, _, name = option.rpartition(".")
                config.set_options(database, where or kind, NAMES[where or kind], {name: text}, who="test")
            told = story(database)
        assert isinstance(told, list)
        return told

    return world


@cache
def _base() -> str:
    """The lab's demo configuration, with one of each."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "warmline.db"
    configure.fill(path, [])
    for kind, name, options in BASE:
        config.create(path, kind, name, options, who="test")
    _folders.append(folder)
    return str(path)


_folders: list[tempfile.TemporaryDirectory[str]] = []  # removed at exit
