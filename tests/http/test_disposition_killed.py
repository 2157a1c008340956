"""The app is killed between a disposition's request and its answer; `tools/nightly soak` does it 200 times."""

from pathlib import Path

from tests.http.disposition_killed import soak


def test_a_retry_with_the_same_key_gives_exactly_one_disposition(tmp_path: Path) -> None:
    done = soak(tmp_path, rounds=5)
    assert len(done) == 5 and all(one.is_right for one in done), done
