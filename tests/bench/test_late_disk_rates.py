"""The disk with late flushes: programs of the block wait, and no others; and a machine without a compiler."""

import os
import shutil
import subprocess
import sys

import pytest

from tools.bench.capacity.late_disk_rates import late_flushes
from tools.bench.tools.result import CannotMeasureError

FLUSHES = 10
# Prints how many milliseconds ten flushes take.
PROGRAM = f"""
import os, tempfile, time
with tempfile.TemporaryFile() as file:
    began = time.monotonic()
    for _ in range({FLUSHES}):
        file.write(b"x")
        file.flush()
        os.fdatasync(file.fileno())
    print(1000 * (time.monotonic() - began))
"""


def spent() -> float:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return float(done.stdout)


@pytest.mark.skipif(not shutil.which("cc"), reason="the benchmark needs a C compiler, and nothing else does")
def test_each_flush_of_a_program_takes_longer_within_the_block() -> None:
    with late_flushes(20):
        assert spent() >= FLUSHES * 20
    assert "LD_PRELOAD" not in os.environ
    assert spent() < FLUSHES * 20


def test_without_a_compiler_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotMeasureError, match="Debian: gcc"), late_flushes(5):
        raise AssertionError
