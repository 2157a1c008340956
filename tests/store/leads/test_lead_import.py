"""The import of leads: every valid line once, and a report of the others."""

import csv
import tempfile
import threading
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.copied_database import new_database
from tests.soak import examples
from tests.wording.said import refused, said
from warmline.leads import csv_reader, text_encoding
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database import leader_lock_file
from warmline.store.database.database import connect
from warmline.store.leads import leads
from warmline.store.leads.duplicate_leads import DuplicateRule
from warmline.store.leads.lead_import import LeadImport, LeadImportReport

HEAD = "phone_number,first_name,vendor_lead_code,comments\n"


def imported(
    db: Path, text: str | bytes, *, dry_run: bool = False, encoding: str = "", **columns: str
) -> LeadImportReport:
    """Import a file with that text; return the report."""
    file = db.parent / "leads.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return LeadImport(file, str(db), "999", "ada", columns, dry_run, encoding=encoding).run()


def names(db: Path) -> list[str]:
    return [lead["first_name"] for lead in leads.page(db, "999")]


def rejected(report: LeadImportReport) -> dict[int, str]:
    """Return the reason for each rejected line."""
    with Path(report.rejects).open(newline="", errors="replace") as file:
        rows = [row[0] for row in csv.reader(file)][1:]
    return {int(line.removeprefix("line ")): why for line, _, why in (row.partition(": ") for row in rows)}


def test_each_line_is_a_lead(db: Path) -> None:
    report = imported(db, HEAD + "8005551234,Ada,V1,hello\n+1 (212) 555-0187,Bob,,\n")
    assert (report.records, report.imported, report.duplicates, report.rejected) == (2, 2, 0, 0)
    ada, bob = leads.page(db)
    assert (ada["phone_number"], ada["vendor_lead_code"], ada["comments"]) == ("8005551234", "V1", "hello")
    assert (ada["list_id"], ada["status"], ada["user"], ada["called_count"]) == ("999", "NEW", "ada", 0)
    assert (bob["phone_code"], bob["phone_number"]) == ("1", "2125550187")
    assert report.rejects == "" and not (db.parent / "leads.csv.rejected.csv").exists()


PAST = (
    "lead_id,entry_date,status,user,phone_number,called_count,called_since_last_reset,last_local_call_time,modify_date\n"
    "4711,2026-01-05 09:30:00,NA,1000,8005551234,3,Y1,2026-11-02 14:05:00,2026-11-02T15:00:00+00:00\n"
    "4712,2026-01-05 09:30:00,NEW,,8005551235,0,N,2008-01-01 00:00:00,0000-00-00 00:00:00\n"
)


def test_an_import_keeps_ids_times_and_counts_of_another_system(db: Path) -> None:
    """Times are in the setting `timezone`; VICIdial's time of a lead that was never called is none."""
    config.set_options(db, "setting", "warmline", {"timezone": "Europe/Berlin"}, who="ada")
    report = imported(db, PAST)
    assert (report.imported, report.unknown) == (2, ())
    called, new = leads.page(db)
    assert (called["lead_id"], called["user"], called["called_count"], called["passes"]) == (4711, "1000", 3, 2)
    berlin = ZoneInfo("Europe/Berlin")
    assert called["entry_date"] == microseconds(datetime(2026, 1, 5, 9, 30, tzinfo=berlin))
    assert called["last_call"] == microseconds(datetime(2026, 11, 2, 14, 5, tzinfo=berlin))
    assert called["modify_date"] == microseconds(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))
    assert (new["lead_id"], new["user"], new["passes"], new["last_call"]) == (4712, "ada", 0, None)
    again = imported(db, PAST + "4711,,NEW,,8005559999,,,,\n,,NEW,,8005551236,,,,\n")
    assert (again.imported, again.duplicates) == (1, 2)
    assert rejected(again) == {4: said("lead_id_taken", lead=4711)}
    assert leads.page(db)[-1]["lead_id"] == 4713


def microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("entry_date", "2190-01-01 00:00:00"), ("last_call", "yesterday"), ("modify_date", "1066-10-14 09:00:00")),
        *(("called_count", "-1"), ("called_count", "70000"), ("passes", "Z"), ("lead_id", "0"), ("user", "u" * 41)),
    ],
)
def test_a_history_that_cannot_be_is_rejected(db: Path, column: str, value: str) -> None:
    report = imported(db, f"phone_number,{column}\n8005551234,{value}\n")
    assert report.imported == 0 and rejected(report)[2].startswith(f"{column} cannot be {value!r}; allowed: ")


