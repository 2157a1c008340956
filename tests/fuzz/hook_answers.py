"""Answers of hooks: lines of the worker that are damaged, deep, long or of other types, and what functions return.

The call keeps its route, or it has one that the rules allow.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from ari_app.calls import agent_choice_hook
from tests.agi.conftest import make_database
from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from warmline import agi
from warmline.agi import route_hook
from warmline.core.messages.agent_choice_messages import AskAgentChoice, Candidate
from warmline.core.rules import call_data, routing
from warmline.hooks import Route, hook_points
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import hook_request

ALLOWED = {"ingroup,SALESLINE", "agent,1000", "agent,1002", "agent,1003"}
TARGETS = (
    "ingroup:SALESLINE", "ingroup:CLOSEDLINE", "ingroup:NONE", "ingroup:AGENTDIRECT", "agent:1000", "agent:",
    "hangup", "hangup:x", "extension:9000@places", "extension:1,n,System(x)", "voicemail:100", "callmenu:places",
    "PJSIP/1000", "",
)  # fmt: skip
AGENTS = (Candidate("1000", 1, 1), Candidate("1001", 2, 2))
QUESTION = AskAgentChoice("01CALL", "Q1", 1, "SALESLINE", "15551234", "8005550100", (), 7, 1, AGENTS)
DIDS = ("8005550100", "8005550102", "8005550103", "8005550110", "8005550113", "8009999999")
texts = st.one_of(st.sampled_from(TARGETS), hostile.texts)
answers = st.fixed_dictionaries(
    {},
    optional={
        "target": st.one_of(texts, hostile.json_values),
        "priority": st.one_of(st.integers(-100, 100), hostile.json_values),
        "data": st.one_of(st.dictionaries(texts, texts, max_size=40), hostile.json_values),
        "reason": st.one_of(texts, hostile.json_values),
        "agent": st.one_of(st.sampled_from(["1000", "1001", "1009"]), hostile.json_values),
        "more": hostile.json_values,
    },
)
whole = st.builds(
    lambda target, priority, data, reason: {"target": target, "priority": priority, "data": data, "reason": reason},
    texts, st.integers(-99, 99), st.dictionaries(texts, texts, max_size=5), texts,
)  # fmt: skip
replies = st.fixed_dictionaries(
    {"ok": st.one_of(st.just(True), hostile.json_values)},
    optional={
        "by": st.one_of(st.just("mine.py"), hostile.json_values),
        "answer": st.one_of(whole, answers, hostile.json_values),
        "why": hostile.json_values,
        "functions": hostile.json_values,
    },
)
lines = st.one_of(
    st.builds(lambda answer: json.dumps({"ok": True, "by": "mine.py", "answer": answer}).encode(), whole),
    hostile.damaged(replies.map(lambda reply: json.dumps(reply).encode())),
    st.sampled_from([b"", b"\n", hostile.deep("[", "]").encode(), b"{" * 100_000, b'{"ok":' + b"9" * 100_000 + b"}"]),
)


class Answer(NamedTuple):
    """The DID that was dialled, the worker's line, and what a function returned."""

    did: str
    line: bytes
    returned: Any


def _attacked(source: KeptDatabase, given: Answer) -> None:
    found = routing.did(routing_facts.did(source, given.did, "15551234", 0))
    before = (found.route, found.goto)
    said = hook_request.decoded(given.line)
    assert isinstance(said["by"], str) and isinstance(said["ok"], bool)
    if said["ok"] and said["answer"] is not None:
        decision, items = route_hook.answered(found, [("ticket", "4711")], source, said)
        _judge(decision, items, before)
    chosen = agent_choice_hook.answer_of(QUESTION, said)
    assert chosen.agent in ("", "1000", "1001") and (chosen.agent or chosen.why)
    assert all(one.isprintable() and len(one) <= 200 for one in (chosen.by, chosen.reason, chosen.why))
    try:
        hook_points.plain_answer("before_route", given.returned)
    except TypeError as error:
        assert str(error).startswith("the answer is")


def _judge(decision: routing.RoutingDecision, items: list[tuple[str, str]], before: tuple[str, str]) -> None:
    assert decision.route in ALLOWED | {""} and (decision.route or decision.goto or before == ("", ""))
    assert -99 <= decision.priority <= 99
    call_data.encoded(*call_data.checked(items))
    lines = [step.why for step in decision.steps if step.rule == route_hook.RULE]
    assert len(lines) == 1 and len(lines[0]) <= route_hook.SHOWN and lines[0].isprintable() and ";" not in lines[0]
    given = agi.variables(decision)
    assert set(given.get("WARMLINE_GOTO", "x")) <= routing.PLACE | {","}
    assert "WARMLINE_ROUTE" not in given or all(sign.isprintable() for sign in given["WARMLINE_ROUTE"])


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        source = KeptDatabase(str(make_database(Path(folder, "warmline.db"))))
        try:
            yield lambda given: _attacked(source, given)
        finally:
            source.close()


returned = st.one_of(
    hostile.json_values,
    answers.map(
        lambda fields: Route(**{name: value for name, value in fields.items() if name not in ("agent", "more")})
    ),
)
DOOR = Door("hook answers", st.builds(Answer, st.sampled_from(DIDS), lines, returned), opened, quick=20)
