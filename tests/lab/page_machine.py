"""The machine on which the pages about an installation are typed, with its Asterisk, the app and the guard.

It stands for the reader's machine: its folder has what the reader has in `/opt`, `/etc` and `/var`.
"""

import asyncio
import json
import os
import shlex
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from lab import ports
from lab.sip import Parties, SipCall, SipPhone, TrunkPeer, answer
from tests.docs.page_blocks import blocks
from tests.lab.installed_machine import PASSWORD, Machine
from tests.lab.page_terminal import PageTerminal
from tests.lab.page_typist import Script, type_page
from tests.lab.warm_warmline import warm_warmline
from tools.pages.marked_text import PROJECT

# Pages of one machine: the later ones need the installation that the first one makes.
INSTALL = "docs/how-to/install.md"
INSTALLATION = (INSTALL, "docs/how-to/operations.md", "docs/how-to/browser-phones.md")
FIRST_DAY = ("docs/tutorial/first-day.md",)
SURVEY = ("docs/tutorial/ticket-and-survey.md",)

EASY, PIN, API_PASSWORD = "1000", "48213", "aGoodLongOne47"
PIN_PROMPT = r"(^|\n)pin( again)?: "
DID = "8005550100"
DAEMONS = "systemctl daemon-reload && systemctl "
WITHIN = 20.0  # seconds until an agent has a state
MOMENT = 0.05  # seconds between two looks at it


