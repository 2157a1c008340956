"""The page that brought the leg of a browser phone: gone, and there again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageAway:
    """The page that brought the agent's leg is gone, or has lost its browser phone. The leg stays."""

    agent: str
    page: str


@dataclass(frozen=True, slots=True)
class PageBack:
    """The page that brought the agent's leg is there again, and still has its browser phone."""

    agent: str
    page: str
