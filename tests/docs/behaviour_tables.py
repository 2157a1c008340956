"""The tables of docs/behaviour.md, made from the core's own. `python -m tests.docs.behaviour_tables` writes them."""

from pathlib import Path

from warmline.core.call.states import COMMANDS, EVENTS, LAYOUT, State, refusal
from warmline.core.commands import Kind
from warmline.core.receipt import CAUSE_TEXT, Outcome, outcome_of

NOBODYS = (State.WAITING, State.HANDED_OFF, State.ENDED)  # no agent is in them, so no command can mean them
PAGE = Path(__file__).parents[2] / "docs/behaviour.md"


def rows(*lines: tuple[str, ...]) -> str:
    """A Markdown table; the first line is its head."""
    head, *body = lines
    marks = "|".join("---" for _ in head)
    return "\n".join(["| " + " | ".join(head) + " |", f"|{marks}|", *("| " + " | ".join(line) + " |" for line in body)])


def states() -> str:
    """Where each leg is in each state."""
    return rows(
        ("state", "customer", "agent", "third", "the agent is"),
        *((state, *(place or "-" for place in LAYOUT[state][:3]), LAYOUT[state].agent_state) for state in State),
    )


def events() -> str:
    """What follows an event; an empty cell: the call stays as it is."""
    return rows(
        ("in state", *EVENTS),
        *((state, *(EVENTS[trigger][state] or "" for trigger in EVENTS)) for state in State),
    )


def commands() -> str:
    """What a command leads to, or why it is refused."""
    return rows(
        ("in state", *COMMANDS),
        *((state, *(_answer(kind, state) for kind in COMMANDS)) for state in State if state not in NOBODYS),
    )


def _answer(kind: Kind, state: State) -> str:
    target = COMMANDS[kind].get(state)
    return f"→ {target}" if target else f"*{refusal(kind, state)}*"


def causes() -> str:
    """What an unanswered dial came to, by the cause Asterisk gives."""
    return rows(
        ("cause", "outcome", "the receipt says"),
        *((str(cause), outcome_of(cause)[0], outcome_of(cause)[1]) for cause in sorted(CAUSE_TEXT)),
        ("any other", Outcome.FAILED, "cause N"),
    )


TABLES = {"states": states, "events": events, "commands": commands, "causes": causes}


def filled(text: str) -> str:
    """The page with each table between its marks made anew."""
    for name, make in TABLES.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, rest = text.split(start)
        text = before + start + make() + "\n" + end + rest.split(end, 1)[1]
    return text


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
