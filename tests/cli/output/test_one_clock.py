"""Every list and report shows times in one zone, which it names once, and lengths as m:ss or h:mm:ss."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from cli.lazy_group import LazyGroup
from cli.main import main
from cli.tree.report_rows import REPORT
from tests.cli.audit.test_reports import REPORTS, recorded  # noqa: F401 - the fixture
from tests.cli.whole_tree import whole_tree
from warmline.store.configuration import config

Words = tuple[str, ...]

ALL = (*(("audit", name) for name in REPORTS), *(("report", one.name) for one in REPORT))
PAGES: tuple[Words, ...] = (
    *ALL,
    ("audit", "agent", "1000"),
    ("audit", "drops"),
    ("audit", "webhooks", "--since", "1d"),
    ("history", "1000"),
    ("config", "history"),
    ("dnc", "list"),
    ("callback", "list"),
    ("recording", "list"),
    ("route", "why", "last"),
    ("ingroup", "members", "SALESLINE"),
)
MILLISECONDS = re.compile(r"[0-9] ?ms\b|[0-9]\.[0-9]+ ?s\b|:[0-9]{2}\.[0-9]")
CLOCK = re.compile(r"\b[0-9]{2}:[0-9]{2}:[0-9]{2}\b")
PRECISE = (*ALL, ("audit", "agent", "1000"))

# Each time of an option or argument, after the words that the command needs besides.
TIMES: dict[tuple[str, str], Words] = {
    ("agent dispo", "--callback"): ("1000", "CALLBK"),
    ("callback list", "--day"): (),
    ("callback make", "TIME"): ("17", "nonsense"),
    ("callback reschedule", "TIME"): ("01M7Z4CZA5DV", "nonsense"),
    ("route simulate", "--at"): ("--did", "8005550100"),
    ("audit agent", "--day"): ("1000",),
    ("audit webhooks", "--since"): (),
    **{
        (" ".join(words), option): ()
        for words in (*ALL, ("recording", "list"))
        for option in ("--since", "--day", "--between")
    },
}


@pytest.fixture(scope="module")
def in_kolkata(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """Return a copy of the recorded calls, with the setting timezone=Asia/Kolkata."""
    path = Path(shutil.copy(recorded, tmp_path_factory.mktemp("kolkata")))
    config.set_options(path, "setting", "warmline", {"timezone": "Asia/Kolkata"}, who="ada")
    return path


@pytest.fixture
def page(in_kolkata: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Page":
    """Run a command on the recorded calls there."""
    monkeypatch.setenv("WARMLINE_DB", str(in_kolkata))
    monkeypatch.setenv("WARMLINE_RUN", str(in_kolkata.parent))
    monkeypatch.delenv("TZ", raising=False)
    return Page(capsys)


class Page:
    """Runs commands; `err` is what the last one wrote to stderr."""

    def __init__(self, said: pytest.CaptureFixture[str]) -> None:
        self._said, self.err = said, ""

    def of(self, *words: str) -> list[str]:
        """Run a command line, and return the lines of its output."""
        with pytest.raises(SystemExit):
            main(words)
        out, self.err = self._said.readouterr()
        return out.splitlines()


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_no_list_or_report_shows_milliseconds(page: Page, words: Words) -> None:
    lines = page.of(*words)
    assert lines and not [line for line in lines if MILLISECONDS.search(line)]
    for shown in lines:
        assert not CLOCK.search(shown) or lines[-1] == "times: Asia/Kolkata"
    assert lines.count("times: Asia/Kolkata") <= 1


@pytest.mark.parametrize("words", PRECISE, ids=" ".join)
def test_every_report_of_a_period_names_the_zone_that_timezone_overrules(page: Page, words: Words) -> None:
    day = (*words, "--day", "today")
    assert page.of(*day)[-1] == "times: Asia/Kolkata"
    assert page.of(*day, "--timezone", "America/Denver")[-1] == "times: America/Denver"
    assert "times:" not in page.of(*day, "--json")[-1]


@pytest.mark.parametrize(
    "words", [("audit", "calls"), ("audit", "agent", "1000"), ("route", "why", "last")], ids=" ".join
)
def test_precise_lengths_have_milliseconds(page: Page, words: Words) -> None:
    assert any(re.search(r"[0-9]:[0-9]{2}:[0-9]{2}\.[0-9]{3}\b", line) for line in page.of(*words, "--precise"))
    assert not any(MILLISECONDS.search(line) for line in page.of(*words))


def times_of(group: LazyGroup, path: Words = ()) -> Iterator[tuple[str, str]]:
    """Yield each option and argument that takes a time, with the path of its command."""
    for name, command in group.commands.items():
        if isinstance(command, LazyGroup):
            yield from times_of(command, (*path, name))
        for one in command.params:
            shown = one.metavar or ""
            if shown in ("TIME", "WHEN", "DAY") or "--between" in one.opts:
                yield " ".join((*path, name)), one.opts[0] if isinstance(one, typer.core.TyperOption) else shown


def test_each_time_is_in_the_table() -> None:
    assert set(times_of(whole_tree())) == set(TIMES)


@pytest.mark.parametrize(("command", "option"), TIMES)
def test_the_one_parser_reads_each_time(page: Page, command: str, option: str) -> None:
    text = "nonsense..today" if option == "--between" else "nonsense"
    given = () if option == "TIME" else (option, text)
    page.of(*command.split(), *TIMES[command, option], *given)
    kind = "day" if option == "--day" else "time"
    assert page.err.startswith(f"warmline: Invalid value: {option}: 'nonsense' is not a {kind}; allowed: ")
