"""The lab around the shifts of a supervisor and a manager in docs/how-to/terminal.md: users, agents and customers."""

import re
from pathlib import Path

from tests.docs.page_blocks import PROJECT
from tests.lab.page_terminal import PageTerminal
from tests.lab.page_typist import Action
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

PASSWORD = "a-long-password-of-this-user"  # noqa: S105 - of users of the lab
EARLIER = re.compile(r"^- `(warmline .*)`$", re.MULTILINE)  # the lines of an administrator
OWN_AGENTS_CALL, QUEUE = "8005550102", "8005550100"  # the DIDs of agent 1000 and of SALESLINE
TERMINAL = "docs/how-to/terminal.md"
SUPERVISOR, MANAGER = "## A supervisor's shift\n", "## A manager's shift\n"
LOGIN = "warmline login https://pbx.example.org:8089 --user"


class PageDays:
    """The people of the page; the terminal is that of the page."""

    def __init__(self, world: RealWorld, terminal: PageTerminal, home: Path) -> None:
        self.world, self.terminal, self.home = world, terminal, home
        self.agents: list[Party] = []
        self.customers: list[Party] = []

    def actions(self) -> dict[str, Action]:
        """Return what happens before lines of both shifts."""
        return {
            f"{LOGIN} eli": self.group_is_ready,
            "warmline agent status 1000": self.customer_of_one_agent,
            "warmline agent listen": self.own_phone_answers,
            "warmline agent pause 1000": self.own_phone_hangs_up,
            "warmline agent dispo 1000 CALLBK": self.customer_waits,
            "warmline agent dispo 1000 SALE": self.customers_hang_up,
            "warmline recording save": self.recordings_are_complete,
            f"{LOGIN} lea": self.manager_is_created,
        }

    async def _another_account(self, heading: str) -> None:
        """Type what an administrator has typed for a shift; then there are neither settings nor a database."""
        await self.terminal.run(f"export WARMLINE_CONFIG='{self.world.site.folder}/warmline.toml'")
        shift = (PROJECT / TERMINAL).read_text().partition(heading)[2].partition("\n## ")[0]
        self.terminal.replies |= {"pass( again)?: ": PASSWORD, r"Password of \w+ .*: ": PASSWORD}
        for line in EARLIER.findall(shift):
            code, printed = await self.terminal.run(line)
            assert code == 0, f"{line}: {printed}"
        await self.terminal.run(f"unset WARMLINE_CONFIG; export HOME='{self.home}'; unset XDG_CONFIG_HOME")

    async def group_is_ready(self) -> None:
        """Two agents of the group are READY."""
        for call in await self.world.site.document("calls"):  # of the pages before
            await self.terminal.run(f"warmline call hangup {call['id']}")
        await self._another_account(SUPERVISOR)
        for user in ("1000", "1001"):
            self.agents.append(await self.world.phone(user))
            await self.world.agent_is(self.agents[-1], "READY")

    async def manager_is_created(self) -> None:
        """The manager can log in."""
        await self._another_account(MANAGER)

    async def customer_of_one_agent(self) -> None:
        """A customer talks with agent 1000."""
        self.customers.append(await self.world.customer(OWN_AGENTS_CALL))
        await self.world.agent_is(self.agents[0], "INCALL")

    async def own_phone_answers(self) -> None:
        """The supervisor picks up."""
        await self.world.site.registered("1009")
        self.world.takes_calls(Party("1009"))

    async def own_phone_hangs_up(self) -> None:
        """The supervisor has heard enough."""
        await (await self.world.site.called("1009", self.world.patience)).hang_up()

    async def customer_waits(self) -> None:
        """Another customer calls, and no agent is ready."""
        self.customers.append(await self.world.customer(QUEUE))

    async def customers_hang_up(self) -> None:
        """Both conversations are over."""
        for customer in self.customers:
            await self.world.hang_up(customer)
        for agent in self.agents:
            await self.world.agent_is(agent, "DISPO")

    async def recordings_are_complete(self) -> None:
        """The worker process has measured the files."""

        async def kept() -> bool | None:
            found = await self.world.site.document("recordings?day=today")
            return all(one["status"] != "running" for one in found) or None

        await self.world.until(kept, "recordings are to be complete", {})
