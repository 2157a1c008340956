"""Each role at the command line: every command over the API is allowed or refused as the table of rights says."""

import io
import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ari_app.http.imports import import_reader, import_run
from ari_app.records.privileged_write_types import LEADS_AT_ONCE
from cli.main import main
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import ANYWHERE, LOCAL, Row, TreeCommand, TreeGroup, rows_of
from tests.cli.app import App
from tests.http.large_writes_here import large_writes_here
from tests.http.people.people_site import PASSWORD, USERS, add_people, people_site
from tests.http.slow_answers_here import slow_answers_here
from tests.lab.warm_warmline import warm_program
from tests.other_user import as_nobody, folder_for_all
from tests.wording.said import says
from tools.pages.json_api_page import reach_at_command
from warmline.access.rights import Reach, UserRole
from warmline.centre import place
from warmline.options.option_table import ENTITIES, SETTING
from warmline.store.configuration import config, config_history
from warmline.store.leads import leads

USERS_BY_ROLE = {UserRole(given["role"]): name for name, given in USERS.items()}
KINDS = {"campaign", "user"}  # the other kinds have the same commands and scopes
NAMES = {"pause": "pauseAgent", "dispo": "disposeOfCall"}  # of routes
LASTING = {("live",), ("agent", "watch"), ("dial", "watch")}  # commands without end
# Words in place of a command's own example.
WORDS = {
    ("agent", "listen"): "1000 --phone 9999",
    ("agent", "whisper"): "1000 --phone 9999",
    ("agent", "barge"): "1000 --phone 9999",
    ("events", "tail"): "--no-follow",
    ("config", "export"): "{folder}/export",
    ("config", "diff"): "{folder}/files",
    ("config", "apply"): "{folder}/files --yes",
    ("config", "undo"): "{revision} --yes",
    ("lead", "set"): "{lead} last_name=Byron",
    ("lead", "move"): "{lead} 999",
    ("lead", "import"): "{folder}/leads.csv --list 998",
    ("dnc", "import"): "{folder}/leads.csv",
}


def commands(of: tuple[Row, ...] = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TreeCommand]]:
    for row in of:
        here = (*path, row.name)
        if isinstance(row, TreeGroup):
            if row.name not in ENTITIES or row.name in KINDS or row.name == "agent":
                yield from commands(tuple(rows_of(row)), here)
        elif row.access not in (LOCAL, ANYWHERE) and here not in LASTING and row.name != "edit":  # asks at a terminal
            yield here, row


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """The users of `add_people` reach the app by its address only.

    It starts no Python for an import or for an answer that takes long: the rights are decided before.
    """
    database = Path(shutil.copy(demo_database, tmp_path))
    add_people(database)
    config.set_options(database, "campaign", "TESTCAMP", {"dial_timeout": "29"}, who="test")
    leads.create(database, "998", {"phone_number": "8005551234"}, who="test")
    (run := tmp_path / "run").mkdir()
    (tmp_path / "files").mkdir()
    (tmp_path / "files/campaign.toml").write_text("[campaign.TESTCAMP]\ndial_timeout = 31\n")
    (tmp_path / "leads.csv").write_text("phone_number\n8005551235\n")
    with people_site(database, run) as site, slow_answers_here(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_run, "sys", SimpleNamespace(executable=str(warm_program(import_reader.__name__))))
        large_writes_here(patch, "LEADS_AT_ONCE", LEADS_AT_ONCE)
        for name in [name for name in os.environ if name.startswith("WARMLINE_")]:
            patch.delenv(name)
        patch.setenv("EDITOR", "true")
        yield App(site, capsys)


@pytest.fixture
def log_in(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[UserRole], None]:
    def go(role: UserRole) -> None:
        name = USERS_BY_ROLE[role]
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / name))
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        agent = f", agent {USERS[name]['agent']}" if "agent" in USERS[name] else ""
        told = app.done("login", app.site.url, "--user", name)
        assert told == f"logged in at {app.site.url}: {name}, {role.value}{agent}\n"

    return go


