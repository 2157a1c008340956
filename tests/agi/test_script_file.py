"""Files of scripts that Asterisk cannot start: each fault has its word, for the lint and for `own-script test`."""

import sys
from pathlib import Path

import pytest

from warmline.agi.script_file import check_script_file

PYTHON = f"#!{sys.executable} -Pmwarmline.agi\nprint()\n"


@pytest.mark.parametrize(
    ("text", "mode", "codes"),
    [
        (PYTHON, 0o755, []),
        ("#!/usr/bin/env -S python3 -P\n", 0o755, []),
        ("#!/bin/sh", 0o755, []),
        ("\x7fELF", 0o755, []),
        (PYTHON, 0o644, ["no_permission"]),
        (PYTHON.replace("\n", "\r\n"), 0o755, ["line_ends"]),
        (PYTHON.replace("\n", "\r\n"), 0o644, ["no_permission", "line_ends"]),
        ("\ufeff" + PYTHON, 0o755, ["no_first_line"]),
        ("", 0o755, ["no_first_line"]),
        ("#!\n", 0o755, ["no_program"]),
        ("#!/no/such/python -P\r\n", 0o755, ["line_ends", "no_program"]),
        ("#!/usr/bin/env no-such-python\n", 0o755, ["no_program"]),
        ("#!/usr/bin/env\n", 0o755, ["no_program"]),
    ],
)
def test_a_file_that_asterisk_cannot_start_is_told(tmp_path: Path, text: str, mode: int, codes: list[str]) -> None:
    (file := tmp_path / "hello").write_text(text, newline="")
    file.chmod(mode)
    assert [problem.code for problem in check_script_file(file)] == codes


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [problem.code for problem in check_script_file(tmp_path / "hello")] == ["missing"]
    assert [problem.code for problem in check_script_file(tmp_path)] == ["missing"]