class PageMachine:
    """The machine, the phones around it, and the terminal of its administrator."""

    def __init__(self, machine: Machine, parties: Parties, peer: TrunkPeer, terminal: PageTerminal) -> None:
        self.machine, self.parties, self.peer, self.terminal = machine, parties, peer, terminal
        terminal.replies |= {r"\[y/N\] ": "y", PIN_PROMPT: PIN, r"(^|\n)pass( again)?: ": API_PASSWORD}
        self.lines: list[SipCall] = []

    def scripts(self) -> Mapping[str, Script]:
        """Return what belongs to each page."""
        start, stop = self.services_start, self.services_end
        return {
            INSTALL: Script(
                {
                    "asterisk -rx 'dialplan reload'": self.fallback_is_written,
                    "api=": self.agent_has_a_customer,
                    'curl "$api&function=transfer_conference&value=LEAVE_3WAY_CALL"': partial(self.agent_is, "3-WAY"),
                },
                {},
                self.places(),
            ),
            "docs/how-to/browser-phones.md": Script({}, {}, self.places()),
            "docs/tutorial/first-day.md": Script(
                {
                    "warmline agent conference 1000": self.lab_agent_has_a_customer,
                    "warmline agent leave 1000": partial(self.agent_is, "3-WAY"),
                    "warmline install": self.the_labs_settings_are_left,
                    "warmline ingroup create SALESLINE": self.fallback_is_written,
                    "warmline agent create 1000": partial(self.pin_is, EASY),
                    "warmline agent set 1000 pin=-": partial(self.pin_is, PIN),
                    "warmline agent status": self.agent_logs_in,
                    "api=": self.customer_calls,
                    'curl "$api&function=transfer_conference&value=LEAVE_3WAY_CALL"': partial(self.agent_is, "3-WAY"),
                },
                {
                    f"{DAEMONS}enable --now warmline-guard warmline.target": start,
                    "systemctl disable --now warmline-guard warmline.target": stop,
                    "warmline audit transfers --json | jq -r '.transfers[] | [.kind, .talked_on_ms] | @tsv'": partial(
                        self.succeeds, "warmline audit transfers --json"
                    ),
                },
                self.places(),
            ),
            "docs/how-to/operations.md": Script(
                {
                    "install -d": partial(self.succeeds, "asterisk -rx 'module reload res_ari.so'"),  # as install says
                    "cd /opt/warmline/agi-bin": self.agi_scripts_are_missing,
                    "warmline setting set": self.callers_hear_nothing,
                },
                {
                    "systemctl stop warmline.target": stop,
                    "cd /opt/warmline && git pull": partial(self.succeeds, f"cd {self.machine.folder}/opt/warmline"),
                    f"{DAEMONS}restart warmline-guard && systemctl start warmline.target": start,
                },
                self.places(),
            ),
        }

    def places(self) -> dict[str, str]:
        """Return where this machine has what the pages name."""
        folder = self.machine.folder
        return {
            "/opt/warmline": f"{folder}/opt/warmline",
            "/usr/share/asterisk/agi-bin": f"{folder}/agi",
            "/etc/warmline": f"{folder}/warmline",
            "/var/backups": f"{folder}/backups",
            "/var/lib/warmline": f"{folder}/lib",
            "/usr/bin/python3 -m compileall": f"PYTHONPYCACHEPREFIX={folder}/pyc /usr/bin/python3 -m compileall",
            "127.0.0.1:8089": f"127.0.0.1:{self.machine.ports.api}",
            "pass=PASSWORD": f"pass={API_PASSWORD}",
        }

    # -- what is done on the machine --

    async def succeeds(self, line: str) -> None:
        """Type a line that the page does not have like that. Raises AssertionError if it fails."""
        code, printed = await self.terminal.run(line)
        assert code == 0, f"{line}: {code}, {printed}"

    async def fallback_is_written(self) -> None:
        """The dialplan has the fallback of the page, and a phone is registered that it can call."""
        [fallback] = [one.text for one in blocks(INSTALL) if one.text.startswith("[warmline-away]")]
        plan = self.machine.etc / "extensions.conf"
        plan.write_text(f"{plan.read_text()}\n{fallback}")
        await self.succeeds("asterisk -rx 'dialplan reload'")
        await self.phone()

    async def services_start(self) -> None:
        """The guard and the app run, as systemd starts them."""
        await asyncio.to_thread(self.machine.start_guard)
        await asyncio.to_thread(self.machine.start_app)

    async def services_end(self) -> None:
        """The app and the guard end, as systemd ends them."""
        await asyncio.to_thread(self.machine.end_app)

    async def pin_is(self, pin: str) -> None:
        """The administrator types this PIN from now on."""
        self.terminal.replies[PIN_PROMPT] = pin

    async def the_labs_settings_are_left(self) -> None:
        """The administrator of a machine has another shell than the user of a lab."""
        await self.hang_up()
        await self.succeeds("unset WARMLINE_CONFIG")

    async def agi_scripts_are_missing(self) -> None:
        """Someone who installs by hand has no link to a script yet."""
        for link in (self.machine.folder / "agi").iterdir():
            link.unlink()

    async def callers_hear_nothing(self) -> None:
        """A sound file that the page's doctor misses."""
        await self.succeeds("warmline ingroup set SALESLINE welcome_message_filename=ours/hello")

    # -- who calls --

    async def phone(self) -> SipPhone:
        """The phone of agent 1000, registered; it answers when it is called."""
        sip = f"127.0.0.1:{self.machine.ports.sip}"
        return await self.parties.phone("1000", PASSWORD, sip, behave=answer())

    async def agent_logs_in(self) -> None:
        """The phone dials the login extension; the PIN is not asked for, because it takes keys and seconds."""
        await self.succeeds("warmline campaign set SALES phone_login=TRUSTED")
        await self.app_has_read("$.input.rules.campaigns.SALES.phone_login", "TRUSTED")
        self.lines.append(await (await self.phone()).call("700"))
        await self.agent_is("READY")

    async def customer_calls(self) -> None:
        """A customer calls the DID and talks with the agent."""
        await self.call(f"127.0.0.1:{self.machine.ports.sip}")

    async def agent_has_a_customer(self) -> None:
        """The state in which the last step of the installation begins."""
        await self.services_start()
        await self.agent_logs_in()
        await self.customer_calls()

    async def lab_agent_has_a_customer(self) -> None:
        """In the lab that the page has started: the agent logs in, and a customer calls."""
        _, printed = await self.terminal.run("cat lab/lab.json")
        lab = json.loads(printed)
        phone = await self.parties.phone("1000", lab["phones"]["1000"]["password"], lab["sip"])
        self.lines.append(await phone.call(lab["phones"]["1000"]["login"]))
        await self.agent_is("READY")
        await self.call(lab["sip"])

    async def call(self, sip: str) -> None:
        """A customer calls the DID at this server and talks with the agent."""
        self.lines.append(await (await self.parties.customer(sip)).call(DID))
        await self.agent_is("INCALL")

    async def app_has_read(self, place: str, value: str) -> None:
        """Await a configuration in the journal: the app reads a changed one at most four times a second."""
        until = time.monotonic() + WITHIN
        rows = "SELECT count(*) FROM journal WHERE kind = 'config.changed' AND json_extract(payload, ?) = ?"
        with closing(sqlite3.connect(self.machine.folder / "lib/warmline.db")) as db:
            while not db.execute(rows, (place, value)).fetchone()[0]:
                assert time.monotonic() < until, f"the app has not read {place} {value}"
                await asyncio.sleep(MOMENT)

    async def agent_is(self, state: str) -> None:
        """Await a state of agent 1000. Raises AssertionError with what `agent status` prints."""
        until = time.monotonic() + WITHIN
        while f" {state} " not in (printed := (await self.terminal.run("warmline agent status 1000"))[1]):
            assert time.monotonic() < until, f"agent 1000 is not {state}: {printed}"
            await asyncio.sleep(MOMENT)

    async def hang_up(self) -> None:
        """All who are on a line hang up."""
        for line in self.lines:
            if line.ended.at is None:
                await line.hang_up()
        self.lines.clear()


