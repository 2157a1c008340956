"""No word of a guess is dropped in silence, and no proposed line names an entry of another kind."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from cli.help.command_index import meant
from cli.help.guessed_line import KINDS, command_at, positional
from tests.cli.command_line import Run
from tests.cli.help.stranger_guesses import LED, SUGGESTED
from tests.cli.help.test_hints_run import GUESSES
from tests.cli.whole_tree import whole_tree
from warmline.store.configuration import config
from warmline.store.leads import leads

UNKNOWN = "--zzyzx", "dark-red"  # an option that no command has


def test_a_further_option_of_a_guess_is_named_as_left_out(run: Run, answer: Callable[[str], str]) -> None:
    for guess in GUESSES:
        whole = answer(guess)
        code, _, err = run(*shlex.split(guess), *UNKNOWN)
        assert code == LED, guess
        lines = SUGGESTED.findall(err)
        if lines and SUGGESTED.findall(whole) and not any("dark-red" in line for line in lines):  # it may be the name
            said = err.partition("Left out")[2].replace("=", " ").replace("'", "")
            assert "zzyzx dark-red" in said, (guess, err)


@pytest.fixture(scope="module")
def there(guessed: Path) -> Mapping[str, Sequence[str]]:
    """Return the names of each kind on the site."""
    return {kind: config.list_names(guessed, kind) for kind in {*KINDS.values()}}


def test_a_name_in_a_line_is_one_of_its_kind(answer: Callable[[str], str], there: Mapping[str, Sequence[str]]) -> None:
    for line in (line for guess in GUESSES for line in SUGGESTED.findall(answer(guess))):
        words = shlex.split(line)
        path = meant(words)
        arguments = [one for one in command_at(whole_tree(), path).params if one.param_type_name == "argument"]
        for one, name in zip(arguments, positional(words[len(path) :]), strict=False):
            kind = KINDS.get(one.display_name_raw.strip("[]"), "")
            others = [other for other, names in there.items() if name in names]
            assert not kind or not others or kind in others, line


def test_a_backup_without_recordings_has_the_settings(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (site.parent / "warmline.toml").write_text(f'db = "{site}"\n')
    monkeypatch.setenv("WARMLINE_CONFIG", str(site.parent / "warmline.toml"))
    err = run("backup", "copies/friday.tar.gz", "--no-recordings")[2]
    assert "  warmline db backup copies/friday.db" in err and "Left out" not in err
    assert f"friday.tar.gz -C copies friday.db -C {shlex.quote(str(site.parent))} warmline.toml)" in err
    err = run("backup", "copies/friday.db", "--no-recordings")[2]
    assert f"  cp -p {shlex.quote(str(site.parent / 'warmline.toml'))} copies " in err and "tar czf" not in err


def test_a_reset_names_the_leads_that_stay_undialled(site: Path, run: Run) -> None:
    assert run("campaign", "set", "spring", "dial_method=RATIO", "safe_harbor_audio=sorry")[0] == 0
    leads.create(site, "101", {"phone_number": "8005551299", "status": "AM"}, who="ada")
    code, out, _ = run("list", "reset", "101", "--status", "NA,AM")
    assert code == 0 and "1 leads stay undialled: status AM is not in dial_statuses\n" in out
    assert "undialled" not in run("list", "reset", "101")[1]


@pytest.mark.parametrize("pairs", ["phone=Telephone,first_name=Forename", "Telephone=phone_number,Forename=first_name"])
def test_pairs_of_a_map_are_columns(site: Path, run: Run, pairs: str) -> None:
    Path("spring.csv").write_text("Telephone,Forename\n8005551240,Ada\n")
    line = ("lead", "import", "spring.csv", "--list", "101", "--dry-run")
    err = run(*line, "--map", pairs)[2]
    columns = err.partition("write ")[2].split()
    assert columns == ["--columns", "Telephone=phone_number", "--columns", "Forename=first_name"]
    assert run(*line, *columns)[0] == 0
