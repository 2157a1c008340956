"""`warmline doctor` and a made-up machine with one fault: it is found, named, and gone after the printed command."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.doctor.checks import asterisk_check, dialplan_check, sound_check, warmline_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from tests.leads.dialled_leads import FLORIDA, add, prepare, writing
from tests.store import left_databases
from warmline.store.configuration import config

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
Break = Callable[[Machine, pytest.MonkeyPatch], object]


class Fault(NamedTuple):
    """What is broken, the code and severity of the finding, and parts of its text. `{folder}` is the machine's.

    `fix` is the command if it cannot run here; otherwise it is run, and nothing is wrong afterwards.
    """

    check: str
    code: str
    cause: Break
    severity: Severity
    named: tuple[str, ...] = ()
    fix: str = ""
    good_before: bool = True


def write(file: str, text: str) -> Break:
    return lambda machine, _: (machine.folder / file).write_text(text)


def create(*entities: tuple[str, str, dict[str, str]]) -> Break:
    def cause(machine: Machine, _: pytest.MonkeyPatch) -> None:
        for kind, name, options in entities:
            config.create(machine.settings.db, kind, name, options, who="ada")

    return cause


def assign(**values: object) -> Break:
    def cause(machine: Machine, _: pytest.MonkeyPatch) -> None:
        for name, value in values.items():
            setattr(machine, name, value)

    return cause


def lose_name(_: Machine, patch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    patch.setattr(asterisk_check.socket, "getaddrinfo", nobody)


def close_script(machine: Machine, _: pytest.MonkeyPatch) -> None:
    (machine.folder / "agi/fallback").unlink()
    (machine.folder / "agi/fallback").write_text("#!/bin/sh\n")


def make_older(machine: Machine, _: pytest.MonkeyPatch) -> None:
    Path(machine.settings.db).unlink()
    left_databases.write("0.9.0", Path(machine.settings.db))


def name_unknown_campaign(machine: Machine, _: pytest.MonkeyPatch) -> None:
    path = machine.settings.db
    for name in ("SALES", "SERVICE"):
        config.create(path, "campaign", name, {}, who="ada")
    config.create(path, "user-group", "BERLIN", {"allowed_campaigns": "SALES"}, who="ada")
    with writing(path) as db:  # as a database that another program has changed
        db.execute('UPDATE user_group SET allowed_campaigns = \'["SALES", "GONE"]\'')


def damage_filter(machine: Machine, _: pytest.MonkeyPatch) -> None:
    prepare(machine.settings.db)
    with writing(machine.settings.db) as opened:
        opened.execute("UPDATE campaign SET lead_filter = 'city=Tokyo, rank=0'")


def filter_all_leads(machine: Machine, _: pytest.MonkeyPatch) -> None:
    prepare(machine.settings.db, lead_filter="city=Tokyo")
    add(machine.settings.db, f"{FLORIDA}5550100")


PATTERN = "Local/{number}@out"
WAYS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("campaign", "ONE", {"dial_template": PATTERN}),
    ("campaign", "TWO", {"dial_template": PATTERN}),
    ("campaign", "USUAL", {}),
    ("did", "800", {"route": "extension:100@sales"}),
    ("ingroup", "NIGHT", {"drop_exten": "100@sales", "drop_callmenu": "m"}),
)
MODULE = "true -rx 'module load res_timing_timerfd.so'"
FAULTS = [
    Fault("version", "version_too_old", assign(version="20.12.0"), ERROR,
          fix="install Asterisk 20.18, 22.8, 23.2 or newer"),
    *(
        Fault("timing", "timing_bad", assign(source=source, ticks=dict.fromkeys(asterisk_check.RATES, ticks)), ERROR,
              (source, str(ticks)), MODULE)
        for source, ticks in (("pthread", 50), ("timerfd", 31))
    ),
    Fault("open files", "open_files_few", write("etc/asterisk.conf", "[options]\nmaxfiles = 1024\n"), WARNING,
          ("1024",)),
    Fault("host name", "host_name_unknown", lose_name, WARNING, (socket.gethostname(),),
          f"echo '127.0.1.1 {socket.gethostname()}' >> /etc/hosts"),
    Fault("listeners", "http_port_open", write("etc/http.conf", "[general]\nbindaddr = 0.0.0.0\n"), WARNING,
          ("0.0.0.0",)),  # noqa: S104 - nothing listens there
    Fault("listeners", "manager_port_open", write("etc/manager.conf", "[general]\nbindaddr = 192.0.2.1\n"), WARNING,
          ("192.0.2.1",)),
    Fault("listeners", "app_port_open", write("warmline.toml", 'listen_host = "0.0.0.0"\n'), ERROR,
          ("0.0.0.0",)),  # noqa: S104 - nothing listens there
    Fault("listeners", "app_port_open", write("warmline.toml", 'fastagi = "192.0.2.1:4573"\n'), ERROR, ("192.0.2.1",)),
    Fault("AGI scripts", "agi_links_missing", lambda machine, _: (machine.folder / "agi/route_did").unlink(), ERROR,
          ("{folder}/agi",)),
    Fault("AGI scripts", "agi_python_missing",
          lambda _, patch: patch.setattr(dialplan_check, "STARTS", "import nothing_of_that_name"), ERROR,
          ("No module named 'nothing_of_that_name'",), "python"),
    Fault("AGI scripts", "agi_scripts_not_runnable", close_script, ERROR, ("{folder}/agi/fallback",)),
    Fault("recording folder", "disk_nearly_full",
          lambda _, patch: patch.setattr(sound_check, "LEAST_SPACE", 1 << 60), WARNING, fix=" "),
    Fault("database", "database_unusable", lambda machine, _: Path(machine.settings.db).unlink(), ERROR,
          ("{folder}/warmline.db",)),
    Fault("database", "database_unusable", make_older, ERROR, ("schema 3",)),
    Fault("folders", "folder_missing", lambda machine, _: (machine.folder / "notes").rmdir(), ERROR),
    Fault("folders", "folder_missing", lambda machine, _: (machine.folder / "run").rmdir(), ERROR),
    Fault("clocks", "time_zone_unknown",
          lambda _, patch: patch.setattr(warmline_check, "available_timezones", lambda: {"Europe/Berlin"}), ERROR,
          fix="apt-get install tzdata"),
    Fault("dial rules and limits", "dial_rules_none", create(("campaign", "TESTCAMP", {})), NOTE, ("TESTCAMP",)),
    Fault("star codes", "star_codes_dialled",
          create(("campaign", "TESTCAMP", {"deny_star_codes": "N"}), ("campaign", "NEW", {})), NOTE, (": TESTCAMP",)),
    Fault("emergency numbers", "emergency_numbers_missing",
          create(("list", "101", {"country": "FR"}), ("list", "102", {"country": "US"})), NOTE, ("lacks 15, 17, 18,",)),
    Fault("ways to dial", "dial_ways_unnamed", create(*WAYS), NOTE,
          (": Local/{number}@out (of campaign ONE, campaign TWO); @sales (of ingroup NIGHT, did 800); @m",)),
    Fault("phones at once", "max_legs_none", lambda *_: None, NOTE, good_before=False),
    Fault("campaigns of user groups", "group_campaign_unknown", name_unknown_campaign, WARNING, ("GONE",)),
    Fault("campaigns of user groups", "group_agents_elsewhere",
          create(
              ("campaign", "SALES", {}), ("campaign", "SERVICE", {}),
              ("user-group", "BERLIN", {"allowed_campaigns": "SALES"}),
              ("agent", "7000", {"campaign": "SERVICE", "user_group": "BERLIN"}),
          ), NOTE, ("SERVICE",)),
    Fault("lead filters", "lead_filter_matches_none", filter_all_leads, WARNING, ("SALES", "none of 1 leads"), "lead"),
    Fault("lead filters", "lead_filter_unreadable", damage_filter, ERROR, ("SALES",),
          "warmline campaign set SALES lead_filter="),
]  # fmt: skip


def wrong(machine: Machine, check: str) -> list[Finding]:
    found = machine.found(check, notes=True)
    return [finding for finding in found if finding.severity is not Severity.GOOD and finding.code != "clock_not_kept"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_each_fault_is_found_and_fixed(machine: Machine, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    assert not fault.good_before or wrong(machine, fault.check) == []
    fault.cause(machine, monkeypatch)
    [finding] = wrong(machine, fault.check)
    assert (finding.code, finding.severity) == (fault.code, fault.severity) and finding.why
    for part in fault.named:
        assert part.replace("{folder}", str(machine.folder)) in finding.found
    assert finding.safe is (fault.code in ("agi_links_missing", "database_unusable", "folder_missing"))
    if fault.fix:
        assert fault.fix in finding.fix
        return
    machine.shell(finding.fix)
    assert wrong(machine, fault.check) == []
