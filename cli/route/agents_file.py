"""Agents from a file, for a simulated call: who is logged in, in which state, since when.

The file is JSON as `warmline agent status --json` prints it, or TOML with an [[agents]] table for each agent. A table
has `user` and the fields that differ from an agent who has just become READY. Options of the agent override those of
the configuration.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session, TalkTimes
from warmline.core.rules.configuration import Agent, Rules
from warmline.options.option_table import OptionError, check
from warmline.options.values.option_types import nearest
from warmline.text.written_time import UNITS, exact, past

OF_RULES = {field.name for field in fields(Agent)} - {"id"}
TALK_TIMES = ("call_started", "call_finished", "inbound_started", "inbound_finished")
COUNTS = ("calls", "taken")
# Fields of `agent status` without effect here.
IGNORED = (
    *("call", "customer", "third", "phone", "campaign_name", "pause_code", "last_call", "last_status"),
    *("muted", "preview", "supervisors", "reachable", "help_since", "overdue"),
)
SHOWN_IN_CALL = ("PARK", "3-WAY", "LOST")
KEYS = sorted({"user", "state", *OF_RULES, "since", *TALK_TIMES, *COUNTS, *IGNORED})


@dataclass(frozen=True, slots=True)
class SimulatedAgents:
    """The configuration with the options that the file gives its agents, and their sessions."""

    rules: Rules
    sessions: tuple[Session, ...]


def read(path: Path, rules: Rules, at: int) -> SimulatedAgents:
    """Return the agents of a file at the time `at`, microseconds UTC.

    Raises OptionError, which names the file and the agent.
    """
    known: dict[str, Agent] = dict(rules.agents)
    sessions: dict[str, Session] = {}
    for number, said in enumerate(_said(path), 1):
        user = said.get("user")
        if not isinstance(user, str) or not user:
            raise OptionError(
                "agents_file_user_missing",
                '{file}: agent {number} has no user; write user = "1000"',
                file=path,
                number=number,
            )
        if user in sessions:
            raise OptionError(
                "agents_file_user_twice",
                "{file}: agent {agent} is in the file twice; remove one of the two",
                file=path,
                agent=user,
            )
        try:
            known[user] = _agent(known.get(user) or Agent(id=user), said)
            sessions[user] = _session(known[user], said, ZoneInfo(rules.timezone), at)
        except ValueError as error:
            raise OptionError(
                "agents_file_agent_invalid", "{file}: agent {agent}: {why}", file=path, agent=user, why=error
            ) from None
    for user, session in sessions.items():
        if user not in rules.agents and not session.ingroups:
            raise OptionError(
                "agents_file_agent_unknown",
                "{file}: agent {agent} does not exist; to try a new agent, write ingroups = [...] for the agent",
                file=path,
                agent=user,
            )
    return SimulatedAgents(replace(rules, agents=known), tuple(sessions.values()))


def _said(path: Path) -> list[dict[str, Any]]:
    """Return the tables of the file."""
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise OptionError(
            "agents_file_unreadable",
            "agents file {file} cannot be read: {why}",
            file=path,
            why=getattr(error, "strerror", None) or error,
        ) from None
    found = found.get("agents") if isinstance(found, dict) else found
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        form = "[[agents]] tables" if path.suffix == ".toml" else "a list, as warmline agent status --json prints it"
        raise OptionError("agents_file_form", "the file of --agents, {file}, must have {form}", file=path, form=form)
    return found


def _agent(known: Agent, said: Mapping[str, Any]) -> Agent:
    for name in said:
        if name not in KEYS:
            raise OptionError(
                "agents_file_key_unknown",
                "there is no field {name!r}; {hint}",
                name=name,
                hint=nearest(name, KEYS) or "there are " + ", ".join(KEYS),
            )
    texts = {name: _text(value) for name, value in said.items() if name in OF_RULES and name not in IGNORED}
    return replace(known, **check("agent", texts))  # type: ignore[arg-type] # values of these options


def _session(agent: Agent, said: Mapping[str, Any], zone: tzinfo, at: int) -> Session:
    state = _state(said.get("state", "READY"))
    since = _time(said["since"], zone, at) if "since" in said else at
    return Session(
        id=agent.id,
        agent=agent.id,
        phone=agent.phone,
        campaign=agent.campaign,
        ingroups=agent.ingroups,
        conf_exten="",
        leg=None,
        on_hook=agent.phone_mode == "on_hook",
        state=state,
        since=since,
        interval="",
        started=since,
        ready_since=since,
        calls=_count(said),
        taken=_counts(said),
        talk_times=TalkTimes(**{name: _time(said[name], zone, at) for name in TALK_TIMES if name in said}),
    )


def _state(text: object) -> AgentState:
    """Return the state; states of a call that `agent status` shows instead (PARK, 3-WAY) are INCALL."""
    if text in SHOWN_IN_CALL:
        return AgentState.INCALL
    if text not in tuple(AgentState):
        raise OptionError(
            "agents_file_state_invalid",
            "the field state cannot be {value!r}; allowed: {allowed}",
            value=text,
            allowed=", ".join(AgentState),
        )
    return AgentState(str(text))


def _time(value: object, zone: tzinfo, at: int) -> int:
    text = str(value)
    try:
        return past(text, zone, at) if text[-1:] in UNITS else exact(text, zone).at
    except ValueError:
        raise OptionError(
            "agents_file_time_invalid",
            "{value!r} is not a time; allowed: 2026-12-24 18:05, or 10m for ten minutes before the simulated call",
            value=text,
        ) from None


def _count(said: Mapping[str, Any]) -> int:
    calls = said.get("calls", 0)
    if type(calls) is not int:  # in Python, true is an int too
        raise OptionError(
            "agents_file_calls_invalid", "the field calls cannot be {value!r}; allowed: a number", value=calls
        )
    return calls


def _counts(said: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    taken = said.get("taken", {})
    if not isinstance(taken, dict) or not all(type(count) is int for count in taken.values()):
        raise OptionError(
            "agents_file_taken_invalid",
            "the field taken cannot be {value!r}; allowed: a number for each in-group, such as {{SALESLINE = 3}}",
            value=taken,
        )
    return tuple(taken.items())


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
