"""Keeps passwords, PINs and tokens of a command line out of messages."""

import re
from collections.abc import Iterable

HIDDEN = "VALUE"  # in place of a secret
SECRET = re.compile(
    r"""(?!-{0,2}(force|must)[_-]change)  # a switch
    -{0,2}(
        # A part begins with the word, which may be misspelled after that: user-pass, pin_code, passwrd.
        ([a-z0-9]+[_.-])* (pin(?!ned|ning) | pass(?!age|ive|enger|ed|ing|es\b) | pw | secret | token | api[_-]?key)
        [a-z0-9_.-]*
        # The name ends with the word, with or without a number: newpass, userpassword, authtoken2.
        | [a-z0-9_.-]* (pass(w(or)?[dt]|phrase)? | secret | token | pin | pwd?) [0-9]*
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def names_secret(word: str) -> bool:
    """Return whether a word, such as `pin`, `--user-pass` or `pin=1234`, names a secret."""
    return SECRET.fullmatch(word.partition("=")[0]) is not None


def without_secrets(words: Iterable[str]) -> list[str]:
    """Return the words of a command line; a secret is VALUE, also after `--pin` and after `pin`."""
    shown: list[str] = []
    follows = False
    for word in words:
        name, equals, value = word.partition("=")
        named = names_secret(word)
        if follows and not word.startswith("-"):
            shown.append(HIDDEN)
        else:
            shown.append(f"{name}={HIDDEN}" if named and value not in ("", "-") else word)
        follows = named and (not equals or not value)
    return shown


def hidden(text: str, words: Iterable[str]) -> str:
    """Return a message about a command line; it has VALUE in place of the secret of each pair such as `pin=1234`."""
    for word in words:
        name, _, value = word.partition("=")
        if value not in ("", "-") and names_secret(word):
            text = text.replace(word, f"{name}={HIDDEN}")
    return text
