"""An app reduced to its connection with a front: `python -m tests.front.leader LINK SERVER`, SERVER as HOST:PORT.

It places every call on that server, and prints a line for each question.
"""

import asyncio
import sys

from ari_app.servers.front_link import FrontLink, NewCall


def main() -> None:
    """Answer until the process is ended."""
    link, server = sys.argv[1:]

    def place(call: NewCall) -> str:
        print(call.number, call.caller, flush=True)
        return server

    asyncio.run(FrontLink(link, place).run())


if __name__ == "__main__":
    main()
