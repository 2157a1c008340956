"""The lab in which most pages are typed: customers call, files lie ready, variables have a value."""

from collections.abc import Mapping
from pathlib import Path

from tests.docs.page_blocks import blocks
from tests.lab.page_days import TERMINAL, PageDays
from tests.lab.page_terminal import PageTerminal
from tests.lab.page_typist import Script
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

PASSWORD = "a-long-password-of-ada"  # noqa: S105 - of a user of the lab
LEADS = "Phone;Vorname\n8005551234;Ada\n8005551235;Bo\nn/a;Cy\n8005551234;Ada\n"


class PageLab:
    """The lab's call centre with agent 1000, the terminal, and the folder in which the reader types."""

    def __init__(self, world: RealWorld, terminal: PageTerminal, folder: Path) -> None:
        self.world, self.terminal, self.folder = world, terminal, folder
        self.agent = Party("1000")
        self.customers: list[Party] = []

    def scripts(self) -> Mapping[str, Script]:
        """Return what belongs to each page."""
        return {
            TERMINAL: Script(
                {
                    "warmline login https://pbx.example.org:8089 --user ada": self.another_account,
                    "warmline agent login": self.the_shift_begins,
                    "warmline agent mute": self.customer_calls,
                    "warmline agent dispo": self.customer_hangs_up,
                    "warmline agent conference": self.customer_calls,
                    "warmline agent transfer": self.customer_calls,
                    "warmline audit agent": self.root_again,
                    **PageDays(self.world, self.terminal, self.folder).actions(),
                },
                places={"https://pbx.example.org:8089": self.world.site.lab.api},
            ),
            "docs/how-to/leads.md": Script(
                {
                    "warmline lead import autumn.csv": self.leads_to_import,
                    "warmline lead find": self.a_lead,
                    "warmline dnc import robinson.csv": self.robinson_list,
                }
            ),
            "docs/how-to/cookbook.md": Script({"warmline install": self.install_asks}),
            "docs/how-to/voice-bots.md": Script({"warmline install": self.install_asks}),
            "docs/how-to/routing.md": Script({"warmline route simulate": self.imagined_agents}),
            "docs/how-to/users.md": Script({"warmline user create anna": self.password_asked}),
            "docs/how-to/vicidial-programs.md": Script({"warmline api-user create form": self.password_asked}),
            "docs/how-to/workspace.md": Script({"warmline user create bea": self.password_asked}),
            "docs/how-to/webhooks.md": Script({"printf": self.a_webhook}),
        }

    async def another_account(self) -> None:
        """The user and the pause code of the page's first section; then an account without settings and database."""
        self.terminal.replies |= {"pass( again)?: ": PASSWORD, "Password of ada .*: ": PASSWORD}
        await self.terminal.run("warmline user create ada pass=- role=agent agent=1000 force_change_password=N")
        await self.terminal.run('warmline pause-code create LUNCH pause_code_name="Lunch break"')
        await self.terminal.run(f"unset WARMLINE_CONFIG; export HOME='{self.folder}'; unset XDG_CONFIG_HOME")

    async def root_again(self) -> None:
        """The account and the machine of the app; other pages give agent 1000 to other users."""
        await self.terminal.run(f"export WARMLINE_CONFIG='{self.world.site.folder}/warmline.toml'")
        await self.terminal.run("warmline user delete ada")

    async def the_shift_begins(self) -> None:
        """A phone that answers, and numbers that answer."""
        await self.world.site.registered(self.agent.name)
        self.world.takes_calls(self.agent)
        for number in ("15551230002", "15551230007", "15551230008"):
            self.world.far_end(number, answers())

    async def customer_calls(self) -> None:
        """A customer calls, and talks with the agent."""
        self.customers.append(await self.world.customer())
        await self.world.agent_is(self.agent, "INCALL")

    async def customer_hangs_up(self) -> None:
        """The customer of the last call hangs up."""
        await self.world.hang_up(self.customers[-1])
        await self.world.agent_is(self.agent, "DISPO")

    async def leads_to_import(self) -> None:
        """A file of leads."""
        (self.folder / "autumn.csv").write_text(LEADS)

    async def a_lead(self) -> None:
        """The import without --dry-run, which the page names in a sentence; one line of the file is rejected."""
        code, printed = await self.terminal.run(
            "warmline lead import autumn.csv --list 101 --columns Phone=phone_number"
        )
        assert code == 2, printed

    async def robinson_list(self) -> None:
        """A file of numbers that must not be called."""
        (self.folder / "robinson.csv").write_text("phone\n8005559876\n")

    async def install_asks(self) -> None:
        """The reader answers yes."""
        self.terminal.replies[r"\[y/N\] "] = "y"

    async def password_asked(self) -> None:
        """The reader types a password, twice."""
        self.terminal.replies[r"(^|\n)pass( again)?: "] = "opensesame7"

    async def imagined_agents(self) -> None:
        """The file that the page shows."""
        [shown] = [one.text for one in blocks("docs/how-to/routing.md") if one.text.startswith("[[agents]]")]
        (self.folder / "agents.toml").write_text(shown)

    async def a_webhook(self) -> None:
        """The values that the receiver of a webhook has."""
        await self.terminal.run("ID=01M7W31V TIME=1795189034 WEBHOOK_SECRET=secret")
