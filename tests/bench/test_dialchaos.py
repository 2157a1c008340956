"""The findings of the dialler's chaos: which ones fail the run, and which silence belongs to a fault."""

import pytest

from tools.bench.tools.result import CannotMeasureError
from tools.proofs.chaos.dialler_chaos import STRUCK, result
from tools.proofs.chaos.dialler_findings import AFTER, DialledFindings, FaultTime
from tools.proofs.chaos.dialler_judge import DROPPED_AFTER, IN_FAULT
from tools.proofs.chaos.faults import FAULTS

KINDS = ("silent", "unserved", "cut_short", "twice", "lost", "untrue", "unlawful", "orphans", "stuck")


def test_every_fault_is_one_that_can_be_struck() -> None:
    assert STRUCK.keys() <= FAULTS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_anything_wrong_fails_the_run(kind: str) -> None:
    well, badly = DialledFindings(dialled=9, answered=4), DialledFindings(**{kind: ["something"]})
    assert well.wrong == [] and badly.wrong == [f"{kind}: something"]
    assert result([well]).met
    assert not result([well, badly]).met


@pytest.mark.parametrize(("figure", "limit"), [("silence", DROPPED_AFTER), ("silence_in_fault", IN_FAULT)])
def test_silence_above_the_limit_fails_the_run(figure: str, limit: float) -> None:
    assert result([DialledFindings(**{figure: limit})]).met
    assert not result([DialledFindings(**{figure: limit + 0.1})]).met


def test_a_silence_belongs_to_a_fault_that_has_just_ended() -> None:
    fault = FaultTime("calls killed", 10.0, 11.0)
    found = DialledFindings([fault])
    assert found.fault_in(8.0, 10.5) == found.fault_in(10.5, 10.6) == found.fault_in(11.5, 12.0) == fault
    assert found.fault_in(8.0, 10.0) is None
    assert found.fault_in(11.0 + AFTER, 11.0 + AFTER + 2) is None


def test_nothing_played_is_no_result() -> None:
    with pytest.raises(CannotMeasureError):
        result([])
