"""`warmline install --deny-list`: it adds ready entries to campaigns, and nothing else does."""

from pathlib import Path

from tests.cli.command_line import Run
from tests.wording.said import says
from warmline.options import deny_lists
from warmline.store.configuration import config, config_history


def denied(db: Path, campaign: str) -> tuple[str, ...]:
    found = config.show(db, "campaign", campaign)["dial_deny"]
    assert isinstance(found, tuple)
    return found


def test_the_entries_are_added_to_each_campaign_once(db: Path, run: Run) -> None:
    config.create(db, "campaign", "OWN", {"dial_deny": "8500,_0900X."}, who="test")
    config.create(db, "campaign", "NEW", {}, who="test")
    wanted = deny_lists.entries(("DE", "GB"))
    code, out, _ = run("install", "--deny-list", "de,GB", "--dry-run")
    assert code == 0 and "campaign NEW: dial_deny gets _0900X., _+49900X." in out
    assert denied(db, "NEW") == ()
    assert run("install", "--deny-list", "de,GB", "--yes")[0] == 0
    assert denied(db, "NEW") == wanted
    assert denied(db, "OWN") == ("8500", "_0900X.", *(one for one in wanted if one != "_0900X."))
    before = config_history.newest(db, 1)
    code, out, _ = run("install", "--deny-list", "DE", "--yes")
    assert code == 0 and "campaign OWN: has all entries" in out and config_history.newest(db, 1) == before


def test_a_wrong_use_is_told_and_changes_nothing(db: Path, run: Run) -> None:
    for words, code in {
        "XX": "deny_list_unknown",
        ",": "deny_list_unknown",
        "DE": "deny_list_without_campaign",
        "DE --from-trunk from-trunk": "deny_list_with_others",
    }.items():
        status, _, err = run("install", "--deny-list", *words.split(), "--yes")
        assert status != 0 and says(err, code), words
    assert config_history.newest(db, 1) == []
