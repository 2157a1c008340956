"""The number of examples: `make soak` tries WARMLINE_SOAK times as many examples as `make test`."""

import os


def examples(usual: int, by_night: int = 0) -> int:
    """Return the number of examples to try; `make soak` tries multiples of `by_night`, or of `usual` without it."""
    return (by_night or usual) * int(os.environ["WARMLINE_SOAK"]) if soaking() else usual


def soaking() -> bool:
    """Return whether this is `make soak`, which has time for every case."""
    return "WARMLINE_SOAK" in os.environ
