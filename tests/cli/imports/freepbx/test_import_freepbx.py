"""`warmline import freepbx`: an invented office becomes a configuration, and each value of it has its fate."""

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from cli.dialplan.dialplan_reading import from_text
from cli.imports.converted_value import ConvertedValue, Fate
from cli.imports.freepbx import columns, freepbx_server
from cli.imports.freepbx.freepbx_conversion import FreepbxConversion, convert
from cli.imports.freepbx.freepbx_server import tables
from cli.imports.freepbx.freepbx_source import Row, read
from tests.cli.command_line import Run
from tests.copied_database import new_database
from warmline.options.option_table import OptionError

DUMP = Path(__file__).with_name("asterisk.sql")
# The columns of the tables, as module.xml of FreePBX's modules names them in releases 16 and 17.
SCHEMA = {
    "users": "extension password name voicemail ringtimer noanswer recording outboundcid sipname noanswer_cid busy_cid "
    "chanunavail_cid noanswer_dest busy_dest chanunavail_dest mohclass",
    "devices": "id tech dial devicetype user description emergency_cid hint_override",
    "sip": "id keyword data flags",
    "incoming": "cidnum extension destination privacyman alertinfo ringing fanswer mohclass description grppre "
    "delay_answer pricid pmmaxretries pmminlength reversal rvolume indication_zone",
    "queues_details": "id keyword data flags",
    "queues_config": "extension descr grppre alertinfo ringing maxwait password ivr_id dest cwignore queuewait "
    "use_queue_context togglehint qnoanswer callconfirm callconfirm_id qregex agentannounce_id joinannounce_id "
    "monitor_type monitor_heard monitor_spoken callback_id",
    "ringgroups": "grpnum strategy grptime grppre grplist annmsg_id postdest description alertinfo remotealert_id "
    "needsconf toolate_id ringing cwignore cfignore cpickup recording progress elsewhere rvolume",
    "timeconditions": "timeconditions_id displayname time truegoto falsegoto deptname generate_hint invert_hint "
    "fcc_password priority timezone mode calendar_id calendar_group_id",
    "timegroups_groups": "id description",
    "timegroups_details": "id timegroupid time",
}
MOVED = ("5550100", "+13125550102")


@pytest.fixture(scope="module")
def office() -> dict[str, list[Row]]:
    return {table: list(rows) for table, rows in read(str(DUMP)).items()}


@pytest.fixture(scope="module")
def converted(office: dict[str, list[Row]]) -> FreepbxConversion:
    return convert(office, "SALES", {"600": "SALESLINE"}, MOVED)


def fate(converted: FreepbxConversion, place: str, key: str) -> tuple[Fate, str]:
    [found] = [one for one in converted.values if (one.place, one.key) == (place, key)]
    return found.fate, found.why


