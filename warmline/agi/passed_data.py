"""The data that goes with a call: variables WARMLINE_DATA_… that `call_data` names, SIP headers of `call_data_headers`.

AGI cannot list variables. One command reads about ten, and settings without names cost no command.
"""

from warmline.agi import percent_decode
from warmline.agi.channel import AGI
from warmline.core.rules import call_data

PIECE_BYTES = 1300  # URIENCODE() returns at most 4095
COMMAND_MAX_BYTES = 1700  # of one command

Items = list[tuple[str, str]]


def read_items(channel: AGI, names: "tuple[str, ...]", headers: "tuple[str, ...]" = ()) -> Items:
    """Return the items that the dialplan has set, then those of the SIP headers. Raises the channel's errors."""
    sources = [(name, f"WARMLINE_DATA_{name}") for name in names]
    if channel.env.get("agi_type") == "PJSIP":
        sources += [(call_data.to_item_name(header), f"PJSIP_HEADER(read,{header})") for header in headers]
    items: Items = []
    for expression in _build_expressions(sources):
        for item in channel.get_full_variable(expression).split("&"):
            name, _, value = item.partition("=")
            if value:
                items.append((name, percent_decode(value)))
    return items


def _build_expressions(sources: "list[tuple[str, str]]") -> "list[str]":
    """Return expressions whose values are `name=value&…`, each short enough for one command."""
    parts = [""]
    for name, variable in sources:
        value = "".join(f"${{URIENCODE(${{{variable}:{offset}:{PIECE_BYTES}}})}}" for offset in (0, PIECE_BYTES))
        if len(parts[-1]) + len(value) > COMMAND_MAX_BYTES:
            parts.append("")
        parts[-1] += f"{'&' if parts[-1] else ''}{name}={value}"
    return [part for part in parts if part]


def encode_items(items: Items) -> tuple[call_data.Pairs, str]:
    """Return the items within the limits, and one word for Stasis() with them and the notes about the others."""
    if not items:
        return (), ""
    allowed_items, omission_notes = call_data.check_items(items)
    return allowed_items, call_data.encode_items(allowed_items, omission_notes)
