"""Whether Asterisk can reach a phone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhoneUnreachable:
    """Asterisk cannot reach the endpoint `phone`, and receives nothing from its live leg, if it has one."""

    phone: str


@dataclass(frozen=True, slots=True)
class PhoneReachable:
    """The endpoint `phone` can be reached, or has just registered."""

    phone: str
