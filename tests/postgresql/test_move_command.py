"""`warmline db move`: what it says, its JSON and its exit codes; the password of the address is in none of them."""

import json
import shutil
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.command_line import Run
from tools.simulation.postgresql.cluster import PASSWORD
from warmline.store.database.database import connect
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress


@pytest.fixture
def run(tmp_path: Path, new_database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line with a database of its own: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(shutil.copy(new_database, tmp_path / "warmline.db")))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["db", "move", *arguments])
        said = capsys.readouterr()
        assert PASSWORD not in said.out + said.err and "%40" not in said.out + said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_move_command_there_and_back(run: Run, empty: DatabaseAddress, tmp_path: Path) -> None:
    code, out, _ = run(str(empty))
    assert code == 0 and out.startswith(f"{empty}: ")
    assert out.endswith(
        f" rows in {len(columns())} tables, each row compared; both hash chains are whole\n"
        "To let Warmline work with it, name the address as `db` in the settings before the next start.\n"
    )
    back = tmp_path / "back.db"
    code, out, _ = run(str(back), "--from", empty.whole, "--json")
    told = json.loads(out)
    assert (code, told["from"], told["to"], told["resumed"]) == (0, str(empty), str(back), False)
    assert told["rows"]["setting"] == 1 and len(told["journal"]) == len(told["config_journal"]) == 64
    connect(back).close()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("{database}",), "has tables of Warmline; name an empty one"),
        (("copy.db",), "are of the same kind; name a file and an address"),
        (("postgresql://nobody@127.0.0.1:1/none",), "cannot be opened"),
        (("postgresql://a:secret%40@[/none",), "it is no valid address of PostgreSQL"),
    ],
)
def test_move_command_refused(run: Run, database: DatabaseAddress, words: tuple[str, ...], why: str) -> None:
    code, out, err = run(*(word.format(database=database.whole) for word in words))
    assert (code, out) == (1, "") and why in err and "secret" not in err
