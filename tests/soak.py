"""The number of examples: `tools/nightly soak` tries WARMLINE_SOAK times as many examples as `make test`."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from zlib import crc32

SHARE = 6  # of so many examples in a list of hundreds, `make test` tries one

T = TypeVar("T")
U = TypeVar("U")


def examples(usual: int, by_night: int = 0) -> int:
    """Return the number of examples to try; the soak tries multiples of `by_night`, or of `usual` without it."""
    return (by_night or usual) * int(os.environ["WARMLINE_SOAK"]) if soaking() else usual


def soaking() -> bool:
    """Return whether this is `tools/nightly soak`, which has time for every case."""
    return "WARMLINE_SOAK" in os.environ


def a_share(cases: Iterable[T], text: Callable[[T], str], one_of: int = SHARE) -> list[T]:
    """Return the cases of a list of hundreds that `make test` tries, chosen by their text; the soak tries all."""
    return [case for case in cases if soaking() or crc32(text(case).encode()) % one_of == 0]


def a_share_of_pairs(ones: Sequence[T], others: Sequence[U]) -> list[tuple[T, U]]:
    """Return the pairs of two lists that `make test` tries, with each of both lists in some; the soak tries all."""
    numbered = ((at + beside, one, other) for at, one in enumerate(ones) for beside, other in enumerate(others))
    return [(one, other) for number, one, other in numbered if soaking() or number % SHARE == 0]
