"""Check that a key gives one disposition."""

from collections.abc import Iterator
from itertools import combinations

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, good, note, warning
from warmline.store.configuration import code_keys


def keys(facts: CheckFacts) -> Iterator[Finding]:
    """Check that of two codes for the same calls or pauses, neither key is or begins the other's.

    A pause code's key ends with #, so it may begin another one. Only databases of earlier releases have one key twice.
    """
    clean = True
    for kind in code_keys.KINDS:
        for finding in _of_kind(facts, kind):
            clean = False
            yield finding
    if clean:
        yield good("disposition_keys_good", "each key gives one disposition or pause code")


def _of_kind(facts: CheckFacts, kind: str) -> Iterator[Finding]:
    codes = {name: one for name, one in facts.entities(kind).items() if code_keys.has_key(one)}
    free = code_keys.free_keys(codes)
    for pair in combinations(sorted(codes, key=lambda name: (len(str(codes[name]["key"])), name)), 2):
        (first, one), (second, other) = ((name, codes[name]) for name in pair)
        key, longer = str(one["key"]), str(other["key"])
        if not code_keys.begins(key, longer) or not code_keys.can_meet(one, other):
            continue
        if key != longer and kind != "disposition":
            continue
        fix = f"warmline {kind} set {second} key={free.pop(0) if free else ''}"
        if key == longer:
            found = f"{kind}s {first} and {second} have the same key {key}"
            yield warning("disposition_key_twice", found, "the key gives the one that the agent's list has first", fix)
        else:
            found = f"key {key} of disposition {first} begins key {longer} of {second}"
            why = f"on the agent's page, the key gives {first} before the next digit is typed"
            yield note("disposition_key_begins", found, why, fix)


CHECKS = (
    Check(
        "disposition keys",
        keys,
        "no key of a disposition is, or begins, that of another for the same calls. No two pause codes of a campaign "
        "have the same key",
    ),
)
