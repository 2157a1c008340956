"""The sources of `warmline import freepbx`: a server, dumps, and backups of several releases."""

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from contrib.imports.tests.freepbx.invented_office import DUMP
from warmline.options.option_table import OptionError
from warmline_contrib.imports.freepbx import freepbx_server
from warmline_contrib.imports.freepbx.freepbx_conversion import convert
from warmline_contrib.imports.freepbx.freepbx_server import tables
from warmline_contrib.imports.freepbx.freepbx_source import Row, read


def backup(folder: Path, files: dict[str, bytes]) -> str:
    with tarfile.open(folder / "backup.tar.gz", "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return str(folder / "backup.tar.gz")


def test_packed_dump_and_old_backup_are_read_as_the_dump(office: dict[str, list[Row]], tmp_path: Path) -> None:
    packed = gzip.compress(DUMP.read_bytes())
    (tmp_path / "asterisk.sql.gz").write_bytes(packed)
    assert read(str(tmp_path / "asterisk.sql.gz")) == office
    assert read(backup(tmp_path, {"./mysql-2.sql.gz": packed, "./manifest": b"a:0:{}"})) == office


def of_modules(office: dict[str, list[Row]]) -> dict[str, bytes]:
    """Return the files of a backup by FreePBX 15 or later: where its modules put their tables."""
    queues = {name: office[name] for name in ("queues_config", "queues_details")}
    menus: dict[str, list[Row]] = {}
    for row in office["ivr_entries"]:
        menus.setdefault(row["ivr_id"], []).append(row)
    penalties = {"610/agents/1002": "3", "600/agents/1001": "4", "610/dynmemberonly": "yes", "699/agents/1001": "0"}
    of_1001 = {"callwaiting": "enabled", "recording_in_external": "force", "call_screen": "0"}
    modules: dict[str, Any] = {
        "Queues": {
            "tables": queues,
            "kvstore": {"noid": []},
            "astdb": [{"QPENALTY": {k: penalties[k]}} for k in penalties],
        },
        "Ringgroups": {"groups": [row | {"changecid": "fixed", "fixedcid": "555"} for row in office["ringgroups"]]},
        "Timeconditions": {"tables": {name: office[name] for name in office if name.startswith("time")}},
        "Core": {
            "Users": {"users": office["users"], "astdbConfigs": {"1001": of_1001}},
            "Did": [row | {"delay_answer": int(row["delay_answer"])} for row in office["incoming"]],
            "Devices": [],
        },
        "Ivr": {"ivrs": {"2": [{"id": 2}]}, "entries": menus},
        "Recordings": {"data": [row | {"files": {"x": {"en": []}}, "languages": []} for row in office["recordings"]]},
    }
    files = {f"modulejson/{name}.json": json.dumps({"configs": found}).encode() for name, found in modules.items()}
    dump = DUMP.read_text()
    devices = dump[dump.index("CREATE TABLE `devices`") : dump.index("CREATE TABLE `queues_config`")]
    return files | {"files/tmp/Devices_dump/Devices.sql": devices.encode()}


def test_backup_of_modules_has_dynamic_members(office: dict[str, list[Row]], tmp_path: Path) -> None:
    found = convert(read(backup(tmp_path, of_modules(office))))
    plain = convert(office)
    assert found.config["agent"]["1002"]["ingroup_ranks"] == ("600:-1", "610:-3", "620:9")
    assert found.config["ingroup"]["600"] == plain.config["ingroup"]["600"]
    assert all(found.config[kind] == plain.config[kind] for kind in ("did", "call-time", "container", "phone"))
    assert found.include == plain.include
    assert not any(one.key == "dynamic members" for one in found.values)


def test_agent_is_a_member_of_a_queue_once(office: dict[str, list[Row]], tmp_path: Path) -> None:
    """A member may be in the list of the queue, and log in to it, too."""
    found = convert(read(backup(tmp_path, of_modules(office))))
    assert found.config["agent"]["1001"]["ingroups"] == ("600", "620", "621")
    again = [one for one in found.values if one.place == "queue 600" and one.why.startswith("an earlier line")]
    assert [(one.key, one.value) for one in again] == [
        ("queues_details.member", "Local/1001@from-queue/n"),
        ("queues_details.penalty of Local/1001@from-queue/n", "4"),
    ]


OF_RELEASE_13 = (
    b'a:2:{s:8:"QPENALTY";a:2:{s:15:"600/agents/1004";s:1:"3";s:17:"600/dynmemberonly";s:2:"no";}s:2:"TC";a:1:{i:1;N;}}'
)


def test_backup_of_an_older_release_has_dynamic_members(office: dict[str, list[Row]], tmp_path: Path) -> None:
    """Releases 13 and 14 pack dumps without comments, and lack columns."""
    dump = "\n".join(line for line in DUMP.read_text().splitlines() if not line.startswith(("--", "/*!", "DROP")))
    files = {"./manifest": b"a:0:{}", "./mysql-2.sql.gz": gzip.compress(dump.encode()), "./astdb": OF_RELEASE_13}
    found = read(backup(tmp_path, files))
    newer = ("callback_id", "rvolume", "progress", "elsewhere", "hint_override", "pmminlength")
    old = {table: [{k: row[k] for k in row if k not in newer} for row in rows] for table, rows in found.items()}
    made, plain = convert(old), convert(office)
    assert made.config["agent"]["1004"]["ingroup_ranks"] == ("600:-3",)
    assert made.include == plain.include
    assert all(made.config[kind] == plain.config[kind] for kind in ("did", "call-time", "container", "phone"))


class FakeServer:
    """PyMySQL's module, connection and cursor in one, with the tables of an office."""

    class MySQLError(Exception):
        """An error of the server."""

    def __init__(self, office: dict[str, list[Row]], fault: str = "") -> None:
        self._office, self._fault = office, fault
        self.asked: list[str] = []
        self._rows: list[tuple[str | bytes | int | None, ...]] = []
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
            self._rows = [tuple(self._value(*one) for one in row.items()) for row in rows]

    def _value(self, column: str, value: str) -> str | bytes | int | None:
        if column == "filename":  # of the type BLOB
            return value.encode()
        return int(value) if column in ("id", "flags") and value.isdecimal() else value or None

    def fetchall(self) -> list[tuple[str | bytes | int | None, ...]]:
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


def test_bytes_of_a_dump_are_a_name_of_sounds(office: dict[str, list[Row]], tmp_path: Path) -> None:
    names = {one: f"0x{one.encode().hex().upper()}" for one in ("custom/welcome&custom/hours", "custom/whisper")}
    text = DUMP.read_text()
    for name, written in names.items():
        text = text.replace(f"'{name}'", written)
    (tmp_path / "asterisk.sql").write_text(text)
    assert read(str(tmp_path / "asterisk.sql")) == office
    (tmp_path / "odd.sql").write_text("INSERT INTO `sip` (`id`, `data`) VALUES (0x,0xABC),('a',0x80);\n")
    assert read(str(tmp_path / "odd.sql"))["sip"] == [{"id": "", "data": "0xABC"}, {"id": "a", "data": "€"}]


def test_dump_of_an_older_character_set_keeps_its_letters(tmp_path: Path) -> None:
    (tmp_path / "asterisk.sql").write_bytes(DUMP.read_text().encode("cp1252"))
    assert convert(read(str(tmp_path / "asterisk.sql"))).config["agent"]["1004"]["full_name"] == "Zoë O'Hara"


def test_rows_of_calls_do_not_count_to_the_size(
    office: dict[str, list[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calls of a year are many times larger than all tables that are read."""
    call = "INSERT INTO `cdr` VALUES ('2026-11-28','a; text'),\n('INSERT INTO `users` VALUES (1)');\n"
    text = call * 10 + DUMP.read_text() + call * 2000
    monkeypatch.setattr("warmline_contrib.imports.freepbx.freepbx_source.LARGEST", len(DUMP.read_bytes()) + 100)
    monkeypatch.setattr("warmline_contrib.imports.freepbx.freepbx_source.PIECE", 50)
    (tmp_path / "all.sql").write_text(text)
    assert read(str(tmp_path / "all.sql")) == office
    assert read(backup(tmp_path, {"mysql-1.sql.gz": gzip.compress(text.encode())})) == office


def test_source_that_unpacks_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warmline_contrib.imports.freepbx.freepbx_source.LARGEST", 1000)
    (tmp_path / "asterisk.sql.gz").write_bytes(gzip.compress(DUMP.read_bytes()))
    with pytest.raises(OptionError, match=r"has more than 1000 bytes of FreePBX's tables"):
        read(str(tmp_path / "asterisk.sql.gz"))


def test_broken_database_of_asterisk_is_refused(tmp_path: Path) -> None:
    cut = [OF_RELEASE_13[:end] for end in range(0, 60, 7)]
    for content in (*cut, b"a:1:{a:0:{}N;}", b's:3:"ab";', b"a:1:{i:0;" * 50_000, b"\xff"):
        with pytest.raises(OptionError, match=r"backup\.tar\.gz/astdb cannot be read: "):
            read(backup(tmp_path, {"./astdb": content}))
            raise AssertionError(content)


def test_invalid_address_of_a_server_is_refused_without_its_password(office: dict[str, list[Row]]) -> None:
    for address in ("u:pa/ss@h/x", "u@h:abc/x", "u@h:99999/x", "u@[::1/x"):
        with pytest.raises(OptionError, match="the address of the database is invalid") as refused:
            tables(f"mysql://{address}", office, FakeServer(office))
        assert "pa" not in str(refused.value).replace("password", "")


def test_source_without_tables_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.sql").write_text("-- nothing\n")
    Path("cut.sql").write_text("INSERT INTO `sip` VALUES ('1','secret'\n")
    for source, said in {
        "postgresql://somewhere/x": "postgresql://… is not the address of a database",
        "nothing.sql": "nothing.sql cannot be read: No such file",
        "empty.sql": "empty.sql has no table of FreePBX",
        "cut.sql": "cut.sql ends too early",
    }.items():
        with pytest.raises(OptionError, match=said):
            read(source)


def test_backup_with_a_broken_module_is_refused(tmp_path: Path) -> None:
    for content, said in {
        b"{": "backup.tar.gz/modulejson/Core.json cannot be read: Expecting property name",
        b"[" * 100_000: "cannot be read: maximum recursion depth",
        b'{"configs": 5}': "has no table of FreePBX",
        b'{"configs": {"Users": {"users": [{"name": "Ada"}]}}}': "table users of the source has a row without",
    }.items():
        with pytest.raises(OptionError, match=said):
            read(backup(tmp_path, {"modulejson/Core.json": content}))
