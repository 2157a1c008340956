"""How long a dialled phone rings without an answer.

Asterisk counts its timeout from the dial, and the phone begins to ring later. So the core ends the call itself.
"""

SECOND = 1_000_000
RINGS_AT_LEAST = 15  # seconds that an unanswered automatic call rings: 47 CFR 64.1200(a)(6)
USUAL_OF_LEAD = 25  # seconds of an automatic call, and of a call that an agent dials, with dial_timeout=0
USUAL_OF_AGENT = 60
UNTIL_IT_RINGS = 3  # seconds from the dial, assumed if the far end does not tell when it rings


def of_lead(dial_timeout: int) -> int:
    """Return the seconds that an automatic call rings, by the campaign's `dial_timeout` in seconds."""
    return max(dial_timeout or USUAL_OF_LEAD, RINGS_AT_LEAST)


def of_agent(dial_timeout: int) -> int:
    """Return the seconds that a call rings that an agent dials, by the campaign's `dial_timeout` in seconds."""
    return dial_timeout or USUAL_OF_AGENT


def longest(rings: int) -> int:
    """Return the seconds from the dial to the end of the ringing at the latest, of a call that rings for `rings`.

    A call without a report of ringing ends before a late one could follow. So its ringing begins before that end.
    """
    return UNTIL_IT_RINGS + 2 * rings


def until(dialled: int, ringing: int | None, rings: int = RINGS_AT_LEAST) -> int:
    """Return the moment until which a call rings that may ring for `rings` seconds.

    All moments are in microseconds UTC. Without a report of `ringing` (None or 0), the ringing began UNTIL_IT_RINGS
    after the dial.
    """
    return (ringing or dialled + UNTIL_IT_RINGS * SECOND) + rings * SECOND
