"""`copy`, and `edit` in an editor: questions, refusals, results."""

import json
import re
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.config.test_config import Keyboard
from tests.wording.said import said
from warmline.options.option_table import ENTITIES
from warmline.store.configuration import config
from warmline.store.database import database, passwords

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def db(tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("VISUAL", raising=False)
    config.create(db, "campaign", "SHOP", {"dial_timeout": "20", "dial_prefix": "9"}, who="ada")
    config.create(db, "phone", "1000", {}, who="ada")
    config.create(db, "agent", "1000", {"phone": "1000", "campaign": "SHOP", "pin": "4711"}, who="ada")
    return db


@pytest.fixture
def edit(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Edit an entity: each time the editor opens, the next of these replacements is made; then this is typed."""

    def edit(
        what: str,
        replacements: list[tuple[str, str]],
        typed: str,
        meanwhile: str = "",
        keyboard: Keyboard | None = None,
    ) -> tuple[int, str, str]:
        script = tmp_path / "editor.py"
        (tmp_path / "todo.json").write_text(json.dumps(replacements))
        script.write_text(EDITOR + meanwhile)
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        monkeypatch.setattr(sys, "stdin", keyboard or Keyboard(typed))
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return run(*what.split())

    return edit


EDITOR = """
import json, sys, pathlib
here = pathlib.Path(__file__).parent
file, todo, seen = pathlib.Path(sys.argv[1]), here / "todo.json", here / "seen.json"
texts = json.loads(seen.read_text()) if seen.exists() else []
seen.write_text(json.dumps([*texts, file.read_text()]))
(old, new), *rest = json.loads(todo.read_text())
assert old in file.read_text()
file.write_text(file.read_text().replace(old, new))
todo.write_text(json.dumps(rest))
"""


def seen(tmp_path: Path) -> list[str]:
    """Return the texts that the editor was opened with."""
    return [str(text) for text in json.loads((tmp_path / "seen.json").read_text())]


def test_an_edit_is_shown_confirmed_and_applied(db: Path, edit: Run, tmp_path: Path) -> None:
    code, out, err = edit("campaign edit SHOP", [("dial_timeout = 20", "dial_timeout = 30")], "y\n")
    assert (code, out) == (0, "~ campaign SHOP\n    dial_timeout: 20 → 30\ndone\n")
    assert err == "Do it? (e: edit again) [y/N/e] "
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 30
    [page] = seen(tmp_path)
    assert "calls that agents dial\n# 0 to 300 seconds; default 0\ndial_timeout = 20\n" in page
    assert re.findall(r"^([a-z0-9_]+) = ", page, re.MULTILINE) == list(ENTITIES["campaign"].option_names)
    titles = [section.title for section in ENTITIES["campaign"].sections]
    assert re.findall(r"^# ---- (.*) ----\n\n# ", page, re.MULTILINE) == titles
    assert not list(tmp_path.glob("warmline-*"))


def test_no_is_no_and_again_is_again(db: Path, edit: Run, tmp_path: Path) -> None:
    to_30, to_40 = ("dial_timeout = 20", "dial_timeout = 30"), ("dial_timeout = 30", "dial_timeout = 40")
    code, _, err = edit("campaign edit SHOP", [to_30], "\n")
    assert code == 5 and err.endswith(f"{said('declined')}\n")
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20
    assert edit("campaign edit SHOP", [to_30, to_40], "e\ny\n")[0] == 0
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 40
    assert edit("campaign edit SHOP", [("", "")], "")[1] == "nothing to change\n"
    assert edit("campaign edit SHOP", [("# seconds", "# Minutes")], "")[1] == "nothing to change\n"


def test_a_text_with_remaining_errors_is_kept_in_a_file(db: Path, edit: Run, tmp_path: Path) -> None:
    code, out, err = edit("campaign edit SHOP", [("dial_timeout = 20", "dial_timeout = 301"), ("", "")], "")
    assert (code, out) == (1, "") and "dial_timeout cannot be '301'" in err
    kept = re.search(r"the edited text is in (\S+)", err)
    assert kept and "dial_timeout = 301" in Path(kept[1]).read_text()
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 20


def test_a_secret_is_not_shown_and_can_be_given(db: Path, edit: Run, tmp_path: Path) -> None:
    assert edit("agent edit 1000", [('# pin = ""', 'pin = "558812"')], "y\n")[1].startswith(
        "~ agent 1000\n    pin: changed\n"
    )
    assert "It is set. Take the # away to give another:" in seen(tmp_path)[0]
    with closing(database.connect(db)) as connection:
        assert passwords.matches("558812", connection.execute("SELECT pin FROM agent").fetchone()[0])


def test_a_lead_is_edited_and_checked(db: Path, edit: Run, run: Run, tmp_path: Path) -> None:
    run("list", "set", "999", "country=US", "custom_fields=plan")
    assert run("lead", "create", "--list", "999", "phone_number=8005551234", "last_name=Byron")[0] == 0
    replacements = [('"Byron"', '"Lovelace"\nfirst_nmae = "Ada"'), ("first_nmae", "# first_nmae")]
    code, out, _ = edit("lead edit 1", replacements, "y\n")
    assert (code, out) == (0, "last_name: Byron → Lovelace\ndone\n")
    hint = "custom fields of its list: plan; did you mean first_name?"
    assert f"#! {said('lead_field_unknown', name='first_nmae', hint=hint)}" in seen(tmp_path)[1]
    code, _, err = edit("lead edit 1", [('phone_number = "8005551234"', 'phone_number = "1"'), ("", "")], "")
    assert code == 1 and "phone_number '1' needs 2 to 18 digits" in err
    assert edit("lead edit 1", [('plan = ""', 'plan = "gold"')], "y\n")[1] == "plan: empty → gold\ndone\n"
    assert edit("lead edit 7", [], "")[0] == 3
    described = json.loads(run("lead", "describe", "rank", "--json")[1])
    assert described == [{"field": "rank", "allowed": "a number from -9999 to 9999"}]
    assert "up to 200 characters" in run("lead", "describe")[1]
    assert "did you mean first_name?" in run("lead", "describe", "first_nmae")[2]


def test_without_a_terminal_or_an_editor_nothing_is_edited(
    db: Path, run: Run, edit: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run("campaign", "edit", "SHOP")
    assert (code, out) == (5, "") and said("editor_no_terminal") in err
    assert edit("campaign edit NOPE", [], "")[0] == 3
    code, _, err = edit("campaign edit SHOP", [("not there", "")], "")
    assert code == 1 and " ended with 1; " in err
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    code, _, err = edit("campaign edit SHOP", [], "")
    assert code == 1 and "editor /no/such/editor cannot be started: No such file" in err


def test_an_edit_does_not_overwrite_a_change_during_the_question(db: Path, edit: Run, tmp_path: Path) -> None:
    class Slow(Keyboard):
        """Let another user change it before this one answers."""

        def readline(self, _size: int | None = -1, /) -> str:
            config.set_options(db, "campaign", "SHOP", {"dial_timeout": "50"}, who="eve")
            return "y\n"

    to_30 = ("dial_timeout = 20", "dial_timeout = 30")
    code, out, err = edit("campaign edit SHOP", [to_30, ("", ""), ("", "")], "", keyboard=Slow())
    assert (code, out) == (1, "~ campaign SHOP\n    dial_timeout: 20 → 30\n")
    assert "campaign SHOP was changed after revision" in err and "by eve" in err
    assert said("edited_option_changed", option="dial_timeout", value="50") in err
    assert len(seen(tmp_path)) == 3
    assert config.show(db, "campaign", "SHOP")["dial_timeout"] == 50


def test_a_copy_has_all_values_except_unique_ones(db: Path, run: Run) -> None:
    assert run("campaign", "copy", "SHOP", "SHOP2", "dial_prefix=8") == (0, "campaign SHOP2 created\n", "")
    assert config.show(db, "campaign", "SHOP2") == config.show(db, "campaign", "SHOP") | {"dial_prefix": "8"}
    code, out, err = run("agent", "copy", "1000", "1001")
    assert (code, out) == (0, "agent 1001 created\n")
    assert "has no phone and no pin" in err and err.endswith("not copied, as it is 1000's own: phone, pin\n")
    shown = config.show(db, "agent", "1001")
    assert (shown["phone"], shown["pin"], shown["campaign"]) == ("", "not set", "SHOP")
    assert run("campaign", "copy", "SHOP", "SHOP2")[0] == 1
    assert run("campaign", "copy", "NOPE", "X")[0] == 3
    assert run("api-token", "create", "crm", "scopes=calls:read")[0] == 0
    code, token, _ = run("api-token", "copy", "crm", "crm2")
    assert code == 0 and len(token.strip()) == 43
    assert config.show(db, "api-token", "crm2")["scopes"] == ("calls:read",)
