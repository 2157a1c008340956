"""The benchmarks' dialplan is Warmline's own, but for the mark and what comes after it."""

import pytest

from bench import dialplan
from warmline.lab.templates import PROJECT

WARMLINE = (PROJECT / "dialplan/warmline.conf").read_text()


def section(text: str, name: str) -> list[str]:
    """The lines of one context, without comments."""
    after = text.split(f"\n[{name}]\n")[1].split("\n[")[0]
    return [line for line in after.splitlines() if line and not line.startswith(";")]


def test_both_ways_run_warmlines_lines_up_to_the_mark() -> None:
    made = dialplan.extensions(WARMLINE)
    own = section(WARMLINE, "warmline-from-trunk")
    marked, queued = section(made, "bench-stasis"), section(made, "bench-queue")
    mark = marked.index(dialplan.MARK.rstrip())
    assert marked[:mark] + marked[mark + 1 :] == own[: len(marked) - 1]
    assert marked[mark + 1].startswith(" same => n,Stasis(warmline,")
    assert queued[: mark + 1] == marked[: mark + 1]
    assert queued[mark + 1] == " same => n,Queue(bench)"


def test_a_dialplan_that_has_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="no longer looks as the benchmarks know it"):
        dialplan.extensions(WARMLINE.replace("Stasis(", "Dial("))
