"""AGI scripts of examples that tests/agi/test_five_scripts.py does not have."""

from pathlib import Path

import pytest

from tests.agi import own_scripts
from warmline.agi.questions.queues_and_agents import AgentAnswer, QueueAnswer
from warmline.agi.testing import Call, load, new_database
from warmline.store.configuration import config


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return new_database(tmp_path / "warmline.db", ingroups=["SALESLINE"], agents=["1000", "1001"])


@pytest.mark.parametrize(
    ("keys", "target"),
    [
        ("1000#", "agent:1000"),
        ("1001#", "ingroup:SALESLINE"),
        ("9999#", "ingroup:SALESLINE"),
        ("", "ingroup:SALESLINE"),
    ],
    ids=["logged in", "not logged in", "no agent", "no keys"],
)
def test_agentdirect_leads_to_an_agent_who_is_there(db: Path, tmp_path: Path, keys: str, target: str) -> None:
    script = load(own_scripts.write(own_scripts.example("agentdirect"), tmp_path / "agentdirect"))
    agents = {"1000": AgentAnswer("READY"), "1001": AgentAnswer()}
    assert Call(keys=keys, db=db, agents=agents).run(script.agentdirect).entered == target


def test_callback_is_offered_if_the_wait_is_long(db: Path, tmp_path: Path) -> None:
    config.create(db, "call-time", "OFFICE", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
    script = load(own_scripts.write(own_scripts.example("callback"), tmp_path / "callback"))
    queues = {"SALESLINE": QueueAnswer(waiting=4, estimate=420)}
    call = Call(keys="1", db=db, queues=queues).run(script.wait)
    assert call.heard == ["queue-holdtime", "say number 7", "queue-minutes", "vm-press", "vm-goodbye"]
    assert (len(call.callbacks), call.entered, call.hung_up) == (1, "", "script")
    short = {"SALESLINE": QueueAnswer(waiting=1, estimate=60)}
    for keys, answers in (("", queues), ("1", short), ("1", {})):
        call = Call(keys=keys, db=db, queues=answers).run(script.wait)
        assert (call.callbacks, call.entered) == ([], "ingroup:SALESLINE")
