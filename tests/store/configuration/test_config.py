"""Changes of the configuration: complete or not at all, in the second journal, secrets in neither journal."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.wording.said import refused
from warmline.core.agents import drop_counts
from warmline.core.rules.configuration import Agent, Campaign, GroupAlias, Ingroup
from warmline.options.option_table import AGENTDIRECT, ENTITIES, OptionError
from warmline.store.configuration import config, config_rows, configuration_snapshot
from warmline.store.database import database, passwords
from warmline.store.journal import hash_chain
from warmline.text.coded_error import CodedError

PIN, OTHER_PIN = "7392015518264037", "5588126600417392"  # not in any hash by chance


@pytest.fixture
def shop(db: Path) -> Path:
    """Provide a campaign, an in-group, a phone, an agent, a DID and an API user."""
    for kind, name, options in [
        ("ingroup", "SALES", {}),
        ("campaign", "SHOP", {"dial_timeout": "20", "default_xfer_group": "SALES"}),
        ("phone", "1000", {}),
        ("agent", "1000", {"phone": "1000", "campaign": "SHOP", "ingroups": "SALES,AGENTDIRECT", "pin": PIN}),
        ("did", "8005550100", {"route": "ingroup:SALES"}),
        ("did", "8005550102", {"route": "agent:1000"}),
        ("api-user", "6666", {"pass": "hunter2hunter2", "functions": "park_call,recording"}),
    ]:
        config.create(db, kind, name, options, who="ada")
    return db


def contents(path: Path) -> list[str]:
    """Return the whole database as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def last_note(path: Path) -> tuple[Any, ...]:
    with closing(database.connect(path)) as connection:
        *facts, before, after = connection.execute(
            "SELECT who, action, entity, name, before, after FROM config_journal ORDER BY seq DESC"
        ).fetchone()
    return (*facts, json.loads(before), json.loads(after))


def defaults(kind: str) -> dict[str, object]:
    """Return all options with their defaults."""
    return {option.name: option.default for option in ENTITIES[kind].options}


@pytest.mark.parametrize(
    ("countries", "option", "window"),
    [
        ((), "AUTO", "PERIOD"),
        (("US", ""), "AUTO", "PERIOD"),
        (("GB",), "AUTO", "DAY"),
        (("US", "GB"), "AUTO", "DAY"),
        (("GB",), "PERIOD", "PERIOD"),
        (("US",), "BOTH", "BOTH"),
    ],
)
def test_the_drops_of_a_day_are_limited_if_a_list_is_british(
    shop: Path, countries: tuple[str, ...], option: str, window: str
) -> None:
    config.set_options(shop, "campaign", "SHOP", {"drop_window": option}, who="test")
    config.create(shop, "campaign", "OTHER", {}, who="test")
    for number, country in enumerate(countries):
        config.create(shop, "list", str(700 + number), {"campaign": "SHOP", "country": country}, who="test")
    with closing(database.connect(shop)) as connection:
        rules = configuration_snapshot.load_rules(connection)
    limits = {name: drop_counts.find_drop_rules(rules, one).window for name, one in rules.campaigns.items()}
    assert limits == {"SHOP": window, "OTHER": "PERIOD"}
    assert config.show(shop, "campaign", "SHOP")["drop_window"] == option


def test_the_core_gets_it_whole(shop: Path) -> None:
    with closing(database.connect(shop)) as connection:
        found = configuration_snapshot.load_rules(connection)
    assert found.campaigns == {"SHOP": Campaign("SHOP", dial_timeout=20, default_xfer_group="SALES")}
    assert found.ingroups == {"SALES": Ingroup("SALES"), AGENTDIRECT: Ingroup(AGENTDIRECT, queue_priority=99)}
    assert found.agents == {"1000": Agent("1000", phone="1000", campaign="SHOP", ingroups=("SALES", AGENTDIRECT))}
    assert PIN not in str(asdict(found))


def test_the_core_gets_lists_aliases_and_settings(shop: Path) -> None:
    config.create(shop, "container", "PARTNERS", {"entries": "8500, +1-555-1234"}, who="ada")
    config.set_options(
        shop,
        "campaign",
        "SHOP",
        {"three_way_record_stop_exception": "PARTNERS", "three_way_dial_prefix": "X"},
        who="ada",
    )
    config.create(shop, "group-alias", "PRESS", {"caller_id_number": "8005550199", "active": "N"}, who="ada")
    config.set_options(shop, "setting", "warmline", {"api_impossible": "SUCCESS"}, who="ada")
    with closing(database.connect(shop)) as connection:
        found = configuration_snapshot.load_rules(connection)
    shop_rules = found.campaign("SHOP")
    assert shop_rules.three_way_record_stop_exception == "PARTNERS"
    assert shop_rules.leave_3way_start_recording_exception == "DISABLED"
    assert found.containers == {"PARTNERS": ("8500", "+1-555-1234")}
    assert found.group_aliases == {"PRESS": GroupAlias("PRESS", "", "8005550199", "N")}
    assert found.api_impossible == "SUCCESS"


