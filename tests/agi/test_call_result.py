"""The variables of a call that is over: from the database by a script or FastAGI, in a real dialplan."""

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ari_app import fastagi
from ari_app.asterisk.event_decoding import decode
from tests.agi.conftest import World
from tests.agi.other_end import ENVIRONMENT
from tests.agi.test_dialplan import app, stasis_start
from tests.agi.test_fastagi import running_server
from tests.agi.test_scripts import OK, run, script, variables
from warmline.agi import result_variables
from warmline.core.messages.leg_messages import LegArrived
from warmline.store.agi import call_results, spool
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import heartbeat_file

CALL = "01KAFH8Y3C0000000000000001"  # of the extension 706
SECOND_US = 1_000_000
SERVER = "postgresql://warmline@127.0.0.1:1/warmline"  # it does not answer
HOSTILE = {
    "quote": 'a"b',
    "expression": "$[1 = 1]",
    "comma": "x,y",
    "close": "a)b(c",
    "variable": "${SHELL(id)}",
    "semicolon": "a;b\\c",
    "wide": "\N{EURO SIGN}" * 499,
}
SQL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, connected, "left",
        ended, ended_by, status, data)
    VALUES (:call, 'Y', 'ended', 0, '1', '2', 'SALESLINE', '', '1000', 7000000, 30000000,
        67900000, 'third', 'SALE', :data)
"""
ROWS = """
    INSERT INTO leg (id, owner, role, number, created, ended) VALUES ('c', '{call}', 'customer', '1', 0, 67500000);
    INSERT INTO queue_wait (id, call, ingroup, direct, priority, place, queued_at, entered, ended, outcome, agent)
    VALUES ('w', '{call}', 'SALESLINE', '', 0, 1, 0, 0, 6900000, 'ANSWERED', '1000');
    INSERT INTO agent_session (id, agent, phone, on_hook, campaign, ingroups, conf_exten, started)
    VALUES ('s', '1000', '1000', 0, 'TRUSTING', '[]', '', 0);
    INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started)
    VALUES ('i', 's', '1000', 'INCALL', '', '{call}', 7000000);
    INSERT INTO recording (id, call, kind, reason, agent, asked, started, status, cause, path, bytes, length, sha256,
        converted_path, converted_bytes, converted_sha256)
    VALUES ('2026/a-1', '{call}', 'call', '', '1000', 1, 1, 'kept', '', '', 0, 0, '', '', 0, ''),
        ('2026/a-2', '{call}', 'handoff', '', '1000', 2, 2, 'kept', '', '/rec/2026/a-2.wav', 0, 0, '', '', 0, ''),
        ('2026/a-3', '{call}', 'handoff', '', '1000', 3, NULL, 'failed', '', '', 0, 0, '', '', 0, '');
    UPDATE setting SET call_data = '["ticket", "quote"]';
"""
EXPECTED = {
    "WARMLINE_RESULT": "left",
    "WARMLINE_DISPOSITION": "SALE",
    "WARMLINE_INGROUP": "SALESLINE",
    "WARMLINE_AGENT": "1000",
    "WARMLINE_CAMPAIGN": "TRUSTING",
    "WARMLINE_WAIT": "6",
    "WARMLINE_TALK": "60",
    "WARMLINE_RECORDING": "/rec/2026/a-1.wav",
    "WARMLINE_CALL_ID": CALL,
    "WARMLINE_RECORDING_2": "/rec/2026/a-2.wav",
    "WARMLINE_DATA_ticket": "",
    "WARMLINE_DATA_quote": "a b",
    "WARMLINE_DATA_expression": "  1   1 ",
    "WARMLINE_DATA_comma": "x y",
    "WARMLINE_DATA_close": "a b c",
    "WARMLINE_DATA_variable": "  SHELL id  ",
    "WARMLINE_DATA_semicolon": "a b c",
    "WARMLINE_DATA_wide": HOSTILE["wide"],
}


def fill(database: Path) -> None:
    """Write the records of a call that its agent left."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute(SQL, {"call": CALL, "data": json.dumps(list(HOSTILE.items()))})
        db.executescript(ROWS.format(call=CALL))


@contextmanager
def filled(database: Path) -> Iterator[None]:
    """Provide these records for one test."""
    fill(database)
    yield
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        for table, column in (("call", "id"), ("leg", "owner"), ("queue_wait", "call"), ("recording", "call")):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (CALL,))  # noqa: S608 - names of this test
        db.executescript("DELETE FROM agent_interval; DELETE FROM agent_session; UPDATE setting SET call_data = '[]'")


def test_the_script_sets_every_variable(database: Path) -> None:
    fill(database)
    values = variables(script("call_result", CALL, WARMLINE_DB=str(database), WARMLINE_RECORDINGS="/rec"))
    assert values == EXPECTED


