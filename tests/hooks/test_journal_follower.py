"""The newest journal rows in memory: all of them or none, so that a reader knows when to read the database."""

import pytest

from ari_app.link.messages import Changes, StateEnds
from ari_app.live.committed_turns import JournalRow
from ari_app.workers import journal_follower
from ari_app.workers.journal_follower import JournalFollower


def rows(*numbers: int) -> list[JournalRow]:
    return [JournalRow(number, 1, "kind", "", "", b"") for number in numbers]


def changes(*numbers: int, frame: int = 1) -> Changes:
    return Changes(frame, max(numbers, default=0), rows(*numbers), [], b"", {})


def test_before_the_first_message_only_the_database_has_them() -> None:
    assert JournalFollower().after(0) is None


def test_rows_are_known_from_the_end_of_the_state_on() -> None:
    journal = JournalFollower()
    journal.welcomed("a")
    journal.take(StateEnds(10, 4, {}))
    assert (journal.after(9), journal.after(10), journal.place) == (None, [], ("a", 4))
    journal.take(changes(11, 12, frame=5))
    journal.take(changes(frame=6))  # the disk is late
    journal.take(changes(13, frame=7))
    assert (journal.after(10), journal.after(12), journal.after(13)) == (rows(11, 12, 13), rows(13), [])
    assert journal.place == ("a", 7)


def test_rows_that_were_not_on_disk_at_the_end_of_the_state_still_come() -> None:
    journal = JournalFollower()
    journal.take(StateEnds(10, 4, {}))
    journal.take(changes(9, 10))
    assert (journal.after(7), journal.after(8)) == (None, rows(9, 10))


def test_a_gap_is_not_hidden() -> None:
    journal = JournalFollower()
    journal.take(StateEnds(10, 4, {}))
    journal.take(changes(11))
    journal.take(StateEnds(20, 9, {}))  # a new call process
    assert (journal.after(11), journal.after(20)) == (None, [])


def test_rows_are_not_kept_without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_follower, "KEPT", 3)
    journal = JournalFollower()
    journal.take(StateEnds(0, 1, {}))
    for number in range(1, 6):
        journal.take(changes(number))
    assert (journal.after(1), journal.after(2)) == (None, rows(3, 4, 5))


def test_each_commit_wakes_the_readers_and_other_messages_do_not() -> None:
    journal = JournalFollower()
    ring = journal.committed.next_ring()
    journal.take(changes())
    assert not ring.is_set()
    journal.take(changes(1))
    assert ring.is_set()
