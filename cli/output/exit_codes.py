"""The exit codes of all commands."""

from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code; `meaning` is its sentence for people."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> "ExitCode":
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "the command is done; a comparison found no difference"
    FAILED = 1, "the command line or a file is not valid, the command failed, or a check found a fault"
    DIFFERS = (
        2,
        "a comparison found differences; `doctor` or `dialplan lint` found something that may fail later; an import "
        "rejected a line",
    )
    NOT_FOUND = 3, "no entry has this name"
    AWAY = 4, "the app, or Asterisk behind it, cannot be reached"
    REFUSED = 5, "the app refused, you answered no, or there was no terminal for the question"
