"""The hook choose_agent, from the core's question to the answer as an input, with a real worker."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ari_app.calls import agent_choice_hook
from tests.hooks.folder import Hooks, hooks_in
from warmline.core.messages.agent_choice_messages import AgentChosen, AskAgentChoice, Candidate
from warmline.core.messages.events import Event
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.system import unix_paths

HEAD = "import os, time\n\n\ndef choose_agent(call, agents):\n    "


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Hooks]:
    with hooks_in(tmp_path) as found:
        yield found


def now() -> int:
    return time.monotonic_ns() // 1000  # no clock of the machine


def answered(path: str, seconds: float = 30.0, wait: float = 40.0, db: str = "", lead: int = 7) -> AgentChosen:
    """Ask about a call of two agents, and return the input for the core; without a database, it cannot be read.

    The question may take longer than an app waits: on a busy machine a worker's process starts late.
    """
    until = now() + int(seconds * 1_000_000)
    agents = (Candidate("1000", 60_000_000, 4), Candidate("1001", 1_500_000, 2))
    asked = AskAgentChoice(
        "01CALL", "Q1", until, "SALESLINE", "15551234", "8005550100", (("owner", "1001"),), lead, 2_500_000, agents
    )

    async def scenario() -> Event:
        came: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        agent_choice_hook.AgentChoiceHook(path, db, came.set_result, now).ask(asked)
        return await asyncio.wait_for(came, wait)

    found = asyncio.run(scenario())
    assert isinstance(found, AgentChosen) and (found.call, found.question) == ("01CALL", "Q1")
    return found


def test_the_choice_is_an_input(hooks: Hooks) -> None:
    hooks.write(
        "mine.py",
        HEAD + 'said = f"{call.waited} {call.lead} {call.ingroup} {agents[1].ready} {agents[0].calls}"\n'
        "    return next(one for one in agents if one.user == call.caller.data['owner']).choose(said)\n",
    )
    found = answered(hooks.path)
    assert (found.agent, found.by, found.reason, found.why) == ("1001", "mine.py", "2.5 7 SALESLINE 1.5 4", "")


def test_the_custom_fields_of_the_lead_are_given(hooks: Hooks, demo_database: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    config.set_options(db, "list", "999", {"custom_fields": "plan,meter"}, who="test")
    lead = leads.create(db, "999", {"phone_number": "7275551212", "plan": "gold"}, who="test")
    hooks.write("mine.py", HEAD + "return agents[0].choose(str(dict(call.custom_fields)))\n")
    assert answered(hooks.path, db=str(db), lead=lead).reason == "{'plan': 'gold', 'meter': ''}"
    assert answered(hooks.path, db=str(db), lead=0).reason == "{}"
    assert answered(hooks.path, lead=lead).reason == "{}", "the choice does not need the database"


def test_the_folder_of_the_socket_may_have_a_long_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder := tmp_path / ("n" * unix_paths.MOST)).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with hooks_in(tmp_path) as hooks:
        assert len(hooks.path) > unix_paths.MOST
        hooks.write("choice.py", HEAD + "return agents[0].choose('')\n")
        hooks.body("return None")
        assert hooks.ask()["ok"]
        assert answered(hooks.path).agent == "1000"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("return None", "no choice"),
        ("raise ValueError('no CRM')", "raised ValueError: no CRM (mine.py:5)"),
        ("return agents[0]", "the answer is of type FreeAgent (allowed: AgentChoice or None)"),
        ("return __import__('warmline.hooks').hooks.AgentChoice(agent='1009')", "the choice is none of the agents"),
        ("return agents[0].choose(5)", "the answer is not valid: "),
        ("os._exit(0)", "the process ended without an answer, exit code 0"),
    ],
)
def test_a_failure_is_an_input_too(hooks: Hooks, body: str, why: str) -> None:
    hooks.write("mine.py", HEAD + body + "\n")
    found = answered(hooks.path)
    assert found.agent == "" and found.why.startswith(why)


@pytest.mark.parametrize("seconds", [0.2, -5.0])
def test_without_an_answer_in_time_there_is_no_input(hooks: Hooks, seconds: float) -> None:
    """The core has a timer for that."""
    hooks.write("mine.py", HEAD + "time.sleep(60)\n")
    with pytest.raises(TimeoutError):
        answered(hooks.path, seconds, wait=1.0)


def test_without_hooks_or_a_worker_the_answer_comes_at_once(tmp_path: Path) -> None:
    assert answered("").why == "the setting hooks is empty"
    assert answered(str(tmp_path / "none")).why == "the hooks of the app cannot be reached: No such file or directory"
