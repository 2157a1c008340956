"""Makes writes of many rows in the process of the test, which another process would make with its own sizes."""

import pytest

from ari_app.records import large_writes
from ari_app.records.large_writes import LargeWrites, Written
from ari_app.records.privileged_write_types import LargeWrite


def large_writes_here(monkeypatch: pytest.MonkeyPatch, size: str, leads: int) -> None:
    """Let the constant `size` of large_writes be this number of leads."""

    def make(writes: LargeWrites, wanted: LargeWrite, who: str) -> Written:
        return Written(large_writes.made(writes.path, wanted, who), 0.0)

    monkeypatch.setattr(large_writes, size, leads)
    monkeypatch.setattr(LargeWrites, "make", make)
