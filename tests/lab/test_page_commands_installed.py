"""Every command line of the pages about an installation, typed on a machine with Asterisk from its package."""

import asyncio
from pathlib import Path

from tests.lab.page_machine import INSTALLATION, type_on_a_machine

LIMIT = 120.0  # seconds for all pages


def test_every_line_of_the_pages(short_path: Path) -> None:
    wrong = asyncio.run(asyncio.wait_for(type_on_a_machine(INSTALLATION, short_path), LIMIT))
    assert not wrong, "\n\n".join(wrong)
