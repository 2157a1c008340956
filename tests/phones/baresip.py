"""baresip of Debian as a phone, led over its control port."""

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

from tests.debian_program import DebianProgram, libraries
from tests.phones.foreign_phone import PORTS, WITHIN, ForeignPhone

MODULES = ("account", "menu", "ctrl_tcp", "g711", "aufile", "aubridge", "uuid")


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    [loader] = root.glob("lib/*/ld-linux*.so.*")
    return (str(loader), "--library-path", libraries(root), str(root / "usr/bin/baresip")), {}


BARESIP = DebianProgram("baresip", ("baresip-core",), ("baresip",), _unpacked, asks="-h")


class Baresip(ForeignPhone):
    """The control port takes commands and tells events, both as JSON in netstrings."""

    async def register(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        root = Path(self.program.command[-1]).parents[2]
        modules = next(iter([*root.glob("usr/lib/baresip/modules"), Path("/usr/lib/baresip/modules")]))
        lines = [
            f"module_path {modules}",
            f"sip_listen 127.0.0.1:{self.sip}",
            "audio_player aubridge,ear",
            f"audio_source aufile,{self.write_voice()}",
            f"ctrl_tcp_listen 127.0.0.1:{port}",
            f"rtp_ports {self.port}-{self.port + PORTS - 1}",
            *(
                f"module_app {name}.so" if name in ("account", "menu", "ctrl_tcp") else f"module {name}.so"
                for name in MODULES
            ),
        ]
        (self.folder / "config").write_text("\n".join(lines) + "\n")
        user, host, password = self.account
        account = f"<sip:{user}@{host}>;audio_codecs=PCMU;answermode=auto;regint={60 if password else 0}"
        account += f";auth_pass={password}" if password else ""
        (self.folder / "accounts").write_text(account + "\n")
        (self.folder / "contacts").write_text("")
        await self.run("-f", str(self.folder))
        async with asyncio.timeout(WITHIN):
            while True:
                try:
                    self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        await self.until_said("200 OK" if password else "is ready")

    async def dial(self, number: str) -> None:
        await self._command("dial", f"sip:{number}@{self.account.host}")
        await self._event("CALL_ESTABLISHED")

    async def hang_up(self) -> None:
        await self._command("hangup")
        await self._event("CALL_CLOSED")

    async def hold(self, *, on: bool) -> None:
        await self._command("hold" if on else "resume")

    async def _command(self, name: str, parameters: str = "") -> None:
        asked = json.dumps({"command": name, "params": parameters, "token": name}).encode()
        self._writer.write(b"%d:%s," % (len(asked), asked))
        await self._writer.drain()

    async def _event(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(WITHIN):
            while True:
                length = int((await self._reader.readuntil(b":"))[:-1])
                told: dict[str, Any] = json.loads((await self._reader.readexactly(length + 1))[:-1])
                if told.get("type") == kind:
                    return told
