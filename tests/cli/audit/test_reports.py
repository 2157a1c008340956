"""The reports of `warmline audit` on the core's records: filters, output, and totals."""

import csv
import json
import shutil
import time
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.store import three_calls
from tests.wording.said import said, says
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.model.recording import UNMEASURED_CAUSE
from warmline.store.configuration import config
from warmline.store.database.database import connect


@pytest.fixture(scope="module")
def recorded(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three calls a few minutes ago: one sold after 20 s, one handed over and recorded, one abandoned."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("reports")))
    config.set_options(path, "campaign", "TESTCAMP", {"campaign_recording": "ALLCALLS"}, who="ada")
    config.set_options(path, "ingroup", "SALESLINE", {"ingroup_recording_override": "NEVER"}, who="bob")
    driver = RecordedDriver(path)
    driver.asterisk.now = _in_one_hour(time.time_ns() // 1000 - 600_000_000)
    three_calls.take(driver)
    return path


def _in_one_hour(at: int) -> int:
    """Return that time, or two minutes earlier if the hour ends sooner: over two hours the report has a heat map."""
    minute = 60_000_000
    return at if at % (60 * minute) < 58 * minute else at - 2 * minute


@pytest.fixture
def run(recorded: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline audit …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(recorded))

    return lambda *arguments: run("audit", *arguments)


def test_the_same_rows_in_every_form(run: Run) -> None:
    document = json.loads(run("calls", "--json")[1])
    assert document["version"] == 1 and document["summary"] == {
        "calls": 3,
        "outcomes": {"answered": 2, "missed": 1},
        "fallback": {},
    }
    lines = [json.loads(line) for line in run("calls", "--ndjson")[1].splitlines()]
    rows = list(csv.DictReader(StringIO(run("calls", "--csv")[1])))
    assert document["calls"] == lines
    assert [row["call"] for row in rows] == [line["call"] for line in lines]
    assert [row["length_ms"] for row in rows] == [str(line["length_ms"]) for line in lines]
    assert list(rows[0]) == list(lines[0])


def test_only_the_fields_asked_for(run: Run) -> None:
    assert run("calls", "--csv", "--fields", "number,outcome")[1] == (
        "number,outcome\n+4930111,answered\n4930222,answered\n4930333,missed\n"
    )
    assert run("calls", "--fields", "dialled", "--limit", "1")[1].splitlines()[:2] == ["dialled", "8005550100"]
    code, out, err = run("calls", "--fields", "colour")
    assert (code, out) == (1, "") and said("report_field_unknown", field="colour") + "arrived, " in err


def test_a_deleted_ingroup_remains_in_the_records(run: Run, recorded: Path) -> None:
    with closing(connect(recorded)) as db:
        db.execute("INSERT INTO queue_wait SELECT '0', '0', 'OLDLINE', '', 0, 0, 0, 0, 0, 'DROP', '', ''")
    assert run("calls", "--ingroup", "OLDLINE")[0] == 0


def test_each_recording_has_its_reason_and_the_state_of_its_file(
    run: Run, recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(tmp_path))
    [row] = json.loads(run("recordings", "--json")[1])["recordings"]
    assert (row["reason"], row["customer"], row["kind"]) == ("campaign_recording=ALLCALLS", "4930222", "call")
    assert run("recordings", "--since", "5s")[1].startswith("No recording since ")
    file = tmp_path / "talk.mp3"  # brought from another system
    file.write_bytes(b"talk")
    digest = "c2b1aafe2a7b5d67cdc1cf9e2fe9ed31c4fb41b6b8a2c3e4ba4a4ef9e2f0f8aa"
    with closing(connect(recorded)) as db:
        db.execute(
            "UPDATE recording SET status = 'kept', path = ?, bytes = 4, sha256 = ?, ended = started",
            (str(file), digest),
        )
    states = []
    for change in (lambda: None, lambda: file.write_bytes(b"talked"), file.unlink):
        change()
        code, out, _ = run("recordings", "--fields", "file", "--csv")
        states.append((code, out.split()[1]))
    assert states == [(0, "whole"), (1, "changed"), (1, "missing")]
    file.write_bytes(b"talk")  # the same length, but another content
    assert run("recordings", "--read", "--fields", "file", "--csv")[:2] == (1, "file\nchanged\n")
    code, out, _ = run("recordings", "--wrong", "--read", "--json")
    assert code == 1 and json.loads(out)["wrong"] == 1
    assert run("recordings", "--wrong")[1].startswith("No recording whose file is wrong since ")
    file.write_bytes(b"talk")
    with closing(connect(recorded)) as db:
        db.execute("UPDATE recording SET sha256 = '', started = 0, ended = 2500000, length = 1000")
    code, out, _ = run("recordings", "--fields", "file,missing", "--csv")
    assert (code, out) == (1, "file,missing_ms\nshort,1500\n")
    told = f"{row['id']}: 1.5 s are missing: the file is shorter than its time, and the row does not say so"
    assert told in [one["text"] for one in json.loads(run("verify", "--json")[1])["findings"]]
    with closing(connect(recorded)) as db:
        db.execute("UPDATE recording SET status = 'failed', cause = ?, server = 'b', bytes = 0", (UNMEASURED_CAUSE,))
    assert run("recordings", "--fields", "file,server", "--csv")[:2] == (0, "file,server\nunmeasured,b\n")


def one(run: Run, report: str, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(report, "--ndjson", *arguments)[1].splitlines()]


def test_changes_of_the_configuration_are_listed_by_user_and_entity(run: Run) -> None:
    [change] = one(run, "config", "--who", "bob")
    assert (change["action"], change["entity"], change["name"]) == ("set", "ingroup", "SALESLINE")
    assert change["changes"] == {"ingroup_recording_override": ["DISABLED", "NEVER"]}
    assert "campaign_recording: ONDEMAND → ALLCALLS" in run("config", "--who", "ada", "--entity", "campaign")[1]
    assert one(run, "config", "--name", "SUPPORTLINE", "--who", "bob") == []


def test_api_requests_are_counted_by_user_and_kind(run: Run) -> None:
    found = {row["kind"]: row for row in one(run, "api", "--by", "6666", "--source", "test")}
    assert found["STATUS"]["asked"] == 2 and found["STATUS"]["outcomes"] == {"completed": 2}
    assert found["LEAVE_3WAY_CALL"]["longest_ms"] >= found["LEAVE_3WAY_CALL"]["average_ms"] >= 0
    assert one(run, "api", "--by", "nobody") == []
    assert one(run, "api", "--kind", "STATUS") == [found["STATUS"]]
    code, _, err = run("api", "--kind", "STATSU")
    assert code == 1 and says(err, "filter_word_unknown", option="--kind", value="STATSU") and "STATUS" in err


FILTERS = {
    "": "123",
    "--ingroup SALESLINE": "13",
    "--agent 1000": "12",
    "--agent 1001": "",
    "--campaign TESTCAMP": "12",
    "--number 4930111": "1",
    "--number +4930333": "3",
    "--disposition SALE": "1",
    "--disposition DROP": "3",
    "--transfer LEAVE_3WAY_CALL": "2",
    "--outcome missed": "3",
    "--recorded": "2",
    "--not-recorded": "13",
    "--length 18s..": "1",
    "--length ..1s": "3",
    "--length 1s..18s": "2",
    "--since 5s": "",
    "--since 30d --limit 2": "32",
    "--ingroup SALESLINE --outcome answered": "1",
}


def test_each_filter_finds_its_calls(run: Run) -> None:
    customers, found = {"+4930111": "1", "4930222": "2", "4930333": "3"}, {}
    for arguments in FILTERS:
        code, out, err = run("calls", "--ndjson", *arguments.split())
        assert (code, err) == (0, ""), arguments
        found[arguments] = "".join(customers[json.loads(line)["number"]] for line in out.splitlines())
    assert found == FILTERS


OUTCOMES = "answered, missed, failed, fallback, dialplan, login_refused, live"
WRONG_WORDS = {
    "--outcome won": said("filter_word_unknown", option="--outcome", value="won", allowed=OUTCOMES),
    "--transfer DIAL": said("filter_word_unknown", option="--transfer", value="DIAL"),
    "--length long": said("length_invalid", value="long"),
    "--length ..": said("length_invalid", value=".."),
    "--json --csv": said("report_forms_several", options="--json and --csv"),
    "--since 1h --day today": said("period_options_several", options="--since and --day"),
    "--between 2026-11-20": said("between_invalid", value="2026-11-20"),
    "--between today..yesterday": said("period_ends_first", option="--between", value="today..yesterday"),
    "--day someday": said("written_day_invalid", value="someday"),
}
WRONG_NAMES = {
    "calls --ingroup SALELINE": "did you mean SALESLINE?",
    "calls --campaign OTHER": said("entity_unknown", kind="campaign", name="OTHER", hint="existing: TESTCAMP"),
    "transfers --agent ada": said("entity_unknown", kind="agent", name="ada", hint="existing: 1000, 1001"),
    "transfers --agent 100": said("entity_unknown", kind="agent", name="100", hint="did you mean 100"),
    "recordings --ingroup SALELINE --json": "did you mean SALESLINE?",
    "calls --disposition SALT": said("entity_unknown", kind="disposition", name="SALT", hint="did you mean SALE?"),
}


def test_a_wrong_word_is_one_sentence_and_a_wrong_name_is_no_empty_day(run: Run) -> None:
    for arguments, words in WRONG_WORDS.items():
        code, out, err = run("calls", *arguments.split())
        sentence, *lines = err.splitlines()
        assert (code, out) == (1, "") and words in sentence, arguments
        assert [line for line in lines if not line.startswith("  warmline audit calls ")] == []
    for arguments, words in WRONG_NAMES.items():
        code, out, err = run(*arguments.split())
        assert (code, out) == (3, "") and words in err, arguments
