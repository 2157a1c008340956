"""linphone's console of Debian as a phone, led over its standard input."""

import asyncio
from configparser import ConfigParser
from io import StringIO
from pathlib import Path

from tests.debian_program import DebianProgram, libraries
from tests.phones.foreign_phone import WITHIN, ForeignPhone

# Its grammars have a fixed path below /usr/share. Only the program sees them there.
SEES = 'mount -t overlay overlay -o lowerdir={root}/usr/share:/usr/share /usr/share && exec "$@"'


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    [loader] = root.glob("lib/*/ld-linux*.so.*")
    program = (str(loader), "--library-path", libraries(root), str(root / "usr/bin/linphonec"))
    return ("unshare", "--mount", "sh", "-c", SEES.format(root=root), "sh", *program), {}


LINPHONE = DebianProgram("linphone", ("linphone-cli",), ("linphonec",), _unpacked)


class Linphone(ForeignPhone):
    """Files take the place of its sound cards."""

    async def register(self) -> None:
        user, host, password = self.account
        sections: dict[str, dict[str, object]] = {
            "sip": {
                "sip_port": self.sip,
                "sip_tcp_port": 0,
                "ipv6_migration_done": 1,
                "use_ipv6": 0,
                "contact": f"sip:{user}@127.0.0.1",
            },
            "rtp": {"audio_rtp_port": self.port},
            "video": {"automatically_initiate": 0, "automatically_accept": 0},
            "audio_codec_0": {"mime": "PCMU", "rate": 8000, "enabled": 1},
        }
        if password:
            sections["sip"]["default_proxy"] = 0
            sections["proxy_0"] = {
                "reg_proxy": f"<sip:{host}>",
                "reg_identity": f"sip:{user}@{host}",
                "reg_expires": 60,
                "reg_sendregister": 1,
            }
            sections["auth_info_0"] = {"username": user, "passwd": password}
        written = ConfigParser()
        written.read_dict(sections)
        text = StringIO()
        written.write(text, space_around_delimiters=False)
        (self.folder / "linphonerc").write_text(text.getvalue())
        (self.folder / ".local/share/linphone").mkdir(parents=True)
        await self.run("-a", "-c", str(self.folder / "linphonerc"))
        await self._until_answered("status register", "registered, identity" if password else "registered=")
        self.type("soundcard use files")
        self.type(f"play {self.write_voice()}")

    async def dial(self, number: str) -> None:
        self.type(f"call sip:{number}@{self.account.host}")
        await self._until_answered("calls", "StreamsRunning")

    async def hang_up(self) -> None:
        self.type("terminate all")

    async def hold(self, *, on: bool) -> None:
        self.type("pause" if on else "resume")

    async def _until_answered(self, question: str, answer: str) -> None:
        """Ask again and again until the program gives this answer. Raises TimeoutError."""
        async with asyncio.timeout(WITHIN):
            before = len(self.said)
            while answer not in self.said[before:]:
                self.type(question)
                await asyncio.sleep(0.2)
