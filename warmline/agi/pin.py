"""Asks an agent's PIN."""

from warmline.agi.channel import AGI

TRIES = 3
WAIT = 10_000  # milliseconds between two digits
DIGITS = 20  # the most a PIN has


def knows_pin(channel: AGI, stored: str) -> bool:
    """Whether the caller presses the PIN that was stored as a hash; asked three times. Raises AGIHangup."""
    from warmline.store import passwords  # loads OpenSSL, 5 ms, which a trusted phone does without

    channel.answer()
    for attempt in range(TRIES):
        if attempt:
            channel.stream_file("agent-incorrect")
        if passwords.matches(channel.get_data("agent-pass", WAIT, DIGITS), stored):
            return True
    return False
