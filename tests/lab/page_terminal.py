"""A shell on a terminal of 80 columns: what a reader has in front of them while they type the lines of a page."""

import asyncio
import fcntl
import os
import pty
import re
import struct
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import Self

WITHIN = 30.0  # seconds until a line has ended
SIZE = (24, 80)  # lines and columns
END = re.compile(r"\x01(\d+)\x01$")


class PageTerminal:
    """One bash: variables, functions and the current folder stay from line to line. An async context manager.

    `replies` has what is typed at a prompt, by a regular expression for the end of what is on the terminal.
    A line must end `within` seconds.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str], within: float = WITHIN) -> None:
        self._folder, self._within = folder, within
        self._environ = {**environ, "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        self.replies: dict[str, str] = {}
        self._read: asyncio.Queue[bytes] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._master, self._slave = pty.openpty()  # both stay open: a terminal without a program is closed
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self._name = os.ttyname(self._slave)
        asyncio.get_running_loop().add_reader(self._master, self._take)
        self._bash = await asyncio.create_subprocess_exec(
            "bash", "--norc", cwd=self._folder, env=self._environ, stdin=asyncio.subprocess.PIPE, start_new_session=True
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._slave)
        os.close(self._master)
        if self._bash.stdin and self._bash.returncode is None:
            self._bash.stdin.close()
            await asyncio.wait_for(self._bash.wait(), WITHIN)

    def _take(self) -> None:
        self._read.put_nowait(os.read(self._master, 65536))

    async def run(self, line: str) -> tuple[int, str]:
        """Type a line, and reply to its prompts. Returns its exit code and all that was on the terminal.

        Raises TimeoutError with what was on the terminal.
        """
        (file := self._folder / "typed-line").write_text(f"{line}\n")
        assert self._bash.stdin
        self._bash.stdin.write(f". '{file}' <{self._name} >{self._name} 2>&1\n".encode())
        self._bash.stdin.write(f"printf '\\001%s\\001' $? >{self._name}\n".encode())
        printed, replied = "", 0
        try:
            async with asyncio.timeout(self._within):
                while not (ended := END.search(printed)):
                    printed += (await self._read.get()).decode(errors="replace").replace("\r\n", "\n")
                    for prompt, reply in self.replies.items():
                        if re.search(f"(?:{prompt})$", printed[replied:]):
                            os.write(self._master, f"{reply}\n".encode())
                            replied = len(printed)
                            break
        except TimeoutError:
            raise TimeoutError(f"{line}: has not ended after {self._within:g} s, and printed {printed}") from None
        return int(ended[1]), printed[: ended.start()]