def test_each_change_is_noted_and_seen(shop: Path) -> None:
    with closing(database.connect(shop)) as connection:
        before = config_rows.revision(connection)
        assert config.set_options(shop, "campaign", "SHOP", {"dial_timeout": "30", "dial_prefix": ""}, who="eve") == [
            "dial_timeout"
        ]
        assert config_rows.revision(connection) == before + 1
        assert last_note(shop) == ("eve", "set", "campaign", "SHOP", {"dial_timeout": 20}, {"dial_timeout": 30})
        assert config.set_options(shop, "campaign", "SHOP", {"dial_timeout": "30"}, who="eve") == []
        assert config_rows.revision(connection) == before + 1
        assert configuration_snapshot.load_rules(connection).campaign("SHOP").dial_timeout == 30
    config.create(shop, "phone", "2000", {}, who="ada")
    assert last_note(shop) == ("ada", "create", "phone", "2000", {}, {})
    config.delete(shop, "did", "8005550102", who="ada")
    gone = {**defaults("did"), "route": "agent:1000", "data_routes": []}
    assert last_note(shop) == ("ada", "delete", "did", "8005550102", gone, {})
    assert hash_chain.verify(shop) == []


UNKNOWN, IN_USE, PERMANENT = "entity_unknown", "entity_in_use", "entity_permanent"
REFUSED: tuple[tuple[str, str, str, dict[str, str], str, dict[str, Any]], ...] = (
    ("create", "campaign", "SHOP", {}, "entity_exists", {"kind": "campaign", "name": "SHOP"}),
    ("create", "did", "1", {}, "create_option_missing", {"name": "1", "option": "route"}),
    ("create", "did", "1", {"route": "agent:1001"}, UNKNOWN, {"hint": "did you mean 1000?"}),
    ("create", "agent", "x y", {}, "name_invalid", {"name": "x y"}),
    ("create", "agent", "2", {"phone": "1000"}, "option_value_taken", {"option": "phone", "name": "1000"}),
    ("create", "agent", "2", {"ingroups": "SALES,SAELS"}, UNKNOWN, {"hint": "did you mean SALES?"}),
    ("create", "preset", "B", {"preset_number": "1"}, "create_option_missing", {"option": "campaign"}),
    ("create", "setting", "warmline", {}, "entity_exists", {"kind": "setting"}),
    ("create", "setting", "other", {}, "kind_not_created", {"kind": "setting"}),
    ("set", "campaign", "shop", {"dial_prefix": "9"}, UNKNOWN, {"hint": "did you mean SHOP?"}),
    ("set", "campaign", "SHOP", {"dial_prefix": "9", "dial_timeout": "-1"}, "options_invalid", {}),
    ("set", "campaign", "SHOP", {"dial_prefix": "9", "default_xfer_group": "X"}, UNKNOWN, {"name": "X"}),
    ("set", "campaign", "SHOP", {"three_way_record_stop_exception": "VIPS"}, UNKNOWN, {"kind": "container"}),
    ("set", "did", "8005550102", {"data_routes": "a=1 -> ingroup:NONE"}, UNKNOWN, {"name": "NONE"}),
    ("show", "did", "1", {}, UNKNOWN, {"kind": "did", "name": "1"}),
    ("show", "preset", "B", {}, UNKNOWN, {"hint": "no presets exist yet"}),
    ("delete", "phone", "1001", {}, UNKNOWN, {"hint": "did you mean 1000?"}),
    ("delete", "campaign", "SHOP", {}, IN_USE, {"name": "SHOP"}),
    ("delete", "phone", "1000", {}, IN_USE, {"users": "agent 1000 (phone)"}),
    ("delete", "agent", "1000", {}, IN_USE, {"users": "did 8005550102 (route)"}),
    ("delete", "ingroup", "SALES", {}, IN_USE, {"name": "SALES"}),
    ("delete", "ingroup", AGENTDIRECT, {}, PERMANENT, {"kind": "ingroup"}),
    ("delete", "list", "998", {}, PERMANENT, {"kind": "list", "name": "998"}),
    ("delete", "setting", "warmline", {}, "kind_permanent", {"kind": "setting"}),
)


