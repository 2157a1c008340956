"""The scripts as Asterisk starts them: real processes, with a scripted Asterisk at the other end."""

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.agi.conftest import make_database
from tests.agi.other_end import ENVIRONMENT, arguments, split
from tests.agi.pbx import PROJECT
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model import ids
from warmline.store.agi import spool

OK = "200 result=1\n"
# The modules that a script may load: a bare Python's, collections for the settings, sqlite3, and Warmline's own.
BARE = {"abc", "codecs", "encodings", "genericpath", "io", "marshal", "os", "posix", "posixpath", "stat", "time"}
COLLECTIONS = {"collections", "itertools", "keyword", "operator", "reprlib"}
SQLITE = {"sqlite3", "datetime", "functools", "math", "types"}
OURS = {"warmline", "select"}
ZONEINFO = {"zoneinfo", "struct", "sysconfig", "weakref"}  # and what it takes along


def script(
    name: str,
    *args: str,
    replies: str = ENVIRONMENT + "\n" + OK * 20,
    options: Sequence[str] = (),
    **environment: str,
) -> list[list[str]]:
    """Run a script of agi-bin, and return its commands in words."""
    result = run(name, *args, replies=replies, options=options, environment=environment)
    assert result.returncode == 0
    assert result.stderr == ""
    return [split(line) for line in result.stdout.splitlines()]


def run(
    name: str, *args: str, replies: str, options: Sequence[str], environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    path = PROJECT / "agi-bin" / name
    command = ["/usr/bin/python3", "-SEI", *options, str(path)] if options else [str(path)]
    environment_of_test = {key: value for key, value in os.environ.items() if not key.startswith("WARMLINE_")}
    return subprocess.run(
        [*command, *args],
        input=replies,
        capture_output=True,
        text=True,
        env={**environment_of_test, **environment},
        timeout=20,
    )


def variables(commands: list[list[str]]) -> dict[str, str]:
    """Return the channel variables that were set."""
    values = {words[2]: words[3] for words in commands if words[:2] == ["SET", "VARIABLE"]}
    for words in commands:
        if words[:2] == ["EXEC", "MSet"]:
            values |= {name: value for name, _, value in (pair.partition("=") for pair in arguments(words[2]))}
    return values


def is_refused(commands: list[list[str]], reason: str) -> bool:
    """Return whether the dialplan got no route, and the reason, also in the log."""
    values = variables(commands)
    is_logged = any(words[0] == "VERBOSE" and reason in words[1] for words in commands)
    return "WARMLINE_ROUTE" not in values and reason in values["WARMLINE_REASON"] and is_logged


@pytest.mark.parametrize(
    ("number", "route"),
    [
        ("8005550100", "ingroup,SALESLINE"),
        ("8005550102", "agent,1000"),
        ("8005550121", "agent,1000"),  # it is closed
        ("8005550200", "ingroup,SALESLINE"),  # it is not active, and a pattern is
    ],
)
def test_a_did_has_its_route(database: Path, number: str, route: str) -> None:
    values = variables(script("route_did", number, WARMLINE_DB=str(database)))
    assert values["WARMLINE_ROUTE"] == route
    assert ids.is_ulid(values["WARMLINE_CALL"])
    later_values = variables(script("route_did", number, WARMLINE_DB=str(database)))
    assert later_values["WARMLINE_CALL"] > values["WARMLINE_CALL"][:10]
    assert later_values["WARMLINE_CALL"] != values["WARMLINE_CALL"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("8009999999", "DID 8009999999 is not configured"),
        ("++8005550100", "'+8005550100' is no number"),
        ("8005550122", "call time NEVER is closed at "),
        ("8005550100%0A", "'8005550100\\n' is no number"),
        ("800%C3%28", "is no number"),
        ("\udcff", "is no number"),
        ("٣٣٣", "'٣٣٣' is no number"),
        ("8005550100'; DROP TABLE did; --", "is no number"),
        ("", "'' is no number"),
        ("8" * 5000, "is no number"),
    ],
)
def test_any_other_number_has_none(database: Path, number: str, reason: str) -> None:
    commands = script("route_did", number, WARMLINE_DB=str(database))
    assert is_refused(commands, reason)
    assert ids.is_ulid(variables(commands)["WARMLINE_CALL"])


