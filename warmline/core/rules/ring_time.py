"""How long a dialled phone rings without an answer.

Asterisk counts its timeout from the dial, and the phone begins to ring later. So the core ends the call itself.
"""

from warmline.core.moment import SECOND_US

MIN_RING_SECONDS = 15  # of an unanswered automatic call: 47 CFR 64.1200(a)(6)
LEAD_RING_SECONDS = 25  # of an automatic call, and of a call that an agent dials, with dial_timeout=0
AGENT_RING_SECONDS = 60
RING_DELAY_SECONDS = 3  # from the dial, assumed if the far end does not tell when it rings


def get_lead_ring_seconds(dial_timeout: int) -> int:
    """Return the seconds that an automatic call rings, by the campaign's `dial_timeout` in seconds."""
    return max(dial_timeout or LEAD_RING_SECONDS, MIN_RING_SECONDS)


def get_agent_ring_seconds(dial_timeout: int) -> int:
    """Return the seconds that a call rings that an agent dials, by the campaign's `dial_timeout` in seconds."""
    return dial_timeout or AGENT_RING_SECONDS


def compute_longest_seconds(ring_seconds: int) -> int:
    """Return the most seconds from the dial to the end of the ringing, of a call that rings for `ring_seconds`.

    A call without a report of ringing ends before a late one could follow. So its ringing begins before that end.
    """
    return RING_DELAY_SECONDS + 2 * ring_seconds


def compute_ring_end_us(dialled_us: int, ringing_us: int | None, ring_seconds: int = MIN_RING_SECONDS) -> int:
    """Return the moment until which a call rings that may ring for `ring_seconds`.

    Without a report of `ringing_us` (None or 0), the ringing began RING_DELAY_SECONDS after the dial. Times are in UTC.
    """
    return (ringing_us or dialled_us + RING_DELAY_SECONDS * SECOND_US) + ring_seconds * SECOND_US