def test_a_refusal_says_why_and_changes_nothing(shop: Path) -> None:
    before = contents(shop)
    for action, kind, name, options, code, fields in REFUSED:
        with refused(CodedError, code, **fields) as found:
            match action:
                case "create":
                    config.create(shop, kind, name, options, who="")
                case "set":
                    config.set_options(shop, kind, name, options, who="")
                case "show":
                    config.show(shop, kind, name)
                case "delete":
                    config.delete(shop, kind, name, who="")
        assert "\n" not in str(found.value), (action, kind, name)
    assert contents(shop) == before


def test_a_format_that_no_program_here_makes_is_refused(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    before = contents(shop)
    with refused(OptionError, "recording_format_unavailable", form="mp3"):
        config.set_options(shop, "campaign", "SHOP", {"dial_timeout": "9", "recording_format": "mp3"}, who="ada")
    with refused(OptionError, "recording_format_unavailable", form="ogg"):
        config.create(shop, "campaign", "SHOP2", {"recording_format": "ogg"}, who="ada")
    assert contents(shop) == before
    assert config.set_options(shop, "campaign", "SHOP", {"recording_format": "wav"}, who="ada") == []


def test_a_phone_may_move_when_it_is_free(shop: Path) -> None:
    config.set_options(shop, "agent", "1000", {"phone": "1000"}, who="")  # its own phone
    config.set_options(shop, "agent", "1000", {"phone": ""}, who="")
    config.create(shop, "agent", "1001", {"phone": "1000"}, who="")
    config.create(shop, "agent", "1002", {}, who="")  # two agents without a phone are allowed


def test_a_secret_is_in_the_file_as_a_hash_only(shop: Path) -> None:
    config.set_options(shop, "agent", "1000", {"pin": OTHER_PIN}, who="ada")
    assert last_note(shop)[-2:] == ({"pin": "changed"}, {"pin": "changed"})
    everything = "\n".join(contents(shop))
    assert not re.search(f"{PIN}|{OTHER_PIN}|hunter2", everything)
    with closing(database.connect(shop)) as connection:
        (pin,) = connection.execute("SELECT pin FROM agent").fetchone()
    assert pin not in str(config.show(shop, "agent", "1000"))
    assert passwords.matches(OTHER_PIN, pin) and not passwords.matches(PIN, pin)
    config.set_options(shop, "agent", "1000", {"pin": ""}, who="ada")
    assert config.show(shop, "agent", "1000")["pin"] == "not set"


def test_a_hash_outside_of_tests_costs_25_ms() -> None:
    program = "from warmline.store.database import passwords; print(passwords.hashed('1234'))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.startswith(f"scrypt${2**14}$") and passwords.matches("1234", printed.strip())


def test_a_malformed_hash_matches_nothing() -> None:
    one = passwords.hashed("1234")
    assert one != passwords.hashed("1234")  # each has its own salt
    assert passwords.matches("1234", one)
    costs = ("scrypt$x$y$z", "scrypt$3$00$00", f"scrypt${2**64}$00$00", f"scrypt${2**62}$00$00")
    for wrong in ("", "1234", one[:-2], one.replace("scrypt", "md5"), *costs, "$$$"):
        assert not passwords.matches("1234", wrong)


def test_many_at_once_lose_nothing(shop: Path) -> None:
    """Three processes each set one option of a campaign, ten times."""
    program = (
        "import sys; from functools import partial\n"
        "from warmline.store.configuration import config; from warmline.store.database import database, reading\n"
        "reading.connect = partial(database.connect, busy=60)\n"  # the last one waits for all the others
        "path, option = sys.argv[1:]\n"
        "for n in range(1, 11): config.set_options(path, 'campaign', 'SHOP', {option: str(n)}, who=option)"
    )
    options = ["dial_timeout", "dial_prefix", "campaign_cid"]
    writers = [subprocess.Popen([sys.executable, "-c", program, shop, option]) for option in options]
    assert [writer.wait(120) for writer in writers] == [0] * 3
    shown = config.show(shop, "campaign", "SHOP")
    assert [shown[option] for option in options] == [10, "10", "10"]
    with closing(database.connect(shop)) as connection:
        counts = dict(connection.execute("SELECT who, count(*) FROM config_journal GROUP BY who"))
    assert [counts[option] for option in options] == [10] * 3
    assert hash_chain.verify(shop) == []
