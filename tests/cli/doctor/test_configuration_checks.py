"""`warmline doctor` and options that contradict each other, or dial more than wanted."""

import sqlite3
from contextlib import closing

import pytest

from cli.doctor.checks import (
    dialling_check,
    disposition_check,
    routing_check,
    sound_check,
    warmline_check,
)
from cli.doctor.facts.finding import Severity
from tests.cli.doctor.made_machine import Machine, only
from warmline.store.configuration import config

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


def test_a_number_outside_that_the_campaign_does_not_dial_is_found(machine: Machine) -> None:
    assert [one.found for one in routing_check.numbers(machine.facts())] == ["no agent has an outside_number"]
    config.create(machine.settings.db, "campaign", "SURVEY", {"dial_allow": "_+49X."}, who="ada")
    options = {"campaign": "SURVEY", "outside_number": "+4917155501"}
    config.create(machine.settings.db, "agent", "7001", options, who="ada")
    assert [one.severity for one in routing_check.numbers(machine.facts())] == [Severity.GOOD]
    config.set_options(machine.settings.db, "agent", "7001", {"outside_number": "+12125550100"}, who="ada")
    found = only(list(routing_check.numbers(machine.facts())))
    assert (found.severity, found.fix) == (Severity.ERROR, "warmline campaign edit SURVEY")
    assert found.found.startswith("agent 7001 is not called at +12125550100: +12125550100 may not be dialled: ")


def test_a_time_zone_that_is_not_known(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warmline_check, "available_timezones", lambda: {"Europe/Berlin"})
    assert only(machine.found("clocks")).code == "time_zone_unknown"


def test_contradicting_options_of_a_campaign_are_found(machine: Machine) -> None:
    rules = {
        "campaign_recording": "ALLFORCE",
        "leave_3way_stop_recording": "ALL_CALLS",
        "leave_3way_start_recording": "ONLY_EXCEPTIONS",
        "leave_3way_start_recording_exception": "DISABLED",
        "three_way_record_stop": "Y",
        "hangup_xfer_record_start": "N",
    }
    found = list(sound_check._contradictions(dict(rules), {}))
    assert [option for option, _, _ in found] == [
        "leave_3way_start_recording=DISABLED",
        "leave_3way_stop_recording=DISABLED",
        "three_way_record_stop=N",
        "leave_3way_start_recording=DISABLED",
    ]
    never = rules | {"campaign_recording": "NEVER", "hangup_xfer_record_start": "Y"}
    assert "hangup_xfer_record_start=N" in [option for option, _, _ in sound_check._contradictions(dict(never), {})]


def test_a_campaign_that_may_dial_without_end(machine: Machine) -> None:
    config.create(machine.settings.db, "campaign", "TESTCAMP", {}, who="ada")
    (found,) = dialling_check.limits(machine.facts())
    assert found.severity is Severity.NOTE
    assert found.code == "dial_rules_none" and "TESTCAMP" in found.found
    machine.shell(found.fix)
    (found,) = dialling_check.limits(machine.facts())
    assert found.severity is Severity.GOOD


def test_campaigns_that_dial_star_codes_are_named(machine: Machine) -> None:
    config.create(machine.settings.db, "campaign", "TESTCAMP", {"deny_star_codes": "N"}, who="ada")
    config.create(machine.settings.db, "campaign", "NEW", {}, who="ada")
    (found,) = dialling_check.star_codes(machine.facts())
    assert found.severity is Severity.NOTE and found.code == "star_codes_dialled"
    assert "TESTCAMP" in found.found and "NEW" not in found.found
    machine.shell(found.fix)
    (found,) = dialling_check.star_codes(machine.facts())
    assert found.severity is Severity.GOOD


def test_emergency_numbers_of_the_lists_countries_are_named(machine: Machine) -> None:
    (found,) = dialling_check.emergency(machine.facts())
    assert found.severity is Severity.GOOD and "112, 911" in found.found
    config.create(machine.settings.db, "list", "101", {"country": "FR"}, who="ada")
    config.create(machine.settings.db, "list", "102", {"country": "US"}, who="ada")
    (found,) = dialling_check.emergency(machine.facts())
    assert (found.severity, found.code) == (Severity.NOTE, "emergency_numbers_missing") and "15, 17, 18" in found.found
    machine.shell(found.fix)
    (found,) = dialling_check.emergency(machine.facts())
    assert found.severity is Severity.GOOD and "112, 911, 999, 15, 17, 18" in found.found


def test_unnamed_ways_to_dial_are_listed_with_the_line_that_names_them(machine: Machine) -> None:
    (found,) = dialling_check.ways(machine.facts())
    assert found.severity is Severity.GOOD
    for name in ("ONE", "TWO"):
        config.create(machine.settings.db, "campaign", name, {"dial_template": "Local/{number}@out"}, who="ada")
    config.create(machine.settings.db, "campaign", "USUAL", {}, who="ada")
    config.create(machine.settings.db, "did", "800", {"route": "extension:100@sales"}, who="ada")
    config.create(machine.settings.db, "ingroup", "NIGHT", {"drop_exten": "100@sales", "drop_callmenu": "m"}, who="ada")
    (found,) = dialling_check.ways(machine.facts())
    assert (found.severity, found.code) == (Severity.NOTE, "dial_ways_unnamed") and "USUAL" not in found.found
    assert "Local/{number}@out (of campaign ONE, campaign TWO); @sales (of ingroup NIGHT, did 800); @m" in found.found
    machine.shell(found.fix)
    named = config.show(machine.settings.db, "setting", "warmline")["dial_ways"]
    assert named == ("Local/{number}@out", "@sales", "@m")
    (found,) = dialling_check.ways(machine.facts())
    assert found.severity is Severity.GOOD


def test_any_number_of_phones_at_once_is_noted(machine: Machine) -> None:
    (found,) = dialling_check.legs(machine.facts())
    assert found.severity is Severity.NOTE and found.code == "max_legs_none"
    machine.shell(found.fix)
    (found,) = dialling_check.legs(machine.facts())
    assert found.severity is Severity.GOOD and "300" in found.found