@pytest.mark.parametrize(
    ("number", "caller", "route", "goto"),
    [
        ("8005550100", "+15550000", "", "warmline-hangup,s,1"),
        ("8005550121", "1 (555) 00-00", "", "warmline-hangup,s,1"),
        ("8005550100", "555.6666", "", "warmline-hangup,s,1"),
        ("8005550120", "15557777", "agent,1000", ""),
        ("8005550120", "5557777", "ingroup,SALESLINE", ""),
        ("8005550120", "unknown", "ingroup,SALESLINE", ""),
        ("8005550120", "'\"${SHELL(id)},\N{GRINNING FACE}", "ingroup,SALESLINE", ""),
        ("8005550110", "5", "", "places,9000,1"),
    ],
)
def test_the_callers_number_is_looked_up_in_the_lists(
    database: Path, number: str, caller: str, route: str, goto: str
) -> None:
    replies = ENVIRONMENT.replace("15551234", caller) + "\n" + OK * 20
    values = variables(script("route_did", number, replies=replies, WARMLINE_DB=str(database)))
    assert (values.get("WARMLINE_ROUTE", ""), values.get("WARMLINE_GOTO", "")) == (route, goto)
    assert bool(goto) == ("WARMLINE_REASON" in values)


def test_a_missing_database_is_no_route(tmp_path: Path) -> None:
    missing = tmp_path / "50% #1?.db"
    assert is_refused(script("route_did", "800", WARMLINE_DB=str(missing)), f"database {missing} cannot be read")
    assert not missing.exists()
    assert is_refused(script("route_did", "800", WARMLINE_DB=str(tmp_path)), f"database {tmp_path} cannot be read")


