"""Reads the servers for clients of the APIs, so seldom that no call waits for it."""

import asyncio
from collections.abc import Callable, Collection, Mapping

from ari_app.asterisk import snapshot, snapshot_differences
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.calls import conversation_lookup
from ari_app.link.call_control import Orphans
from ari_app.switchboard.clock import Clock
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.rules import reasons
from warmline.core.world.world import World

EVERY = 0.1  # seconds at least from one snapshot to the next
ALSO = 0.2  # seconds that the other servers have after one has answered with a conversation


class ClientReads:
    """Answers from shared snapshots of the servers that are `reached`. `clients` are those of the servers, by name."""

    def __init__(
        self,
        clients: Mapping[str, AriClient],
        reached: Callable[[], Collection[str]],
        world: Callable[[], World],
        clock: Clock,
    ) -> None:
        self._servers = {name: SharedSnapshots(client, clock) for name, client in clients.items()}
        self._reached = reached
        self._world = world

    async def orphans(self) -> Orphans:
        """Return Warmline's channels and bridges that belong to no call or agent session. Raises AriError."""
        reads = (self._servers[name].next() for name in self._asked())
        found = [snapshot_differences.orphans(one, self._world()) for one in await asyncio.gather(*reads)]
        channels = tuple(name for one in found for name in one.channels)
        return Orphans(channels, tuple(name for one in found for name in one.bridges))

    async def conversation(self, wanted: str) -> OutsideTalk | str:
        """Return the conversation of a channel or a phone, or why there is none to adopt. Raises AriError.

        A frozen server delays no conversation of another one for more than ALSO seconds. Its error is raised only if
        no server has the conversation.
        """
        looks = {asyncio.create_task(self.conversation_on(name, wanted)) for name in self._asked()}
        try:
            done, others = await asyncio.wait(looks, return_when=asyncio.FIRST_COMPLETED)
            while others and not _talks(done):
                more, others = await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
                done |= more
            if others:
                done |= (await asyncio.wait(others, timeout=ALSO))[0]
        finally:
            for look in looks:
                look.cancel()
        talks = _talks(done)
        if len(talks) > 1:
            named = ", ".join(f"{one.named.name} ({one.server})" for one in talks)
            return reasons.PHONE_SEVERAL_CALLS.text(phone=wanted, channels=named)
        return talks[0] if talks else _refusal([await one for one in done], wanted)

    async def conversation_on(self, server: str, wanted: str) -> OutsideTalk | str:
        """Return the conversation of a channel or a phone on this server, or why there is none. Raises AriError."""
        return conversation_lookup.in_snapshot(await self._servers[server].next(), wanted)

    def _asked(self) -> list[str]:
        """Return the servers to ask: one that is away would only delay the answer, unless it is the only one."""
        reached = self._reached()
        return [name for name in self._servers if name in reached] or list(self._servers)


class SharedSnapshots:
    """Snapshots of one server: one is in progress at most, and all requests that come during it share the next one.

    No request shares a snapshot that began before it: a client may name a channel that is a millisecond old.
    """

    def __init__(self, client: AriClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._turn = asyncio.Lock()
        self._due = 0.0  # seconds of the loop's clock
        self._next: asyncio.Task[AsteriskSnapshot] | None = None
        self._current: asyncio.Task[AsteriskSnapshot] | None = None  # the loop itself keeps no task

    async def next(self) -> AsteriskSnapshot:
        """Return the next snapshot. Raises AriError."""
        if self._next is None:
            self._next = asyncio.create_task(self._read())
            self._next.add_done_callback(lambda done: done.cancelled() or done.exception())  # all readers may be gone
        return await asyncio.shield(self._next)

    async def _read(self) -> AsteriskSnapshot:
        loop = asyncio.get_running_loop()
        async with self._turn:
            await asyncio.sleep(self._due - loop.time())
            self._due = loop.time() + EVERY
            self._current, self._next = self._next, None
            return await snapshot.read(self._client, (), self._clock.now(), for_client=True)


def _talks(looks: Collection["asyncio.Task[OutsideTalk | str]"]) -> list[OutsideTalk]:
    """Return the conversations that were found, and leave errors out."""
    found = [look.result() for look in looks if not isinstance(look.exception(), AriError)]
    return [one for one in found if isinstance(one, OutsideTalk)]


def _refusal(answers: list[OutsideTalk | str], wanted: str) -> str:
    """Return why no server has the conversation: the reason of the one that knows the channel, if any."""
    unknown = reasons.CHANNEL_UNKNOWN.text(channel=wanted)
    return next((why for why in answers if isinstance(why, str) and why != unknown), unknown)
