"""The additions of contrib: a package that is not installed stops neither the app nor a command of the core."""

import logging

import pytest

from tests.cli.command_line import Run
from tests.cli.conftest import run  # noqa: F401 - a fixture
from warmline.system.additions import load_additions

MISSING = "warmline_contrib.missing.front_link:create"


def test_a_missing_package_is_logged_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert list(load_additions([MISSING, "warmline.system.contrib_table:ROUTES"])) != []
    assert "warmline_contrib.missing is not installed; install Warmline again" in caplog.text


def test_a_command_of_a_missing_package_ends_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def load_missing(_target: str) -> None:
        raise ModuleNotFoundError("No module", name="warmline_contrib.missing")

    monkeypatch.setattr("cli.lazy_group.load", load_missing)
    code, out, err = run("version")
    assert (code, out) == (1, "")
    assert err.startswith("warmline: warmline_contrib.missing is not installed; install Warmline again")
