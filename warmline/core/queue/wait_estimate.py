"""How long a caller may have to wait: from the waits of those who were served last, and of those before him."""

from collections.abc import Iterable

LOOKED_AT = 5  # of either, at most
LEAST = 10_000_000  # microseconds: nobody is told less


def estimate(answered: Iterable[int], ahead: Iterable[int], waited: int) -> int:
    """The wait still before a caller who has waited so long, in microseconds.

    It is the mean of the last answered waits together with the waits so far of those before him in line, less his
    own; `LEAST` at least, and where nothing is known.
    """
    known = [*answered, *ahead]
    mean = sum(known) // len(known) if known else 0
    return max(LEAST, mean - waited)
