"""Classifies characters of all scripts: letters of words, and characters that a terminal can show."""

from unicodedata import category

# Joiners within words, in Persian and in scripts of India; Unicode does not class them as letters.
JOINERS = "\u200c\u200d"
WORD = ("L", "M", "N")  # letters, their marks, and digits
LINES = "\t\n\r"
REPLACED = "\ufffd"  # replaces bytes that are not UTF-8


def in_words(sign: str) -> bool:
    """Return whether a character is a letter, a mark of a letter, a digit or a joiner."""
    return category(sign)[0] in WORD or sign in JOINERS


def is_shown(sign: str) -> bool:
    """Return whether a terminal can show a character unchanged."""
    return sign.isprintable() or sign in JOINERS


def without_controls(text: str) -> str:
    """Return the text without control and format characters and invalid UTF-8; line ends and tabs stay."""
    if text.isprintable() and REPLACED not in text:
        return text
    return "".join(sign for sign in text if sign in LINES or (sign != REPLACED and _stays(sign)))


def _stays(sign: str) -> bool:
    return is_shown(sign) or category(sign) == "Zs"
