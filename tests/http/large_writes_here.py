"""Makes writes of many rows in the process of the test, which another process would make with its own sizes."""

import pytest

from ari_app.records import large_writes
from ari_app.records.large_writes import LargeWrites
from ari_app.records.privileged_write_types import LargeWrite
from ari_app.records.write_results import WriteOutcome


def large_writes_here(monkeypatch: pytest.MonkeyPatch, size: str, leads: int) -> None:
    """Let the constant `size` of large_writes be this number of leads."""

    def make(writes: LargeWrites, wanted: LargeWrite, who: str) -> WriteOutcome:
        return large_writes.made(writes.path, wanted, who)

    monkeypatch.setattr(large_writes, size, leads)
    monkeypatch.setattr(LargeWrites, "make", make)
