"""What a command ends its process with."""

from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code; `meaning` is for people."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> "ExitCode":
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "it is done; of a comparison: all is the same"
    FAILED = 1, "it cannot be done, or something that should not be was found"
    DIFFERS = 2, "what was compared differs; of doctor: something may break; of an import: a line was rejected"
    NOT_FOUND = 3, "there is nothing of that name"
    AWAY = 4, "the app, or Asterisk behind it, cannot be reached"
    REFUSED = 5, "it was refused: by the app, by you when you were asked, or because there was no terminal to ask on"
