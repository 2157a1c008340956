"""The command line: its output, and its exit codes. The benchmarks are fakes."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.bench import __main__ as command
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, times

asked: list[int] = []


def stand_in(value: float | None) -> SimpleNamespace:
    """Return a benchmark that finds this value beside 2 ms, or cannot be measured."""

    async def measure(count: int, step: Step) -> BenchResult:
        asked.append(count)
        step()
        if value is None:
            raise CannotMeasureError("no ChannelLeftBridge within 10 s")
        return BenchResult("quick", "bare script", [times("left", [value], [2.0], ratio=3)])

    return SimpleNamespace(COUNT=30, measure=measure)


@pytest.fixture(autouse=True)
def results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Provide the folder of the results, while fakes are measured."""
    asked.clear()
    monkeypatch.setattr(command.result_files, "FOLDER", tmp_path)
    stand_ins = {"quick": stand_in(4.0), "slow": stand_in(7.0), "broken": stand_in(None)}
    monkeypatch.setattr(command, "BENCHMARKS", stand_ins)
    return tmp_path


def test_met_is_0_and_the_last_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["quick"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == ("quick: 4 ms, baseline 2 ms, ratio 2.00, goal 3 or less: met")


def test_short_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["slow"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("short (left)")


def test_a_failed_measurement_exits_with_2_and_gives_the_cause(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["broken"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "broken: could not be measured: no ChannelLeftBridge within 10 s" in told.err


def test_json_is_all_there_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["baseline"], told["met"]) == (4.0, 2.0, True)


def test_all_runs_every_one_and_ends_with_the_worst(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["all", "--json"]) == 2
    assert [json.loads(line)["met"] for line in capsys.readouterr().out.splitlines()] == [True, False]
    assert asked == [30, 30, 30]


def test_the_count_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["quick", "--count", "7"])
    assert asked == [7]


def test_a_usual_run_keeps_its_result(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["quick"])
    [file] = results.iterdir()
    kept = json.loads(file.read_text())
    assert (file.name, kept["value"], kept["baseline"], kept["met"]) == ("quick.json", 4.0, 2.0, True)
    assert (kept["against"], kept["source"]) == ("bare script", "measured")
    assert "result written to tools/bench/results/quick.json" in capsys.readouterr().err


def test_a_shorter_run_keeps_the_older_result(results: Path) -> None:
    command.main(["quick", "--count", "7"])
    assert list(results.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], "NAME"),
        (["fast"], "invalid choice: 'fast'"),
        (["quick", "--count", "0"], "0 is no number from 1 up"),
        (["quick", "--count", "many"], "many is no number from 1 up"),
    ],
)
def test_a_wrong_command_line_measures_nothing(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert text in capsys.readouterr().err
    assert asked == []
