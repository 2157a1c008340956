"""Check that a key gives one disposition."""

from collections.abc import Iterator
from itertools import combinations

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, good, note, warning
from warmline.options.values.option_types import Value

KEYS = tuple(f"{zero}{digit}" for zero in ("", "0", "00") for digit in range(1, 10))  # keys to propose

Code = dict[str, Value]


def keys(facts: CheckFacts) -> Iterator[Finding]:
    """Check that of two dispositions for one call, neither key is or begins the other's."""
    codes = {
        name: one for name, one in facts.entities("disposition").items() if one["selectable"] == "Y" and one["key"]
    }
    free = [key for key in KEYS if not any(_clash(key, str(one["key"])) for one in codes.values())]
    clean = True
    for pair in combinations(sorted(codes, key=lambda name: (len(str(codes[name]["key"])), name)), 2):
        (first, one), (second, other) = ((name, codes[name]) for name in pair)
        if not _clash(str(one["key"]), str(other["key"])) or not _together(one, other):
            continue
        clean = False
        fix = f"warmline disposition set {second} key={free.pop(0) if free else ''}"
        if one["key"] == other["key"]:
            found = f"dispositions {first} and {second} have the same key {one['key']}"
            yield warning("disposition_key_twice", found, "the key gives the one that the agent's list has first", fix)
        else:
            found = f"key {one['key']} of disposition {first} begins key {other['key']} of {second}"
            why = f"on the agent's page, the key gives {first} before the next digit is typed"
            yield note("disposition_key_begins", found, why, fix)
    if clean:
        yield good("disposition_keys_good", "each key gives one disposition")


def _clash(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _together(one: Code, other: Code) -> bool:
    """Return whether an agent can have both codes for a call."""
    for option in ("campaigns", "ingroups"):
        first, second = _words(one[option]), _words(other[option])
        if first and second and not set(first) & set(second):
            return False
    return "BOTH" in (one["direction"], other["direction"]) or one["direction"] == other["direction"]


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


CHECKS = (Check("disposition keys", keys, "no key of a disposition is, or begins, that of another for the same calls"),)
