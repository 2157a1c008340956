"""The library for scripts of one's own: what each function sends, reads and writes."""

import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time as clock
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lab import ports
from tests.agi import own_scripts
from tests.agi.other_end import ENVIRONMENT, OtherEnd, split
from tests.wording.said import refused
from warmline import agi
from warmline.agi import AGI, Digits, Letters, fastagi_server
from warmline.core.model import ids
from warmline.options.campaign.list_and_script_options import INBOUND, MANUAL
from warmline.options.values.entity import OptionError
from warmline.store.agi import callback_notes
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.leads import dnc, leads
from warmline.store.leads.number_reads import SYSTEM_DNC
from warmline.system import heartbeat_file

OK = "200 result=1"
NUMBER = "5551234567"


@pytest.fixture
def site(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database whose path is in the settings, with lead 1."""
    monkeypatch.setenv("WARMLINE_DB", str(database))
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("INSERT INTO list (id) VALUES ('CUSTOMERS')")
    assert leads.create(database, "CUSTOMERS", {"phone_number": NUMBER, "owner": "1000"}, who="test") == 1
    return database


@pytest.fixture
def asterisk() -> Iterator[OtherEnd]:
    with OtherEnd() as asterisk:
        yield asterisk


def open_agi(asterisk: OtherEnd) -> AGI:
    return AGI(asterisk.stdin, asterisk.stdout, sighup=False)


def read_place(words: list[list[str]]) -> list[str]:
    """Return where the dialplan continues."""
    return [
        command[2] for command in words if command[0] == "SET" and command[1] in ("CONTEXT", "EXTENSION", "PRIORITY")
    ]


@pytest.mark.parametrize(
    ("enter", "name", "steps"),
    [
        (agi.enter_did, "8005550100", ["warmline-from-trunk", "8005550100", "1"]),
        (agi.enter_did, "", ["warmline-from-trunk", "8005550100", "1"]),
        (agi.enter_did, "8005550110", ["warmline-from-trunk", "8005550110", "1"]),
        (agi.enter_ingroup, "SALESLINE", ["warmline-ingroup", "SALESLINE", "1"]),
        (agi.enter_agent, "1000", ["warmline-agent", "1000", "1"]),
    ],
)
def test_the_call_continues_in_the_dialplan(
    site: Path, asterisk: OtherEnd, enter: "agi.Callable[[AGI, str], bool]", name: str, steps: list[str]
) -> None:
    assert enter(open_agi(asterisk), name)
    assert read_place(asterisk.heard) == steps


@pytest.mark.parametrize(
    ("enter", "name", "reason"),
    [
        (agi.enter_did, "8009999999", "DID 8009999999 is not configured"),
        (agi.enter_ingroup, "NOWHERE", "in-group NOWHERE does not exist"),
        (agi.enter_ingroup, "CLOSEDLINE", "in-group CLOSEDLINE is not active"),
        (agi.enter_agent, "4711", "agent 4711 does not exist"),
        (agi.enter_ingroup, "A\nHANGUP", "in-group A\nHANGUP does not exist"),
    ],
)
def test_a_target_that_is_none_leaves_the_call_in_the_script(
    site: Path, asterisk: OtherEnd, enter: "agi.Callable[[AGI, str], bool]", name: str, reason: str
) -> None:
    assert not enter(open_agi(asterisk), name)
    assert read_place(asterisk.heard) == []
    [reason_set] = [words[3] for words in asterisk.heard if words[:3] == ["SET", "VARIABLE", "WARMLINE_REASON"]]
    assert re.fullmatch(
        rf"test_own_scripts.py line \d+: {re.escape(reason)}", reason_set.replace(" HANGUP", "\nHANGUP")
    )


def test_a_stopped_app_leaves_the_call_to_the_fallback_of_the_dialplan(
    site: Path, asterisk: OtherEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat_file, "get_stopped_seconds", lambda run: 9.0)
    assert agi.explain("8005550100").reason == "the application has stood still for 9 s"
    script = open_agi(asterisk)
    assert agi.enter_did(script) and agi.enter_ingroup(script, "SALESLINE")
    assert read_place(asterisk.heard)[-2:] == ["SALESLINE", "1"]


@pytest.fixture
def ruled(site: Path) -> None:
    """Give 8005550100 rules about the language."""
    config.set_options(site, "setting", "warmline", {"call_data": "language"}, who="test")
    rules = {"data_routes": "language=de -> ingroup:SALESLINE, language=fr -> ingroup:CLOSEDLINE"}
    config.set_options(site, "did", "8005550100", rules, who="test")


@pytest.mark.usefixtures("ruled")
def test_a_route_is_explained_with_data() -> None:
    assert agi.explain("8005550100", data={"language": "fr"}).reason == "in-group CLOSEDLINE is not active"
    assert agi.explain("8005550100", data={"Language": "DE"}).route == "ingroup,SALESLINE"
    assert agi.explain("8005550100", data={"language": "\x1b"}).route == "ingroup,SALESLINE"


@pytest.mark.usefixtures("ruled")
def test_a_number_is_entered_by_the_data_of_the_call() -> None:
    for language, is_entered in ("fr", False), ("de", True), ("", True):
        with OtherEnd(lambda words, value=language: f"200 result=1 (language={value})") as asterisk:  # type: ignore[misc]
            assert agi.enter_did(open_agi(asterisk), "8005550100") is is_entered
        assert asterisk.heard[0][:3] == ["GET", "FULL", "VARIABLE"]


def test_a_route_is_explained_for_now_and_for_another_time(site: Path) -> None:
    decision = agi.explain("+8005550120", "15557777")
    assert decision.told == "; ".join(f"{step.rule}: {step.why}" for step in decision.steps)
    assert (decision.route, decision.goto) == ("agent,1000", "")
    assert [step.rule for step in decision.steps if not step.passed] == ["filter_phone_group_id"]
    christmas = int(datetime(2026, 12, 25, 12, tzinfo=UTC).timestamp())
    assert not agi.explain("8005550123", at=christmas).route
    assert agi.explain("8005550123", at=christmas + 86400).route == "ingroup,SALESLINE"


def test_data_is_set_and_read_by_name(asterisk: OtherEnd) -> None:
    script = open_agi(asterisk)
    agi.write_data(script, {"ticket": 4711, "note_2": 'say "hi"\nHANGUP'})
    assert agi.read_data(script, "ticket") == ""
    assert asterisk.heard == [
        ["SET", "VARIABLE", "WARMLINE_DATA_ticket", "4711"],
        ["SET", "VARIABLE", "WARMLINE_DATA_note_2", 'say "hi" HANGUP'],
        ["GET", "VARIABLE", "WARMLINE_DATA_ticket"],
    ]


@pytest.mark.parametrize("name", ["", "1st", "_x", "a-b", "é", "a" * 33, "a\nb", "x)"])
def test_a_name_that_is_none_sets_nothing(asterisk: OtherEnd, name: str) -> None:
    script = open_agi(asterisk)
    with refused(agi.CodedError, "data_name_invalid", name=name[:32]):
        agi.write_data(script, {"good": 1, name: 2})
    with refused(agi.CodedError, "data_name_invalid", name=name[:32]):
        agi.read_data(script, name)
    assert asterisk.heard == []


def test_letters_of_a_name_may_be_large_but_make_no_difference(asterisk: OtherEnd) -> None:
    script = open_agi(asterisk)
    agi.write_data(script, {"Ticket": 4711})
    assert asterisk.heard == [["SET", "VARIABLE", "WARMLINE_DATA_Ticket", "4711"]]
    with refused(agi.CodedError, "data_name_twice", names="vip, Ticket, TICKET"):
        agi.write_data(script, {"vip": 1, "Ticket": 2, "TICKET": 3})
    assert len(asterisk.heard) == 1


def test_the_limits_of_data(asterisk: OtherEnd) -> None:
    script = open_agi(asterisk)
    agi.write_data(script, {"a" * 32: "x" * 500, **{f"n{number}": "" for number in range(31)}})
    assert len(asterisk.heard) == 32
    with refused(agi.CodedError, "data_names_too_many", count=33):
        agi.write_data(script, {f"n{number}": "" for number in range(33)})
    for value in ("x" * 501, "\N{GRINNING FACE}" * 500, "\\" * 496 + "\N{GRINNING FACE}" * 400):
        with refused(agi.CodedError, "data_value_too_long", name="big"):
            agi.write_data(script, {"big": value})
    assert len(asterisk.heard) == 32


def test_leads_are_found_read_and_changed(site: Path) -> None:
    assert [lead["lead_id"] for lead in agi.find_leads("+1 555 123 4567")] == [1]
    assert agi.find_leads(NUMBER, "OTHERS") == [] == agi.find_leads("")
    assert agi.update_lead(1, comments="a VIP", rank=5) == ["comments", "rank"]
    assert (agi.read_lead(1)["comments"], agi.read_lead(1)["rank"]) == ("a VIP", 5)
    with pytest.raises(OptionError, match="colour"):
        agi.update_lead(1, comments="x", colour="red")
    with pytest.raises(OptionError, match="last_name"):
        agi.update_lead(1, last_name="x" * 101)
    with pytest.raises(NotFound, match="lead 2"):
        agi.read_lead(2)
    assert agi.read_lead(1)["comments"] == "a VIP"


def test_leads_of_real_lists_come_before_those_that_warmline_made(site: Path) -> None:
    config.create(site, "list", "OTHERS", {}, who="test")
    leads.create(site, "OTHERS", {"phone_number": NUMBER}, who="test")
    for list_id in (INBOUND, MANUAL):
        leads.create(site, list_id, {"phone_number": NUMBER}, who="test")
    with closing(sqlite3.connect(site)) as db, db:
        db.execute("UPDATE lead SET last_call = lead_id WHERE list_id <> 'CUSTOMERS'")
    assert [lead["list_id"] for lead in agi.find_leads(NUMBER)] == ["OTHERS", "CUSTOMERS", MANUAL, INBOUND]


def test_a_lead_has_its_times_and_further_fields_as_values(site: Path) -> None:
    config.set_options(site, "list", "CUSTOMERS", {"custom_fields": "plan,colour"}, who="test")
    more_numbers = [("12125550187", "office"), ("2125550188", "")]
    assert agi.update_lead(1, more_numbers=["2125550189"]) == ["more_numbers"]
    before = datetime.now(UTC)
    lead_id = agi.create_lead(
        "305-555-0100", "CUSTOMERS", first_name="Zoë", plan="gold", date_of_birth=date(1990, 12, 31),
        more_numbers=more_numbers, custom_fields={"colour": "red"},
    )  # fmt: skip
    lead = agi.read_lead(lead_id)
    assert (lead["phone_number"], lead["first_name"], lead["date_of_birth"]) == ("3055550100", "Zoë", "1990-12-31")
    assert before <= lead["entry_date"] == lead["modify_date"] <= datetime.now(UTC) and lead["last_call"] is None
    assert lead["custom_fields"] == {"plan": "gold", "colour": "red"} and lead["more_numbers"] == more_numbers
    assert agi.update_lead(lead_id, more_numbers=lead["more_numbers"][:1], plan=None, comments="x") == [
        "more_numbers", "comments", "plan",
    ]  # fmt: skip
    [lead] = agi.find_leads("3055550100")
    assert lead["custom_fields"] == {"colour": "red"}
    assert [further.label for further in lead["more_numbers"]] == ["office"]


def test_values_that_a_lead_cannot_have_change_nothing(site: Path) -> None:
    for text in ("nonsense", "1990-02-30", "31.12.1990", "19901231"):
        with refused(agi.CodedError, "lead_date_of_birth_invalid", value=text):
            agi.update_lead(1, comments="x", date_of_birth=text)
    with pytest.raises(OptionError, match="custom_fields"):
        agi.update_lead(1, comments="x", custom_fields='{"plan": "gold"}')
    with pytest.raises(NotFound, match="did you mean CUSTOMERS"):
        agi.create_lead(NUMBER, "CUSTOMER")
    with pytest.raises(OptionError, match="phone_number"):
        agi.create_lead("nobody", "CUSTOMERS")
    assert agi.read_lead(1)["comments"] == "" and len(agi.find_leads(NUMBER)) == 1


def test_do_not_call_numbers_are_found_and_added(site: Path) -> None:
    assert agi.find_dnc(NUMBER) == ""
    assert agi.add_dnc(NUMBER, why="asked for it")
    assert not agi.add_dnc(NUMBER)
    assert agi.find_dnc("+1" + NUMBER) == SYSTEM_DNC
    assert agi.add_dnc("5550002222", "TRUSTING")
    assert agi.find_dnc("5550002222") == "" != agi.find_dnc("5550002222", "TRUSTING")
    assert [(row["by"], row["why"]) for row in dnc.find(site, NUMBER)] == [("script", "asked for it")]
    with pytest.raises(OptionError):
        agi.add_dnc("nobody")
    with pytest.raises(NotFound):
        agi.add_dnc(NUMBER, "NOWHERE")


def test_a_callback_is_noted_for_the_app(site: Path, tmp_path: Path) -> None:
    due = datetime(2099, 12, 24, 18, 5, tzinfo=UTC)
    callback_id = agi.make_callback(NUMBER, due, agent="1000", ingroup="SALESLINE", comments="é", call="C1")
    local_id = agi.make_callback(NUMBER, "2099-12-24T18:05")
    callback, local_callback = callback_notes.read_all(tmp_path / "spool", pytest.fail)
    assert (callback.id, local_callback.id) == (callback_id, local_id) and ids.is_ulid(callback_id)
    assert (callback.number, callback.agent, callback.ingroup, callback.comments, callback.call) == (
        NUMBER, "1000", "SALESLINE", "é", "C1",
    )  # fmt: skip
    assert callback.at - local_callback.at == 3600_000_000  # the setting timezone is Europe/Berlin


@pytest.mark.parametrize(
    ("number", "callback_time", "options"),
    [
        ("anonymous", "+2h", {}),
        ("", "+2h", {}),
        ("5" * 33, "+2h", {}),
        (NUMBER, "soon", {}),
        (NUMBER, "2020-01-01T00:00", {}),
        (NUMBER, "+2h", {"agent": "4711"}),
        (NUMBER, "+2h", {"ingroup": "NOWHERE"}),
        (NUMBER, "+2h", {"campaign": "NOWHERE"}),
        (NUMBER, "+2h", {"comments": "x" * 201}),
        (NUMBER, "+2h", {"comments": "a\nb"}),
    ],
)
def test_a_callback_that_cannot_be_leaves_no_note(
    site: Path, tmp_path: Path, number: str, callback_time: str, options: dict[str, str]
) -> None:
    with pytest.raises(agi.CodedError):
        agi.make_callback(number, callback_time, **options)
    assert callback_notes.read_all(tmp_path / "spool", pytest.fail) == []


def test_a_note_that_is_no_callback_is_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "callbacks"
    folder.mkdir()
    fields = '"call": "", "number": "5", "at": 7'
    for number, text in enumerate(
        (
            "{",
            "{}",
            f'{{"id": "{ids.encode(9)}", {fields}}}',
            f'{{"id": "{ids.encode(3)}", {fields}, "state": "completed"}}',
        )
    ):
        (folder / f"{ids.encode(number)}.json").write_text(text)
    (folder / f"{ids.encode(5)}.json").write_text(f'{{"id": "{ids.encode(5)}", {fields}}}')
    assert [note.id for note in callback_notes.read_all(tmp_path, pytest.fail)] == [ids.encode(5)]
    assert len(list(folder.glob("*.bad"))) == 4


def test_everything_is_said_in_order() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moment = datetime(2026, 12, 24, 18, 5, tzinfo=berlin)
    parts = ("vm-youhave", 3, Digits("4711"), Letters("ab"), moment, date(2026, 12, 24), time(18, 5))
    with OtherEnd(lambda words: "200 result=0") as asterisk:
        assert agi.say(open_agi(asterisk), *parts, keys="#") == ""
    noon = str(int(datetime(2026, 12, 24, 12).timestamp()))
    five = str(int(datetime(2000, 1, 1, 18, 5).timestamp()))
    assert asterisk.heard == [
        ["STREAM", "FILE", "vm-youhave", "#", "0"],
        ["SAY", "NUMBER", "3", "#"],
        ["SAY", "DIGITS", "4711", "#"],
        ["SAY", "ALPHA", "ab", "#"],
        ["SAY", "DATETIME", str(int(moment.timestamp())), "#", "AdBY 'digits/at' IMp", "Europe/Berlin"],
        ["SAY", "DATETIME", noon, "#", "AdBY"],
        ["SAY", "DATETIME", five, "#", "IMp"],
    ]


@pytest.mark.parametrize("priority", [100, -100, 2.5, "7"])
def test_a_priority_that_is_not_allowed_changes_nothing(site: Path, asterisk: OtherEnd, priority: int) -> None:
    with refused(agi.CodedError, "call_priority_invalid", priority=priority, most=99):
        agi.enter_ingroup(open_agi(asterisk), "SALESLINE", priority)
    assert asterisk.heard == []


def ask_script(port: int, script: str, *arguments: str) -> list[list[str]]:
    """Request a script as Asterisk does, and return its commands in words."""
    argument_lines = "".join(f"agi_arg_{number}: {text}\n" for number, text in enumerate(arguments, 1))
    environment = f"agi_network_script: {script}\n{ENVIRONMENT}{argument_lines}\n"
    commands: list[list[str]] = []
    with socket.create_connection(("127.0.0.1", port), 20) as asterisk, asterisk.makefile("rb") as stream:
        asterisk.sendall(environment.encode())
        for line in stream:
            commands.append(split(line.decode().removesuffix("\n")))
            asterisk.sendall(f"{OK}\n".encode())
    return commands


def test_the_example_that_serves_scripts(site: Path, tmp_path: Path) -> None:
    block, keeper = ports.reserve()
    text = own_scripts.examples()["serve"].replace("4574", str(block.api))
    with keeper, subprocess.Popen([own_scripts.write(text, tmp_path / "server")]) as server:
        try:
            deadline = clock.monotonic() + 20
            while ports.is_free(block.api):
                assert clock.monotonic() < deadline and server.poll() is None, "the example does not listen within 20 s"
                clock.sleep(0.02)
            commands = ask_script(block.api, "ticket", "47%2C11")
        finally:
            server.kill()
    assert ["SET", "VARIABLE", "WARMLINE_DATA_ticket", "47,11"] in commands
    assert read_place(commands) == ["warmline-ingroup", "SALESLINE", "1"]


def test_a_request_that_cannot_be_served_gets_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(script: AGI) -> None:
        raise ZeroDivisionError("a bug")

    def exit_script(script: AGI) -> None:
        sys.exit("no line is free")

    monkeypatch.setattr(fastagi_server, "MAX_OPEN_CALLS", 1)
    with fastagi_server.open_server("127.0.0.1:0", {"fails": (fails, ()), "ends": (exit_script, ())}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        line = fails.__code__.co_firstlineno + 1
        assert reason(ask_script(port, "fails")) == f"test_own_scripts.py line {line}: ZeroDivisionError: a bug"
        assert reason(ask_script(port, "fails", "1")) == "the dialplan gave fails 1 arguments; use AGI(fails)"
        line = exit_script.__code__.co_firstlineno + 1
        assert reason(ask_script(port, "ends")) == f"test_own_scripts.py line {line}: sys.exit('no line is free')"
        assert reason(ask_script(port, "other")) == "FastAGI has no 'other'; there are: fails, ends"
        with socket.create_connection(("127.0.0.1", port), 20) as first_connection:
            first_connection.sendall(b"agi_network: yes\n")
            with socket.create_connection(("127.0.0.1", port), 20) as second_connection:
                assert second_connection.recv(1) == b""
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_all_calls_of_one_moment_are_served(host: str) -> None:
    """Let 250 calls come before the server takes the first one. None of them connects late."""
    name = host.strip("[]")
    with fastagi_server.open_server(f"{host}:0", {"ok": (lambda script: script.noop(), ())}) as server:
        address = (name, server.server_address[1])
        with ExitStack() as calls:
            connections = [calls.enter_context(socket.create_connection(address, 0.5)) for _ in range(250)]
            for call in connections:
                call.sendall(b"agi_network_script: ok\n\n")
                call.settimeout(20)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            assert {call.recv(100) for call in connections} == {b"NOOP\n"}
            for call in connections:
                call.sendall(b"200 result=0\n")
        server.shutdown()


def reason(commands: list[list[str]]) -> str:
    """Return the reason that the dialplan gets."""
    return next(words[3] for words in commands if words[:3] == ["SET", "VARIABLE", "WARMLINE_REASON"])


@pytest.mark.parametrize("address", ["4574", "0.0.0.0:4574", "127.0.0.1:x", "127.0.0.1:70000", "[::]:1"])
def test_scripts_are_served_to_this_machine_alone(address: str) -> None:
    with refused(agi.CodedError, "script_address_invalid", address=address):
        agi.serve(address, {})
