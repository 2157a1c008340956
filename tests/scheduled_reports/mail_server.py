"""A server that takes mails over SMTP, as far as smtplib speaks it, and refuses what a test wants refused."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class MailServer:
    """The mails that came, and the answer to each RCPT."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 ok"
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak to one client until it leaves."""

        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 mail.example ESMTP")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                say("354 go on")
                data = await reader.readuntil(b"\r\n.\r\n")
                mail = message_from_bytes(data[:-3].replace(b"\r\n..", b"\r\n."), policy=policy.default)
                self.mails.append(cast(EmailMessage, mail))
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                break
            else:
                say(self.answer if word == b"RCPT" else "250 mail.example")
        writer.close()


@contextmanager
def serving() -> Iterator[MailServer]:
    """Provide a server on loopback that runs in a thread."""
    found, loop = MailServer(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(found.serve, "127.0.0.1", 0))
    found.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()
