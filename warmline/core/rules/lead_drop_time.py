"""How long a lead who has answered waits for an agent until the drop."""

from warmline.core.moment import SECOND_US

MESSAGE_LEAD_TIME_US = 250_000  # Asterisk begins to play, and the sound file may begin softly


def compute_drop_delay_us(drop_call_seconds: int) -> int:
    """Return the microseconds from an answer to the drop, by the campaign's `drop_call_seconds`.

    The message begins within `drop_call_seconds`, because the drop comes a quarter of a second earlier.
    """
    return drop_call_seconds * SECOND_US - MESSAGE_LEAD_TIME_US
