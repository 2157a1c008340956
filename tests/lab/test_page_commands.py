"""Every command line of the pages, typed in the lab as a reader types it, in the order of docs/index.md."""

import asyncio
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.docs.page_blocks import CommandLine, commands_of, pages
from tests.lab.page_lab import PageLab
from tests.lab.page_machine import FIRST_DAY, INSTALLATION, SURVEY
from tests.lab.page_starts import START
from tests.lab.page_terminal import PageTerminal
from tests.lab.page_typist import Script, differences, type_page
from tests.lab.warm_warmline import warm_warmline
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

LIMIT = 200.0  # seconds for all pages; a busy machine takes twice as long


def test_every_line_of_the_pages(short_path: Path) -> None:
    """All pages but those that are typed on a machine that Warmline is installed on."""
    wrong = asyncio.run(asyncio.wait_for(type_all(short_path, warm_warmline()), LIMIT))
    assert not wrong, "\n\n".join(wrong)


async def type_all(folder: Path, warmline: Path) -> list[str]:
    """Type the pages one after the other in one lab, with this command `warmline`. Returns what is wrong with lines."""
    wrong = []
    site = LabSite(folder)
    await site.open()
    try:
        programs = tools(folder / "bin", {"warmline": [str(warmline)], "asterisk": site.lab.asterisk_cli})
        install_here(folder / "bin/warmline", site.folder / "etc")
        environ = os.environ | {"WARMLINE_CONFIG": f"{site.folder}/warmline.toml", "PATH": programs}
        world = RealWorld(site)
        world.patience = 15.0  # seconds; the machine may be busy
        for page in pages():
            if page in INSTALLATION + FIRST_DAY + SURVEY + START or not commands_of(page):
                continue
            (desk := folder / "desk" / page).mkdir(parents=True)
            async with PageTerminal(desk, environ) as terminal:
                script = PageLab(world, terminal, desk).scripts().get(page, Script())
                wrong += await type_page(page, terminal, script)
        await world.close()
        return wrong
    finally:
        await site.close()


def tools(folder: Path, programs: Mapping[str, Sequence[str]]) -> str:
    """Write programs that a reader's shell finds. Returns its PATH."""
    folder.mkdir()
    for name, command in programs.items():
        (tool := folder / name).write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        tool.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def install_here(warmline: Path, etc: Path) -> None:
    """Let `warmline install` change this folder of Asterisk in place of /etc/asterisk."""
    line = f'if [ "$1" = install ]; then set -- "$@" --etc {shlex.quote(str(etc))}; fi'
    warmline.write_text(warmline.read_text().replace("#!/bin/sh\n", f"#!/bin/sh\n{line}\n"))


def test_a_wrong_line_is_found() -> None:
    done = CommandLine("page", 1, "warmline agent leave 1000", "agent 1000: left")
    refused = CommandLine("page", 1, "warmline agent leave 1000", "warmline: agent 1000 has no call")
    silent = CommandLine("page", 1, "warmline agent leave 1000")
    assert differences(done, 0, "agent 1001: left\n", {}) == []  # numbers differ from day to day
    assert differences(done, 0, "agent 1000: left - under way\n", {}) == []  # the machine is busy
    assert differences(refused, 5, "warmline: agent 1000\nhas no call\n", {}) == differences(silent, 0, "", {}) == []
    for line, code, printed in (
        (done, 5, "agent 1000: left"),
        (done, 0, "agent 1000: gone"),
        (refused, 0, "warmline: agent 1000 has no call"),
        (refused, 5, "warmline: agent 1000 has no line"),
        (silent, 1, ""),
        (silent, 0, "ERROR: agent_user is invalid"),
        (silent, 0, "Traceback (most recent call last):"),
    ):
        assert len(differences(line, code, printed, {})) == 1
