"""`warmline report`: what people, spreadsheets and programs get of a made day."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.command_line import Run
from tests.reports import made_day
from tests.reports.test_made_day import TOTAL, read
from warmline.store.configuration import config
from warmline.store.daily_reports import report_table

OF_DAY = ("--day", made_day.DAY)


@pytest.fixture
def run(day: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `warmline report …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(day))

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(("report", *arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def test_times_have_one_zone_that_is_named_once(run: Run) -> None:
    out = run("interval", *OF_DAY, "--by", "1h")[1]
    assert "\n2026-11-20 08:00:00 " in out and out.count("times: Europe/Berlin") == 1
    out = run("interval", *OF_DAY, "--timezone", "UTC")[1]
    assert "\n2026-11-20 07:00:00 " in out and out.endswith("times: UTC\n")


def test_a_sheet_has_local_times_and_lengths_in_hours(run: Run, day: Path) -> None:
    code, out, _ = run("agents", *OF_DAY, "--csv")
    rows = list(csv.DictReader(StringIO(out)))
    assert code == 0 and [row["agent"] for row in rows] == ["1000", "1001", "1002", "1003", "1004", "total"]
    assert rows[0]["login"] == "2026-11-20 08:00:00" and rows[0]["name"] == "Agent 1000"
    agents = read(day, "agents")
    for row in rows[:-1]:
        hours, minutes, seconds = map(int, row["logged_in"].split(":"))
        assert abs(hours * 3600 + minutes * 60 + seconds - agents[row["agent"],]["logged_in"] / 1e6) <= 1
        assert re.fullmatch(r"[0-9]+\.[0-9]%", row["occupancy"])


def test_programs_get_the_total_apart(run: Run, day: Path) -> None:
    document = json.loads(run("day", *OF_DAY, "--json")[1])
    assert document["totals"]["offered"] == read(day, "day")[TOTAL]["offered"]
    assert [row["group"] for row in document["day"]][:1] == ["FALLBACK"]
    lines = [json.loads(line) for line in run("day", *OF_DAY, "--ndjson")[1].splitlines()]
    assert lines == document["day"]


def test_only_the_fields_asked_for(run: Run) -> None:
    head, *_, total = run("agents", *OF_DAY, "--csv", "--fields", "agent,calls")[1].splitlines()
    assert head == "agent,calls" and total.startswith("total,")
    assert " ms" not in run("day", *OF_DAY)[1]
    assert re.search(r"[0-9]:[0-9]{2}:[0-9]{2}\.[0-9]{3}", run("day", *OF_DAY, "--precise")[1])


def test_an_empty_day_is_said(run: Run) -> None:
    for name in report_table.NAMES:
        code, out, _ = run(name, "--day", "2020-02-29")
        assert code == 0 and out.startswith("No ") and "total" not in out
    assert json.loads(run("day", "--day", "2020-02-29", "--json")[1])["day"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("day", "--ingroup", "SALELINE"), 3, "did you mean SALESLINE?"),
        (("agents", "--group", "EASTT"), 3, "user-group 'EASTT' does not exist; did you mean EAST?"),
        (("interval", "--by", "7m"), 1, "--by cannot be '7m'; allowed: 30m, 15m, 1h"),
        (("dids", "--json", "--csv"), 1, "exclude each other; give one of them"),
        (("day", "--fields", "colour"), 1, "there is no field 'colour'"),
    ],
)
def test_an_invalid_report_is_refused_in_one_line(run: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    found, out, err = run(*arguments)
    assert (found, out, err.count("\n")) == (code, "", 1) and words in err


@pytest.mark.parametrize("name", report_table.NAMES)
def test_a_page_needs_no_other_file_and_has_the_columns_of_the_table(run: Run, name: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    code, out, _ = run(name, *OF_DAY, "--html", str(file))
    page = file.read_text()
    report = report_table.find(name)
    assert code == 0 and out.splitlines()[0] == f"{file}: {len(page.encode()):,} bytes"
    assert not re.search(r"<script|<link|\bsrc=|\bhref=|@import|url\(", page)
    assert page.count("times: Europe/Berlin") == 1 and "@media print" in page and "prefers-color-scheme: dark" in page
    rows = list(csv.reader(StringIO(run(name, *OF_DAY, "--csv")[1])))
    assert page.count("<tr>") == len(rows)
    assert page.count("<svg ") == bool(report.plot)
    assert page.count("<tfoot>") == 1 and ">total<" in page


def test_a_name_in_a_page_is_text(run: Run, day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(day.read_bytes())
    config.set_options(copy, "ingroup", "SALESLINE", {"group_name": "<script>alert(1)</script>"}, who="ada")
    monkeypatch.setenv("WARMLINE_DB", str(copy))
    run("day", *OF_DAY, "--html", str(file := tmp_path / "day.html"))
    assert "<script" not in file.read_text() and "&lt;script" in file.read_text()


def test_a_page_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    code, out, err = run("day", *OF_DAY, "--html", str(tmp_path / "none" / "day.html"))
    assert (code, out) == (1, "") and "cannot be written: No such file or directory" in err
