"""What can be ordered in an agent's name.

An order is to reach the other party's ear at once, so nothing is loaded that it does not need: not what configures
agents (40 ms), and, where it has no options, not what Typer needs to convert a word (pydantic: 70 ms).
"""

from collections.abc import Callable, Sequence
from functools import partial

import typer

from cli.agent import agent_call, agent_dial, agent_session, agent_supervise, agent_watch

Command = Callable[..., None]

ORDERS: dict[str, tuple[Command, str]] = {
    command.__name__: (command, example)
    for command, example in (
        *agent_session.COMMANDS,
        *agent_dial.COMMANDS,
        *agent_call.COMMANDS,
        *agent_watch.COMMANDS,
        *agent_supervise.COMMANDS,
    )
}

# Those of so many words take them as they are, if there are no options among them.
WORDS = {"logout": 1, "pause": 2, "ready": 1, "mute": 1, "dispo": 2, "dial": 2} | {
    "park": 1,
    "grab": 1,
    "hold": 1,
    "transfer": 2,
    "conference": 2,
    "leave": 1,
    "hangup": 1,
    "dtmf": 2,
}


def plain(name: str, words: Sequence[str]) -> Callable[[], None] | None:
    """The order of that name with those words, if it needs no parser."""
    if len(words) != WORDS.get(name) or any(word.startswith("-") for word in words):
        return None
    return partial(ORDERS[name][0], *words)


def add(app: typer.Typer, name: str) -> None:
    """Let the group have the order of that name."""
    command, example = ORDERS[name]
    app.command(epilog=f"Example: warmline agent {example}")(command)


def only(name: str) -> typer.Typer:
    """The group with this one order."""
    app = typer.Typer()
    app.callback()(_group)
    add(app, name)
    return app


def _group() -> None:
    """A person who takes calls."""
