"""pjsua, the phone of the pjproject, led over its console."""

from tests.phones.foreign_phone import ForeignPhone


class Pjsua(ForeignPhone):
    """A file takes the place of its sound card."""

    async def register(self) -> None:
        user, host, password = self.account
        options = [
            *("--null-audio", "--no-vad", "--ec-tail=0", "--clock-rate=8000", "--no-tones", "--auto-answer=200"),
            *("--no-tcp", "--bound-addr=127.0.0.1", f"--local-port={self.sip}", f"--rtp-port={self.port}"),
            *("--auto-play", f"--play-file={self.write_voice()}", "--max-calls=1", "--no-color"),
            f"--id=sip:{user}@{host}",
        ]
        if password:
            options += [f"--registrar=sip:{host}", "--realm=*", f"--username={user}", f"--password={password}"]
        await self.run(*options)
        await self.until_said("registration success" if password else "Ready: ")

    async def dial(self, number: str) -> None:
        before = len(self.said)
        self.type(f"m\nsip:{number}@{self.account.host}")
        await self.until_said("state changed to CONFIRMED", before)

    async def hang_up(self) -> None:
        before = len(self.said)
        self.type("h")
        await self.until_said("is DISCONNECTED", before)

    async def hold(self, *, on: bool) -> None:
        self.type("H" if on else "v")
