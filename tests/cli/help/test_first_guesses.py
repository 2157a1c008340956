"""The first guesses of newcomers: nearly every one leads to the command that was meant."""

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from cli.help.command_index import commands, meant
from cli.help.guessed_line import FOREIGN_PATH, GuessedLine, command_at, filled
from cli.help.guesses import GUESSES as KNOWN_GUESSES
from cli.help.synonyms import NOUNS, VERBS
from cli.help.topics import all_topics, find_topic
from cli.lazy_group import LazyGroup
from cli.main import main
from cli.tree.root_rows import ROOT
from tests.cli.help.first_guesses import GUESSES
from tests.cli.whole_tree import whole_tree
from tools.pages.marked_text import PROJECT

Run = Callable[[str], str]
PATHS = {path for path, _ in commands()}


@pytest.fixture
def run(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command line on the lab's configuration: everything that it prints."""
    monkeypatch.setenv("WARMLINE_DB", str(shutil.copy(demo_database, tmp_path / "warmline.db")))

    def go(line: str) -> str:
        with pytest.raises(SystemExit):
            main(shlex.split(line))
        return "".join(capsys.readouterr())

    return go


@pytest.mark.parametrize(("guess", "lead"), GUESSES)
def test_a_first_guess_leads_on(run: Run, guess: str, lead: str) -> None:
    if "UNUSED" in guess:
        run("campaign create UNUSED")
    assert lead in run(guess)


@pytest.mark.parametrize(
    ("guess", "lead"),
    [
        ("list import 101 leads.csv", "warmline lead import"),
        ("recording purge --older-than 90d", "warmline setting set"),
        ("route test 8005550100", "warmline route simulate"),
        ("route simulate 8005550100 --from 4930555123", "warmline route simulate 8005550100 --cid 4930555123"),
        ("callback set 1 agent=1001", "warmline callback take"),
        ("webhook create crm url=https://crm.example/hook", "warmline campaign set"),
        ("dnc check 4930555123", "4930555123"),
        ("ingroup set SALESLINE hours=Mon-Fri", "did you mean call_time_id?"),
        ("disposition create LATER name=Later", "did you mean status_name?"),
        ("did create 8005550199 ingroup=SALESLINE", "did you mean route?"),
        ("history 4930555777 --json", "[]"),
    ],
)
def test_a_second_stranger_is_led_on(run: Run, guess: str, lead: str) -> None:
    assert lead in run(guess)


def test_all_recorded_guesses_are_tested() -> None:
    assert len(dict(GUESSES)) == 45


@pytest.mark.parametrize(
    ("guess", "lead"),
    [
        ("setting list", "recordings_keep_days"),
        ("route explain 8005550101", "8005550101"),
        ("route simulate 8005550101", "8005550101"),
    ],
)
def test_a_word_of_one_group_runs_its_command(run: Run, guess: str, lead: str) -> None:
    said = run(guess)
    assert lead in said and "does not exist" not in said


@pytest.mark.parametrize("line", ["xyzzy", "audit xyzzy", "lab xyzzy"])
def test_a_word_that_is_like_no_other_leads_to_the_list(run: Run, line: str) -> None:
    assert "-h." in run(line) and "warmline help" in run(line)


def takes(line: GuessedLine) -> bool:
    """Return whether a command has the options of a line, and room for its words."""
    command = command_at(whole_tree(), line.path)
    if isinstance(command, LazyGroup):
        return line.text == " ".join(line.path)
    words = shlex.split(line.text)[len(line.path) :]
    _, rest, _ = command.make_parser(typer.Context(command)).parse_args(args=words)
    return rest == []


def test_synonyms_and_suggestions_name_commands() -> None:
    names = {path[-1] for path in PATHS}
    assert {name for known in VERBS.values() for name in known} <= names
    assert set(NOUNS.values()) <= {row.name for row in ROOT}
    lines = [filled(whole_tree(), line, ()) for known in KNOWN_GUESSES.values() for line in known]
    lines = [one for one in lines if one.path != FOREIGN_PATH]
    assert [one.text for one in lines if one.path not in PATHS or not takes(one)] == []


def test_no_synonym_hides_a_command() -> None:
    assert set(NOUNS) & {row.name for row in ROOT} == set()
    plain = [words for words in KNOWN_GUESSES if " +" not in words]
    assert [words for words in plain if tuple(words.split()) in PATHS or meant(words.split())[1:] != ()] == []


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.name)
def test_a_topic_leads_to_commands_and_a_page(topic: object, run: Run) -> None:
    assert isinstance(topic, type(all_topics()[0]))
    assert find_topic(topic.name.split()) is topic
    assert (PROJECT / "docs" / topic.page).exists()
    assert topic.commands and all(len(meant(command.split())) > 0 for command, _ in topic.commands)
    said = run(f"help {topic.name}")
    assert all(command in said for command, _ in topic.commands) and topic.page in said


def test_no_word_is_of_two_topics() -> None:
    words = [word for topic in all_topics() for word in (topic.name, *topic.words)]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_help_of_words_is_a_topic_or_a_command(run: Run) -> None:
    assert "Usage: warmline agent park" in run("help agent park")
    assert "Usage: warmline campaign create" in run("help campaign add")
    assert "Usage: warmline agent park" in run("agent park -h")
    assert "no topic 'xyzzy'" in run("help xyzzy")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("audit calls --outcome misst", "did you mean missed?"),
        ("audit calls --fields numer", "did you mean number?"),
        ("doctor --only fallbak", "did you mean fallback?"),
        ("config history --entity campain", "did you mean campaign?"),
        ("campaign list --json --fields dial_timout", "did you mean dial_timeout?"),
        ("campaign show TESTCMP", "did you mean TESTCAMP?"),
    ],
)
def test_a_word_that_is_misspelled_is_named(run: Run, line: str, hint: str) -> None:
    assert hint in run(line)
