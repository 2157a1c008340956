"""A call centre, as a program gives it commands and reads it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

import msgspec

from warmline.centre import app_client, called, event_stream
from warmline.centre.agents import Agent
from warmline.centre.app_answer import NOTHING, AppAway, AppRefused, shaped
from warmline.centre.called import Called
from warmline.centre.calls import Call
from warmline.centre.followed_events import follow
from warmline.centre.place import Place
from warmline.core.model.dial_outcome import DialOutcome
from warmline.core.rules import reasons
from warmline.operations.live_records import AgentNow, CallNow, EventNow
from warmline.operations.receipts import ReceiptNow
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.centre.recording_records import SavedRecording
    from warmline.operations.operation import LiveCommand, Operation, RecordsChange
    from warmline.store.calls.call_history import PastCall
    from warmline.store.calls.call_story import CallStory

DAY_SECONDS = 86_400

P = ParamSpec("P")
T = TypeVar("T")


class Centre:
    """A call centre. `warmline.centre()` opens it.

    Each method raises AppAway if the app does not answer, and AppRefused with the app's reason, NotLoggedIn among them.
    Reads of past calls and recordings need no app on this machine, but a user who may read the database.
    """

    def __init__(self, place: Place) -> None:
        self.place = place

    def agent(self, user: str) -> Agent:
        """Return the agent of this name. Nothing is asked yet."""
        return Agent(self, user)

    async def agents(self) -> list[AgentNow]:
        """Return the agents who are logged in, by user."""
        return await self.read("agents", list[AgentNow])

    def call(self, call_id: str) -> Call:
        """Return the call of this id: its own, that of the agent API, or Asterisk's of a channel. Nothing is asked."""
        return Call(self, call_id)

    async def calls(self) -> list[CallNow]:
        """Return the live calls, the oldest first."""
        return await self.read("calls", list[CallNow])

    async def adopt(self, channel: str, agent: str = "", *, app: str = "") -> Call:
        """Take over a talk of two channels as an agent's call, and return the call; both hear each other on.

        `channel` is either channel, by name or id, or the agent's phone. Without `agent`, the phone says who it is.
        `app` is the ARI application that has both channels and gives them up; a script calls `ari.adopt`.
        """
        given = {"channel": channel, "agent": agent, "app": app}
        receipt = await self.command("adoptions", **given)
        return Call(self, receipt.call, receipt.agent)

    async def events(self, *, call: str = "", agent: str = "", after: str = "") -> AsyncGenerator[EventNow, None]:
        """Yield each event as it happens, also after the app was restarted; perhaps only those of a call or an agent.

        `after` is the id of the event behind which they begin; "0" is the beginning of the journal.
        """
        async with aclosing(follow(self.place, after, is_patient=False, call=call, agent=agent)) as found:
            async for event in found:
                if event is not None:
                    yield msgspec.convert(event, EventNow)

    # -- operations --

    @overload
    async def do(self, operation: "Operation[P, LiveCommand[T]]", /, *arguments: P.args, **named: P.kwargs) -> T: ...

    @overload
    async def do(self, operation: "Operation[P, RecordsChange[T]]", /, *arguments: P.args, **named: P.kwargs) -> T: ...

    @overload
    async def do(self, operation: "Operation[P, T]", /, *arguments: P.args, **named: P.kwargs) -> T: ...

    async def do(self, operation: "Operation[..., Any]", /, *arguments: Any, **named: Any) -> Any:
        """Do an operation of `warmline.operations`, and return its answer.

        Reads and changes of records need no app on this machine, but a user who may open the database. Raises TypeError
        for arguments that it does not have, CodedError for values that it does not allow, and its own errors.
        """
        from warmline.centre import operation_calls

        given, page = operation.bound(*arguments, **named)
        return await asyncio.to_thread(operation_calls.do, operation, self.place, given, page)

    # -- records of the past --

    async def past_call(self, call_id: str) -> "CallStory":
        """Return the whole story of a call, by its id, the beginning of it, or `last`. Raises NotFound, StoreError."""
        from warmline.centre import past_calls

        return await asyncio.to_thread(past_calls.read_story, self.place, call_id)

    async def past_calls(self, *, agent: str = "", number: str = "", limit: int = 20) -> "list[PastCall]":
        """Return the newest calls of an agent, or those from and to a number. Raises ValueError, StoreError."""
        from warmline.centre import past_calls

        if bool(agent) == bool(number):
            raise ValueError("give either an agent or a number, such as past_calls(agent='1000')")
        return await asyncio.to_thread(past_calls.list_calls, self.place, agent, number, limit)

    async def recordings(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        call: str = "",
        campaign: str = "",
        ingroup: str = "",
        agent: str = "",
        number: str = "",
    ) -> "list[SavedRecording]":
        """Return the recordings of the calls of a period, the last one first; without one, of the last 24 hours.

        Raises NotFound, StoreError.
        """
        from warmline.centre import recording_records

        now = time.time_ns() // 1000
        start = round(since.timestamp() * 1e6) if since else now - DAY_SECONDS * 1_000_000
        end = round(until.timestamp() * 1e6) if until else now + 1
        given = {"call": call, "campaign": campaign, "ingroup": ingroup, "agent": agent, "number": number}
        filters = {name: value for name, value in given.items() if value}
        source = recording_records.at(self.place)
        return await asyncio.to_thread(source.listed, start, end, now, filters)

    async def save_recording(self, recording: "SavedRecording", folder: Path) -> Path:
        """Write the file of a recording into a folder; return its path. Raises Conflict if it exists; OSError."""
        from warmline.centre import recording_records

        return await asyncio.to_thread(recording_records.save, recording_records.at(self.place), recording, folder)

    # -- requests --

    async def request(self, method: str, path: str, body: Mapping[str, object] | None = None, **query: str) -> Any:
        """Send any request of the JSON API to `path` below /api/v1; return the answer's JSON, or None."""
        return await asyncio.to_thread(app_client.send, self.place, method, path, body, query or NOTHING)

    async def read(self, path: str, shape: type[T]) -> T:
        """Return the record at a path below /api/v1."""
        found: T = shaped(await self.request("GET", path), shape)
        return found

    async def begin(self, path: str, query: Mapping[str, str] = NOTHING, /, **given: object) -> ReceiptNow:
        """Give a command, and return its receipt: it is done, or under way. Empty arguments are not sent."""
        body = {name: value for name, value in given.items() if value}
        receipt: ReceiptNow = shaped(await self.request("POST", path, body, **query), ReceiptNow)
        return receipt

    async def command(self, path: str, query: Mapping[str, str] = NOTHING, /, **given: object) -> ReceiptNow:
        """Give a command, and wait until it is done. Raises AppRefused, also if it fails later."""
        return called.check_end(await self.wait_for_end(await self.begin(path, query, **given)))

    async def dial(
        self, destination: str, seconds: float, begin: Awaitable[ReceiptNow], give_up: Callable[[], Awaitable[None]]
    ) -> Called:
        """Wait until a party who is dialled answers, or until it is clear that none will; give up after `seconds`.

        The dialling is given up, too, if the program cancels this.
        """
        task = asyncio.ensure_future(begin)
        is_given_up = False
        try:
            receipt = await asyncio.shield(task)
            try:
                async with asyncio.timeout(seconds or None):
                    receipt = await self.wait_for_end(receipt)
            except TimeoutError:
                is_given_up = True
                with suppress(AppRefused):  # it has ended by itself
                    await give_up()
                receipt = await self.wait_for_end(receipt)
        except AppRefused as error:
            if error.code != reasons.ASTERISK_REFUSED.code:
                raise
            return Called(destination, DialOutcome.REFUSED, 0, str(error))
        except asyncio.CancelledError:
            with suppress(CodedError):
                await task
                await give_up()
            raise
        return called.read_receipt(destination, receipt, is_given_up=is_given_up)

    async def wait_for_end(self, receipt: ReceiptNow) -> ReceiptNow:
        """Wait until a command has an outcome; return its receipt."""
        if receipt.outcome is not None:
            return receipt
        async with aclosing(
            follow(self.place, call=receipt.call, agent="" if receipt.call else receipt.agent)
        ) as events:
            async for event in events:
                if event is None or event_stream.is_about(event, "command", receipt.id):
                    with suppress(AppAway):  # then None comes when it is back
                        receipt = await self.read(f"receipts/{receipt.id}", ReceiptNow)
                    if receipt.outcome is not None:
                        break
        return receipt
