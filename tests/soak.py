"""How hard `make soak` searches: WARMLINE_SOAK times as many examples as `make test`."""

import os


def examples(usual: int) -> int:
    """How many examples Hypothesis tries."""
    return usual * int(os.environ.get("WARMLINE_SOAK", "1"))


def soaking() -> bool:
    """Whether this is `make soak`: there is time for every case."""
    return "WARMLINE_SOAK" in os.environ
