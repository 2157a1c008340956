"""The behaviour of a dialled number, in words that both worlds support."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FarEnd:
    """The behaviour of a far end. `says` is its final answer: "answer", a SIP status, or nothing. `after` in seconds.

    Its party has the voice of a `customer` or of a third party. A `silent` party does not speak until `World.speaks`.
    """

    says: str | int = ""
    rings: bool = False
    early: bool = False  # its sound is heard before it answers
    after: float = 0.0
    customer: bool = False
    silent: bool = False
    redirects: str = ""  # to this number


def answers(after: float = 0.0, *, silent: bool = False) -> FarEnd:
    """Return a far end that answers at once, or rings for this many seconds first."""
    return FarEnd("answer", rings=after > 0, after=after, silent=silent)


def rings(*, customer: bool = False) -> FarEnd:
    """Return a far end that rings until the test answers it."""
    return FarEnd(rings=True, customer=customer)


def early(after: float | None = None) -> FarEnd:
    """Return a far end with early sound that answers after this many seconds; None: when the test answers it."""
    return FarEnd("" if after is None else "answer", early=True, after=after or 0.0)


def refuses(status: int) -> FarEnd:
    """Return a far end that refuses with a SIP status."""
    return FarEnd(status)


def redirects(number: str, *, rings: bool = False) -> FarEnd:
    """Return a far end that names another number instead of answering (302)."""
    return FarEnd(rings=rings, redirects=number)


def dead() -> FarEnd:
    """Return a far end that never answers, like a host that is down."""
    return FarEnd()


BUSY, DECLINED, UNKNOWN = refuses(486), refuses(603), refuses(404)