def backup(folder: Path, files: dict[str, bytes]) -> str:
    with tarfile.open(folder / "backup.tar.gz", "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return str(folder / "backup.tar.gz")


def test_column_of_each_table_has_a_fate(office: dict[str, list[Row]]) -> None:
    assert {table: set(rules) for table, rules in columns.COLUMNS.items()} == {
        table: set(names.split()) for table, names in SCHEMA.items()
    }
    assert all([*office[table][0]] == names.split() for table, names in SCHEMA.items())


def test_value_of_each_column_is_reported_once(office: dict[str, list[Row]], converted: FreepbxConversion) -> None:
    of_rows = ("users", "devices", "incoming", "queues_config", "ringgroups", "timeconditions", "timegroups_details")
    for table in of_rows:
        told = [one.key for one in converted.values if one.key.startswith(f"{table}.") and " " not in one.key]
        assert sorted(told) == sorted(f"{table}.{name}" for row in office[table] for name in row), table
    for row in office["queues_details"]:
        keyword = {"music": "musicclass"}.get(row["keyword"], row["keyword"])
        key = f"queues_details.{keyword}"
        assert any(one.place == f"queue {row['id']}" and one.key == key for one in converted.values), row
    assert sum(one.key.startswith("sip.") for one in converted.values) == len(office["sip"])


def test_column_of_another_release_is_lost(office: dict[str, list[Row]]) -> None:
    newer = office | {"incoming": [row | {"new_column": "1"} for row in office["incoming"]]}
    found = [one for one in convert(newer).values if one.key == "incoming.new_column"]
    assert {(one.fate, one.why) for one in found} == {(Fate.LOST, "this release does not know the column")}


def test_secrets_are_not_shown(converted: FreepbxConversion) -> None:
    told = {one.key: one.value for one in converted.values if one.value == columns.HIDDEN}
    assert set(told) == {"users.password", "sip.secret", "queues_config.password", "timeconditions.fcc_password"}
    assert not any(secret in str(converted) for secret in ("do-not-show", "pass-1001", "4321"))


def test_queue_becomes_an_in_group_with_agents(converted: FreepbxConversion) -> None:
    sales, agents = converted.config["ingroup"]["SALESLINE"], converted.config["agent"]
    assert (sales["group_name"], sales["next_agent_call"], sales["moh_context"]) == ("Sales", "ring_all", "jazz")
    assert (sales["drop_call_seconds"], sales["drop_action"], sales["voicemail_ext"]) == (
        120,
        "VOICEMAIL",
        "1001@default",
    )
    assert (sales["welcome_message_filename"], sales["play_welcome_message"]) == (
        *("custom/welcome|custom/hours", "IF_WAIT_ONLY"),
    )
    assert sales["exit_keys"] == ("1 -> ingroup:610", "0 -> voicemail:1001@default")
    assert sales["ingroup_recording_override"] == "ALLFORCE"
    assert agents["1001"]["full_name"] == "Ada Lovelace"
    assert agents["1002"]["ingroup_ranks"] == ("SALESLINE:-1", "620:9")
    assert agents["4930555123"]["outside_number"] == "4930555123"
    assert "1003" not in agents
    assert fate(converted, "extension 1003", "users.extension")[0] is Fate.LOST


def test_ring_group_becomes_an_in_group_that_rings_in_turn(converted: FreepbxConversion) -> None:
    desk = converted.config["ingroup"]["620"]
    assert (desk["next_agent_call"], desk["on_hook_ring_time"], desk["drop_call_seconds"]) == (
        *("inbound_group_rank", 12, 36),
    )
    assert (desk["drop_action"], desk["drop_inbound_group"]) == ("IN_GROUP", "SALESLINE")
    assert converted.config["agent"]["1001"]["ingroup_ranks"] == ("620:8",)
    assert converted.config["ingroup"]["621"]["drop_exten"] == "busy@app-blackhole"


def test_inbound_route_becomes_a_did_with_hours(converted: FreepbxConversion) -> None:
    dids = converted.config["did"]
    assert dids["5550100"] == {
        "did_description": "Office",
        "route": "ingroup:621",
        "call_time_id": "Office_hours",
        "after_hours_route": "voicemail:1001@default",
    }
    hours = converted.config["call-time"]["Office_hours"]
    assert (hours["ct_default_start"], hours["ct_default_stop"], hours["timezone"]) == (830, 1200, "Europe/Berlin")
    assert (hours["ct_saturday_start"], hours["ct_saturday_stop"], hours["ct_sunday_start"]) == (0, 200, 2400)
    assert "friday:1300-1700" in hours["ct_more_hours"] and "saturday:2200-2400" in hours["ct_more_hours"]
    assert dids["default"]["route"] == "callmenu:ivr-2"
    assert "5550105" not in dids and not any(name.startswith("55.") for name in dids)


def test_rule_for_a_caller_becomes_a_list(converted: FreepbxConversion) -> None:
    assert converted.config["did"]["5550101"]["filter_route"] == "hangup"
    assert converted.config["container"] == {"CID_5550101": {"entries": ("5557777",)}}
    assert fate(converted, "inbound route 5550101/_44X.", "incoming.cidnum")[0] is Fate.LOST
    assert fate(converted, "inbound route 5550101/+15558888", "incoming.cidnum")[1].endswith("and that is hangup")


def test_condition_with_dates_becomes_lines_of_the_dialplan(converted: FreepbxConversion) -> None:
    assert converted.config["did"]["13125550102"]["route"] == "extension:2@warmline-freepbx-time"
    assert " same => n,GotoIfTime(*,*,25-26,dec?true)\n" in converted.include
    assert " same => n(false),Goto(warmline-freepbx-time,1,1)\n" in converted.include
    assert " same => n(true),Goto(warmline-ingroup,621,1)\n" in converted.include
    assert fate(converted, "inbound route 5550104", "incoming.destination")[0] is Fate.CHANGED


def test_chosen_numbers_alone_go_to_warmline(office: dict[str, list[Row]], converted: FreepbxConversion) -> None:
    numbers = [line for line in converted.include.splitlines() if ",1,Set(__FROM_DID" in line]
    assert [line.split()[2].partition(",")[0] for line in numbers] == ["5550100", "+13125550102"]
    assert "[ext-did-custom]" not in convert(office).include
    assert "[ext-did-post-custom]\nexten => _[+0-9*#]!,1" in convert(office, moved=["default"]).include
    with pytest.raises(OptionError, match="--did 1 has no inbound route that was converted; allowed: 5550100, "):
        convert(office, moved=["1"])


# The contexts that FreePBX writes: each includes NAME-custom first.
FREEPBX = """
[from-pstn]
include => from-pstn-custom
include => ext-did
include => ext-did-post-custom
include => ext-did-catchall
[ext-did]
include => ext-did-custom
include => ext-did-0002
[ext-did-0002]
exten => 5550100,1,Goto(timeconditions,1,1)
exten => 5550101,1,Goto(ext-queues,600,1)
[ext-did-catchall]
exten => _.,1,Goto(ext-did,s,1)
#tryinclude warmline-freepbx.conf
"""


@pytest.mark.parametrize(
    ("moved", "contexts"),
    [
        (["5550100"], ["ext-did-custom", "ext-did-0002", "ext-did-catchall"]),
        (["5550100", "default"], ["ext-did-custom", "ext-did-0002", "ext-did-post-custom"]),
        ([], ["ext-did-0002", "ext-did-0002", "ext-did-catchall"]),
        (None, ["ext-did-0002", "ext-did-0002", "ext-did-catchall"]),
    ],
)
def test_number_moves_by_its_lines_and_back_without_them(
    office: dict[str, list[Row]], tmp_path: Path, moved: list[str] | None, contexts: list[str]
) -> None:
    if moved is not None:
        (tmp_path / "warmline-freepbx.conf").write_text(convert(office, moved=moved).include)
    plan = from_text(FREEPBX, "extensions.conf", tmp_path)
    found = [plan.find("from-pstn", number) for number in ("5550100", "5550101", "5559876")]
    assert [one and one.context for one in found] == contexts


def test_packed_dump_and_old_backup_are_read_as_the_dump(office: dict[str, list[Row]], tmp_path: Path) -> None:
    packed = gzip.compress(DUMP.read_bytes())
    (tmp_path / "asterisk.sql.gz").write_bytes(packed)
    assert read(str(tmp_path / "asterisk.sql.gz")) == office
    assert read(backup(tmp_path, {"./mysql-2.sql.gz": packed, "./manifest": b"a:0:{}"})) == office


def test_backup_of_modules_has_dynamic_members(office: dict[str, list[Row]], tmp_path: Path) -> None:
    queues = {name: office[name] for name in ("queues_config", "queues_details")}
    modules: dict[str, Any] = {
        "Queues": {"tables": queues, "astdb": [{"QPENALTY": {"610/agents/1002": "3", "610/dynmemberonly": "yes"}}]},
        "Ringgroups": {"groups": [row | {"changecid": "default"} for row in office["ringgroups"]]},
        "Timeconditions": {"tables": {name: office[name] for name in office if name.startswith("time")}},
        "Core": {"Users": {"users": office["users"]}, "Did": office["incoming"], "Devices": []},
    }
    files = {f"modulejson/{name}.json": json.dumps({"configs": found}).encode() for name, found in modules.items()}
    dump = DUMP.read_text()
    devices = dump[dump.index("CREATE TABLE `devices`") : dump.index("CREATE TABLE `queues_config`")]
    found = convert(read(backup(tmp_path, files | {"files/Devices_dump/Devices.sql": devices.encode()})))
    assert found.config["agent"]["1002"]["ingroup_ranks"] == ("600:-1", "610:-3", "620:9")
    assert found.config["did"] == convert(office).config["did"]
    assert not any(one.key == "dynamic members" for one in found.values)


class FakeServer:
    """PyMySQL's module, connection and cursor in one, with the tables of an office."""

    class MySQLError(Exception):
        """An error of the server."""

    def __init__(self, office: dict[str, list[Row]], fault: str = "") -> None:
        self._office, self._fault = office, fault
        self.asked: list[str] = []
        self._rows: list[tuple[str | None, ...]] = []
        self.description: list[tuple[str]] = []

    def connect(self, **given: Any) -> "FakeServer":
        self.given = given
        if self._fault:
            raise self.MySQLError(1045, self._fault)
        return self

    def cursor(self) -> "FakeServer":
        return self

    __enter__ = cursor

    def __exit__(self, *_: object) -> None:
        pass

    close = __exit__

    def execute(self, statement: str) -> None:
        self.asked.append(statement)
        if "information_schema" in statement:
            self._rows = [(name,) for name in (*self._office, "cdr")]
        elif statement.startswith("SELECT * FROM"):
            rows = self._office[statement.split("`")[1]]
            self.description = [(name,) for name in rows[0]]
            self._rows = [tuple(value or None for value in row.values()) for row in rows]

    def fetchall(self) -> list[tuple[str | None, ...]]:
        return self._rows


def test_server_is_read_in_a_transaction_that_cannot_write(
    office: dict[str, list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_MYSQL_PASSWORD", "of-the-variable")
    server = FakeServer(office)
    assert tables("mysql://reader@127.0.0.1:3307/asterisk", office, server) == office
    assert server.asked[0] == "START TRANSACTION READ ONLY"
    assert not any("cdr" in one for one in server.asked)
    assert (server.given["password"], server.given["port"]) == ("of-the-variable", 3307)
    with pytest.raises(OptionError, match="the database db:3306/asterisk answers: Access denied"):
        tables("mysql://reader:hidden@db/asterisk", office, FakeServer(office, "Access denied"))


def test_more_rows_than_a_source_may_have_are_refused(
    office: dict[str, list[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are left out silently would be lost."""
    count = sum(map(len, office.values()))
    monkeypatch.setattr(freepbx_server, "MOST_ROWS", count)
    assert tables("mysql://reader@db/asterisk", office, FakeServer(office)) == office
    monkeypatch.setattr(freepbx_server, "MOST_ROWS", count - 1)
    with pytest.raises(OptionError, match=f"db:3306/asterisk has more than {count - 1} rows"):
        tables("mysql://reader@db/asterisk", office, FakeServer(office))
    (tmp_path / "two.sql").write_text("INSERT INTO `devices` (`id`) VALUES ('1'),('2');\n")
    monkeypatch.setattr(freepbx_server, "MOST_ROWS", 1)
    with pytest.raises(OptionError, match=r"two\.sql has more than 1 rows"):
        read(str(tmp_path / "two.sql"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("postgresql://somewhere/x", "postgresql://… is not the address of a database"),
        ("nothing.sql", "nothing.sql cannot be read: No such file"),
        ("empty.sql", "empty.sql has no table of FreePBX"),
        ("cut.sql", "cut.sql ends too early"),
    ],
)
def test_source_without_tables_is_refused(
    source: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.sql").write_text("-- nothing\n")
    Path("cut.sql").write_text("INSERT INTO `sip` VALUES ('1','secret'\n")
    with pytest.raises(OptionError, match=said):
        read(source)


def test_dump_of_an_older_character_set_keeps_its_letters(tmp_path: Path) -> None:
    (tmp_path / "asterisk.sql").write_bytes(DUMP.read_text().encode("cp1252"))
    assert convert(read(str(tmp_path / "asterisk.sql"))).config["agent"]["1004"]["full_name"] == "Zoë O'Hara"


def test_table_without_its_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asterisk.sql").write_text(DUMP.read_text().replace("`grpnum`", "`number`"))
    with pytest.raises(OptionError, match="table ringgroups of the source has a row without grpnum"):
        read(str(tmp_path / "asterisk.sql"))


def test_conditions_that_lead_to_each_other_end(office: dict[str, list[Row]]) -> None:
    first, second, *others = office["timeconditions"]
    circle = [first | {"falsegoto": "timeconditions,2,1", "truegoto": "nowhere"}, second, *others]
    found = convert(office | {"timeconditions": circle})
    assert found.config["did"]["5550100"]["route"] == "extension:1@warmline-freepbx-time"
    assert " same => n(false),Goto(warmline-freepbx-time,2,1)\n same => n(true),Hangup()\n" in found.include
    assert found.include.count("exten => 1,1,") == found.include.count("exten => 2,1,") == 1


def test_source_that_unpacks_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.imports.freepbx.freepbx_source.LARGEST", 1000)
    (tmp_path / "asterisk.sql.gz").write_bytes(gzip.compress(DUMP.read_bytes()))
    with pytest.raises(OptionError, match="unpacks to more than 1000 bytes"):
        read(str(tmp_path / "asterisk.sql.gz"))


def test_files_can_be_applied_and_written_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_database(tmp_path / "warmline.db")
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    monkeypatch.setenv("SUDO_USER", "ada")
    folder = str(tmp_path / "new")
    args = ("import", "freepbx", str(DUMP), "--campaign", "TESTCAMP", "--name", "600=SALESLINE", "--to", folder)
    code, out, err = run(*args, "--did", "5550100")
    assert code == 0, err
    assert "numbers that go to Warmline: 5550100; for Asterisk: " in out
    assert "queues_config.grppre" in out and "not needed" in out.splitlines()[-3]
    for line in (("campaign", "create", "TESTCAMP"), ("config", "apply", folder, "--yes")):
        code, _, err = run(*line)
        assert code == 0, err
    code, out, _ = run("route", "simulate", "5550100", "--at", "2026-11-28 14:00")
    assert "Office_hours is closed" in out
    code, out, _ = run(*args, "--json")
    told = json.loads(out)
    assert told["counts"]["lost"] == sum(one["fate"] == "lost" for one in told["values"])
    assert "ext-did-custom" not in Path(told["files"][-1]).read_text()
    code, out, _ = run("config", "diff", folder)
    assert code == 0 and out == "nothing to change\n"


def test_values_are_told_with_their_place(converted: FreepbxConversion) -> None:
    assert all(isinstance(one, ConvertedValue) and one.place and one.key for one in converted.values)
