"""A congested trunk loses a quarter of its lines, and the dialler feels for more."""

from tests.core.dialler.lead_stage import BUSY, CONGESTED, called, dialling, lead, list_calls, propose
from tests.core.dialler.test_ring_hold import put_persons
from tests.core.dialler.test_trunk_limits import get_halt_seconds
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.permission import trunk_limits
from warmline.core.rules import reasons

RINGING_CALLS = 8
SECOND_US = 1_000_000


def congested_lab() -> Driver:
    """Return a campaign with eight leads whose phones ring on."""
    lab = dialling("1000", "1001", dial_method="RATIO", auto_dial_level="20", dial_level_threshold_agents=0)
    for serial in range(RINGING_CALLS):
        lab.asterisk.far_ends[f"312555{serial:04}"] = [(0.1, "ringing")]
    return lab


def lines(lab: Driver) -> int | None:
    learnt_lines = lab.world.trunk_use.get_learnt_lines("trunk")
    return learnt_lines.lines if learnt_lines else None


def fill(lab: Driver) -> None:
    """Let eight phones ring, with a budget that bears them, and four dials find the trunk congested."""
    called(lab, "3125550000", 1)
    put_persons(lab, 10_000)
    for serial in range(1, RINGING_CALLS):
        called(lab, f"312555{serial:04}", serial + 1)
    congest(lab)


def congest(lab: Driver) -> None:
    for serial in range(4):
        called(lab, CONGESTED, 100 + serial)
        lab.wait(0.3)


def test_a_congested_trunk_loses_a_quarter_of_its_lines_and_no_dialler_halts() -> None:
    lab = congested_lab()
    fill(lab)
    assert (lines(lab), get_halt_seconds(lab)) == (6, 0)
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now) == 0
    reason = reasons.TRUNK_LINES_LEARNT.text(trunk="trunk", lines=RINGING_CALLS, limit=6)
    assert propose(lab, lead(lab, BUSY, 200)).notes == [f"lead 200 is not dialled: {reason}"]


def test_one_more_line_is_tried_with_each_ten_seconds() -> None:
    lab = congested_lab()
    fill(lab)
    for call in list_calls(lab)[:3]:
        lab.hang_up(call.customer or "")
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now) == 1
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now + 10 * SECOND_US) == 2
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now + 100 * SECOND_US) == 11
