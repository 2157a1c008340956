"""An app reduced to its connection with a front.

`python -m contrib.front.tests.kamailio.leader LINK SERVER [DRAINS …]`, each as HOST:PORT, names the servers that drain,
places every call on that server, and prints a line for each question.
"""

import asyncio
import sys

from warmline_contrib.front.front_link import FrontLink, NewCall


def main() -> None:
    """Answer until the process is ended."""
    link, server, *drains = sys.argv[1:]

    def place(call: NewCall) -> str:
        print(call.number, call.caller, flush=True)
        return server

    asyncio.run(FrontLink(link, place, lambda: drains).run())


if __name__ == "__main__":
    main()
