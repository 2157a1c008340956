"""Two faults after each other that can take confirmed records away: nothing is missing without a word."""

from pathlib import Path

import pytest

from tests.durability.fault_pairs import FileCentre, on_files, on_server, play
from tests.durability.simulated_disk import dice_of
from tests.soak import examples, soaking


@pytest.mark.parametrize("faults", [("WAL deleted", "kill -9"), ("overwritten by a copy", "locked")])
def test_records_of_a_lost_file_are_missed(tmp_path: Path, faults: tuple[str, ...]) -> None:
    pair = play(FileCentre(tmp_path, dice_of(7)), faults)
    assert pair.confirmed and not pair.is_wrong


@pytest.mark.skipif(not soaking(), reason="tools/nightly soak")
def test_no_record_is_missing_without_a_word() -> None:
    pairs = [*on_files(range(examples(0, by_night=40))), *on_server(range(examples(0, by_night=20)))]
    assert [str(pair) for pair in pairs if pair.is_wrong] == []
    assert sum(pair.missing for pair in pairs), "the faults take records away"