def test_a_null_of_mysql_is_empty_and_is_counted(db: Path) -> None:
    report = imported(db, "phone_number,city,last_call,last_name\n8005551234,NULL,\\N,Null\n")
    assert (report.imported, report.nulls) == (1, 2)
    (lead,) = leads.page(db)
    assert (lead["city"], lead["last_call"], lead["last_name"]) == ("", None, "Null")


@pytest.mark.parametrize("begin", text_encoding.WORKBOOKS)
def test_a_workbook_is_called_one(db: Path, begin: bytes) -> None:
    with refused(OptionError, "csv_is_workbook"):
        imported(db, begin + b"\x14\x00\x06\x00abc")


def test_an_empty_status_of_a_file_is_the_usual_one(db: Path) -> None:
    imported(db, "phone_number,status\n8005551234,\n8005551235,NI\n")
    assert [lead["status"] for lead in leads.page(db)] == ["NEW", "NI"]


def test_a_broken_line_is_told_and_stops_no_other(db: Path) -> None:
    text = (
        HEAD
        + "8005550001,A,,\n"  # 2
        + "no number,B,,\n"  # 3
        + '"8005550002,C,,\n'  # 4: a quote that is never closed
        + '8005550003,D,,5" pipe\n'  # 5: a quote as an ordinary letter
        + "8005550004,E\n"  # 6
        + "8005550005," + "x" * 101 + ",,\n"  # 7
        + "\n"
        + '8005550006,F,,"two\nlines"\n'  # 9, 10
        + "8005550007,G,,"
    )  # fmt: skip
    report = imported(db, text)
    assert names(db) == ["A", "D", "F", "G"]
    why = rejected(report)
    assert list(why) == [3, 4, 6, 7] and report.rejected == 4
    assert why[3].startswith("phone_number 'no number' contains 'n'") and "not closed" in why[4]
    assert why[6] == said("csv_field_count", count=2, names=4)
    assert why[7] == said("lead_text_too_long", name="first_name", length=101, most=100)
    assert leads.page(db)[2]["comments"] == "two\nlines"
    assert Path(report.rejects).stat().st_mode & 0o777 == 0o600


def test_lines_with_an_emergency_number_are_rejected_and_named(db: Path) -> None:
    head = "phone_code,phone_number,alt_phone,first_name\n"
    report = imported(
        db, head + "1,8005551234,,Ada\n49,112,,Bob\n,+911,,Cid\n1,8005551235,9-1-1,Dan\n1,8005551112,,Eve\n"
    )
    assert (report.imported, report.rejected, names(db)) == (2, 3, ["Ada", "Eve"])
    assert rejected(report) == {
        line: f"{field} is the emergency number {number}, which no lead may have: correct it, or empty it"
        for line, field, number in (
            (3, "phone_number '112'", 112),
            (4, "phone_number '911'", 911),
            (5, "alt_phone '9-1-1'", 911),
        )
    }
    assert [(one.count, one.line) for one in report.reasons] == [(2, 3), (1, 5)]
    assert imported(db, "phone_number,more_numbers\n8005551236,911:help\n").rejected == 1
    config.set_options(db, "setting", "warmline", {"emergency_numbers": "17"}, who="test")
    assert imported(db, head + "49,112,,Bob\n").imported == 1, "no emergency number of this site"


def test_rejected_lines_fill_no_disk(db: Path) -> None:
    file = db.parent / "leads.csv"
    file.write_text("phone_number\n" + "x\n" * 3000 + "8005551234\n")
    report = LeadImport(file, str(db), "999", "ada", most_rejects=50_000).run()
    assert (report.rejected, report.imported) == (3000, 1)
    assert 50_000 <= Path(report.rejects).stat().st_size < 70_000
    *_, last = Path(report.rejects).read_text().splitlines()
    assert "left out" in last and [one.count for one in report.reasons] == [3000]


def test_the_same_file_again_makes_nothing(db: Path) -> None:
    text = HEAD + "8005550001,A,V1,\n8005550001,Other,V2,\n8005550002,B,,\n8005550002,again,,\n"
    assert imported(db, text).imported == 3
    again = imported(db, text)
    assert (again.imported, again.duplicates) == (0, 4)
    assert names(db) == ["A", "Other", "B"]