def program_of(machine: Machine, run: Path) -> None:
    """Lay out the machine's `opt/warmline`, which is this checkout, its command `warmline`, and a folder for backups.

    The command is `run`. It gives `install` the machine's folders, and reads its settings if a page names no others.
    """
    opt, command = machine.folder / "opt/warmline", machine.folder / "bin/warmline"
    (opt / ".venv/bin").mkdir(parents=True)
    (machine.folder / "backups").mkdir()
    for path in PROJECT.iterdir():
        if not path.name.startswith("."):
            (opt / path.name).symlink_to(path)
    (opt / ".venv/bin/warmline").symlink_to(command)
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in machine.environ.items())
    command.write_text(
        f"""#!/bin/sh
if [ "$1" = install ]; then exec env {settings} {run} "$@" {shlex.join(machine.words)}; fi
: "${{WARMLINE_CONFIG:={machine.environ["WARMLINE_CONFIG"]}}}"
export WARMLINE_CONFIG
exec {run} "$@"
"""
    )


async def type_on_a_machine(
    pages: Sequence[str],
    folder: Path,
    scripts: Callable[[PageMachine], Mapping[str, Script]] = PageMachine.scripts,
) -> list[str]:
    """Type the pages one after the other on a new machine. Returns what is wrong with lines."""
    wrong = []
    taken, keeper = ports.reserve()
    async with Parties() as parties:
        peer = await parties.peer(lambda number: answer())
        with keeper:
            machine = Machine(folder / "m", taken, peer.trunk)
            program_of(machine, warm_warmline())
            try:
                await asyncio.to_thread(machine.start_asterisk, keeper)
                programs = f"{machine.folder}/bin:{os.environ['PATH']}"
                for number, page in enumerate(pages):
                    (desk := folder / f"desk{number}").mkdir()
                    async with PageTerminal(desk, os.environ | {"PATH": programs}) as terminal:
                        script = scripts(PageMachine(machine, parties, peer, terminal))[page]
                        wrong += await type_page(page, terminal, script)
                return wrong
            finally:
                await asyncio.to_thread(machine.end)
