"""Rules about the data of a call, such as `language=de -> ingroup:GERMAN`. AGI scripts load it, so it imports nothing.

A rule is NAME=PATTERN, a sign, and a result. In a pattern, `*` stands for any text. Capital and small letters are the
same in names and values.
"""

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Collection

    from warmline.core.rules.call_data import CallData

ROUTE_SIGN, PRIORITY_SIGN = " -> ", ":"  # the signs between a condition and its result
MAX_QUOTED_LENGTH = 40  # characters of a value in a sentence


def find_rule(rules: "Collection[str]", sign: str, call_data: "CallData") -> tuple[str, str]:
    """Return the first rule that the data fulfils, and its result; ("", "") if no rule fits."""
    value_by_name = {name.lower(): value for name, value in call_data}
    for rule in rules:
        condition, _, route_or_priority = rule.rpartition(sign)
        name, _, pattern = condition.partition("=")
        if name.lower() in value_by_name and is_match(pattern, value_by_name[name.lower()]):
            return rule, route_or_priority
    return "", ""


def get_value(call_data: "CallData", name: str) -> str:
    """Return the value of an item; "" if there is none."""
    return next((value for item_name, value in call_data if item_name.lower() == name.lower()), "")


def is_match(pattern: str, value: str) -> bool:
    """Return whether a pattern describes the whole value. The time is proportional to both lengths."""
    prefix, *fragments = pattern.casefold().split("*")
    text = value.casefold()
    if not fragments:
        return text == prefix
    if not text.startswith(prefix):
        return False
    search_start = len(prefix)
    for fragment in fragments[:-1]:
        start = text.find(fragment, search_start)
        if start < 0:
            return False
        search_start = start + len(fragment)
    return text.endswith(fragments[-1]) and len(text) - len(fragments[-1]) >= search_start


def quote_value(value: str) -> str:
    """Return a value for a sentence: in quotes, and cut."""
    return f'"{value[:MAX_QUOTED_LENGTH]}{"…" * (len(value) > MAX_QUOTED_LENGTH)}"'
