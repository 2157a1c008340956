"""Shows what a campaign would dial soon, by its leads and its calls in the database of this machine.

`python -m tools.simulation.dialling CAMPAIGN --agents 10 --hours 2` prints the calls by hour and list.
"""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from tools.simulation.dialling.campaign_simulation import lines, simulate
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.system import settings

MAX_AGENTS, MAX_HOURS = 300, 12


def main() -> None:
    """Read the command line, and print the simulation."""
    parser = ArgumentParser("python -m tools.simulation.dialling", description="Show what a campaign would dial soon.")
    parser.add_argument("campaign", metavar="CAMPAIGN")
    parser.add_argument("--agents", type=_number(MAX_AGENTS), default=1, metavar="N", help="the number of agents")
    parser.add_argument("--hours", type=_number(MAX_HOURS), default=1, metavar="H", help="the number of hours from now")
    given = parser.parse_args()
    try:
        found = simulate(settings.load().db, given.campaign, given.agents, given.hours, time.time_ns() // 1000)
    except (ValueError, NotFound, StoreError) as error:
        sys.exit(str(error))
    print(*lines(found), sep="\n")


def _number(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
            return int(text)
        raise ArgumentTypeError(f"must be a number from 1 to {most}, not {text}")

    return number


main()
