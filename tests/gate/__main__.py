"""Play rounds with a frozen app: `python -m tests.gate 100` prints what an older epoch did."""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.gate import frozen_rounds
from warmline.store.migrations.schema_migration import migrate


def main() -> None:
    """Play the rounds; exit with 1 if a command of an older epoch was done, or the new app lost its place."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    parser.add_argument("rounds", type=int, help="how often the app is frozen, replaced and woken")
    parser.add_argument("--straight", action="store_true", help="leave the gate out, as a control")
    parser.add_argument("--seed", type=int, default=0, help="draws the pauses; 0 draws a seed")
    given = parser.parse_args()
    seed = given.seed or time.time_ns() % 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="gate-"))
    db = folder / "warmline.db"
    migrate(db)
    begun = time.monotonic()
    try:
        found = asyncio.run(frozen_rounds.rounds(folder, db, given.rounds, seed, gated=not given.straight))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"seed {seed}, {found.rounds} rounds in {time.monotonic() - begun:.0f} s: "
        f"{len(found.late)} pieces of an older epoch reached ARI, {found.replaced} new apps lost their place"
    )
    for epoch, line in found.late[:20]:
        print(f"  epoch {epoch}: {line}")
    sys.exit(bool(found.late or found.replaced))


if __name__ == "__main__":
    main()
