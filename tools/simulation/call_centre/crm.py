"""A program that gets webhooks, in either world, and the requests that it got."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, urlsplit

from tools.simulation.call_centre.scenario_language import ScenarioWorld
from tools.simulation.call_centre.simulated_world import SimulatedWorld
from tools.simulation.call_centre.webhook_receiver import Receiver, receiving
from warmline.core.messages.webhook_messages import SendWebhook
from warmline.core.model.webhook import Webhook
from warmline.options.option_table import SETTING
from warmline.store.lookups import webhook_values
from warmline.text import webhook_url

VALUES = ("user", "phone_number", "warmline_call", "dispo", "transfer", "transfer_number", "transfer_agent")


class Crm(ABC):
    """`host` is where it listens; a `silent` program accepts every connection and never answers."""

    host: str

    @abstractmethod
    async def told(self, number: int) -> dict[str, str]:
        """Return the values of the webhook request of that number, from 1, once it has come, and which `hook` it is."""

    async def is_told_of_everything(self, world: ScenarioWorld) -> None:
        """Send all three webhooks here for the rest of this scenario."""
        await world.configure("setting", SETTING.only, webhook_hosts="127.0.0.1")
        values = "&".join(f"{name}=--A--{name}--B--" for name in VALUES)
        urls = {
            f"{hook}_url": f"http://{self.host}/{hook}?{values}" for hook in ("start_call", "dispo_call", "transfer")
        }
        await world.configure("campaign", "TESTCAMP", **urls)


@asynccontextmanager
async def crm(world: ScenarioWorld, *, silent: bool = False) -> AsyncIterator[Crm]:
    """Provide a program that gets webhooks."""
    if isinstance(world, SimulatedWorld):
        world.asterisk.receiver = None if silent else 200
        yield Overheard(world)
    else:
        async with receiving() as receiver:
            receiver.answer = receiver.nothing if silent else receiver.ok
            yield Listening(receiver, world.patience)


class Overheard(Crm):
    """Listens on no port; it reads which requests the core wants to send."""

    host = "127.0.0.1"

    def __init__(self, world: SimulatedWorld) -> None:
        self._world = world

    async def told(self, number: int) -> dict[str, str]:
        async def find() -> str | None:
            asked = [action.webhook for action in self._world.driver.asked if isinstance(action, SendWebhook)]
            return asked[number - 1] if len(asked) >= number else None

        driver = self._world.driver
        name = await self._world.until(find, f"webhook {number} is to be sent")
        webhook = driver.world.webhooks.get(name) or driver.closed[name]
        assert isinstance(webhook, Webhook)
        return _read(webhook_url.filled(webhook.url, webhook_values.webhook_facts(driver.database, webhook)))


class Listening(Crm):
    """Listens by TCP."""

    def __init__(self, receiver: Receiver, patience: float) -> None:
        self._receiver, self._patience = receiver, patience
        self.host = f"127.0.0.1:{receiver.port}"

    async def told(self, number: int) -> dict[str, str]:
        try:
            return _read((await self._receiver.request(number, self._patience)).path_qs)
        except TimeoutError:
            raise AssertionError(f"webhook {number} has not come for {self._patience:g} s") from None


def _read(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    return {"hook": parts.path.strip("/")} | dict(parse_qsl(parts.query, keep_blank_values=True))
