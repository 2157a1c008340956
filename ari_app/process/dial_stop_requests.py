"""The emergency stop of all automatic dialling, changed through the app. The file is that of `warmline dial stop`.

Each client with the right stops. Lifting takes the client who stopped, or a manager: the scope `config:write`.
"""

import asyncio
import logging
from functools import partial
from typing import NamedTuple

from ari_app.process.counted_threads import CountedThreads
from warmline.store.configuration import dial_stop_history, token_holder
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.database import StoreError
from warmline.system import dial_stop_file
from warmline.text.coded_error import CodedError

TO_STOP, TO_LIFT = "agents:supervise", "config:write"  # the scopes; the second one lifts the stop of another client
WAITING = 16

log = logging.getLogger("warmline.dialler")


class DialStopUnwritable(CodedError):
    """The file of the emergency stop cannot be made or removed."""


class DialStopRefused(CodedError):
    """The client may not change the emergency stop."""


class DialStopClient(NamedTuple):
    """The client of a change: its name in the records, its token, and whether it may lift stops of others."""

    name: str
    token: str
    may_lift: bool


class DialStops:
    """Changes the file in the folder `run`, and notes it in the history of the database at `db`."""

    def __init__(self, run: str, db: str) -> None:
        self._run, self._db = run, db
        self._threads = CountedThreads("dial stop", 1, WAITING, _too_many)
        self._noting: set[asyncio.Task[None]] = set()

    async def change(self, stopped: bool, why: str, client: DialStopClient) -> bool:
        """Stop all automatic dialling, or lift the stop, for a client whose right was checked in this process.

        Returns whether that is new. Raises DialStopUnwritable, DialStopRefused, StoreError.
        """
        return self._stop(client.name, why) if stopped else await self._lift(client, why)

    async def change_for(self, stopped: bool, why: str, token: str) -> bool:
        """Do the same for a client whose token is checked first.

        If the tokens cannot be read, a stop is that of an unknown client. Raises what `change` does.
        """
        try:
            found = await self._threads.run(token_holder.of_token, self._db, token)
        except StoreError:
            if not stopped:
                raise
            return self._stop("", why)
        return await self.change(stopped, why, _checked(found, token))

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.close()

    def _stop(self, by: str, why: str) -> bool:
        held = dial_stop_file.stops(self._run)
        try:
            new = dial_stop_file.stop(self._run, by, why)
        except OSError as error:
            raise self._unwritable("stop", error) from None
        if by not in {one.by for one in held}:
            log.warning(
                "%s has stopped all automatic dialling%s", by or dial_stop_history.UNKNOWN, f": {why}" if why else ""
            )
            task = asyncio.create_task(self._note(by or dial_stop_history.UNKNOWN, why))  # the stop waits for no disk
            self._noting.add(task)
            task.add_done_callback(self._noting.discard)
        return new

    async def _note(self, by: str, why: str) -> None:
        try:
            await self._threads.run(dial_stop_history.note, self._db, by, why)
        except CodedError as error:
            log.error("the history has no entry of the stop of automatic dialling by %s: %s", by, error)

    async def _lift(self, client: DialStopClient, why: str) -> bool:
        if not (held := dial_stop_file.stops(self._run)):
            return False
        if not client.may_lift and (others := [one for one in held if one.by != client.name]):
            raise DialStopRefused(
                "dial_stop_of_another",
                "automatic dialling was stopped by {by}{why}; a manager, or a program with the scope {scope}, lifts it",
                by=" and ".join(dial_stop_history.names(others)),
                why=f" ({others[0].why})" if others[0].why else "",
                scope=TO_LIFT,
            )
        try:
            await self._threads.run(
                partial(dial_stop_history.lift, self._db, self._run, held, who=client.name, why=why)
            )
        except OSError as error:
            raise self._unwritable("allow --why TEXT", error) from None
        by = ", ".join(dial_stop_history.names(held))
        log.warning("%s allows automatic dialling, which %s had stopped: %s", client.name, by, why)
        return True

    def _unwritable(self, words: str, error: OSError) -> DialStopUnwritable:
        return DialStopUnwritable(
            "dial_stop_unwritable",
            "{file} cannot be changed: {why}; on the machine of the app: warmline dial {words}",
            file=f"{self._run}/{dial_stop_file.NAME}",
            why=error.strerror or error,
            words=words,
        )


def _checked(found: ApiToken | User | None, token: str) -> DialStopClient:
    """Return the client of a token. Raises DialStopRefused."""
    if found is None or not found.may(TO_STOP):
        raise DialStopRefused(
            "dial_stop_not_allowed",
            "the token may not stop or allow automatic dialling; it lacks the scope {scope}",
            scope=TO_STOP,
        )
    return DialStopClient(found.client, token, found.may(TO_LIFT))


def _too_many(count: int) -> StoreError:
    return StoreError("dial_stops_wait", "{count} changes of the dial stop wait; try again later", count=count)
