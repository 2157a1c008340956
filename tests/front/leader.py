"""An app reduced to its connection with a front: `python -m tests.front.leader LINK SERVER [DRAINS …]`, as HOST:PORT.

It names the servers that drain, places every call on that server, and prints a line for each question.
"""

import asyncio
import sys

from ari_app.servers.front_link import FrontLink, NewCall


def main() -> None:
    """Answer until the process is ended."""
    link, server, *drains = sys.argv[1:]

    def place(call: NewCall) -> str:
        print(call.number, call.caller, flush=True)
        return server

    asyncio.run(FrontLink(link, place, lambda: drains).run())


if __name__ == "__main__":
    main()
