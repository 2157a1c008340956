"""The channel variables of a third party's leg, from which a dialplan can tell the third party about the call."""

from collections.abc import Iterable

from warmline.core.rules.call_result import to_safe_text

# The variables, in order. WARMLINE_DATA_name follows for each item of data.
VARIABLES = {
    "WARMLINE_AGENT": "the user of the agent who dials",
    "WARMLINE_NOTES": "the agent's notes on the call so far, as harmless text of at most 1800 bytes",
}


def build_variables(user: str, notes: str, call_data: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the variables with harmless values; none for an empty value."""
    value_by_name = dict(zip(VARIABLES, (user, notes), strict=True)) | {
        f"WARMLINE_DATA_{name}": value for name, value in call_data
    }
    return tuple((name, text) for name, value in value_by_name.items() if (text := to_safe_text(value).strip()))
