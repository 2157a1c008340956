"""A switchboard with the core on the simulated Asterisk: commands over HTTP run in virtual time."""

from collections.abc import Mapping

from ari_app.link import command_check
from ari_app.link.call_control import CommandReply, CommandTimeout
from ari_app.link.idempotency import CommandRequest
from ari_app.live.server_records import ServerReach
from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.turn_feed import TurnFeed
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Ask, Command, Reply
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model import ids
from warmline.core.model.dialler import PulseFacts
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.queue import queue_state
from warmline.core.queue.queue_state import QueueState
from warmline.core.world.world import World
from warmline.store.journal.storage_state import GOOD

MOMENT = 0.05  # seconds of virtual time between two checks
LIMIT = 5.05


class CoreBoard:
    """`given` are the receipts of the commands, in order."""

    is_up = connected = True
    lost_at = 0
    storage = GOOD
    servers: Mapping[str, ServerReach] = {MAIN_SERVER: ServerReach(connected=True, since=1_700_000_000_000_000)}

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.status = Broadcast()
        self.given: list[str] = []
        self.digits: list[str] = []
        self.pulses: dict[str, PulseFacts] = {}
        self.turns = TurnFeed(lambda: driver.world, lambda: 0)

    @property
    def world(self) -> World:
        return self.driver.world

    def waiting(self, queue: str) -> int:
        return self.driver.world.matcher.count_calls(queue)

    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        return queue_state.list_states(self.driver.world, ingroups, self.driver.asterisk.now)

    async def known(self) -> None:
        return

    def receipt(self, receipt: str) -> Receipt | None:
        found = self.driver.world.receipts.get(receipt) or self.driver.closed.get(receipt)
        assert found is None or isinstance(found, Receipt)
        return found

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        running = self.driver.world.receipts.values()
        return next((one for one in running if (one.by, one.key) == (by, key)), None)

    def receipts(self) -> list[Receipt]:
        return [self.driver.receipt(receipt) for receipt in self.given]

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        command_check.check(CommandRequest(command, by, source, key, digits, request))  # as the call process does
        receipt = ids.encode(self.driver.asterisk.now // 1000 << 80 | 1 << 79 | len(self.given))
        self.given.append(receipt)
        self.digits.append(digits)
        self.driver.feed(Ask(receipt, command, by=by, source=source, key=key, request=request))
        limit = self.driver.asterisk.now + LIMIT * SECOND
        while receipt not in self.driver.told:
            if self.driver.asterisk.now > limit:
                raise CommandTimeout(receipt)
            self.driver.wait(MOMENT)
        tells = (one for one in self.driver.asked if isinstance(one, Reply) and one.receipt == receipt)
        first = next((one.of for one in tells if one.of), receipt)
        return CommandReply(first, self.driver.told[receipt], self.driver.receipt(first).outcome is Outcome.REFUSED)

    async def outcome(self, receipt: str, within: float) -> Receipt:
        limit = self.driver.asterisk.now + within * SECOND
        while self.driver.receipt(receipt).ended is None:
            if self.driver.asterisk.now > limit:
                raise TimeoutError
            self.driver.wait(MOMENT)
        return self.driver.receipt(receipt)
