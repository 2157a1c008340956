"""Asks for confirmation; without a terminal the answer is no."""

import sys

from warmline.text.coded_error import CodedError


class Declined(CodedError):
    """The user has not confirmed; the text says what was therefore not done."""


def confirm(question: str) -> None:
    """Ask a question with yes or no, unless `--yes` was given. Raises Declined."""
    _ask(question, "yN", "with --yes it is not asked")


def confirm_or_edit() -> bool:
    """Ask whether to apply the edited text; return False to edit it again. Raises Declined."""
    return _ask("Do it? (e: edit again)", "yNe", "use set, or warmline config apply") == "y"


def _ask(question: str, letters: str, otherwise: str) -> str:
    """Return one of the letters, but never n; an empty answer is the capital letter.

    Raises Declined, also without a terminal.
    """
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
