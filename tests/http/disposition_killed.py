"""Kills the app during a disposition: python -m tests.http.disposition_killed ROUNDS.

In each round, another agent in DISPO gives a disposition with an idempotency key. The app is killed at some moment
between the request and its answer. The app is restarted, and the request is sent again. There must be one disposition
and one receipt, and a disposition that was answered must have been on disk.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.free_port import free_port
from tests.http.bare_app import BareApp, after_their_calls, status
from warmline.store.database import database
from warmline.store.journal import hash_chain


class Round(NamedTuple):
    """The state after a kill: whether the app had stored the disposition, and answered; the numbers of records."""

    written: bool
    answered: bool
    codes: int
    receipts: int

    @property
    def is_right(self) -> bool:
        """Check that the disposition exists once, and an answered one was stored."""
        return (self.codes, self.receipts) == (1, 1) and (self.written or not self.answered)

    @property
    def moment(self) -> str:
        """Return how far the request had come."""
        return "answered" if self.answered else "written" if self.written else "not written"


def soak(folder: Path, rounds: int, seed: int = 0) -> list[Round]:
    """Kill the app this many times. Raises AssertionError if a repeated request is refused."""
    first, *users = after_their_calls(folder, rounds + 1)
    dice = random.Random(seed)  # noqa: S311 - moments, no secrets
    port, done = free_port(), list[Round]()
    app = BareApp(folder, port)
    try:
        began = time.monotonic()
        assert status(app.ask_code(first, "the first")) == 201
        longest = time.monotonic() - began
        for user in users:
            sent = app.ask_code(user, f"code of {user}")
            time.sleep(dice.uniform(0, longest))
            app.kill()
            answered = status(sent) == 201
            longest *= 0.9 if answered else 1.1  # equally often before and after the answer, on any machine
            written = _count(folder, user)[0] > 0
            app = BareApp(folder, port)
            assert status(app.ask_code(user, f"code of {user}")) == 201, user
            done.append(Round(written, answered, *_count(folder, user)))
    finally:
        app.kill()
    assert hash_chain.verify(folder / "warmline.db") == []
    return done


def _count(folder: Path, user: str) -> tuple[int, int]:
    """Return how many dispositions the agent's call has, and how many receipts have the key."""
    with closing(database.connect(folder / "warmline.db")) as db:
        [codes] = db.execute("SELECT count(*) FROM disposition_entry WHERE agent = ?", [user]).fetchone()
        [receipts] = db.execute("SELECT count(*) FROM receipt WHERE key = ?", [f"code of {user}"]).fetchone()
    return int(codes), int(receipts)


def main() -> None:
    """Print the number of correct rounds, and when the app was killed in them; exit 1 if a round failed."""
    folder, began, seed = Path(tempfile.mkdtemp(prefix="warmline-soak-")), time.monotonic(), time.time_ns()
    done = soak(folder, int(sys.argv[1]), seed)
    moments = Counter(one.moment for one in done)
    right = sum(one.is_right for one in done)
    print(f"one disposition in {right} of {len(done)} rounds, in {time.monotonic() - began:.0f} s; when it was killed:")
    print(", ".join(f"{name} {number}" for name, number in sorted(moments.items())))
    if right < len(done):
        sys.exit(f"seed {seed}, see {folder}: {[one for one in done if not one.is_right]}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
