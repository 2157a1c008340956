"""Asks people before something is done; where there is nobody to ask, it is not done."""

import sys

from warmline.text.coded_error import CodedError


class Declined(CodedError):
    """Nobody has agreed to it; the text says what has therefore not been done."""


def confirm(question: str) -> None:
    """Ask a question with yes or no, before what `--yes` does unasked. Raises Declined."""
    _ask(question, "yN", "with --yes it is not asked")


def confirm_or_edit() -> bool:
    """Ask whether what was edited is to be done; False: it is to be edited again. Raises Declined."""
    return _ask("Do it? (e: edit again)", "yNe", "use set, or warmline config apply") == "y"


def _ask(question: str, letters: str, otherwise: str) -> str:
    """One of the letters, but never n; a plain return is the capital one. Raises Declined, also without a terminal."""
    if not sys.stdin.isatty():
        raise Declined("no_terminal", "nothing was changed: there is no terminal to ask on; {hint}", hint=otherwise)
    default = next(letter for letter in letters if letter.isupper()).lower()
    while True:
        print(f"{question} [{'/'.join(letters)}] ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        answer = (line.strip().lower()[:1] or default) if line else "n"
        if answer == "n":
            raise Declined("declined", "nothing was changed")
        if answer in letters.lower():
            return answer
