"""A number that must not be dialled any more, because of what was said in a call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warmline.core.world import Turn


@dataclass(frozen=True, kw_only=True)
class DoNotCall:
    """One number on the list of a campaign, or (without one) of the system. `at` in microseconds, UTC."""

    phone_number: str  # digits
    campaign: str
    at: int
    by: str
    why: str  # the disposition's code

    @property
    def id(self) -> str:
        return f"{self.phone_number} {self.campaign}"


def add(turn: "Turn", number: str, *, by: str, why: str, campaign: str = "") -> None:
    """Put a number on the do-not-call list, in the turn's own transaction; `by` is who says so.

    What has no digits is no number, and nothing happens.
    """
    if digits := "".join(sign for sign in number if sign in "0123456789"):
        turn.close(DoNotCall(phone_number=digits, campaign=campaign, at=turn.now, by=by, why=why))
