"""The machine of a reader of README, or of one who has Queue(), VICIdial, FreePBX, a bot or scripts.

It makes the calls between their lines.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from lab.sip import Hearing, SipCall
from tests.cli import freepbx_files
from tests.docs.page_blocks import blocks
from tests.free_port import free_port
from tests.lab.page_machine import DID, PageMachine
from tests.lab.page_typist import Script

QUEUE, VICIDIAL, FREEPBX = "docs/start/queue.md", "docs/start/vicidial.md", "docs/start/freepbx.md"
BOT, SCRIPTS, README = "docs/start/bot.md", "docs/start/scripts.md", "README.md"
START = (README, QUEUE, VICIDIAL, FREEPBX, BOT, SCRIPTS)

SERVICES = "systemctl enable --now warmline-guard warmline.target"
OWN_NUMBER, QUEUES_NUMBER, SCRIPTS_NUMBER = "8005550101", "8005550102", "8005550150"
INSTALLED = (
    "warmline install --from-trunk from-trunk --login 700@from-phones",
    "asterisk -rx 'core reload'",
    "warmline ingroup create SALESLINE",
    "warmline campaign create SALES login_state=READY",
    "warmline phone create 1000",
    "warmline agent create 1000 phone=1000 campaign=SALES ingroups=SALESLINE,AGENTDIRECT pin=-",
    f"warmline did create {DID} route=ingroup:SALESLINE",
)
WITHIN = 10.0  # seconds
STEP = re.compile("=>|^ +[0-9]+\\.")  # an include, the first step of an extension, and a further one
SOURCE = re.compile(r" *\[[^]]*\]$")  # the file of a step, and its line


class PageStarts:
    """The people and the programs between the lines of the pages in docs/start, on a PageMachine."""

    def __init__(self, desk: PageMachine) -> None:
        self.desk, self.etc = desk, desk.machine.etc
        self.sip = f"127.0.0.1:{desk.machine.ports.sip}"
        self.bot: subprocess.Popen[bytes] | None = None
        self.ports = free_port(), free_port()

    def scripts(self) -> Mapping[str, Script]:
        """Return what belongs to each page."""
        desk, stories = self.desk, "warmline audit call last"
        starts, places = {SERVICES: desk.services_start}, desk.places() | {"--user asterisk": ""}
        three = partial(desk.agent_is, "3-WAY")
        return {
            README: Script(
                {
                    "warmline ingroup create": self.readme_is_installed,
                    "warmline agent conference": self.agent_and_customer,
                    "warmline agent leave": three,
                    "curl": self.another_customer,
                    stories: partial(desk.agent_is, "DISPO"),
                },
                {},
                places,
            ),
            QUEUE: Script(
                {
                    "warmline call adopt": self.member_talks,
                    "warmline agent leave": three,
                    "warmline install --user asterisk --login": self.third_and_customer_talk,
                },
                starts,
                places,
            ),
            VICIDIAL: Script(
                {"api=": self.agent_and_customer, 'curl "$api&function=transfer_conference&value=LEAVE': three},
                starts,
                places,
            ),
            FREEPBX: Script(
                {"warmline install": self.freepbx_is_there, stories: self.freepbx_calls},
                starts,
                places,
            ),
            BOT: Script({"warmline install": self.warmline_is_there, stories: self.bot_hands_over}, {}, places),
            SCRIPTS: Script(
                {
                    "install -m": self.script_is_written,
                    "asterisk -rx 'dialplan": self.dialplan_is_written,
                    stories: self.script_decides,
                },
                starts,
                places,
            ),
        }

    def end(self) -> None:
        """End the bot of the page."""
        if self.bot:
            self.bot.terminate()
            self.bot.wait(WITHIN)

    # -- the reader's machine --

    def text(self, page: str, language: str, beginning: str) -> str:
        """Return the block of a page that begins so."""
        [text] = [one.text for one in blocks(page) if one.language == language and one.text.startswith(beginning)]
        return text

    def add(self, name: str, text: str) -> None:
        """Add lines to a file of Asterisk."""
        with open(self.etc / name, "a") as file:
            file.write(f"\n{text}\n")

    async def readme_is_installed(self) -> None:
        """Warmline is installed, and the dialplan has README's lines; callers reach the phone if Warmline is away."""
        await self.desk.succeeds("warmline install")
        self.add("extensions.conf", self.text(README, "text", "[from-trunk]"))
        await self.desk.succeeds("asterisk -rx 'core reload'")
        phone = await self.desk.phone()
        await self.desk.succeeds("asterisk -rx 'channel originate PJSIP/1000 extension s@warmline-away'")
        await (await phone.next_call(WITHIN)).ended(WITHIN)
        await self.desk.services_start()

    async def another_customer(self) -> None:
        """The number of one agent leads to the agent; then the next customer of the in-group is in a three-way."""
        await self.desk.succeeds("warmline agent dispo 1000 SALE")
        await self.served(OWN_NUMBER)
        await self.desk.agent_is("READY")
        await self.desk.customer_calls()
        await self.desk.succeeds("warmline agent conference 1000 4930555123")
        await self.desk.agent_is("3-WAY")

    async def member_talks(self) -> None:
        """A customer waits in the reader's queue, and its member answers."""
        phone = await self.desk.phone()
        self.add("queues.conf", "[sales]\nmember => PJSIP/1000")
        self.add("extensions.conf", "[from-trunk]\nexten => 8005550170,1,Answer()\n same => n,Queue(sales)")
        await self.desk.succeeds("asterisk -rx 'dialplan reload'")
        await self.desk.succeeds("asterisk -rx 'queue reload all'")
        customer = await self.calls("8005550170")
        member = await phone.next_call(WITHIN)
        await self.hear_each_other(customer, member)
        self.customer = customer

    async def third_and_customer_talk(self) -> None:
        """The member has left, and the two others hear each other."""
        third = await self.desk.peer.next_call(WITHIN)
        await self.hear_each_other(self.customer, third)
        await third.hang_up()

    async def agent_and_customer(self) -> None:
        """The agent is logged in and has a customer."""
        await self.desk.agent_logs_in()
        await self.desk.customer_calls()

    async def freepbx_is_there(self) -> None:
        """FreePBX has written its files; the context of its phones is `from-internal`."""
        freepbx_files.write(self.etc, self.desk.machine.ports.http)
        phones = self.etc / "pjsip.conf"
        phones.write_text(phones.read_text().replace("context = from-phones", "context = from-internal"))
        await self.desk.succeeds("asterisk -rx 'core reload'")
        self.before = await self.dialplan()

    async def dialplan(self) -> set[str]:
        """Return the steps of the loaded dialplan, without their files and without the contexts of Warmline."""
        _, shown = await self.desk.terminal.run("asterisk -rx 'dialplan show'")
        contexts = re.split(r"^\[ Context '([^']+)' .*$", shown, flags=re.MULTILINE)
        pairs = zip(contexts[1::2], contexts[2::2], strict=True)
        others = [(name, text) for name, text in pairs if not name.startswith(("warmline-", "stasis-"))]
        return {
            f"{name} {SOURCE.sub('', line)}" for name, text in others for line in text.splitlines() if STEP.search(line)
        }

    async def freepbx_calls(self) -> None:
        """Inbound routes lead to the in-group and to the agent; the third one leads to FreePBX's queue, as before."""
        await self.desk.agent_logs_in()
        for number in (DID, OWN_NUMBER):
            await self.served(number)
        other = await self.calls(QUEUES_NUMBER)
        await other.ended()
        assert other.ended_by == "them", other.story()
        after = await self.dialplan()
        assert self.before - after == set(), sorted(self.before - after)
        new = after - self.before
        assert {line.partition(" ")[0] for line in new} == {"from-internal-custom"}, new

    async def warmline_is_there(self) -> None:
        """The steps of the installation that the page asks for, and the lines of the page above its commands."""
        for line in INSTALLED:
            await self.desk.succeeds(line)
        self.add("extensions.conf", f"[globals]\n{self.here(self.text(BOT, 'text', 'BOT_AUDIO'))}")
        await self.desk.services_start()

    async def bot_hands_over(self) -> None:
        """The bot of the page gives the caller to the agent, who reads the summary."""
        await self.desk.agent_logs_in()
        await asyncio.to_thread(self.start_bot)
        await self.served(DID)
        _, shown = await self.desk.terminal.run("warmline audit call last")
        assert "wants a refund" in shown, shown

    def start_bot(self) -> None:
        """Start the bot of the page."""
        self.bot = subprocess.Popen([sys.executable, "-c", self.here(self.text(BOT, "python", "import asyncio"))])

    def here(self, text: str) -> str:
        """Return a text with the ports of this machine's bot."""
        return text.replace("9092", str(self.ports[0])).replace("9093", str(self.ports[1]))

    async def script_is_written(self) -> None:
        """The reader has saved the script of the page."""
        script = self.text(SCRIPTS, "python", "#!").replace("/opt/warmline/.venv/bin/python", sys.executable)
        await self.desk.succeeds(f"cat > vip <<'END'\n{script}END")

    async def dialplan_is_written(self) -> None:
        """The reader has added the lines of the page."""
        self.add("extensions.conf", f"[from-trunk]\n{self.text(SCRIPTS, 'text', 'exten =>')}")

    async def script_decides(self) -> None:
        """A caller who is no lead waits for all agents, and one whose lead has an owner for that agent."""
        await self.desk.agent_logs_in()
        await self.served(SCRIPTS_NUMBER)
        _, story = await self.desk.terminal.run("warmline audit call last")
        assert "SALESLINE" in story and "AGENTDIRECT" not in story, story
        await self.desk.succeeds("warmline lead set 1 owner=1000")
        await self.served(SCRIPTS_NUMBER)
        _, story = await self.desk.terminal.run("warmline audit call last")
        assert "AGENTDIRECT" in story and "SALESLINE" not in story, story

    # -- who calls --

    async def calls(self, number: str) -> SipCall:
        """A customer calls over the trunk, and Asterisk answers."""
        call = await (await self.desk.parties.customer(self.sip)).call(number)
        await call.answered()
        return call

    async def served(self, number: str) -> None:
        """A customer calls, gets the agent, and hangs up; the agent is READY again."""
        await self.desk.agent_is("READY")
        call = await self.calls(number)
        await self.desk.agent_is("INCALL")
        await call.hang_up()
        await self.desk.agent_is("DISPO")
        await self.desk.succeeds("warmline agent dispo 1000 SALE")

    async def hear_each_other(self, one: SipCall, other: SipCall) -> None:
        ear = Hearing({"one": one, "other": other})
        await asyncio.gather(ear.heard(one, other, since=other.began), ear.heard(other, one, since=other.began))