def test_a_name_with_signs_is_a_database_too(tmp_path: Path) -> None:
    database = make_database(tmp_path / "50% #1?.db")
    assert (
        variables(script("route_did", "8005550100", WARMLINE_DB=str(database)))["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    )


def test_a_file_that_is_none_is_no_route(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("what is this\n" * 1000)
    assert is_refused(script("route_did", "800", WARMLINE_DB=str(tmp_path / "text")), "not a database")


def test_an_older_database_is_no_route(database: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute("ALTER TABLE did RENAME COLUMN route TO goes")
        db.execute("DROP TABLE agent")
    assert is_refused(script("route_did", "8005550100", WARMLINE_DB=str(database)), "warmline db migrate")
    assert is_refused(script("agent_login", "1000", WARMLINE_DB=str(database)), "warmline db migrate")
    assert is_refused(script("enter_agentdirect", "1000", WARMLINE_DB=str(database)), "warmline db migrate")


def test_a_writer_at_work_delays_no_caller(database: Path) -> None:
    holder = sqlite3.connect(database, isolation_level=None)
    try:
        holder.execute("PRAGMA journal_mode=WAL")
        holder.execute("BEGIN IMMEDIATE")
        holder.execute("DELETE FROM did")
        values = variables(script("route_did", "8005550100", WARMLINE_DB=str(database)))
        assert values["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    finally:
        holder.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("dbb = 'x'", "setting dbb"), ("db = 7", "setting db"), ("db = ", "is not valid TOML"), (None, "cannot be read")],
)
def test_settings_that_cannot_be_used_are_no_route(tmp_path: Path, text: str | None, reason: str) -> None:
    settings = tmp_path / "warmline.toml"
    if text is not None:
        settings.write_text(text)
    assert is_refused(script("route_did", "800", WARMLINE_CONFIG=str(settings)), reason)


@pytest.mark.parametrize("replies", ["", "agi_x: y\n", ENVIRONMENT + "\n", "\0\n\n511 dead\n"])
def test_a_caller_who_hangs_up_ends_the_script_quietly(database: Path, replies: str) -> None:
    """One command detects the hang-up; no text is sent after it."""
    assert len(script("route_did", "8005550100", replies=replies, WARMLINE_DB=str(database))) <= 1


@pytest.mark.parametrize(
    ("phone", "reason"),
    [
        ("1009", "no agent has the phone '1009'"),
        ("", "no agent has the phone ''"),
        ("trunk", "no agent has the phone 'trunk'"),
        ("1002", "agent 1002 has no pin"),
        ("1003", "agent 1003 has no campaign"),
    ],
)
def test_a_phone_without_a_login_right_hears_a_refusal_and_is_hung_up(database: Path, phone: str, reason: str) -> None:
    commands = script("agent_login", phone, **places(database))
    assert is_refused(commands, reason) and refusals(database) == [f"login refused at phone {phone}: {reason}"]
    assert [words[:3] for words in commands[-3:]] == [["ANSWER"], ["STREAM", "FILE", "agent-incorrect"], ["HANGUP"]]
    assert "WARMLINE_SESSION" not in variables(commands)


def refusals(database: Path) -> list[str]:
    """Return the reasons in the notes of refused logins, the oldest first."""
    notes = spool.read_all(database.parent / "spool")
    assert all(isinstance(note, FallbackTaken) and not note.goto for note in notes)
    return [note.reason for note in notes]


def login_by_pin(database: Path, *pins: str) -> list[list[str]]:
    """Press these PINs; return the replies in the order of the commands."""
    replies = [OK]  # ANSWER
    for attempt, pin in enumerate(pins):
        replies += [OK, OK] if attempt else []  # Wait, agent-incorrect
        replies.append(f"200 result={pin}\n")
    input_text = ENVIRONMENT + "\n" + "".join(replies) + OK * 9
    return script("agent_login", "1001", replies=input_text, **places(database))


def places(database: Path) -> dict[str, str]:
    return {"WARMLINE_DB": str(database), "WARMLINE_SPOOL": str(database.parent / "spool")}


@pytest.mark.parametrize("pins", [("2468",), ("1", "2468"), ("", "24680", "2468")])
def test_the_pin_logs_its_agent_in(database: Path, pins: tuple[str, ...]) -> None:
    commands = login_by_pin(database, *pins)
    assert variables(commands)["WARMLINE_ROUTE"] == "login,1001"
    assert [words[2] for words in commands if words[:2] == ["GET", "DATA"]] == ["agent-pass"] * len(pins)
    assert [words[2] for words in commands if words[0] == "STREAM"] == ["agent-incorrect"] * (len(pins) - 1)


def test_a_wrong_pin_three_times_is_the_end(database: Path) -> None:
    commands = login_by_pin(database, "1", "2", "3", "2468")
    assert is_refused(commands, "agent 1001: wrong PIN")
    assert [words[2] for words in commands if words[:2] == ["EXEC", "Wait"]] == ["1", "2", "4"]
    assert [words[2] for words in commands if words[0] == "STREAM"] == ["agent-incorrect"] * 3
    assert commands[-1] == ["HANGUP"]
    assert "2468" not in str(commands)
    assert refusals(database) == ["login refused at phone 1001: agent 1001: wrong PIN"]


@pytest.mark.parametrize(
    ("wrong_pins", "reasons"), [((), []), (("2", "3"), ["agent 1001: hung up after 2 wrong PINs"])]
)
def test_a_caller_who_hangs_up_after_wrong_pins_is_noted(
    database: Path, wrong_pins: tuple[str, ...], reasons: list[str]
) -> None:
    replies = [OK]
    for pin in wrong_pins:
        replies += [f"200 result={pin}\n", OK, OK]
    input_text = ENVIRONMENT + "\n" + "".join(replies) + "HANGUP\n511 Command Not Permitted on a dead channel\n"
    script("agent_login", "1001", replies=input_text, **places(database))
    assert refusals(database) == [f"login refused at phone 1001: {reason}" for reason in reasons]


def test_ten_times_no_right_pin_is_the_end_of_asking(database: Path) -> None:
    """For any number of calls, until a quarter of an hour has passed."""
    for pin in ("1", "2", "3"):
        assert is_refused(login_by_pin(database, pin, pin, pin), "wrong PIN")
    lock_reason = "agent 1001: 10 times no PIN, or a wrong one; it is asked again in 15 minutes"
    assert is_refused(login_by_pin(database, "4", "2468"), lock_reason)
    commands = login_by_pin(database, "2468")
    assert is_refused(commands, lock_reason) and commands[-1] == ["HANGUP"]
    assert refusals(database)[-1] == f"login refused at phone 1001: {lock_reason}"
    assert not [words for words in commands if words[:2] == ["GET", "DATA"]]
    attempts_file = database.parent / "spool/pins/1001@1001"
    for last_attempt in (time.time() - 901, time.time() + 86400):  # and if the clock was set back
        attempts_file.write_text("*" * 10)
        os.utime(attempts_file, (last_attempt, last_attempt))
        assert variables(login_by_pin(database, "1", "2468"))["WARMLINE_ROUTE"] == "login,1001"
        assert not attempts_file.exists(), "the right one is a new beginning"


def test_many_calls_at_once_ask_no_more_often(database: Path) -> None:
    replies = ENVIRONMENT + "\n" + OK + (f"200 result=1\n{OK}{OK}" * 3) + OK * 9
    with ThreadPoolExecutor(6) as calls:
        runs = [calls.submit(script, "agent_login", "1001", replies=replies, **places(database)) for _ in range(6)]
    pin_prompts = [words for run_future in runs for words in run_future.result() if words[:2] == ["GET", "DATA"]]
    assert len(pin_prompts) == 10


def test_a_pin_that_cannot_be_noted_is_not_asked(database: Path) -> None:
    (database.parent / "spool").write_text("in the way")
    assert is_refused(login_by_pin(database, "2468"), "spool")


def test_a_hangup_at_the_pin_prompt_logs_no_agent_in(database: Path) -> None:
    replies = ENVIRONMENT + "\n" + OK + "200 result=-1\n" + OK * 9
    commands = script("agent_login", "1001", replies=replies, **places(database))
    assert "WARMLINE_ROUTE" not in variables(commands)


def test_the_fallback_leaves_a_note_and_opens_no_database(tmp_path: Path) -> None:
    call = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    places = {"WARMLINE_SPOOL": str(tmp_path / "spool"), "WARMLINE_DB": str(tmp_path / "no.db")}
    commands = script("fallback", call, "%22a%2Cb%0A", "%2B800", "the application is away", **places)
    (note,) = spool.read_all(tmp_path / "spool")
    assert (note.call, note.number, note.dialled, note.reason) == (call, '"a,b\n', "+800", "the application is away")
    assert "WARMLINE_REASON" not in variables(commands)
    assert [file.name for file in (tmp_path / "spool").iterdir()] == [f"{call}.json"]


@pytest.mark.parametrize("call", ["", "../../etc/passwd", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01arz3ndektsv4rrffq69g5fav"])
def test_a_call_without_an_id_gets_one(tmp_path: Path, call: str) -> None:
    script("fallback", call, "", "", "", WARMLINE_SPOOL=str(tmp_path))
    (note,) = spool.read_all(tmp_path)
    assert ids.is_ulid(note.call)


def test_a_spool_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("in the way")
    assert is_refused(script("fallback", "", "", "", "", WARMLINE_SPOOL=str(tmp_path / "spool")), "spool")


@pytest.mark.parametrize(
    ("name", "args", "allowed_modules"),
    [
        ("route_did", ("8005550100",), BARE | COLLECTIONS | SQLITE | OURS),
        ("route_did", ("8005550121",), BARE | COLLECTIONS | SQLITE | OURS | ZONEINFO),
        ("enter_ingroup", ("SALESLINE",), BARE | COLLECTIONS | SQLITE | OURS),
        ("enter_agentdirect", ("1000",), BARE | COLLECTIONS | SQLITE | OURS),
        ("agent_login", ("1000",), BARE | COLLECTIONS | SQLITE | OURS),
        ("fallback", ("", "", "", ""), BARE | COLLECTIONS | OURS),
    ],
)
def test_a_script_loads_only_the_modules_it_needs(
    database: Path, tmp_path: Path, name: str, args: tuple[str, ...], allowed_modules: set[str]
) -> None:
    settings = tmp_path / "warmline.toml"
    settings.write_text(f'db = "{database}"\nspool = "{tmp_path / "spool"}"\n')
    replies = ENVIRONMENT + "\n" + OK * 9
    environment = {"WARMLINE_CONFIG": str(settings)}
    result = run(name, *args, replies=replies, options=["-X", "importtime"], environment=environment)
    modules = {line.split("|")[2].strip().split(".")[0] for line in result.stderr.splitlines()[1:]}
    assert {module for module in modules if not module.startswith("_")} - {"zipimport"} <= allowed_modules
    assert result.stdout


@pytest.mark.parametrize(
    "name, argument", [("route_did", "8005550100"), ("enter_ingroup", "SALESLINE"), ("agent_login", "1000")]
)
def test_an_application_that_stands_still_gets_no_call(
    database: Path, tmp_path: Path, name: str, argument: str
) -> None:
    stop_seconds = time.monotonic() - 3.6
    (tmp_path / "beat").write_text(f"{stop_seconds:017.3f}\n")
    environment = {"WARMLINE_DB": str(database), "WARMLINE_RUN": str(tmp_path)}
    commands = script(name, argument, **environment)
    match = re.search(r"the application has stood still for (\d+) s", variables(commands).get("WARMLINE_REASON", ""))
    assert match and is_refused(commands, match[0])
    assert round(3.6) <= int(match[1]) <= round(time.monotonic() - stop_seconds)
    (tmp_path / "beat").write_text(f"{time.monotonic():017.3f}\n")
    assert variables(script(name, argument, **environment))["WARMLINE_ROUTE"]


def test_the_dialplan_routes_by_itself_without_the_application(database: Path, tmp_path: Path) -> None:
    (tmp_path / "beat").write_text(f"{time.monotonic() - 4:017.3f}\n")
    replies = ENVIRONMENT.replace("15551234", "+15550000") + "\n" + OK * 20
    environment = {"WARMLINE_DB": str(database), "WARMLINE_RUN": str(tmp_path)}
    assert (
        variables(script("route_did", "8005550100", replies=replies, **environment))["WARMLINE_GOTO"]
        == "warmline-hangup,s,1"
    )


def test_a_lock_is_of_one_phone(database: Path) -> None:
    """The password of the agent's old phone does not affect the new phone."""
    folder = database.parent / "spool/pins"
    folder.mkdir(parents=True)
    (folder / "1001@1009").write_text("*" * 10)
    assert variables(login_by_pin(database, "2468"))["WARMLINE_ROUTE"] == "login,1001"
    assert (folder / "1001@1009").exists() and not (folder / "1001@1001").exists()
