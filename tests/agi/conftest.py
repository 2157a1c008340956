"""One Asterisk without an app for all tests of this folder, its database, and its fallback."""

import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.main import main
from tests.agi import caller, pbx
from warmline.agi import AGI
from warmline.store.database import passwords
from warmline.store.database.database import FINGERPRINT

Run = Callable[..., tuple[int, str, str]]

CONFIGURATION = """
    INSERT INTO ingroup (id) VALUES ('SALESLINE');
    INSERT INTO ingroup (id, active) VALUES ('CLOSEDLINE', 'N');
    INSERT INTO campaign (id, phone_login) VALUES ('TRUSTING', 'TRUSTED'), ('ASKING', 'PIN');
    INSERT INTO phone (id) VALUES ('1000'), ('1001'), ('1002'), ('1003');
    INSERT INTO agent (id, phone, campaign) VALUES ('1000', '1000', 'TRUSTING'), ('1002', '1002', 'ASKING');
    INSERT INTO agent (id, phone) VALUES ('1003', '1003');
    INSERT INTO did (id, route) VALUES ('8005550100', 'ingroup:SALESLINE'), ('8005550102', 'agent:1000');
    INSERT INTO did (id, route) VALUES ('8005550103', 'ingroup:CLOSEDLINE'), ('8005550104', 'agent:4711');
    INSERT INTO did (id, route) VALUES ('8005550110', 'extension:9000@places'), ('8005550111', 'callmenu:places');
    INSERT INTO did (id, route) VALUES ('8005550112', 'voicemail:100@nowhere'), ('8005550113', 'hangup');
    INSERT INTO did (id, route) VALUES ('8005550114', 'extension:9001@places'), ('_80055502XX', 'ingroup:SALESLINE');
    INSERT INTO container (id, entries) VALUES ('SPAM', '["+1-555-0000", "5556666"]'), ('VIP', '["+1.555.7777"]');
    UPDATE setting SET blocklist = 'SPAM', timezone = 'Europe/Berlin';
    INSERT INTO did (id, route, filter_inbound_number, filter_phone_group_id, filter_route)
    VALUES ('8005550120', 'ingroup:SALESLINE', 'GROUP', 'VIP', 'agent:1000');
    INSERT INTO holiday (id, holiday_date) VALUES ('XMAS26', '2026-12-25');
    INSERT INTO call_time (id, ct_default_start, ct_holidays) VALUES ('NEVER', 2400, '[]'), ('XMAS', 0, '["XMAS26"]');
    INSERT INTO did (id, route, call_time_id, after_hours_route)
    VALUES ('8005550121', 'ingroup:SALESLINE', 'NEVER', 'agent:1000'), ('8005550122', 'ingroup:SALESLINE', 'NEVER', ''),
           ('8005550123', 'ingroup:SALESLINE', 'XMAS', '');
    INSERT INTO did (id, route, did_active) VALUES ('8005550200', 'agent:1000', 'N');
"""


def make_database(path: Path) -> Path:
    """Write the schema and a few destinations; agent 1001 has the PIN 2468."""
    with sqlite3.connect(path) as db:
        db.executescript((pbx.PROJECT / "schema.sql").read_text() + CONFIGURATION)
        db.execute("INSERT INTO meta (key, value) VALUES ('fingerprint', ?)", (FINGERPRINT,))
        agent = ("1001", "1001", "ASKING", passwords.hashed("2468"))
        db.execute("INSERT INTO agent (id, phone, campaign, pin) VALUES (?, ?, ?, ?)", agent)
    db.close()
    return path


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("example") / "warmline.db")


@pytest.fixture
def database(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example, tmp_path))


@pytest.fixture
def run(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; return its exit code, its output and its errors."""
    monkeypatch.setenv("WARMLINE_DB", str(database))
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))

    def run_command(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_info:
            main([str(word) for word in words])
        return int(exit_info.value.code or 0), *capsys.readouterr()

    return run_command


class World(NamedTuple):
    """A started Asterisk, the folder of its fallback's notes, and a server for callers in the fallback."""

    pbx: pbx.Pbx
    spool: Path
    server: socket.socket

    def call(self, number: str, from_header: str = "<sip:15551234@127.0.0.1>", *headers: str) -> caller.Caller:
        """Call a number, with these headers in the INVITE."""
        return caller.Caller(self.pbx, number, from_header, *headers)

    @contextmanager
    def sent_away(self, number: str, from_header: str = "<sip:15551234@127.0.0.1>") -> Iterator[AGI]:
        """Call a number and reach the fallback; return the caller as the FastAGI server there sees the call."""
        with self.call(number, from_header) as phone, self.away() as agi:
            phone.answered()
            yield agi

    @contextmanager
    def away(self) -> Iterator[AGI]:
        """Return the next caller who reaches [warmline-away], as the FastAGI server there sees the call."""
        connection, _ = self.server.accept()
        with connection, connection.makefile("rwb", buffering=0) as stream:
            yield AGI(stream, stream, sighup=False)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("agi")
    places = {"WARMLINE_DB": str(make_database(folder / "warmline.db")), "WARMLINE_SPOOL": str(folder / "spool")}
    (folder / "pbx").mkdir()
    with (
        pbx.running(folder / "pbx", places) as pbx_running,
        socket.create_server(("127.0.0.1", pbx_running.away)) as server,
    ):
        server.settimeout(caller.WAIT_SECONDS)
        yield World(pbx_running, folder / "spool", server)
