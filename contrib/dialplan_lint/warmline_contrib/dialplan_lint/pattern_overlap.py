"""Whether two extensions match the same numbers."""

from warmline.core.rules.extension_pattern import compile_pattern


def covers(first: str, second: str) -> bool:
    """Return whether each number that matches `second` also matches `first`."""
    one, two = compile_pattern(first), compile_pattern(second)
    if one.is_broken or two.is_broken or one.min_length > two.min_length:
        return False
    if not one.tail and (two.tail or len(two.letter_sets) > len(one.letter_sets)):
        return False
    if len(one.letter_sets) > len(two.letter_sets):
        return False
    return all(small <= large for large, small in zip(one.letter_sets, two.letter_sets, strict=False))


def common_number(first: str, second: str) -> str | None:
    """Return a number that matches both, or None if there is none."""
    one, two = compile_pattern(first), compile_pattern(second)
    if one.is_broken or two.is_broken:
        return None
    length = max(one.min_length, two.min_length, len(one.letter_sets), len(two.letter_sets))
    if any(not pattern.tail and length > len(pattern.letter_sets) for pattern in (one, two)):
        return None
    found = ""
    for at in range(length):
        sets = [pattern.letter_sets[at] for pattern in (one, two) if at < len(pattern.letter_sets)]
        possible = frozenset.intersection(*sets) if sets else frozenset("0")
        possible -= {"-"}
        if not possible:
            return None
        found += min(possible, key=lambda letter: (not letter.isdigit(), letter))
    return found
