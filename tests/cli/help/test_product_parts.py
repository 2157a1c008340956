"""The parts on the first help screen: their use as the database says, and no failure on a broken machine."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from warmline.store.database.database import connect

TOOLKIT = "toolkit  AGI scripts, `dialplan lint`."
CENTRE = "centre   Agents, queues, transfers, reports."
DIALLER = "dialler  Automatic calls to leads."
DIALS = "UPDATE campaign SET dial_method = 'PROGRESSIVE' WHERE id = 'TESTCAMP'"
ALL_OFF = (
    "UPDATE did SET did_active = 'N'; UPDATE agent SET active = 'N'; UPDATE campaign SET active = 'N';"
    "UPDATE ingroup SET active = 'N' WHERE id <> 'AGENTDIRECT'"
)


def change(database: Path, sql: str) -> None:
    with closing(connect(database)) as db:
        db.executescript(sql)


def parts(run: Run, *words: str) -> list[str]:
    """Return the lines of the parts on the first help screen."""
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    return [line.strip() for line in out.split("\nParts:\n")[1].split("\n\n")[0].splitlines()]


def test_the_first_screen_counts_the_use_of_each_part(run: Run, demo_db: Path) -> None:
    change(demo_db, DIALS)
    for words in ((), ("-h",), ("--help",)):
        assert parts(run, *words) == [
            f"{TOOLKIT} Routes 3 DIDs.",
            f"{CENTRE} On: 10 agents, 2 in-groups.",
            f"{DIALLER} On: 1 campaign.",
        ]
    change(demo_db, ALL_OFF)
    assert parts(run) == [
        f"{TOOLKIT} Routes no DID yet.",
        f"{CENTRE} Off: no agent and no in-group.",
        f"{DIALLER} Off: no campaign dials by itself.",
    ]
    assert "Parts:" not in run("agent", "-h")[1]


def test_a_machine_without_a_readable_database_shows_the_parts_alone(
    run: Run, demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("CONFIG", str(tmp_path / "missing.toml")),
        ("URL", "https://pbx.example.org:8089"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(f"WARMLINE_{name}", value)
            patch.setenv("WARMLINE_TOKEN", "secret")
            assert parts(run) == [TOOLKIT, CENTRE, DIALLER], name
    change(demo_db, "ALTER TABLE agent DROP COLUMN active")  # as of an older version
    assert parts(run) == [TOOLKIT, CENTRE, DIALLER]
    for remake in (lambda: demo_db.write_text("a text\n" * 200), demo_db.unlink, demo_db.mkdir):
        remake()
        assert parts(run) == [TOOLKIT, CENTRE, DIALLER]
