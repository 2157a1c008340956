"""Whether two extensions match the same numbers."""

from warmline.core.rules.extension_pattern import compiled


def covers(first: str, second: str) -> bool:
    """Return whether each number that matches `second` also matches `first`."""
    one, two = compiled(first), compiled(second)
    if one.broken or two.broken or one.shortest > two.shortest:
        return False
    if not one.rest and (two.rest or len(two.positions) > len(one.positions)):
        return False
    if len(one.positions) > len(two.positions):
        return False
    return all(small <= large for large, small in zip(one.positions, two.positions, strict=False))


def common_number(first: str, second: str) -> str | None:
    """Return a number that matches both, or None if there is none."""
    one, two = compiled(first), compiled(second)
    if one.broken or two.broken:
        return None
    length = max(one.shortest, two.shortest, len(one.positions), len(two.positions))
    if any(not pattern.rest and length > len(pattern.positions) for pattern in (one, two)):
        return None
    found = ""
    for at in range(length):
        sets = [pattern.positions[at] for pattern in (one, two) if at < len(pattern.positions)]
        possible = frozenset.intersection(*sets) if sets else frozenset("0")
        possible -= {"-"}
        if not possible:
            return None
        found += min(possible, key=lambda letter: (not letter.isdigit(), letter))
    return found
