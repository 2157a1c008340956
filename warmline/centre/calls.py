"""A call of a call centre: each method is a command, and returns when it is done."""

from contextlib import aclosing, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from warmline.centre import called
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.centre.followed_events import follow
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.rules import number_text, reasons
from warmline.core.rules.routing import AGENTDIRECT
from warmline.operations.live_records import CallWithAgents
from warmline.store.database.errors import NotFound

if TYPE_CHECKING:
    from warmline.centre.called import Called
    from warmline.centre.connection import Centre


class Call:
    """A live call. `agent` is the user of the agent who had it when the program got it, or "".

    A destination is a number, `ingroup:SALES` for one of its agents, or `agent:1001`. Each method raises AppRefused
    with the reason of a refusal, NotFound if the call is over, and AppAway.
    """

    def __init__(self, centre: "Centre", call_id: str, agent: str = "") -> None:
        self.id = call_id
        self.agent = agent
        self._centre = centre
        self._path = f"calls/{quote(call_id, safe='')}"

    def __repr__(self) -> str:
        """Return the id, for a log."""
        return f"<Call {self.id}>"

    async def read(self) -> CallWithAgents:
        """Return the call as the app sees it now: state, parties, `data` of the dialplan, agents with their notes."""
        return await self._centre.read(self._path, CallWithAgents)

    @property
    def recording(self) -> "CallRecording":
        """Return what starts, stops and pauses the recording: `await call.recording.start()`."""
        return CallRecording(self._centre, self._path)

    async def conference(self, destination: str, *, seconds: float = 0, park: bool = True) -> "Called":
        """Bring in a third party, and wait for the answer; the result is true if the party has answered.

        With `park`, the customer hears music meanwhile; `unpark`, `swap` and `leave` bring them back. If nobody
        answers, the two talk on. It rings as long as the campaign says, or for `seconds`. If this is cancelled, the
        third party is hung up.
        """
        kind = Kind.PARK_CUSTOMER_DIAL if park else Kind.DIAL_WITH_CUSTOMER
        begin = self._centre.begin(f"{self._path}/transfers", kind=kind, **_read_destination(destination))
        third = await self._centre.dial(destination, seconds, begin, self.drop)
        if park and not third:
            await self._unpark_alone()
        return third

    async def drop(self) -> None:
        """Hang up the third party, also while it rings; customer and agent talk."""
        await self._give("transfers", Kind.HANGUP_XFER)
        await self._unpark_alone()

    async def leave(self) -> None:
        """Let the agent leave; customer and third party talk on. A parked customer is taken back before."""
        await self._give("transfers", Kind.LEAVE_3WAY_CALL)

    async def hand_over(self, destination: str) -> None:
        """Let the agent leave, and the customer wait in an in-group or for an agent, or hear how a number is dialled.

        It returns when the agent has left; the events of the call say who took it.
        """
        given = _read_destination(destination)
        kind = Kind.BLIND_TRANSFER if "number" in given else Kind.LOCAL_CLOSER
        receipt = await self._centre.begin(f"{self._path}/transfers", kind=kind, **given)
        if receipt.outcome is not None:
            called.check_end(receipt)

    async def park(self, *, third: bool = False) -> None:
        """Let the customer, or the third party, hear music."""
        await self._give("parking", Kind.PARK_XFER if third else Kind.PARK_CUSTOMER)

    async def unpark(self) -> None:
        """Take the parked party back; with customer and third party, all three talk."""
        state = (await self.read()).state
        if state is not State.THIRD_PARKED:
            await self._give("parking", Kind.GRAB_CUSTOMER)
        if state in (State.THIRD_PARKED, State.BOTH_PARKED):
            await self._give("parking", Kind.GRAB_XFER)

    async def swap(self) -> None:
        """Let the party hear music who talks to the agent, and the agent talk to the one who is parked."""
        is_third_parked = (await self.read()).state is State.THIRD_PARKED
        await self._give("parking", Kind.SWAP_PARK_CUSTOMER if is_third_parked else Kind.SWAP_PARK_XFER)

    async def take(self, agent: str) -> None:
        """Give the call to another agent, who is READY."""
        await self._centre.command(f"{self._path}/take", agent=agent)
        self.agent = agent

    async def send_keys(self, keys: str) -> None:
        """Press keys for the third party, or without one for the customer. W is a pause of a second."""
        await self._centre.command(f"{self._path}/dtmf", digits=keys)

    async def hang_up(self) -> None:
        """End the call for all parties, also after the agent has left."""
        await self._give("hangup", Kind.END_CALL)

    async def write_notes(self, notes: str) -> None:
        """Keep the agent's notes of the call for the disposition; they replace the former ones."""
        await self._give_agent("notes", notes=notes)

    async def dispose(
        self, status: str, *, notes: str = "", callback: str = "", mine: bool = False, comments: str = ""
    ) -> None:
        """Give the disposition of the agent; during the call it is kept until the call ends.

        `callback` promises one, such as "tomorrow 10:00", "+30m" or "2026-12-24T18:05"; `mine` for this agent alone,
        with `comments`.
        """
        promise = {"at": callback, "whose": "USERONLY" if mine else "ANYONE", "comments": comments} if callback else {}
        await self._give_agent("disposition", status=status, notes=notes, callback=promise)

    async def correct_disposition(self, status: str, why: str) -> None:
        """Give the call another code, also long after its end; the audit keeps the reason."""
        await self._centre.command(f"{self._path}/disposition", status=status, why=why)

    async def until_hangup(self) -> None:
        """Wait until the call is over for all parties."""
        async with aclosing(follow(self._centre.place, call=self.id)) as events:
            async for event in events:
                if event is None and not await self._is_live():
                    return
                if event is not None and event["type"] == "call.ended":
                    return

    async def _unpark_alone(self) -> None:
        """Take a parked customer back, for whom no third party is there; one who has gone is passed over."""
        with suppress(AppRefused, NotFound):
            if (await self.read()).state is State.PARKED:
                await self._give("parking", Kind.GRAB_CUSTOMER)

    async def _is_live(self) -> bool:
        try:
            await self.read()
        except NotFound:
            return False
        except AppAway:
            return True  # it comes again when it is back
        return True

    async def _give(self, what: str, kind: Kind) -> None:
        await self._centre.command(f"{self._path}/{what}", kind=kind)

    async def _give_agent(self, what: str, **given: object) -> None:
        """Give a command to the agent, about this call."""
        agent = self.agent or (await self.read()).agent
        if not agent:
            reason = reasons.CALL_WITHOUT_AGENT
            raise AppRefused(reason.code, "{why}", why=reason.text())
        await self._centre.command(f"agents/{quote(agent, safe='')}/{what}", {"call": self.id}, **given)


class CallRecording:
    """The recording of a call."""

    def __init__(self, centre: "Centre", path: str) -> None:
        self._centre = centre
        self._path = path

    async def start(self) -> None:
        """Start to record."""
        await self._give(Kind.RECORD_START)

    async def stop(self) -> None:
        """Stop the recording; its file is kept."""
        await self._give(Kind.RECORD_STOP)

    async def pause(self) -> None:
        """Record silence until `resume`, such as for the number of a card."""
        await self._give(Kind.RECORD_MUTE)

    async def resume(self) -> None:
        """Record the voices again."""
        await self._give(Kind.RECORD_UNMUTE)

    async def _give(self, kind: Kind) -> None:
        await self._centre.command(f"{self._path}/recording", kind=kind)


def _read_destination(destination: str) -> dict[str, str]:
    """Return the arguments of a command for a number, `ingroup:NAME` or `agent:USER`."""
    kind, _, name = destination.partition(":")
    match kind:
        case "ingroup":
            return {"ingroup": name}
        case "agent":
            return {"ingroup": AGENTDIRECT, "to_agent": name}
    return {"number": number_text.strip_separators(destination)}
