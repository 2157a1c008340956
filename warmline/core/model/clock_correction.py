"""How far the machine's clock is from the time of the turns."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ClockCorrection:
    """From the time `at` of the turns on, the machine's clock shows `correction` microseconds more; only one is open.

    `at` is in microseconds UTC.
    """

    id: str
    at: int
    correction: int
