"""`warmline doctor` and settings or options that contradict each other, are incomplete, or name secrets."""

import socket
import sqlite3
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from cli.client.stun_request import COOKIE
from cli.doctor.checks import (
    api_process_check,
    disposition_check,
    lead_choice_check,
    secrets_check,
    warmline_check,
)
from cli.doctor.checks.browser_phone_check import turn_servers
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from tests.leads.dialled_leads import prepare
from tests.wording.said import refused
from warmline.access import one_time_codes
from warmline.leads import legal_hours
from warmline.store.configuration import config, second_factors, user_sessions
from warmline.store.database.database import connect
from warmline.system.settings import DEFAULTS, Settings
from warmline.text import turn_url
from warmline.text.turn_url import TurnUrlInvalid

DISPOSITION_KEYS = {
    "SALE": {"key": "11"},
    "AGAIN": {"key": "2", "campaigns": "SURVEY"},
    "ELSE": {"key": "2", "campaigns": "OTHER"},
    "OUT": {"key": "3", "direction": "OUTBOUND"},
    "IN": {"key": "3", "direction": "INBOUND"},
    "HIDDEN": {"key": "1", "selectable": "N"},
}


def test_two_dispositions_for_the_same_calls_with_one_key_are_found(machine: Machine) -> None:
    with closing(sqlite3.connect(machine.settings.db)) as connection:
        connection.execute("DELETE FROM disposition")
        connection.commit()
    for campaign in ("SURVEY", "OTHER"):
        config.create(machine.settings.db, "campaign", campaign, {}, who="ada")
    for code, options in DISPOSITION_KEYS.items():
        config.create(machine.settings.db, "disposition", code, options, who="ada")
    assert [one.code for one in disposition_check.keys(machine.facts())] == ["disposition_keys_good"]
    config.create(machine.settings.db, "disposition", "BOTH", {}, who="ada")
    config.create(machine.settings.db, "disposition", "FIRST", {"key": "1"}, who="ada")
    for code in ("LUNCH", "TRAIN"):
        config.create(machine.settings.db, "pause-code", code, {}, who="ada")
    with closing(sqlite3.connect(machine.settings.db)) as connection:  # as an earlier release allowed
        connection.execute("UPDATE disposition SET key = '3' WHERE id = 'BOTH'")
        connection.execute("UPDATE pause_code SET key = '1'")
        connection.commit()
    found = {(one.severity, one.found, one.fix) for one in disposition_check.keys(machine.facts())}
    assert found == {
        (
            Severity.NOTE,
            "key 1 of disposition FIRST begins key 11 of SALE",
            "warmline disposition set SALE key=6",
        ),
        (
            Severity.WARNING,
            "dispositions BOTH and IN have the same key 3",
            "warmline disposition set IN key=4",
        ),
        (
            Severity.WARNING,
            "dispositions BOTH and OUT have the same key 3",
            "warmline disposition set OUT key=5",
        ),
        (
            Severity.WARNING,
            "pause-codes LUNCH and TRAIN have the same key 1",
            "warmline pause-code set TRAIN key=2",
        ),
    }


