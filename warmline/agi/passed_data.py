"""The data that goes with a call: variables WARMLINE_DATA_… that `call_data` names, SIP headers of `call_data_headers`.

AGI cannot list variables. One command reads about ten, and settings without names cost no command.
"""

from warmline.agi import percent_decode
from warmline.agi.channel import AGI
from warmline.core.rules import call_data as call_data_rules

PIECE_BYTES = 1300  # URIENCODE() returns at most 4095
COMMAND_MAX_BYTES = 1700  # of one command

Items = list[tuple[str, str]]


def read_items(channel: AGI, names: "tuple[str, ...]", headers: "tuple[str, ...]" = ()) -> Items:
    """Return the items that the dialplan has set, then those of the SIP headers. Raises the channel's errors."""
    sources = [(name, f"WARMLINE_DATA_{name}") for name in names]
    if channel.env.get("agi_type") == "PJSIP":
        sources += [(call_data_rules.to_item_name(header), f"PJSIP_HEADER(read,{header})") for header in headers]
    call_data: Items = []
    for expression in _build_expressions(sources):
        for assignment in channel.get_full_variable(expression).split("&"):
            name, _, value = assignment.partition("=")
            if value:
                call_data.append((name, percent_decode(value)))
    return call_data


def _build_expressions(sources: "list[tuple[str, str]]") -> "list[str]":
    """Return expressions whose values are `name=value&…`, each short enough for one command."""
    expressions = [""]
    for name, variable in sources:
        encoded_value = "".join(
            f"${{URIENCODE(${{{variable}:{offset}:{PIECE_BYTES}}})}}" for offset in (0, PIECE_BYTES)
        )
        if len(expressions[-1]) + len(encoded_value) > COMMAND_MAX_BYTES:
            expressions.append("")
        expressions[-1] += f"{'&' if expressions[-1] else ''}{name}={encoded_value}"
    return [expression for expression in expressions if expression]


def encode_items(call_data: Items) -> tuple[call_data_rules.CallData, str]:
    """Return the items within the limits, and one word for Stasis() with them and the notes about the others."""
    if not call_data:
        return (), ""
    allowed_data, omission_notes = call_data_rules.check_items(call_data)
    return allowed_data, call_data_rules.encode_items(allowed_data, omission_notes)
