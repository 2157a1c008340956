"""Writes the rows of the command tree for commands that are generated from the registry."""

import json

from cli.agent.generated_commands import made, target
from tools.pages.marked_text import PROJECT, between
from warmline.core.commands.command_registry import RegisteredCommand

FILE = PROJECT / "cli/tree/agent_rows.py"
LONGEST = 120  # characters of a line


def filled(text: str) -> str:
    """Return the file with new rows."""
    return between(text, "    # <made>\n", "    # </made>\n", "".join(map(row, made())))


def row(command: RegisteredCommand) -> str:
    """Return the row of a command in the formatter's layout."""
    needed = (
        one.metadata for one in command.command_class.__dataclass_fields__.values() if one.metadata.get("is_required")
    )
    example = " ".join(("1000", *(said["form"].example for said in needed)))
    words = [json.dumps(one) for one in (command.public_name, target(command), command.help)]
    words.append(f"({json.dumps(example)}, {json.dumps(f'{example} --json')})")
    words.append('access="agents:write"')
    line = f"    TreeCommand({', '.join(words)}),\n"
    if len(line) <= LONGEST:
        return line
    inner = f"        {', '.join(words)}\n"
    if len(inner) <= LONGEST:
        return f"    TreeCommand(\n{inner}    ),\n"
    return "    TreeCommand(\n" + "".join(f"        {word},\n" for word in words) + "    ),\n"
