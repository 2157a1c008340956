"""Asks an agent's PIN: slower after each that is wrong, and not for ever."""

# ruff: noqa: PTH103, PTH108, PTH118, PTH120 -- pathlib costs an AGI script 5 ms

import os
import time

from warmline.agi.channel import AGI

PAUSES = (1, 2, 4)  # seconds after a wrong PIN; so often is it asked in a call
WAIT = 10_000  # milliseconds between two digits
DIGITS = 20  # the most a PIN has
MOST = 10  # times that an agent's PIN is asked until it is right
FORGOTTEN = 900  # seconds after the last time


def why_not(channel: AGI, agent: str, phone: str, stored: str, spool: str) -> str:
    """Why the caller may not log in, "" if he presses the agent's PIN, which was stored as a hash.

    How often it was asked in vain is kept in `spool`, for all calls of that `phone`: whoever has its password cannot
    keep the agent from another phone. Raises AGIHangup, OSError.
    """
    from warmline.store.database import passwords  # loads OpenSSL, 5 ms, which a trusted phone does without

    asked = os.path.join(spool, "pins", f"{agent}@{phone}".replace("/", "%2F"))
    channel.answer()
    for attempt, pause in enumerate(PAUSES):
        if not _once_more(asked):
            return f"agent {agent}: {MOST} times no PIN, or a wrong one; it is asked again in {FORGOTTEN // 60} minutes"
        if attempt:
            channel.stream_file("agent-incorrect")
        if passwords.matches(channel.get_data("agent-pass", WAIT, DIGITS), stored):
            _forget(asked)
            return ""
        channel.appexec("Wait", str(pause))
    return f"agent {agent}: wrong PIN"


def _once_more(asked: str) -> bool:
    """Note that the PIN is asked; whether it may be. It is noted first: many calls at once get no more of it."""
    os.makedirs(os.path.dirname(asked), mode=0o770, exist_ok=True)
    file = os.open(asked, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o660)
    try:
        noted = os.fstat(file)
        if not 0 <= time.time() - noted.st_mtime < FORGOTTEN:  # less than 0: the clock was put back
            os.ftruncate(file, 0)
        elif noted.st_size >= MOST:
            return False
        os.write(file, b"*")
        return os.lseek(file, 0, os.SEEK_CUR) <= MOST  # the end of our own byte, whoever has written after it
    finally:
        os.close(file)


def _forget(asked: str) -> None:
    try:
        os.unlink(asked)
    except FileNotFoundError:
        return  # another call of his has