def test_a_dry_run_counts_rows_and_changes_nothing(db: Path) -> None:
    text = HEAD + "8005550001,A,V1,\n8005550001,again,V1,\n8005550002,B,,\n8005550002,again,,\n,none,,\n"
    said = imported(db, text, dry_run=True)
    assert (said.imported, said.duplicates, said.rejected) == (2, 2, 1) and names(db) == []
    done = imported(db, text)
    assert (done.imported, done.duplicates, done.rejected) == (2, 2, 1)
    assert imported(db, text, dry_run=True).duplicates == 4


# A name, an encoding that a program writes it in, and the name of that encoding here.
WRITTEN = (
    ("O\u2019Brien \u2014 5 €", "cp1252", "windows-1252"),
    ("Größe", "latin-1", "windows-1252"),
    ("Dvořák Žižka", "cp1250", "windows-1250"),
    ("Петров", "cp1251", "windows-1251"),
    ("Œuf €", "iso8859-15", "iso8859-15"),
    ("Größe", "cp850", "cp850"),
    ("Größe \u2014 Café", "mac-roman", "mac-roman"),
    ("山田", "cp932", "cp932"),
    ("Größe", "utf-16-le", "utf-16-le"),
    ("Größe", "utf-16-be", "utf-16-be"),
)


def test_lines_with_foreign_bytes_are_rejected_if_the_file_is_otherwise_utf_8(db: Path) -> None:
    lines = ("8005550001,Größe,,", "8005550002,M\udcfcller,,", "8005550003,Ada,,", "8005550004,O\x92Brien,,")
    data = (HEAD + "\n".join((*lines, "8005550005,Gr\udcc3"))).encode(errors="surrogateescape")
    report = imported(db, data)
    why = rejected(report)
    assert (names(db), [*why]) == (["Größe", "Ada"], [3, 5, 6])
    assert why[3] == "it has bytes that are not utf-8: fc" and why[6].endswith(": c3")
    assert why[5] == said("lead_control_character", name="first_name")
    stored = Path(report.rejects).read_bytes()
    assert b"8005550002,M\xfcller," in stored, "the line is as it came"
    for again in (stored, data):
        with refused(OptionError, "text_is_utf_8" if again is data else "text_encoding_unknown"):
            imported(db, again, encoding="cp1252" if again is data else "")
    assert names(db) == ["Größe", "Ada"]


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        (HEAD.encode(), "utf-7", "encoding_name_unknown"),
        (HEAD.encode(), "rot13", "encoding_name_unknown"),
        (HEAD.encode(), "no such\n", "encoding_name_unknown"),
        ("phone_number,Größe\n".encode("cp1252"), "utf-8", "csv_first_line_foreign"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81\x8d", "", "file_without_text"),
    ],
)
def test_another_file_is_refused(db: Path, data: bytes, encoding: str, code: str) -> None:
    with refused(OptionError, code):
        imported(db, data, encoding=encoding)


def test_a_refusal_shows_no_line_of_a_file_that_names_no_columns(db: Path) -> None:
    with pytest.raises(OptionError) as error:
        imported(db, "root:$6$Größe\n".encode("cp1252"))
    assert "windows-1252" in str(error.value) and "Gr" not in str(error.value)


@settings(max_examples=examples(60, by_night=2000), database=None, derandomize=True)
@given(
    st.lists(st.text("aßéЯя€\u2019山ř", min_size=1, max_size=12), min_size=1, max_size=4),
    st.sampled_from([encoding for _, encoding, _ in WRITTEN] + ["utf-8", "utf-16"]),
)
def test_no_name_is_changed_without_a_word(texts: list[str], encoding: str) -> None:
    texts = [text.encode(encoding, "ignore").decode(encoding) for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "leads.csv")
        path.write_bytes(("name,number\n" + "".join(f"{text},1\n" for text in texts)).encode(encoding))
        for given in ("", encoding):
            try:
                found = text_encoding.encoding_of(path, given)
            except OptionError as error:
                assert error.code == "text_encoding_unknown" and not given, error
                continue
            with csv_reader.opened(path, found) as file:
                csv_reader.first_line(file)
                read = [record.fields[0] for record in csv_reader.records(file, ",", 2) if not record.broken]
            assert read == texts if given else not read or read == texts, found


def test_broken_utf_16_costs_its_own_line(db: Path) -> None:
    lines = (HEAD + "8005550001,A,,\n", "8005550002,B,,", "\n8005550003,C,,\n")
    first, second, third = (text.encode("utf-16-le") for text in lines)
    report = imported(db, b"\xff\xfe" + first + b"\x00\xd8" + second + third + b"\n")
    assert names(db) == ["A", "C"] and report.rejected == 2, "the file ends with half a character"


