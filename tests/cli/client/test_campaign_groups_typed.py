"""The command line of a person whose group allows some campaigns: no command prints leads of others."""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App
from tests.http.people.campaign_site import MANAGER, OTHER, OWN, Belongings, CampaignSite, add_campaigns
from tests.http.people.people_site import PASSWORD, add_people
from tests.http.slow_answers_here import slow_answers_here
from warmline.store.leads import leads

SHOWS = (
    "campaign list", "list list", "disposition list", "lead list", "lead find {number}", "lead show {lead}", "dnc list",
    "list counts --campaign {campaign}", "list export {list_id}", "list show {list_id}",
    "campaign show {campaign}", "callback list",
    "dial status", "dial hopper {campaign}", "audit attempts", "call list", "explain lead {lead}", "history 1000",
)  # fmt: skip


@pytest.fixture
def app(
    demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[App, dict[str, Belongings]]]:
    database = Path(shutil.copy(demo_database, tmp_path))
    add_people(database)
    things = add_campaigns(database)
    (run := tmp_path / "run").mkdir()
    site = CampaignSite(database, run)
    for name in [name for name in os.environ if name.startswith("WARMLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    made = App(site, capsys)
    try:
        made.done("login", site.url, "--user", MANAGER)
        with slow_answers_here():
            yield made, things
    finally:
        site.close()


def test_no_command_prints_the_leads_of_others(app: tuple[App, dict[str, Belongings]]) -> None:
    person, things = app
    own, other = things[OWN], things[OTHER]
    wrong = []
    for command in SHOWS:
        code, out, err = person.run(*command.format(**own._asdict()).split())
        wrong += [(command, code, err)] if code else []
        for name in (other.campaign, other.lead, other.number, other.code):
            assert name not in out + err, command
        if "{" in command:
            code, out, err = person.run(*command.format(**other._asdict()).split())
            is_missing = (code and not out) or out.startswith("No lead has the number")
            wrong += [] if is_missing else [(command, code, out, err)]
    assert not wrong


def test_a_file_of_leads_goes_only_into_an_own_list(app: tuple[App, dict[str, Belongings]], tmp_path: Path) -> None:
    person, things = app
    (file := tmp_path / "leads.csv").write_text("phone_number\n7275554444\n")
    code, _, err = person.run("lead", "import", str(file), "--list", things[OTHER].list_id)
    assert code != 0 and things[OTHER].campaign not in err
    assert leads.page(person.site.database, things[OTHER].list_id) == [
        leads.find(person.site.database, int(things[OTHER].lead))
    ]
    person.run("lead", "import", str(file), "--list", things[OWN].list_id)
    assert len(leads.page(person.site.database, things[OWN].list_id)) == 2
    code, out, err = person.run("dial", "status", things[OTHER].campaign)
    assert code != 0 and not out
