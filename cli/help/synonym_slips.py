"""Slips of the keys in a word for a command."""


def is_slip(word: str, name: str) -> bool:
    """Return whether a word is a beginning of a name, or the name with a wrong, missing, double or swapped letter.

    A beginning has at least half of the letters. Names with eight letters or more may have two such faults.
    """
    if name.startswith(word):
        return 2 * len(word) >= len(name)
    return _faults(word, name) <= (2 if len(name) >= 8 else 1)


def _faults(word: str, name: str) -> int:
    """Return the number of letters to insert, remove, replace or swap with the next one, until both words are equal."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for place, letter in enumerate(word, 1):
        row = [place]
        for other, wanted in enumerate(name, 1):
            least = min(last[other] + 1, row[other - 1] + 1, last[other - 1] + (letter != wanted))
            swapped = place > 1 and other > 1 and (letter, word[place - 2]) == (name[other - 2], wanted)
            row.append(min(least, before[other - 2] + 1) if swapped else least)
        before, last = last, row
    return last[-1]
