"""`warmline audit ingroups` and `warmline callback list`."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import main
from tests.store.busy_ingroups import SECOND, fill
from tests.wording.said import said
from warmline.store.migrations import migrate

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a database with a busy in-group, a minute and a half after its first call."""
    path = tmp_path / "warmline.db"
    migrate(path)
    monkeypatch.setenv("WARMLINE_DB", str(path))
    fill(path, time.time_ns() // 1000 - 90 * SECOND)

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def test_people_read_a_table(run: Run) -> None:
    code, out, _ = run("audit", "ingroups")
    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines()[1:] if line}
    assert " ".join(lines["SALES"].split()).startswith("SALES 6 3 40.0% 0:10 1 20.0% ")
    assert lines["SALES"].rstrip().endswith("AFTHRS 1  DROP 1  TIMEOT 1          2")
    assert lines["QUIET"].split() == ["QUIET", "0", "0", "0:20", "0", "0", "0"]


def test_programs_read_json(run: Run) -> None:
    code, out, _ = run("audit", "ingroups", "SALES", "--since", "1h", "--json")
    [sales] = json.loads(out)["ingroups"]
    assert code == 0
    assert (sales["offered"], sales["answered"], sales["waiting"], sales["callbacks"]) == (6, 3, 1, 2)
    assert (sales["level"], sales["within_ms"], sales["longest_ms"]) == (0.4, 10_000, 360_000)
    assert sales["statuses"] == {"AFTHRS": 1, "DROP": 1, "TIMEOT": 1}


def test_what_is_wrong_is_said(run: Run) -> None:
    code, _, err = run("audit", "ingroups", "SALE")
    assert (code, err) == (
        3,
        f"warmline: {said('entity_unknown', kind='ingroup', name='SALE', hint='did you mean SALES?')}\n",
    )
    code, _, err = run("audit", "ingroups", "--since", "tomorrow")
    assert code == 1 and said("written_time_invalid", value="tomorrow") in err


def test_who_waits_for_a_call_back_is_listed(run: Run) -> None:
    code, out, _ = run("callback", "list")
    assert code == 0 and out.count("5551234") == 2 and "anybody" in out
    assert [row["id"] for row in json.loads(run("callback", "list", "--json")[1])] == ["B2", "B1"]
