"""The reason of a pause or the outcome of a call in plain words: its code, and the line that creates a missing one."""

import shlex
from collections.abc import Mapping

from cli.arguments import entry_hints, list_hints

CODED: dict[tuple[str, ...], str] = {("agent", "pause"): "pause-code", ("agent", "dispo"): "disposition"}
REASONS = ("--reason", "--code", "--why", "--status", "--outcome", "--result")
NAMED = 3  # words of a line that names an agent, and no code
LONGEST = 6  # letters of a code


def with_reason(line: str, options: Mapping[str, str]) -> str:
    """Return a line without a code, with the reason among the options of a guess."""
    reason = next((options[one] for one in REASONS if options.get(one)), "")
    return f"{line} {shlex.quote(reason)}" if reason and len(shlex.split(line)) == NAMED else line


def lines(line: str) -> tuple[str, ...]:
    """Return the lines of `agent pause 1000 'team meeting'`: it has a code, which the first one creates if it is new.

    The line itself returns if it has a code already, or is about something else.
    """
    from warmline.options.option_table import ENTITIES

    words = shlex.split(line)
    kind = CODED.get(tuple(words[:2]), "")
    text = "".join(words[3:4])
    if not kind or not text or text[0] == "-":
        return (line,)
    label = ENTITIES[kind].label
    known = list_hints.named(kind)
    same = [one for one, options in known.items() if text.lower() in (one.lower(), str(options[label]).lower())]
    if not same and len(text) <= LONGEST and text.isalnum():  # without a code of that name, it is one as well
        return (line,)
    code = same[0] if same else entry_hints.free_name([*known], entry_hints.key(text)[:LONGEST] or "OTHER")
    done = shlex.join((*words[:3], code, *words[4:]))
    return (done,) if same else (shlex.join((kind, "create", code, f"{label}={text}")), done)
