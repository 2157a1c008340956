"""Print the findings of the prose check, in the given files and folders or in the whole tree.

`--count` prints how often each rule is broken.
"""

import argparse
from collections import Counter
from itertools import chain
from pathlib import Path

from tests.tree.prose.files import all_files, findings, within
from tests.tree.prose.help_pages import cut_lines


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.tree.prose", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATHS")
    parser.add_argument("--count", action="store_true", help="Print numbers by folder and rule, not sentences.")
    given = parser.parse_args()
    if given.paths:
        found = list(findings(chain.from_iterable(map(within, given.paths))))
    else:
        found = [*findings(all_files()), *cut_lines()]
    if given.count:
        by = Counter((one.file.split("/")[0].split()[0], one.rule) for one in found)
        print(*(f"{number:6} {folder:12} {rule}" for (folder, rule), number in sorted(by.items())), sep="\n")
    else:
        print(*found, f"{len(found)} findings", sep="\n")


if __name__ == "__main__":
    main()
