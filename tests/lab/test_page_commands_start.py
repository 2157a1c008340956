"""Every command line of README and of the pages for readers who have something: each on a machine of its own.

Each machine costs ten seconds of the processor, so `make test` types two pages, and `tools/nightly soak` all six.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.lab.page_machine import PageMachine, type_on_a_machine
from tests.lab.page_starts import FREEPBX, README, START, PageStarts
from tests.lab.page_typist import Script
from tests.soak import soaking

LIMIT = 120.0  # seconds for a page


@pytest.mark.parametrize("page", START if soaking() else (README, FREEPBX))
def test_every_line_of_the_page(short_path: Path, page: str) -> None:
    made: list[PageStarts] = []

    def scripts(desk: PageMachine) -> Mapping[str, Script]:
        made.append(PageStarts(desk))
        return made[-1].scripts()

    try:
        wrong = asyncio.run(asyncio.wait_for(type_on_a_machine([page], short_path, scripts), LIMIT))
    finally:
        for one in made:
            one.end()
    assert not wrong, "\n\n".join(wrong)
