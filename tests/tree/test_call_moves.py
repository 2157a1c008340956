"""A call moves by its tables alone: no other file of the core names the state that follows."""

import ast
from collections.abc import Iterator
from pathlib import Path

CORE = Path(__file__).parents[2] / "warmline/core"
# The first states of a call, and of a simulated one.
BEGINNINGS = {
    ("commands/adoption.py", "TALKING"),
    ("calls/arrival.py", "WAITING"),
    ("calls/outbound.py", "DIALING_OUT"),
    ("dialler/lead_call.py", "CALLING"),
    ("explain/route_simulation.py", "WAITING"),
}


def named_states(path: Path) -> Iterator[str]:
    """The members of State that a file gives to a record as its state."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.keyword(arg="state", value=value):
                yield from (
                    part.attr
                    for part in ast.walk(value)
                    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "State"
                )


def test_the_tables_hold_every_move() -> None:
    files = [path for path in CORE.rglob("*.py") if path.name != "transition_tables.py"]
    assert {(str(path.relative_to(CORE)), state) for path in files for state in named_states(path)} == BEGINNINGS
