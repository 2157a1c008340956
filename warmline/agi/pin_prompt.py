"""Asks for an agent's PIN, with longer pauses after wrong ones and a limit of attempts."""

# ruff: noqa: PTH103, PTH108, PTH118, PTH120 -- pathlib costs an AGI script 5 ms

import os
import time

from warmline.agi.channel import AGI
from warmline.agi.protocol import AGIHangup

PAUSES_SECONDS = (1, 2, 4)  # after each wrong PIN of a call; their number is the number of attempts in a call
DIGIT_TIMEOUT_MS = 10_000  # between two digits
MAX_PIN_DIGITS = 20  # the most digits of a PIN
MAX_ATTEMPTS = 10  # attempts for an agent until a PIN is right
FAILURE_MEMORY_SECONDS = 900  # after the last attempt until the count starts again


class HungUpAfterWrongPins(AGIHangup):
    """The caller has entered wrong PINs, and hung up before the last attempt."""


def refuse_login(channel: AGI, agent: str, phone: str, pin_hash: str, spool: str) -> str:
    """Return why the caller may not log in, or "" if they enter the agent's PIN, whose hash is `pin_hash`.

    `spool` holds the number of failed attempts from this `phone`. Attempts from one phone do not block the agent on
    another phone. Raises AGIHangup (HungUpAfterWrongPins), OSError.
    """
    from warmline.store.database import passwords  # loads OpenSSL in 5 ms, which a trusted phone saves

    attempts_file = os.path.join(spool, "pins", f"{agent}@{phone}".replace("/", "%2F"))
    channel.answer()
    wrong_pins = 0
    for attempt, pause_seconds in enumerate(PAUSES_SECONDS):
        if not _count_attempt(attempts_file):
            minutes = FAILURE_MEMORY_SECONDS // 60
            return f"agent {agent}: {MAX_ATTEMPTS} times no PIN, or a wrong one; it is asked again in {minutes} minutes"
        try:
            if attempt:
                channel.stream_file("agent-incorrect")
            if passwords.matches(channel.get_data("agent-pass", DIGIT_TIMEOUT_MS, MAX_PIN_DIGITS), pin_hash):
                _reset_attempts(attempts_file)
                return ""
            wrong_pins = attempt + 1
            channel.appexec("Wait", str(pause_seconds))
        except AGIHangup as hangup:
            if not wrong_pins:
                raise
            raise HungUpAfterWrongPins(f"agent {agent}: hung up after {wrong_pins} wrong PINs") from hangup
    return f"agent {agent}: wrong PIN"


def _count_attempt(attempts_file: str) -> bool:
    """Count an attempt, and return whether it is allowed. Counting first keeps the limit for simultaneous calls."""
    os.makedirs(os.path.dirname(attempts_file), mode=0o770, exist_ok=True)
    file_number = os.open(attempts_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o660)
    try:
        attempts = os.fstat(file_number)
        if not 0 <= time.time() - attempts.st_mtime < FAILURE_MEMORY_SECONDS:  # below 0 if the clock was set back
            os.ftruncate(file_number, 0)
        elif attempts.st_size >= MAX_ATTEMPTS:
            return False
        os.write(file_number, b"*")
        return os.lseek(file_number, 0, os.SEEK_CUR) <= MAX_ATTEMPTS  # the position after the own byte
    finally:
        os.close(file_number)


def _reset_attempts(attempts_file: str) -> None:
    try:
        os.unlink(attempts_file)
    except FileNotFoundError:
        return  # another call of this agent has done it
