"""The number of examples: `make soak` tries WARMLINE_SOAK times as many examples as `make test`."""

import os


def examples(usual: int) -> int:
    """Return the number of examples that Hypothesis tries."""
    return usual * int(os.environ.get("WARMLINE_SOAK", "1"))


def soaking() -> bool:
    """Return whether this is `make soak`, which has time for every case."""
    return "WARMLINE_SOAK" in os.environ
