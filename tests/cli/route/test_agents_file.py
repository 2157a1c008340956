"""Agents in a file, for `warmline route simulate`."""

from pathlib import Path

from cli.route import agents_file
from cli.route.agents_file import SimulatedAgents, read
from tests.wording.said import refused
from tools.simulation.asterisk.core_driver import demo_rules
from warmline.core.model.call_states import AgentState
from warmline.core.model.shown_state import SHOWN_STATE_IN_CALL
from warmline.operations.live_records import AgentNow
from warmline.options.option_table import OptionError

SECOND = 1_000_000
AT = 1_798_135_500 * SECOND  # 2026-12-24 18:05 UTC


def written(tmp_path: Path, text: str, name: str = "agents.toml") -> SimulatedAgents:
    path = tmp_path / name
    path.write_text(text)
    return read(path, demo_rules(), AT)


def test_a_toml_file_gives_the_differing_values_of_agents(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        """
        [[agents]]
        user = "1000"
        since = "10m"
        calls = 3
        taken = {SALESLINE = 2}
        call_finished = "2026-12-24 17:00"
        [[agents]]
        user = "1001"
        state = "PAUSED"
        ingroups = ["SALESLINE"]
        user_level = 7
        ingroup_ranks = ["SALESLINE:3"]
        [[agents]]
        user = "1002"
        """,
    )
    first, second, third = found.sessions
    assert (first.state, AT - first.since, first.ready_since) == (AgentState.READY, 600 * SECOND, first.since)
    assert (first.calls, first.taken, AT - first.talk_times.call_finished) == (3, (("SALESLINE", 2),), 3900 * SECOND)
    assert (second.state, second.ingroups) == (AgentState.PAUSED, ("SALESLINE",))
    assert found.rules.agents["1001"].user_level == 7
    assert (third.on_hook, third.since, third.ingroups) == (True, AT, ("SALESLINE", "SUPPORTLINE"))


def test_all_that_agent_status_says_is_known() -> None:
    assert set(AgentNow.__struct_fields__) <= set(agents_file.KEYS)
    assert set(SHOWN_STATE_IN_CALL.values()) == set(agents_file.SHOWN_IN_CALL)


INVALID_AGENTS = (
    "stat = 'READY'",
    "state = 'BUSY'",
    "user_level = 10",
    "since = 'noon'",
    "calls = 'many'",
    "calls = true",
    "taken = 3",
    "taken = {SALESLINE = true}",
)
INVALID_FILES = {
    "[[agents]]\nstate = 'READY'": "agents_file_user_missing",
    "[[agents]]\nuser = '1'\n[[agents]]\nuser = '1'": "agents_file_user_twice",
    **{f"[[agents]]\nuser = '1'\n{line}": "agents_file_agent_invalid" for line in INVALID_AGENTS},
    "[[agents]]\nuser = '4711'": "agents_file_agent_unknown",
    "[[agents]": "agents_file_unreadable",
    "agents = " + "[" * 1000: "agents_file_unreadable",
    "agents = 3": "agents_file_form",
}


def test_an_invalid_file_of_agents_is_refused(tmp_path: Path) -> None:
    for text, code in INVALID_FILES.items():
        with refused(OptionError, code) as found:
            written(tmp_path, text)
        assert "agents.toml" in str(found.value)
