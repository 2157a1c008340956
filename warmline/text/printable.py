"""Letters of every script: which characters beyond ASCII belong to words."""

from unicodedata import category

# Join or part letters within a word, in Persian and in the scripts of India; they are no letters to Unicode.
JOINERS = "\u200c\u200d"
WORD = ("L", "M", "N")  # letters, the marks on them, digits
LINES = "\t\n\r"
REPLACED = "\ufffd"  # stands for bytes that were no UTF-8


def in_words(sign: str) -> bool:
    """Whether a character is a letter, a mark on one, a digit, or a joiner."""
    return category(sign)[0] in WORD or sign in JOINERS


def is_shown(sign: str) -> bool:
    """Whether a character can be shown on a terminal as it is."""
    return sign.isprintable() or sign in JOINERS


def without_controls(text: str) -> str:
    """The text without control and format characters and what was no UTF-8; the ends of its lines and tabs stay."""
    if text.isprintable() and REPLACED not in text:
        return text
    return "".join(sign for sign in text if sign in LINES or (sign != REPLACED and _stays(sign)))


def _stays(sign: str) -> bool:
    return is_shown(sign) or category(sign) == "Zs"
