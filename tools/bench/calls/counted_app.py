"""The app, whose call process counts its turns: `python -m tools.bench.calls.counted_app FILE`.

The number is in the first eight bytes of the file. The parts are forks, so they share the count.
"""

import mmap
import struct
import sys
from pathlib import Path
from typing import Any

from ari_app.supervisor import start
from ari_app.switchboard.turn_commit import TurnCommit

NUMBER = struct.Struct("<Q")


def count(file: Path) -> None:
    """Count the turns of this program and its forks in a file."""
    file.write_bytes(NUMBER.pack(0))
    with file.open("r+b") as opened:
        shared = mmap.mmap(opened.fileno(), NUMBER.size)
    commit = TurnCommit.commit

    async def counted(self: TurnCommit, batch: Any) -> Any:
        NUMBER.pack_into(shared, 0, NUMBER.unpack_from(shared)[0] + 1)
        return await commit(self, batch)

    TurnCommit.commit = counted  # type: ignore[method-assign]


def turns(file: Path) -> int:
    """Return the turns so far."""
    return int(NUMBER.unpack(file.read_bytes())[0])


if __name__ == "__main__":
    count(Path(sys.argv[1]))
    start.main()
