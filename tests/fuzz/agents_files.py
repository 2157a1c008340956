"""Files of agents who are logged in, for `warmline route simulate`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from cli.route import agents_file
from tests.fuzz import hostile, tables
from tests.fuzz.entry_point import Attack, Door
from tools.simulation.asterisk.core_driver import demo_rules
from warmline.core.model.call_states import AgentState
from warmline.options.option_table import OptionError

AT = 1_798_135_500_000_000  # 2026-12-24 18:05 UTC
TIMES = (
    "10m",
    "now",
    "yesterday",
    "999999d",
    "2026-12-24 17:00",
    "0001-01-01",
    "9999-12-31T23:59:59+14:00",
    "1000-01-01",
)
agents = st.fixed_dictionaries(
    {"user": st.sampled_from(["1000", "1001", "4711"])},
    optional={
        "state": st.sampled_from([*AgentState, "PARK"]).map(str),
        "since": st.sampled_from(TIMES),
        "call_finished": st.sampled_from(TIMES),
        "calls": st.sampled_from([0, 3, True, -1, 2**70]),
        "taken": st.sampled_from([{}, {"SALESLINE": 2}, {"SALESLINE": True}]),
        "ingroups": st.sampled_from([["SALESLINE"], "SALESLINE", [], ["NOWHERE", 1]]),
        "ingroup_ranks": st.sampled_from([["SALESLINE:3"], ["SALESLINE:x"]]),
        "user_level": st.sampled_from([7, "7", 99, 1.5]),
        "x": hostile.json_values,
    },
)
INPUTS = tables.files(
    st.one_of(st.fixed_dictionaries({"agents": st.lists(agents, max_size=3)}), st.lists(agents, max_size=3))
)


def _attacked(folder: Path, given: tuple[str, bytes]) -> None:
    ending, data = given
    file = folder / f"agents.{ending}"
    file.write_bytes(data)
    rules = demo_rules()
    try:
        found = agents_file.read(file, rules, AT)
    except OptionError as error:
        assert str(file) in str(error)
        return
    assert set(rules.agents) <= set(found.rules.agents)
    for session in found.sessions:
        assert session.agent in found.rules.agents and session.state in AgentState
        assert type(session.calls) is int and all(type(count) is int for _, count in session.taken)


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("agents files", INPUTS, opened, quick=8)
