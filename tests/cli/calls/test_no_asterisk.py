"""While Asterisk is away, the output says that it is old."""

import pytest

from tests.cli.app import App
from tests.wording.said import said, says


@pytest.mark.parametrize("words", [("agent", "status"), ("call", "list")])
def test_a_list_says_that_asterisk_is_away(app: App, words: tuple[str, ...]) -> None:
    app.site.board.connected, app.site.board.lost_at = False, 1_700_000_000_000_000
    code, out, err = app.run(*words)
    assert code == 4 and says(err, "asterisk_lost")
    assert out
    assert app.run(*words, "--json")[0] == 4
    app.site.board.lost_at = 0
    assert said("asterisk_not_seen") in app.run(*words)[2]
    app.site.board.connected = True
    assert app.done(*words)
