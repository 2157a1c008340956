"""Each commit wakes those who follow the journal, and other messages do not."""

from ari_app.link.messages import Changes, StateEnds
from ari_app.live.committed_turns import JournalRow
from ari_app.workers.journal_follower import JournalFollower


def changes(*numbers: int, frame: int) -> Changes:
    rows = [JournalRow(number, 1, "kind", "", "", b"") for number in numbers]
    return Changes(frame, max(numbers, default=0), rows, [], b"", {})


def test_each_commit_wakes_the_readers_and_other_messages_do_not() -> None:
    journal = JournalFollower()
    journal.welcomed("a")
    ring = journal.committed.next_ring()
    journal.take(changes(frame=5))  # the disk is late
    assert not ring.is_set() and journal.place == ("a", 5)
    journal.take(changes(1, frame=6))
    assert ring.is_set() and journal.place == ("a", 6)
    ring = journal.committed.next_ring()
    journal.take(StateEnds(10, 7, {}))  # a new call process: rows may have been missed
    assert ring.is_set() and journal.place == ("a", 7)