def test_an_api_user_in_a_group_that_does_not_exist_is_named(machine: Machine) -> None:
    """The group's allowed_campaigns would bound it; ADMIN, the default, stands for all campaigns without a group."""
    path = machine.settings.db
    config.create(path, "campaign", "SALES", {}, who="ada")
    config.create(path, "user-group", "BERLIN", {}, who="ada")
    options = {"pass": "opensesame7", "functions": "ALL_FUNCTIONS"}
    for name, group in (("crm", "BERLN"), ("erp", "ELSEWHERE"), ("old", "ADMIN"), ("good", "BERLIN")):
        config.create(path, "api-user", name, options | {"user_group": group}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD, "no group bounds anybody"
    config.set_options(path, "user-group", "BERLIN", {"allowed_campaigns": "SALES"}, who="ada")
    near, far = lead_choice_check.groups(machine.facts())
    assert {near.code, far.code} == {"api_user_group_unknown"} and near.severity is Severity.WARNING
    assert "crm" in near.found and near.fix == "warmline api-user set crm user_group=BERLIN" and not near.by_hand
    assert "erp" in far.found and far.by_hand
    config.set_options(path, "api-user", "erp", {"active": "N"}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert found == near
    machine.shell(found.fix)
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD


PASSWORD = "opensesame7"  # noqa: S105 - of a test


KEY = one_time_codes.new_key()


def second_factor_findings(machine: Machine, key: str) -> list[Finding]:
    facts = machine.facts()
    facts.settings = facts.settings._replace(second_factor_key=key)
    return list(secrets_check.second_factor(facts))


@pytest.fixture
def enrolled(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Provide a machine with a right clock, and with a manager who has enrolled."""
    monkeypatch.setattr(warmline_check, "clock_is_kept", lambda: True)
    db, now = machine.settings.db, time.time()
    config.create(db, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    token = user_sessions.begin(db, "mia", PASSWORD, "").token
    secret = second_factors.begin(db, KEY, token, PASSWORD).secret
    before_first_code = second_factor_findings(machine, KEY)[0].found
    assert "users with a second factor: 0" in before_first_code
    second_factors.confirm(db, KEY, token, pyotp.TOTP(secret).at(int(now)), now)
    return machine


def test_a_site_without_a_key_is_told_how_to_add_one(machine: Machine) -> None:
    [only] = second_factor_findings(machine, "")
    assert (only.severity, only.code) == (Severity.NOTE, "second_factor_key_none")
    printed = only.fix.rpartition(" >> ")[0]
    told = subprocess.run(["sh", "-c", printed], capture_output=True, text=True, check=True).stdout
    key = tomllib.loads(told)["second_factor_key"]
    assert len(key) >= one_time_codes.SHORTEST_KEY


@pytest.mark.parametrize(("key", "code"), [("", "second_factor_key_empty"), ("x" * 40, "second_factor_key_other")])
def test_a_lost_key_is_an_error_and_the_fix_names_the_reset(enrolled: Machine, key: str, code: str) -> None:
    [only] = second_factor_findings(enrolled, key)
    assert (only.severity, only.code, only.by_hand) == (Severity.ERROR, code, True)
    assert "warmline user reset-second-factor USER" in only.fix
    assert KEY not in "".join(map(str, only)) and not (key and key in "".join(map(str, only)))


def test_a_clock_without_synchronisation_is_a_warning(enrolled: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warmline_check, "clock_is_kept", lambda: False)
    [finding] = second_factor_findings(enrolled, KEY)
    assert (finding.severity, finding.code) == (Severity.WARNING, "second_factor_clock")


RECEIPT = """
    INSERT INTO receipt (id, kind, agent, call, number, ingroup, to_agent, caller_id, message, status, key, "by",
        source, requested, cause, steps) VALUES (?, 'PAUSE', '1000', '', '', '', '', '', '', '', '', ?, ?, ?, '', '[]')
"""


def test_programs_that_the_agent_api_will_refuse_are_named_before_the_update(enrolled: Machine) -> None:
    now = time.time_ns() // 1000
    with closing(connect(enrolled.settings.db)) as db:
        db.execute("UPDATE meta SET value = 'of the version before' WHERE key = 'fingerprint'")
        rows = (("user:mia", "api/v1", now), ("user:mia", "crm", now - 40 * 86_400_000_000), ("6666", "crm", now))
        db.executemany(RECEIPT, [(str(number), *row) for number, row in enumerate(rows)])
    [only] = secrets_check.password_only(enrolled.facts())
    assert (only.severity, only.code) == (Severity.GOOD, "password_only_unused") and ": mia; in 30 days" in only.found
    with closing(connect(enrolled.settings.db, any_schema=True)) as db:
        db.execute(RECEIPT, ["used", "user:mia", "crm", now])
    [only] = secrets_check.password_only(enrolled.facts())
    assert (only.severity, only.code, only.by_hand) == (Severity.WARNING, "password_only_used", True)
    assert "mia (last on 20" in only.found and "password_only_addresses" in only.fix


OPEN_URL = "https://crm.example.com/dispo?token=Geheim123&code=--A--dispo--B--"


NAMED_URL = "https://crm.example.com/dispo?token={secret:token}&code=--A--dispo--B--"


def test_an_address_with_a_secret_is_named_and_the_command_names_the_secret(machine: Machine) -> None:
    db = machine.settings.db
    assert find_webhooks(machine).code == "webhook_secrets_good"
    config.create(db, "campaign", "SALES", {"dispo_call_url": OPEN_URL}, who="test")
    one = find_webhooks(machine)
    assert (one.severity, one.code, one.by_hand) == (Severity.WARNING, "webhook_secret_open", True)
    assert one.found == "campaign SALES has what looks like a secret in dispo_call_url: token"
    assert f"warmline campaign set SALES 'dispo_call_url={NAMED_URL}'" in one.fix
    assert "Geheim" not in "".join(map(str, one))


def test_a_named_secret_that_is_not_set_is_an_error(machine: Machine) -> None:
    config.create(machine.settings.db, "ingroup", "SALES", {"start_call_url": NAMED_URL}, who="test")
    missing = find_webhooks(machine)
    assert (missing.severity, missing.code) == (Severity.ERROR, "webhook_secret_missing")
    assert missing.found == "start_call_url of ingroup SALES names the secret token, which is not set"
    facts = machine.facts()
    facts.settings = facts.settings._replace(webhook_secrets="other=1 token=Geheim123")
    [known] = secrets_check.webhooks(facts)
    assert known.code == "webhook_secrets_good"


@pytest.fixture
def server() -> Iterator[int]:
    """Answer one Binding request over UDP; yield the port."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as own:
        own.bind(("127.0.0.1", 0))

        def answer() -> None:
            asked, page = own.recvfrom(2048)
            assert asked[4:8] == COOKIE
            own.sendto(b"\x01\x01\x00\x00" + asked[4:20], page)

        thread = threading.Thread(target=answer)
        thread.start()
        yield int(own.getsockname()[1])
        thread.join()


def test_a_server_that_answers_is_good(tmp_path: Path, server: int) -> None:
    urls = f"turn:127.0.0.1:{server}?transport=udp"
    assert turn_codes(tmp_path, turn_urls=urls, turn_secret="s") == ["turn_good"]  # noqa: S106 - of a test


def test_missing_turn_settings_are_named(tmp_path: Path) -> None:
    assert turn_codes(tmp_path) == ["turn_off"]
    assert turn_codes(tmp_path, turn_urls="http://127.0.0.1") == ["turn_url_invalid"]
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        urls = f"turn:127.0.0.1:{taken.getsockname()[1]}?transport=tcp"
        assert turn_codes(tmp_path, turn_urls=urls) == ["turn_secret_missing", "turn_silent"]


def test_addresses_are_those_of_browsers() -> None:
    first, second, third = turn_url.read("turn:a.example, turn:[::1]:99?transport=tcp,turns:b.example")
    assert first[1:] == ("a.example", 3478, "udp", False)
    assert second[1:] == ("::1", 99, "tcp", False)
    assert third[1:] == ("b.example", 5349, "tcp", True)
    assert turn_url.read("") == ()


def test_urls_that_are_none_of_turn_servers_are_refused() -> None:
    for wrong in ("stun:a", "turn:", "turn:a:0", "turn:a:65536", "turn:a b", "turns:a?transport=udp", ","):
        with refused(TurnUrlInvalid, "turn_url_invalid"):
            turn_url.read(wrong)
            raise AssertionError(wrong)


def turn_codes(tmp_path: Path, **settings: str) -> list[str]:
    known = Settings(**{**DEFAULTS, **settings})
    return [finding.code for finding in turn_servers(CheckFacts(known, tmp_path / "warmline.toml"))]


def find_webhooks(machine: Machine) -> Finding:
    [finding] = secrets_check.webhooks(machine.facts())
    return finding


def test_legal_hours_older_than_a_year_are_found_if_they_are_used(machine: Machine) -> None:
    path, rows = machine.settings.db, legal_hours.table().values()
    newest, oldest = max(row.as_of for row in rows), min(row.as_of for row in rows)
    prepare(path, safe_harbor_audio="sorry-nobody")
    for country, days, method, named in (
        ("US", 366, "PROGRESSIVE", "United States"),
        ("GB", 366, "PROGRESSIVE", "United Kingdom"),
        ("", 366, "PROGRESSIVE", "Alabama"),
        ("US", 0, "PROGRESSIVE", ""),
        ("US", 999, "MANUAL", ""),
        ("JP", 999, "PROGRESSIVE", ""),  # without legal hours
    ):
        config.set_options(path, "campaign", "SALES", {"dial_method": method}, who="test")
        config.set_options(path, "list", "101", {"country": country}, who="test")
        [finding] = lead_choice_check.hours(machine.facts(), newest + timedelta(days))
        assert finding.code == ("legal_hours_old" if named else "legal_hours_good"), (country, days, method)
        if named:
            assert finding.severity is Severity.WARNING and finding.by_hand
            assert named in finding.found and str(oldest) in finding.found


# workspace_frames, api_origins, code, and what is named
ORIGINS = (
    ("", "", "origins_none", ""),
    ("https://crm.example", "", "origins_named", "https://crm.example"),
    ("", "https://crm.example/", "origins_invalid", "api_origins"),
    ("http://crm.example", "", "origins_invalid", "workspace_frames"),
)
# trusted_proxies, listen_host, code, and what is named
PROXIES = (
    ("", "127.0.0.1", "proxies_none", ""),
    ("127.0.0.1", "127.0.0.1", "proxies_good", "127.0.0.1"),
    ("127.0.0.1, 192.0.2.0/24", "127.0.0.1", "proxies_good", "192.0.2.0/24"),
    ("192.0.2.7", "192.0.2.1", "proxies_good", "192.0.2.7"),
    ("::1,2001:db8::/64", "::1", "proxies_good", "2001:db8::/64"),
    ("0.0.0.0/0", "127.0.0.1", "proxies_too_many", "0.0.0.0/0"),
    ("127.0.0.1,10.0.0.0/8", "127.0.0.1", "proxies_too_many", "10.0.0.0/8"),
    ("::/0", "192.0.2.1", "proxies_too_many", "::/0"),
    ("192.0.2.7", "127.0.0.1", "proxies_unreachable", "127.0.0.1"),
    ("the proxy", "127.0.0.1", "proxies_invalid", "the proxy"),
)


def find_proxies(machine: Machine, proxies: str, host: str = "127.0.0.1") -> Finding:
    facts = machine.facts()
    facts.settings = facts.settings._replace(trusted_proxies=proxies, listen_host=host)
    [finding] = api_process_check.proxies(facts)
    return finding


def test_origins_and_proxies_are_judged(machine: Machine) -> None:
    problems = []
    for frames, callers, code, named in ORIGINS:
        facts = machine.facts()
        facts.settings = facts.settings._replace(workspace_frames=frames, api_origins=callers)
        [finding] = api_process_check.origins(facts)
        restarts = api_process_check.RESTART in finding.fix
        if finding.code != code or named not in finding.found or restarts != (code == "origins_invalid"):
            problems.append(((frames, callers), finding))
    for proxies, host, code, named in PROXIES:
        finding = find_proxies(machine, proxies, host)
        if finding.code != code or named not in finding.found:
            problems.append(((proxies, host), finding))
    assert problems == []


def test_the_fix_of_proxies_leaves_a_value_that_is_good(machine: Machine) -> None:
    file = machine.facts().file
    for before, after in (
        ("0.0.0.0/0", "127.0.0.1"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1/32"),
        ("192.0.2.7", "127.0.0.1,192.0.2.7/32"),
    ):
        change = find_proxies(machine, before).fix.removesuffix(f" && {api_process_check.RESTART}")
        file.write_text(f'trusted_proxies = "{before}"\n')
        machine.shell(change)
        assert f'trusted_proxies = "{after}"' in file.read_text().splitlines()
        assert find_proxies(machine, after).code == "proxies_good"
