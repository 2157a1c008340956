"""Reads the telephone number in a text of a caller, a person or a file. Nothing else in Warmline decides that.

A text with letters is no number: its digits alone would be the number of another person. AGI scripts load this module,
so it imports nothing.
"""

DIGITS = frozenset("0123456789")
DIALLED_KEYS = "*#"  # besides digits, an agent or a list may dial them
HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2212\u202f")  # and blanks from web pages
SEPARATORS = frozenset(" ()./-\t\u00a0") | HYPHENS  # characters that people write between digits


def to_digits(text: str, extra_characters: str = "") -> str:
    """Return the digits of a number, or "" for a text that is no number.

    A number has digits, usual characters between them, perhaps a leading +, and any of `extra_characters`.
    """
    if text.isascii() and text.isdigit():
        return text
    if find_strange_character(text, extra_characters):
        return ""
    return "".join(character for character in text if character in DIGITS)


def to_dialled_digits(text: str) -> str:
    """Return the same for a number that a person dials or has dialled, which may have * and #."""
    return to_digits(text, DIALLED_KEYS)


def find_strange_character(text: str, extra_characters: str = "") -> str:
    """Return the first character of a text that no number has, or ""."""
    for character in strip_separators(text):
        if character not in DIGITS and character not in extra_characters:
            return character
    return ""


def strip_separators(text: str) -> str:
    """Return a text without the usual characters between digits and without a leading +. Others stay."""
    return "".join(character for character in text.strip() if character not in SEPARATORS).removeprefix("+")
