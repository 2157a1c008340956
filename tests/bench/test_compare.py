"""Two checkouts are measured in turn, and the medians are compared."""

from pathlib import Path

import pytest

from tools.bench import compare


@pytest.fixture
def checkouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Provide two checkouts; each run prints the next line of its file `figures`."""
    for name in ("here", "there"):
        python = tmp_path / name / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(
            '#!/bin/sh\necho "$0 $*" >> ../asked\nhead -1 figures | sed \'s/.*/{"value": &}/\'\nsed -i 1d figures\n'
        )
        python.chmod(0o755)
    (tmp_path / "here/tools").mkdir()  # the other one is older
    monkeypatch.setattr(compare, "HERE", tmp_path / "here")
    return tmp_path / "here", tmp_path / "there"


def test_the_median_of_each_side_is_compared(
    checkouts: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    here, there = checkouts
    (here / "figures").write_text("1.0\n9.0\n2.0\n")
    (there / "figures").write_text("2.0\n2.0\n7.0\n")
    assert compare.main([str(there), "leave=8", "--rounds", "3"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 leave there 2",
        "1 leave here 1",
        "2 leave here 9",
        "2 leave there 2",
        "3 leave there 7",
        "3 leave here 2",
        "leave: there 2, here 2, ratio 1.000, goal 1.05 or less",
    ]
    asked = (tmp_path / "asked").read_text()
    assert (asked.count("-m tools.bench leave --json --count 8"), asked.count("-m bench leave --json --count 8")) == (
        3,
        3,
    )


def test_a_ratio_above_the_goal_is_told_by_the_exit_code(checkouts: tuple[Path, Path]) -> None:
    here, there = checkouts
    (here / "figures").write_text("1.1\n")
    (there / "figures").write_text("1.0\n")
    assert compare.main([str(there), "leave=8", "--rounds", "1"]) == 1


def test_a_run_without_a_figure_is_named(checkouts: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    _, there = checkouts
    (there / "figures").write_text("")
    assert compare.main([str(there), "leave=8", "--rounds", "1"]) == 2
    assert f"leave in {there} gives no figure" in capsys.readouterr().err


@pytest.mark.parametrize(("there", "here", "told"), [(0.0, 0.0, 1.0), (0.0, 1.0, float("inf")), (4.0, 5.0, 1.25)])
def test_the_ratio_of_two_figures(there: float, here: float, told: float) -> None:
    assert compare.ratio(there, here) == told


@pytest.mark.parametrize("text", ["leave", "leave=0", "=3", "leave=x"])
def test_a_benchmark_without_its_count_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        compare.main([".", text])
    assert "is no NAME=COUNT" in capsys.readouterr().err
