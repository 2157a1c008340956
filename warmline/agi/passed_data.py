"""The data that goes with a call: the channel variables WARMLINE_DATA_… whose names the setting `call_data` lists.

AGI cannot list variables. One command reads all of them, and a setting without names costs no command.
"""

from warmline.agi import decoded
from warmline.agi.channel import AGI
from warmline.core.rules import call_data

PIECE = 1300  # bytes; URIENCODE() returns at most 4095
COMMAND = 1700  # bytes of one command

Items = list[tuple[str, str]]


def read(channel: AGI, names: "tuple[str, ...]") -> Items:
    """Return the values of these items that the dialplan has set. Raises the channel's errors."""
    found: Items = []
    for expression in _expressions(names):
        for item in channel.get_full_variable(expression).split("&"):
            name, _, value = item.partition("=")
            if value:
                found.append((name, decoded(value)))
    return found


def _expressions(names: "tuple[str, ...]") -> "list[str]":
    """Return expressions whose values are `name=value&…`, each short enough for one command."""
    parts = [""]
    for name in names:
        variable = f"WARMLINE_DATA_{name}"
        value = "".join(f"${{URIENCODE(${{{variable}:{at}:{PIECE}}})}}" for at in (0, PIECE))
        if len(parts[-1]) + len(value) > COMMAND:
            parts.append("")
        parts[-1] += f"{'&' if parts[-1] else ''}{name}={value}"
    return [part for part in parts if part]


def passed(items: Items) -> str:
    """Return the items within the limits as one word for Stasis(), with the notes about the others; "" for none."""
    return call_data.encoded(*call_data.checked(items)) if items else ""