def words_of(path: tuple[str, ...], row: TreeCommand, folder: Path, revision: int) -> list[str]:
    examples = row.examples() if callable(row.examples) else row.examples
    chosen = next(one for one in examples if ("--wait" not in one and "=-" not in one) or one == examples[-1])
    return [*path, *shlex.split(WORDS.get(path, chosen).format(folder=folder, lead=1, revision=revision))]


@pytest.mark.parametrize("role", list(UserRole))
def test_every_command_of_a_role(
    role: UserRole, app: App, log_in: Callable[[UserRole], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(role)
    [newest] = config_history.newest(app.site.database, 1)
    revision, wrong = newest.number, []
    for path, row in commands():
        monkeypatch.setattr("sys.stdin", io.StringIO("a-secret-of-its-own\n" * 2))
        code, _, err = app.run(*words_of(path, row, tmp_path, revision))
        reach = reach_at_command(row, role)
        is_own = reach is not Reach.NONE and says(err, "agent_out_of_reach")  # the example is about another agent
        is_refused = code == 5 and "has the role" in err and not is_own
        if is_refused is not (reach is Reach.NONE) or code == 4:
            wrong.append((path, row.access, code, err))
    assert not wrong, "\n".join(map(str, wrong))


def test_an_agent_cannot_act_for_another(app: App, log_in: Callable[[UserRole], None]) -> None:
    log_in(UserRole.AGENT)
    stored = place.login()
    assert stored and stored.timezone == config.show(app.site.database, "setting", SETTING.only)["timezone"]
    assert app.done("agent", "pause") == "agent 1000: pauses\n"
    assert app.done("agent", "ready", "me") == "agent 1000: takes calls\n"
    code, out, err = app.run("agent", "ready", "1001")
    assert (code, out) == (5, "") and "1001" in err and "supervisor" in err
    for words in (("pause", "1001", "LUNCH"), ("dispo", "1001", "SALE")):
        code, out, err = app.run("agent", *words)
        assert (code, out) == (5, "") and says(err, "agent_out_of_reach", name=NAMES[words[0]], what="agent 1001")


def test_a_supervisor_gives_calls_to_the_own_group_only(app: App, log_in: Callable[[UserRole], None]) -> None:
    log_in(UserRole.SUPERVISOR)
    call = app.site.customer()
    code, _, err = app.run("call", "take", call, "--agent", "1002")
    assert code == 5 and says(err, "agent_out_of_reach", what="agent 1002")
    code, _, err = app.run("call", "take", call, "--agent", "1001")
    assert code == 5 and not says(err, "agent_out_of_reach")  # 1001 is not logged in


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_agent_without_any_right_on_this_machine(
    app: App, log_in: Callable[[UserRole], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process owns nothing: it can read neither settings nor database, and keeps its login at home."""
    log_in(UserRole.AGENT)  # root loads the modules of the commands
    app.site.customer()
    assert app.done("agent", "mute") == "agent 1000: no party hears the agent\n"

    def works() -> None:
        for words, stdin in (
            (("login", app.site.url, "--user", USERS_BY_ROLE[UserRole.AGENT]), f"{PASSWORD}\n"),
            (("agent", "mute", "--off"), ""),
            (("agent", "hangup"), ""),
            (("agent", "dispo", "SALE"), ""),
        ):
            monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
            with pytest.raises(SystemExit) as ended:
                main(words)
            assert not ended.value.code, words
        with pytest.raises(PermissionError):
            app.site.database.read_bytes()

    with folder_for_all() as home, app.site.turning():
        home.chmod(0o777)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
        assert as_nobody(works) == ""
    assert app.site.driver.closed[app.site.board.given[-1]].by == "user:anna"
    assert app.site.driver.session().last.status == "SALE"
