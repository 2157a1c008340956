"""The receipts of commands in memory: in progress, ended, and ended without a record on disk yet."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import chain

from ari_app.link.call_control import CommandUnrecorded
from warmline.core.model.receipt import Receipt
from warmline.core.world.world import World

REMEMBERED = 1000  # ended commands that are remembered


class KnownReceipts:
    """The commands of one switchboard. A command whose end is not on disk yet is shown in progress.

    `ended` are commands that ended before the start, and are not in the database.
    """

    def __init__(self, world: Callable[[], World], ended: Iterable[Receipt]) -> None:
        self._world = world
        self._ended = {one.id: one for one in ended}
        self._unrecorded: dict[str, Receipt] = {}  # as before their end
        self._held: set[str] = set()  # those whose success is not on disk yet
        self._endings: dict[str, asyncio.Future[Receipt]] = {}

    def find(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently."""
        return self._world().receipts.get(receipt) or self._unrecorded.get(receipt) or self._ended.get(receipt)

    def with_key(self, by: str, key: str) -> Receipt | None:
        """Return the receipt of a client's key, if its command is in progress or ended recently.

        Raises CommandUnrecorded if its success is not on disk yet.
        """
        known = chain(self._world().receipts.values(), self._unrecorded.values(), self._ended.values())
        found = next((one for one in known if (one.by, one.key) == (by, key)), None)
        if found and self.is_unrecorded(found.id):
            raise CommandUnrecorded(found.id)
        return found

    def is_unrecorded(self, receipt: str) -> bool:
        """Return whether the success of this command is known, and not on disk yet."""
        return receipt in self._held or receipt in self._unrecorded

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""
        if found := self._ended.get(receipt):
            return found
        if receipt not in self._world().receipts and receipt not in self._unrecorded:
            raise TimeoutError
        ending = self._endings.setdefault(receipt, asyncio.get_running_loop().create_future())
        return await asyncio.wait_for(asyncio.shield(ending), within)

    def ends(self, receipt: Receipt) -> None:
        """Note a command that ended in a turn which is not on disk yet."""
        self._unrecorded[receipt.id] = receipt.without_end

    def hold(self, receipts: Iterable[str]) -> None:
        """Note commands whose success is not answered before it is on disk."""
        self._held.update(receipts)

    def on_disk(self, ended: Iterable[Receipt], succeeded: Iterable[str]) -> None:
        """Note that the ends and successes of these commands are on disk, and tell those who wait for an end."""
        self._held.difference_update(succeeded)
        for receipt in ended:
            self._unrecorded.pop(receipt.id, None)
            self._ended[receipt.id] = receipt
            if waits := self._endings.pop(receipt.id, None):
                waits.set_result(receipt)
        while len(self._ended) > REMEMBERED:
            del self._ended[next(iter(self._ended))]
