"""The flame graph of stacks: functions of all lines of code together, and what is small left out."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.bench import flame_graph

PROCESS = 'process 6:"python -m ari_app";process 7:"python -m ari_app";main (ari_app/call_process.py:43)'
STACKS = f"""{PROCESS};run (asyncio/runners.py:44);handle (warmline/core/engine/engine.py:90) 60
{PROCESS};run (asyncio/runners.py:44);handle (warmline/core/engine/engine.py:95) 30
{PROCESS};run (asyncio/runners.py:51) 109
process 6:"python -m ari_app";process 7:"python -m ari_app";_worker (concurrent/futures/thread.py:81) 5000
{PROCESS};rare (warmline/store/rare.py:1) 1
"""


def test_lines_of_a_function_are_one_bar_and_rare_ones_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "stacks").write_text(STACKS * 2)
    flame_graph.main(str(tmp_path / "stacks"), str(tmp_path / "graph.svg"))
    root = ElementTree.parse(tmp_path / "graph.svg").getroot()  # noqa: S314 - it was written above
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [
        "Processor time by function, 400 samples",
        "process call: 100.0%",
        "main (ari_app/call_process.py): 100.0%",
        "run (asyncio/runners.py): 99.5%",
        "handle (warmline/core/engine/engine.py): 45.0%",
        "rare (warmline/store/rare.py): 0.5%",
    ]


def test_a_bar_of_less_than_the_smallest_share_is_not_drawn() -> None:
    root = flame_graph.grown(iter(["a (x.py:1) 999", "b (x.py:2) 1"]))
    assert "b (x.py)" not in flame_graph.drawn(root, "t") and "a (x.py)" in flame_graph.drawn(root, "t")


def test_a_line_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        flame_graph.grown(iter(["a;b"]))
