"""The commands about automatic calls print over HTTP, byte for byte, what they print on the app's machine."""

import shlex
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from ari_app.http.local import local_routes
from ari_app.http.outbound import list_part_routes, outbound_answers, recently_slow_questions, slow_answer_program
from ari_app.http.server import slow_process_queue
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.slow_process_queue import SlowProcess
from tests.cli.app import App
from tests.cli.far_app import far_app, log_in
from tests.http.large_writes_here import large_writes_here
from tests.http.people.people_site import PeopleSite
from tests.http.slow_answers_here import slow_answers_here
from tests.lab.warm_warmline import warm_program
from tests.leads.dialled_leads import FLORIDA, prepare, write_call, writing
from tests.wording.said import refused, says
from warmline.store.configuration import config
from warmline.store.database.reading import ReadInterrupted
from warmline.store.leads import leads
from warmline.store.leads.lead_import import LeadImport

SECOND = 1_000_000
NOON = int(datetime(2026, 11, 23, 17, tzinfo=UTC).timestamp()) * SECOND  # a Monday in Florida
CALL = f"01M{7:023}"
DAY = ("--between", "2026-11-22..2026-11-24")
ATTEMPT = """
    INSERT INTO attempt (
        call, campaign, origin, list_id, source, passes, zones, open_until, caller_id, ready, in_flight,
        threshold, risk, answered, agent, dropped, by_fault, opted_out)
    VALUES (?, 'SALES', 'dialler', '101', 'list', 0, 'America/New_York', ?, '', 1, 0, 0, 0, ?, ?, ?, 0, 0)
"""
COMMANDS = (
    ("dial", "hopper", "SALES"),
    ("dial", "hopper", "SALES", "--limit", "3", "--json"),
    ("list", "counts", "101"),
    ("list", "counts", "101", "--json"),
    ("list", "counts", "--campaign", "SALES"),
    ("list", "counts", "--campaign", "SALES", "--json"),
    ("audit", "attempts", *DAY),
    *(("audit", "attempts", *DAY, "--by", by, form) for by in ("hour", "list") for form in ("--json", "--csv")),
    ("audit", "drops"),
    ("audit", "drops", "--window", "DAY", "--campaign", "SALES", "--json"),
    ("audit", "compliance", *DAY),
    ("audit", "compliance", *DAY, "--campaign", "SALES", "--json"),
    ("audit", "compliance", "--call", CALL),
    ("audit", "compliance", "--call", CALL[:-1], "--ndjson"),
    # errors
    ("dial", "hopper", "NOWHERE"),
    ("list", "counts", "12345"),
    ("list", "counts", "--campaign", "NOWHERE"),
    ("audit", "attempts", "--campaign", "NOWHERE"),
    ("audit", "compliance", "--call", "01ZZZ"),
)


