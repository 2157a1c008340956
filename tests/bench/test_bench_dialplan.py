"""The benchmarks' dialplan is Warmline's own, except for the mark and the lines after it."""

import pytest

from tools.bench.tools import bench_dialplan
from tools.pages.marked_text import PROJECT

WARMLINE = (PROJECT / "dialplan/warmline.conf").read_text()


def section(text: str, name: str) -> list[str]:
    """Return the lines of one context, without comments."""
    after = text.split(f"\n[{name}]\n")[1].split("\n[")[0]
    return [line for line in after.splitlines() if line and not line.startswith(";")]


def test_every_way_runs_warmlines_lines_up_to_the_last() -> None:
    made = bench_dialplan.extensions(WARMLINE)
    own = section(WARMLINE, "warmline-from-trunk")
    until = own.index(bench_dialplan.STASIS.rstrip())
    mark, queue = bench_dialplan.MARK.rstrip(), bench_dialplan.QUEUE.rstrip()
    endings = {
        "bench-stasis": [mark, own[until]],
        "bench-queue": [" same => n,Answer()", mark, queue],
        "bench-queue-unanswered": [mark, queue],
        "bench-script": [mark, bench_dialplan.SCRIPT.rstrip()],
    }
    for name, ending in endings.items():
        lines = section(made, name)
        assert lines[: until + len(ending)] == own[:until] + ending


def test_a_round_of_agi_runs_each_once_between_two_marks() -> None:
    lines = section(bench_dialplan.extensions(WARMLINE), bench_dialplan.AGI_ROUND)
    for name, script in bench_dialplan.AGI_RUNS.items():
        at = lines.index(f" same => n,AGI({script})")
        assert lines[at - 1] == f" same => n,Set(BEGUN={bench_dialplan.NOW})"
        assert lines[at + 1].startswith(f" same => n,Set(TOOK_{name}=${{BEGUN}}:{bench_dialplan.NOW}:")


def test_a_dialplan_that_has_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="no longer looks as the benchmarks know it"):
        bench_dialplan.extensions(WARMLINE.replace("Stasis(", "Dial("))
