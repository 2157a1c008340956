"""Every command line of the pages about an installation, typed on a machine with Asterisk from its package."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from lab import ports
from sip_parties import Parties, answer
from tests.lab.installed_machine import Machine
from tests.lab.page_machine import MACHINE_PAGES, PageMachine, program_of
from tests.lab.page_terminal import PageTerminal
from tests.lab.page_typist import type_page

LIMIT = 120.0  # seconds for the pages of a machine


@pytest.mark.parametrize("pages", MACHINE_PAGES)
def test_every_line_of_the_pages(pages: tuple[str, ...], short_path: Path) -> None:
    wrong = asyncio.run(asyncio.wait_for(type_all(pages, short_path), LIMIT))
    assert not wrong, "\n\n".join(wrong)


async def type_all(pages: Sequence[str], folder: Path) -> list[str]:
    """Type the pages one after the other on a new machine. Returns what is wrong with lines."""
    wrong = []
    taken, keeper = ports.reserve()
    async with Parties() as parties:
        peer = await parties.peer(lambda number: answer())
        with keeper:
            machine = Machine(folder / "m", taken, peer.trunk)
            program_of(machine)
            try:
                await asyncio.to_thread(machine.start_asterisk, keeper)
                programs = f"{machine.folder}/bin:{os.environ['PATH']}"
                for number, page in enumerate(pages):
                    (desk := folder / f"desk{number}").mkdir()
                    async with PageTerminal(desk, os.environ | {"PATH": programs}) as terminal:
                        script = PageMachine(machine, parties, terminal).scripts()[page]
                        wrong += await type_page(page, terminal, script)
                return wrong
            finally:
                await asyncio.to_thread(machine.end)
