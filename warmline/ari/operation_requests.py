"""What the operations of ARI have in common: what is left out of a request, and what an older Asterisk lacks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from warmline.system.asterisk_requirements import new_enough
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

Query = Mapping[str, str | int | float | Sequence[str] | None]
Variables = Mapping[str, str | Mapping[str, Any]]
"""Variables of a channel or a bridge by name: a text, or since Asterisk 20.20, 22.10 and 23.4 also
`{"value": "a text", "report_events": True}`."""


class OperationRequests:
    """The requests of one resource of ARI."""

    def __init__(self, ari: "Ari") -> None:
        self._ari = ari

    async def send(
        self,
        method: str,
        *path: str,
        query: Query | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Send a request and return its answer; None in the query is left out. Raises AriError."""
        values = {name: _to_text(value) for name, value in (query or {}).items() if value is not None}
        return await self._ari.send_request(method, *path, query=values or None, body=body)

    def require(self, oldest: Mapping[int, int], function: str) -> None:
        """Check that Asterisk is one of these versions or newer. Raises CodedError."""
        version = self._ari.asterisk_version
        if version and not new_enough(version, oldest):
            needed = ", ".join(f"{major}.{minor}" for major, minor in oldest.items())
            raise CodedError(
                "ari_not_in_this_asterisk",
                "{function} needs Asterisk {needed} or newer; this one is {version}",
                function=function,
                needed=needed,
                version=version,
            )


def to_pairs(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the fields of an object of Asterisk's configuration, as a body has them."""
    return [{"attribute": name, "value": value} for name, value in fields.items()]


def _to_text(value: str | float | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ",".join(value)
