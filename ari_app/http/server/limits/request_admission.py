"""The count of requests before a parser reads them."""

from typing import Protocol


class Admission(Protocol):
    """Counts requests before they are parsed."""

    def knows(self, token: str) -> bool:
        """Return whether a request with this token is not counted here."""

    def admit(self, address: str, cost: int) -> float:
        """Count a request of a stranger; return the seconds until this address may send one."""

    def client_of_head(self, peer: str, head: bytes) -> str:
        """Return the address of the client that sent a head, which may name it behind a proxy."""