def test_a_recording_of_another_server_has_it_before_its_path(database: Path) -> None:
    fill(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("UPDATE recording SET server = 'b' WHERE id = '2026/a-1'")
    values = variables(script("call_result", CALL, WARMLINE_DB=str(database), WARMLINE_RECORDINGS="/rec"))
    paths = values["WARMLINE_RECORDING"], values["WARMLINE_RECORDING_2"]
    assert paths == ("b /2026/a-1.wav", "/rec/2026/a-2.wav")


def test_a_call_that_the_app_never_had_has_failed(database: Path) -> None:
    began = time.monotonic()
    values = variables(script("call_result", CALL, WARMLINE_DB=str(database)))
    assert (values["WARMLINE_RESULT"], values["WARMLINE_CALL_ID"], values["WARMLINE_TALK"]) == ("failed", CALL, "")
    assert time.monotonic() - began >= result_variables.RESULT_TIMEOUT_SECONDS


def test_the_script_waits_for_the_apps_last_record(database: Path) -> None:
    fill(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("UPDATE leg SET ended = NULL")
    looked = threading.Event()
    result = call_results.result(str(database), CALL, 100 * SECOND_US, "/rec")
    assert not result.final and result.variables["WARMLINE_TALK"] == "93"

    def commit() -> None:
        looked.wait(10)
        with closing(sqlite3.connect(database, isolation_level=None)) as db:
            db.execute("UPDATE leg SET ended = 67500000")

    writer = threading.Thread(target=commit)
    writer.start()
    variables_sent: list[dict[str, str]] = []

    class Channel:
        def set_variables(self, values: dict[str, str]) -> None:
            variables_sent.append(values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARMLINE_RECORDINGS", "/rec")
        patch.setattr(result_variables.time, "sleep", lambda _: looked.set())
        result_variables.call_result(Channel(), CALL, str(database), limit_seconds=10)  # type: ignore[arg-type] # as far as used
    writer.join()
    assert {name: value for group in variables_sent for name, value in group.items()} == EXPECTED


def test_agi_process_answers_for_a_script_without_a_driver(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that the dialplan runs as a process cannot read a database of PostgreSQL."""
    fill(database)
    monkeypatch.setenv("WARMLINE_RECORDINGS", "/rec")

    async def answers() -> tuple[str, list[list[str]]]:
        with closing(KeptDatabase(str(database))) as connection:
            async with running_server(fastagi.scripts(connection)) as server:
                places = {"DB": SERVER, "RUN": tmp_path, "SPOOL": tmp_path, "FASTAGI": f"127.0.0.1:{server.port}"}
                environ = {f"WARMLINE_{name}": str(path) for name, path in places.items()}
                failed = await asyncio.to_thread(
                    run, "call_result", CALL, replies=ENVIRONMENT + "\n" + OK * 20, options=(), environment=environ
                )
                heartbeat_file.HeartbeatFile(str(tmp_path), heartbeat_file.AGI).give()
                return failed.stdout, await asyncio.to_thread(script, "call_result", CALL, **environ)

    without_heartbeat, with_heartbeat = asyncio.run(answers())
    assert "WARMLINE_RESULT" not in without_heartbeat and "WARMLINE_REASON" in without_heartbeat
    assert variables(with_heartbeat) == EXPECTED


def test_values_of_callers_are_harmless_in_a_real_dialplan(world: World) -> None:
    rows, from_header = filled(world.spool.parent / "warmline.db"), "<sip:1000@127.0.0.1>"
    with rows, world.call("706", from_header) as phone, world.away() as agi:
        phone.answered()
        assert agi.get_variable("WARMLINE_RESULT") == "left"
        for name in HOSTILE:
            value = EXPECTED[f"WARMLINE_DATA_{name}"]
            variable = f"${{WARMLINE_DATA_{name}}}"
            for expression, result in (
                (variable, value),
                (f'$["{variable}" = "{value}"]', "1"),
                (f'${{IF($["{variable}" = ""]?yes:no)}}', "no"),
                (f"${{LEN({variable})}}", str(len(value.encode()))),
            ):
                assert agi.get_full_variable(expression) == result, (name, expression)
    assert "uid=" not in world.pbx.log


@pytest.mark.parametrize("number", ["8005550100", "704"])
def test_the_app_knows_whether_the_dialplan_has_a_place_after_the_call(world: World, number: str) -> None:
    user = "1000" if number == "704" else "15551234"

    async def comes() -> LegArrived:
        async with app(world) as (events, _):
            with world.call(number, f"<sip:{user}@127.0.0.1>"):
                [leg] = decode(json.dumps(await stasis_start(events)))
        assert isinstance(leg, LegArrived)
        return leg

    async def arrive_twice() -> tuple[LegArrived, LegArrived]:
        without_context = await comes()
        world.pbx.console("dialplan add extension s,1,Hangup into warmline-after")
        try:
            return without_context, await comes()
        finally:
            world.pbx.console("dialplan remove context warmline-after")

    with closing(sqlite3.connect(world.spool.parent / "warmline.db", isolation_level=None)) as db:
        db.execute("UPDATE setting SET call_data = '[\"ticket\"]'")
        without_context, with_context = asyncio.run(arrive_twice())
        db.execute("UPDATE setting SET call_data = '[]'")
    assert (without_context.after, with_context.after) == (False, True)
    assert without_context.args == with_context.args == ("ingroup", "SALESLINE")
    assert without_context.data == with_context.data == ((("ticket", "4711"),) if number == "704" else ())


def test_a_call_of_the_fallback_has_failed_at_once(world: World) -> None:
    """No app runs. The hangup handler does not wait for its records."""
    world.pbx.console(
        "dialplan add extension s,1,Log(NOTICE,ended${WARMLINE_RESULT}-${WARMLINE_CALL_ID}-) into warmline-ended"
    )
    world.pbx.console("dialplan add extension s,2,Return into warmline-ended")
    try:
        with world.sent_away("8005550100") as agi:
            call = agi.get_variable("WARMLINE_CALL")
        deadline = time.monotonic() + 20
        while f"endedfailed-{call}-" not in world.pbx.log:
            assert time.monotonic() < deadline, "the hangup handler did not run"
            time.sleep(0.02)
        assert "call_result" not in world.pbx.log[world.pbx.log.index(call) :]
    finally:
        world.pbx.console("dialplan remove context warmline-ended")
    for note in spool.read_all(world.spool):
        spool.remove(world.spool, note.call)
