"""The examples of docs/how-to/routing.md are correct."""

import re
import shlex
from pathlib import Path

import pytest

from cli.doctor.checks.dialplan_check import ARI_ONLY
from cli.main import main
from lab import configure
from tools.pages.marked_text import PROJECT

PAGE = PROJECT / "docs/how-to/routing.md"


def test_the_simulation_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = re.search(r"```console\n\$ warmline (route simulate .*)\n((?:.*\n)*?)```", PAGE.read_text())
    agents = re.search(r"```toml\n(\[\[agents\]\]\n(?:.*\n)*?)```", PAGE.read_text())
    assert sample and agents
    hours = {"ct_default_start": "900", "ct_default_stop": "1900", "ct_holidays": "EVE"}
    eve = {"holiday_date": "2026-12-24", "holiday_name": "Christmas Eve"}
    closed = {"call_time_id": "OFFICE", "after_hours_action": "IN_GROUP", "afterhours_xfer_group": "SUPPORTLINE"}
    changes = [
        ("setting", "warmline", {"timezone": "Europe/Berlin"}),
        ("holiday", "EVE", eve | {"ct_default_start": "900", "ct_default_stop": "1200"}),
        ("call-time", "OFFICE", hours),
        ("ingroup", "SALESLINE", closed),
    ]
    configure.fill(tmp_path / "warmline.db", changes)
    (tmp_path / "agents.toml").write_text(agents[1])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(sample[1]))
    assert not ended.value.code
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == sample[2].splitlines()


def test_a_way_in_of_ones_own_leaves_no_door_open() -> None:
    """The lines to copy do what Warmline's contexts do before a call reaches a script and the app."""
    shown = [block for block in re.findall(r"```[a-z]*\n(.*?)```", PAGE.read_text(), re.DOTALL) if "Stasis(" in block]
    assert shown
    for block in shown:
        before = block.partition("AGI(")[0]
        assert ARI_ONLY in before and "Gosub(warmline-clean,s,1)" in before