@pytest.mark.parametrize("between", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_separator_of_columns_is_detected(db: Path, between: str, end: str) -> None:
    lines = (HEAD + '8005550001,A,,"x, y"\n').replace(",", between).replace("\n", end)
    assert imported(db, lines).imported == 1
    assert leads.page(db)[0]["comments"] == f"x{between} y"


def test_columns_have_other_names(db: Path) -> None:
    report = imported(db, "Phone,Call-Name,colour\n8005550001,Ada,red\n", Phone="phone_number", call_name="first_name")
    assert (names(db), report.unknown) == (["Ada"], ("colour",))
    for head, columns, code in [
        ("Line,name", {}, "csv_no_number_column"),
        ("Phone,name", {"Fone": "phone_number"}, "csv_column_unknown"),
        ("Phone,name", {"phone": "phone_numbr"}, "lead_field_unknown"),
        ("phone_number,Phone_Number", {}, "csv_column_twice"),
        ("", {}, "csv_no_number_column"),
        ("phone_number," + "x" * 200_000, {}, "csv_first_line_too_long"),
    ]:
        with refused(OptionError, code):
            imported(db, f"{head}\n1,2\n", **columns)


@pytest.mark.parametrize("line", ["root:$y$j9T$geheim:20000:0:99999:7:::", 'ari_password = "geheim"', "{geheim"])
def test_the_first_line_of_a_file_that_is_no_list_is_not_quoted(db: Path, line: str) -> None:
    with refused(OptionError, "csv_no_number_column") as lead_error:
        imported(db, f"{line}\n1\n")
    with refused(OptionError, "csv_column_unknown") as column_error:
        imported(db, f"{line}\n1\n", Phone="phone_number")
    for error in (lead_error, column_error):
        assert "has other text" in str(error.value) and "geheim" not in str(error.value)


def test_numbers_of_a_country_are_checked_and_made_alike(db: Path) -> None:
    config.set_options(db, "list", "999", {"country": "DE"}, who="test")
    report = imported(
        db, HEAD + "030 123456,A,,\n+49 30 123456,B,,\n0049 (30) 123456,C,,\n12,D,,\n+1 800 555 1234,E,,\n"
    )
    found = [(lead["phone_code"], lead["phone_number"]) for lead in leads.page(db)]
    assert found == [("49", "30123456"), ("1", "8005551234")]
    assert (report.duplicates, rejected(report)[5]) == (
        2,
        "phone_number '12' is assigned neither in DE nor, as an international number, in another country",
    )
    config.set_options(db, "list", "999", {"country": "XX"}, who="test")
    with refused(OptionError, "list_country_unknown", list="999", country="XX"):
        imported(db, HEAD)


def test_memory_does_not_grow_with_the_file(db: Path) -> None:
    """A file of 1 MB, then one three times as long; a batch and the file's buffers need the same memory."""
    peaks = []
    for count in (250, 750):
        file = db.parent / f"{count}.csv"
        with file.open("w") as out:
            out.write(HEAD)
            out.writelines(f"{8_000_000_000 + count * 7 + n},N{n},,{'x' * 3600}\n" for n in range(count))
        tracemalloc.start()
        assert LeadImport(file, str(db), "999", "ada").run().imported > 0
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(peaks) < 2_600_000, "the longer file has 2.7 million bytes"


def test_other_programs_write_during_an_import(db: Path) -> None:
    """Another program that writes rows gets its turn between two batches, while an app runs."""
    file = db.parent / "many.csv"
    with file.open("w") as out:
        out.write(HEAD)
        out.writelines(f"{8_000_000_000 + n},N{n},,\n" for n in range(3_000))
    over = threading.Event()
    batches: list[int] = []
    waits: list[int] = []  # in batches

    def write() -> None:
        with closing(connect(db, busy=60)) as own:
            own.execute("PRAGMA synchronous=OFF")  # its own disk is not part of the measurement
            while not over.wait(0.005):
                before = len(batches)
                own.execute("INSERT INTO dnc VALUES (?, '', 0, '', '')", [str(len(waits))])
                waits.append(len(batches) - before)

    other = threading.Thread(target=write)
    other.start()
    with closing(leader_lock_file.hold(db)):
        report = LeadImport(file, str(db), "999", "ada").run(batches.append)
    over.set()
    other.join()
    assert report.imported == 3_000 and min(len(waits), len(batches)) > 10
    assert sorted(waits)[len(waits) // 2] <= 1


@given(st.text(alphabet='ab",\n\r;1é\x00 ', max_size=200))
def test_no_text_stops_it(text: str) -> None:
    """With any lines, records come in order with their line numbers, without an exception."""
    import io

    found = list(csv_reader.records(io.StringIO(text, newline=""), ",", 2))
    lines = [record.line for record in found]
    assert lines == sorted(lines) and all(line >= 1 for line in lines)
    plain = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.count(",") == 1]
    whole = [line for line in plain if '"' not in line and line != ","]
    if '"' not in text:
        assert len([r for r in found if len(r.fields) == 2]) == len(whole)


def test_a_line_without_end_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "x" * 3_000_000 + "\nc,d\n")
    tracemalloc.start()
    with csv_reader.opened(path, "utf-8") as file:
        found = list(csv_reader.records(file, ",", 2))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [record.fields for record in found] == [["a", "b"], [], ["c", "d"]]
    assert "longer than" in found[1].broken and [record.line for record in found] == [1, 2, 3]
    assert peak < 3_000_000


