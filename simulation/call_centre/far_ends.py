"""What a number that is dialled does, in words both worlds understand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FarEnd:
    """`says` is its last word: "answer", a SIP status to refuse with, or nothing. `after` in seconds.

    Whoever is there has the voice of a `customer`, or of a third; one who is `silent` has none until `World.speaks`.
    """

    says: str | int = ""
    rings: bool = False
    early: bool = False  # it is heard before it answers
    after: float = 0.0
    customer: bool = False
    silent: bool = False
    redirects: str = ""  # to this number


def answers(after: float = 0.0, *, silent: bool = False) -> FarEnd:
    """Answers at once, or rings for so many seconds first."""
    return FarEnd("answer", rings=after > 0, after=after, silent=silent)


def rings(*, customer: bool = False) -> FarEnd:
    """Rings until somebody answers it."""
    return FarEnd(rings=True, customer=customer)


def early(after: float | None = None) -> FarEnd:
    """Is heard at once and answers after so many seconds; None: when somebody answers it."""
    return FarEnd("" if after is None else "answer", early=True, after=after or 0.0)


def refuses(status: int) -> FarEnd:
    """Says no with a SIP status."""
    return FarEnd(status)


def redirects(number: str, *, rings: bool = False) -> FarEnd:
    """Names another number instead of answering (302)."""
    return FarEnd(rings=rings, redirects=number)


def dead() -> FarEnd:
    """Says nothing at all, as a host that is down."""
    return FarEnd()


BUSY, DECLINED, UNKNOWN = refuses(486), refuses(603), refuses(404)