@pytest.fixture(scope="module")
def dialled(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with 60 leads in Florida, 5 in Hawaii, and 20 automatic calls, of which one was dropped."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("dialled") / "warmline.db"))
    prepare(path, dial_method="PREDICTIVE", campaign_cid="3125550199", safe_harbor_audio="sorry")
    numbers = [f"{FLORIDA}555{1000 + n}" for n in range(60)] + [f"808555{1000 + n}" for n in range(5)]
    (file := path.with_name("leads.csv")).write_text("\n".join(["phone_number", *numbers]))
    assert LeadImport(file, str(path), "101", "test").run().imported == len(numbers)
    with writing(path) as db:
        for n in range(20):
            at, name = NOON - 3600 * SECOND + n * 20 * SECOND, f"01M{n:023}"
            answered, dropped = n % 3 == 0, n == 3
            status = "DROP" if dropped else "SALE" if answered else "NA"
            number = f"1{FLORIDA}555{1000 + n}"
            write_call(db, n + 1, number, at, status, name, ended=at + 15 * SECOND, origin="dialler")
            seen = at + 9 * SECOND if answered else None
            gone = at + 11 * SECOND if dropped else None
            db.execute(ATTEMPT, (name, at + 3600 * SECOND, seen, "1000" if answered and not dropped else "", gone))
    return path


@pytest.fixture
def app(dialled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with far_app(dialled, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        clock = SimpleNamespace(time_ns=lambda: NOON * 1000)
        patch.setattr(outbound_answers, "time", clock)
        patch.setattr("cli.client.outbound_records.time", clock)
        patch.setattr("cli.client.list_records.time", clock)
        yield made


@pytest.fixture
def forked_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process of a slow answer be a fork of a loaded one: Python imports for half a second."""
    program = str(warm_program(slow_answer_program.__name__))
    monkeypatch.setattr(slow_process_queue, "sys", SimpleNamespace(executable=program))


def test_both_places_print_the_same(app: App, forked_answers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(app, "mia")
    seen, asked = set(), set()
    for words in COMMANDS:
        code, out, err = app.run_here(*words)
        # Each command has an answer and a refusal of a process. Other forms of a question need none.
        with slow_answers_here() if (words[:2], code) in asked else nullcontext():
            far = app.run(*words)
        asked.add((words[:2], code))
        if code in (0, 1) and out:
            assert far == (code, out, err), words
        else:
            assert not far[1] and err.removeprefix("warmline: ").strip() in far[2] and far[0], (words, far, err)
            conflict = words[-1] == "--ndjson"  # several calls: the app refuses, and no value is invalid
            assert far[0] == (5 if conflict else code), words
        seen.add(out)
    assert len(seen) > len(COMMANDS) - 7, "the answers differ from each other"


def test_a_read_that_takes_long_is_made_in_a_process(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(app, "mia")
    words = ("audit", "attempts", *DAY, "--json")
    usual = app.done(*words)

    async def interrupted(*_: object) -> bytes:
        raise ReadInterrupted("read_interrupted", "too long")

    object.__setattr__(app.site.api.threads, "report", interrupted)
    assert app.done(*words) == usual


def test_a_question_that_took_long_goes_to_a_process_at_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(app, "mia")
    processes = list[str]()
    monkeypatch.setattr(recently_slow_questions, "SLOW", 0.0)
    with slow_answers_here(processes.append):
        first, second = (app.done("list", "counts", "101", "--json") for _ in range(2))
        assert (second, processes) == (first, ["counts of leads"])
        app.done("list", "counts", "--campaign", "SALES", "--json")
        assert processes == ["counts of leads"], "it is another question"


def test_a_slow_answer_has_an_end(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(app, "mia")
    monkeypatch.setattr(slow_process_queue, "LONGEST", 0.0)
    monkeypatch.setattr(slow_process_queue, "LOOKS", 0.01)
    code, _, err = app.run("audit", "compliance")
    assert code == 5 and says(err, "slow_answer_too_long", about="a report about compliance", seconds=0)
    monkeypatch.undo()
    assert app.site.api.parts[SlowProcess].running == ""


def test_a_list_is_reset_over_http_in_parts(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(app.site.database) as db:
        db.execute("UPDATE lead SET passes = 1, next_number = 'alt_phone' WHERE list_id = '101'")
        [(called,)] = db.execute("SELECT count(*) FROM lead WHERE list_id = '101' AND passes > 0")
    log_in(app, "ben")
    code, _, err = app.run("list", "reset", "101")
    assert code == 5 and says(err, "role_missing", role="supervisor")
    log_in(app, "mia")
    assert app.run("list", "reset", "NOWHERE")[0] == 3
    large_writes_here(monkeypatch, "LEADS_AT_ONCE", 7)
    monkeypatch.setattr(list_part_routes, "LONGEST", 0.0)
    assert isinstance(app.site, PeopleSite)
    asked = app.site.as_user("mia", "POST", "/lists/101/reset").body
    assert (asked["list"], asked["leads"]) == ("101", 7) and asked["after"] > 0
    assert app.run("list", "reset", "101") == (0, f"list 101: {called - 7} leads reset\n", "")
    assert app.run("list", "reset", "101", "--json")[1] == '{\n  "list": "101",\n  "leads": 0\n}\n'
    with writing(app.site.database) as db:
        assert db.execute("SELECT count(*) FROM lead WHERE passes > 0 AND list_id = '101'").fetchone() == (0,)


def test_a_country_places_the_leads_over_http_in_parts(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    config.create(app.site.database, "list", "149", {}, who="test")
    for last in range(20):
        leads.create(app.site.database, "149", {"phone_number": f"030 5557{last:02}"}, who="test")
    log_in(app, "mia")
    large_writes_here(monkeypatch, "LEADS_AT_ONCE", 7)
    monkeypatch.setattr(list_part_routes, "LONGEST", 0.0)
    assert app.run("list", "set", "149", "country=DE")[1] == "list 149: country=DE, 20 leads placed\n"
    assert isinstance(app.site, PeopleSite)
    told = app.site.as_user("mia", "POST", "/lists/149/places").body
    assert told == {"list": "149", "leads": 0, "without": 0, "after": None}
    assert {one["time_zones"] for one in leads.page(app.site.database, "149")} == {"Europe/Berlin"}


BAD_INPUT = {
    "list change 101 --where town=x --delete --dry-run": 1,
    "list export 101 --where town=x": 1,
    "list change 101 --where rank=0 --status a|b --dry-run": 1,
    "list reset 101 --status +": 1,
    "list set 101 country=Atlantis": 1,
    **{f"{words} NOWHERE": 3 for words in ("list export", "list reset", "dial hopper", "campaign show")},
    **{f"{words} ''": 3 for words in ("list export", "list reset", "list show", "dial hopper", "campaign show")},
    "list change '' --where rank=0 --delete --dry-run": 3,
}


def test_bad_input_has_the_same_exit_code_in_both_places(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(app, "mia")
    for line, code in BAD_INPUT.items():
        for run in (app.run_here, app.run):
            ended, out, err = run(*shlex.split(line))
            assert (ended, out) == (code, "") and err, line
    assert isinstance(app.site, PeopleSite)
    for after in ("x", "-1", "1" * 19):
        assert app.site.as_user("mia", "POST", f"/lists/101/reset?after={after}").status == 422


def test_the_call_process_makes_no_slow_answers_itself() -> None:
    """The socket of this machine is served beside the calls; commands there read the database themselves."""
    for method, path in (("GET", "audit/drops"), ("POST", "lists/101/reset"), ("GET", "imports/x")):
        with refused(ProblemRaised, "path_unknown"):
            local_routes.find(method, path)