def test_broken_off_it_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    new_database(path)
    file = tmp_path / "leads.csv"
    file.write_text(HEAD + "".join(f"800555{n:04},N{n},,\n" for n in range(1000)))
    told = 0

    def stop(_bytes: int) -> None:
        nonlocal told
        told += 1
        if told == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        LeadImport(file, str(path), "999", "ada").run(stop)
    there = len(leads.page(path, most=1000))
    assert 0 < there < 1000
    again = LeadImport(file, str(path), "999", "ada").run()
    assert (again.imported, again.duplicates) == (1000 - there, there)


def test_a_changed_lead_gets_other_places(db: Path) -> None:
    config.set_options(db, "list", "999", {"country": "US"}, who="test")
    lead = leads.create(db, "999", {"phone_number": "8005550123"}, who="test")

    def changed(**fields: str) -> tuple[str, str]:
        leads.update(db, lead, fields)
        now = leads.find(db, lead)
        return now["time_zones"], now["jurisdictions"]

    assert changed(state="FL") == ("", "US-FL")
    assert changed(time_zones="America/Chicago") == ("America/Chicago", "US-FL")
    assert changed(city="Pensacola") == ("America/Chicago", "US-FL")
    assert changed(phone_number="3055550123") == ("America/New_York", "US-FL")
    assert changed(postal_code="32501") == ("America/New_York|America/Chicago", "US-FL")
    assert changed(time_zones="Europe/Berlin") == ("Europe/Berlin", "US-FL")
    assert changed(time_zones="") == ("America/New_York|America/Chicago", "US-FL")


@pytest.mark.parametrize(
    "where, days, imported_names",
    [
        ("", 0, ["A", "B", "C", "D", "E"]),
        ("list", 0, ["A", "C", "D", "E"]),
        ("campaign", 0, ["A", "D", "E"]),
        ("system", 0, ["A", "E"]),
        ("system", 30, ["A", "D", "E"]),
    ],
)
def test_a_number_is_a_duplicate_where_the_rule_says(
    db: Path, where: str, days: int, imported_names: list[str]
) -> None:
    config.create(db, "campaign", "SALES", {}, who="test")
    for name, campaign in (("101", "SALES"), ("102", "SALES"), ("103", "")):
        config.create(db, "list", name, {"campaign": campaign, "country": "US"}, who="test")
    leads.create(db, "102", {"phone_number": "2125550103"}, who="test")
    old = leads.create(db, "103", {"phone_number": "+12125550104"}, who="test")
    with closing(connect(db)) as opened:
        opened.execute("UPDATE lead SET entry_date = entry_date - 40 * 86400000000 WHERE lead_id = ?", [old])
        opened.execute("UPDATE lead SET phone_code = '' WHERE list_id = '102'")
    file = db.parent / "leads.csv"
    file.write_text(
        "vendor_lead_code,phone_number,first_name\n"
        "V1,212 555-0101,A\nV2,+1 212 555 0101,B\nV3,2125550103,C\nV4,2125550104,D\nV5,2125550105,E\n"
    )
    rule = DuplicateRule(where, days)
    dry_report = LeadImport(file, str(db), "101", "ada", {}, dry_run=True, duplicates=rule).run()
    report = LeadImport(file, str(db), "101", "ada", {}, duplicates=rule).run()
    assert [lead["first_name"] for lead in leads.page(db, "101")] == imported_names
    assert (report.imported, report.duplicates) == (len(imported_names), 5 - len(imported_names))
    assert (dry_report.imported, dry_report.in_database) == (report.imported, report.in_database)
