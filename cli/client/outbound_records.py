"""Answers about automatic calls: from the database of this machine, or over the API at the app of a login.

Both have the same answers: the function that makes an answer here is the one that the app calls.
"""

import time
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import quote

import msgspec

from cli.output import time_zone
from cli.output.progress import working
from cli.output.time_format import iso
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from warmline.store.outbound.attempts_answer import AttemptsAnswer
    from warmline.store.outbound.drops_answer import DropsAnswer
    from warmline.store.outbound.hopper_answer import HopperAnswer

SLOW = 150.0  # seconds; the app ends a slow answer earlier

Shape = TypeVar("Shape")


class OutboundRecords(Protocol):
    """The records of a place. Each method raises NotFound, StoreError, AppAway, AppRefused.

    Times are in microseconds UTC.
    """

    def hopper(self, campaign: str, limit: int) -> "HopperAnswer":
        """Return the next leads of a campaign, and the count of the others."""

    def attempts(self, by: str, start: int, end: int, campaign: str) -> "AttemptsAnswer":
        """Count calls to leads."""

    def drops(self, window: str, campaign: str) -> "DropsAnswer":
        """Count drops by window."""


def at(where: Place) -> OutboundRecords:
    """Return the records of a place."""
    return choose(where, DatabaseOutbound, AppOutbound)


class DatabaseOutbound:
    """The records in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def hopper(self, campaign: str, limit: int) -> "HopperAnswer":
        from warmline.store.outbound import hopper_answer

        return hopper_answer.answer(self.path, campaign, limit, time.time_ns() // 1000)

    def attempts(self, by: str, start: int, end: int, campaign: str) -> "AttemptsAnswer":
        from warmline.store.outbound import attempts_answer

        return attempts_answer.answer(self.path, by, start, end, campaign)

    def drops(self, window: str, campaign: str) -> "DropsAnswer":
        from warmline.store.outbound import drops_answer

        return drops_answer.answer(self.path, window, campaign)


class AppOutbound:
    """The records over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def hopper(self, campaign: str, limit: int) -> "HopperAnswer":
        from warmline.store.outbound.hopper_answer import HopperAnswer

        with working("counted by the app"):
            return self.read(HopperAnswer, f"diallers/{quote(campaign, safe='')}/hopper", limit=limit)

    def attempts(self, by: str, start: int, end: int, campaign: str) -> "AttemptsAnswer":
        from warmline.store.outbound.attempts_answer import AttemptsAnswer

        with working("counted by the app"):
            return self.read(AttemptsAnswer, "audit/attempts", by=by, campaign=campaign, **self.period(start, end))

    def drops(self, window: str, campaign: str) -> "DropsAnswer":
        from warmline.store.outbound.drops_answer import DropsAnswer

        with working("counted by the app"):
            return self.read(DropsAnswer, "audit/drops", window=window, campaign=campaign)

    def period(self, start: int, end: int) -> dict[str, str]:
        """Return the query for a period, in microseconds UTC."""
        zone = str(time_zone.named(self.login.timezone or "UTC"))
        return {"between": f"{iso(start)}..{iso(end)}", "timezone": zone}

    def read(self, shape: type[Shape], path: str, **asked: Any) -> Shape:
        """Return the app's answer. Raises NotFound, Conflict, StoreError, AppAway, AppRefused."""
        given = {name: str(value) for name, value in asked.items() if value != ""}
        told = app_client.send(self.login, "GET", path, query=given, silent=SLOW)
        return msgspec.convert(told, shape)
