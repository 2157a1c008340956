"""Callers in numbers are sipp's, and without it the benchmark says what to install."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from lab import asterisk
from lab.description import Lab
from tools.bench.tools.result import CannotMeasureError
from tools.bench.tools.sipp_crowd import Crowd


def test_without_sipp_it_cannot_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk, "cache_folder", lambda: tmp_path)
    monkeypatch.setenv("PATH", "")
    people = Crowd(cast(Lab, SimpleNamespace(sip="127.0.0.1:5060")), sound=4000)
    with pytest.raises(CannotMeasureError, match="sipp is not on PATH: install it"):
        asyncio.run(people.call("8005550100", rate=20, calls=1, talk=1.0))
