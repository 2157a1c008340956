"""Many changes at once: all or none, with any references; and revisions that can be undone."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.copied_database import new_database
from tests.wording.said import refused
from warmline.options.option_table import OptionError
from warmline.options.user_options import MUST_CHANGE
from warmline.options.values.option_types import Value, as_text
from warmline.store.configuration import change_plan, config, config_history, config_rows, new_people
from warmline.store.configuration.change_plan import Wanted
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.database import passwords
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.writing import writing
from warmline.store.journal import hash_chain
from warmline.text.coded_error import CodedError

CENTRE: Wanted = {
    ("did", "8005550100"): {"route": "ingroup:SALES"},
    ("agent", "1000"): {"phone": "1000", "campaign": "SHOP", "ingroups": "SALES,LATE", "pin": "739201"},
    ("agent", "1001"): {"phone": "1001", "campaign": "SHOP"},
    ("campaign", "SHOP"): {"default_xfer_group": "LATE", "dial_timeout": "20"},
    ("ingroup", "SALES"): {"default_xfer_group": "LATE"},
    ("ingroup", "LATE"): {"default_xfer_group": "SALES", "call_time_id": "OFFICE"},
    ("call-time", "OFFICE"): {"ct_default_start": "900", "ct_holidays": "XMAS"},
    ("holiday", "XMAS"): {"holiday_date": "2026-12-25"},
    ("phone", "1000"): {},
    ("phone", "1001"): {},
    ("api-user", "6666"): {"functions": "park_call"},
}


@pytest.fixture
def centre(db: Path) -> Path:
    """Create a call centre whose parts refer to each other in circles, at once."""
    apply(db, CENTRE)
    return db


def apply(db: Path, wanted: Wanted) -> int:
    return change_plan.apply(db, change_plan.plan(db, wanted), who="ada")


def contents(path: Path) -> list[str]:
    """Return the whole database as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def stored(path: Path, column: str, table: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute(f"SELECT {column} FROM {table}").fetchone()[0])  # noqa: S608 - of this test


def shown(path: Path, kind: str, option: str) -> object:
    """Return an option of the last entity of a kind."""
    return config.show(path, kind, config.list_names(path, kind)[-1])[option]


def wanted_of(everything: Mapping[str, Mapping[str, Mapping[str, Value]]]) -> Wanted:
    return {
        (kind, name): {option: as_text(value) for option, value in options.items()}
        for kind, entities in everything.items()
        for name, options in entities.items()
    }


def test_objects_that_reference_each_other_are_created_in_any_order(centre: Path) -> None:
    assert config.show(centre, "ingroup", "SALES")["default_xfer_group"] == "LATE"
    assert config.show(centre, "ingroup", "LATE")["default_xfer_group"] == "SALES"
    assert config.show(centre, "agent", "1000")["pin"] == "set"
    assert change_plan.plan(centre, CENTRE) == []  # the PIN is known to be the same
    assert apply(centre, CENTRE) == 0
    assert hash_chain.verify(centre) == []


def test_phones_can_be_swapped_and_things_renamed(centre: Path) -> None:
    apply(centre, {("agent", "1000"): {"phone": "1001"}, ("agent", "1001"): {"phone": "1000"}})
    assert [config.show(centre, "agent", name)["phone"] for name in ("1000", "1001")] == ["1001", "1000"]
    old = {option: as_text(value) for option, value in config.show(centre, "ingroup", "SALES").items()}
    renamed: Wanted = {
        ("ingroup", "SALES"): None,
        ("ingroup", "SELL"): old,
        ("ingroup", "LATE"): {"default_xfer_group": "SELL"},
        ("agent", "1000"): {"ingroups": "SELL"},
        ("did", "8005550100"): {"route": "ingroup:SELL"},
    }
    apply(centre, renamed)
    assert config.list_names(centre, "ingroup") == ["AGENTDIRECT", "LATE", "SELL"]


def test_everything_comes_to_an_empty_database(centre: Path, tmp_path: Path) -> None:
    new_database(tmp_path / "open.db")
    apply(tmp_path / "open.db", wanted_of(config.everything(centre)))
    assert config.everything(tmp_path / "open.db") == config.everything(centre)
    assert shown(tmp_path / "open.db", "api-user", "pass") == "not set"
    assert not passwords.matches("", stored(tmp_path / "open.db", "pass", "api_user"))
    apply(centre, {("api-user", "6666"): {"pass": "hunter2hunter2"}})
    new_database(tmp_path / "secret.db")
    apply(tmp_path / "secret.db", wanted_of(config.everything(centre, secrets=True)))
    assert config.everything(tmp_path / "secret.db", secrets=True) == config.everything(centre, secrets=True)
    assert passwords.matches("hunter2hunter2", stored(tmp_path / "secret.db", "pass", "api_user"))
    assert passwords.matches("739201", stored(tmp_path / "secret.db", "pin", "agent WHERE id = '1000'"))


@pytest.mark.parametrize(
    ("wanted", "error", "codes"),
    [
        ({("campaign", "SHOP"): {"dial_timeout": "-1"}}, OptionError, ("plan_invalid", "options_invalid")),
        ({("campaign", "SHOP"): {"dail_prefix": "0"}}, OptionError, ("plan_invalid", "option_unknown")),
        ({("campaign", "a b"): {}}, OptionError, ("plan_invalid", "name_invalid")),
        ({("did", "1"): {}}, OptionError, ("plan_invalid", "required_option_missing")),
        ({("did", "1"): {"route": "agent:99"}}, NotFound, ("entity_unknown",)),
        ({("agent", "1002"): {"phone": "1000"}}, Conflict, ("option_value_taken",)),
        ({("ingroup", "LATE"): None}, Conflict, ("entity_in_use",)),
        ({("ingroup", "AGENTDIRECT"): None}, OptionError, ("plan_invalid", "entity_permanent")),
        ({("setting", "warmline"): None}, OptionError, ("plan_invalid", "kind_permanent")),
        ({("setting", "other"): {}}, OptionError, ("plan_invalid", "kind_not_created")),
        ({("api-user", "6666"): {"pass": "hash:no"}}, OptionError, ("plan_invalid", "secret_hash_invalid")),
        ({("agent", "1000"): {"pin": "secret"}}, OptionError, ("plan_invalid", "options_invalid")),
    ],
)
def test_one_wrong_thing_and_nothing_is_changed(
    centre: Path, wanted: Wanted, error: type[CodedError], codes: tuple[str, ...]
) -> None:
    before = contents(centre)
    with refused(error, codes[0]) as found:
        change_plan.plan(centre, {("phone", "2000"): {}, **wanted, ("phone", "3000"): {}})
    assert found.value.fields.get("codes", ()) == codes[1:]
    assert contents(centre) == before


def test_a_plan_is_refused_after_another_change(centre: Path) -> None:
    planned = change_plan.plan(centre, {("campaign", "SHOP"): {"dial_timeout": "30"}, ("phone", "7"): {}})
    config.set_options(centre, "campaign", "SHOP", {"dial_prefix": "9"}, who="eve")  # another option
    config.set_options(centre, "campaign", "SHOP", {"dial_timeout": "40"}, who="eve")
    before = contents(centre)
    with refused(Conflict, "changed_by_another", kind="campaign", name="SHOP"):
        change_plan.apply(centre, planned, who="ada")
    assert contents(centre) == before


def test_a_plan_hashes_no_password(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash takes 25 ms, and most plans are only shown."""
    wanted: Wanted = {
        ("agent", "1000"): {"pin": "4711"},
        ("agent", "1001"): {"pin": ""},
        ("api-user", "7"): {"pass": "hunter2hunter2"},
    }
    with monkeypatch.context() as patch:
        patch.setattr(config_rows, "hashed", None)
        planned = change_plan.plan(centre, wanted, compare=False)
    assert [change.after for change in planned] == [{"pin": "changed"}, {"pass": "changed"}]
    assert "4711" not in repr(planned)
    change_plan.apply(centre, planned, who="ada")
    assert passwords.matches("4711", stored(centre, "pin", "agent WHERE id = '1000'"))
    assert passwords.matches("hunter2hunter2", stored(centre, "pass", "api_user WHERE id = '7'"))


def test_a_list_with_leads_stays(centre: Path) -> None:
    apply(centre, {("list", "101"): {"list_name": "Autumn"}})
    with closing(sqlite3.connect(centre)) as connection:
        connection.execute(
            "INSERT INTO lead (list_id, entry_date, modify_date, phone_number) VALUES ('101', 1, 1, '5')"
        )
        connection.commit()
    with refused(Conflict, "entity_in_use", kind="list", name="101", users="1 lead"):
        apply(centre, {("list", "101"): None})


def test_a_revision_is_all_that_was_changed_together(centre: Path) -> None:
    number = apply(
        centre, {("campaign", "SHOP"): {"dial_timeout": "30"}, ("phone", "7"): {}, ("did", "8005550100"): None}
    )
    config.set_options(centre, "campaign", "SHOP", {"dial_prefix": "9"}, who="eve")
    newest, last, first = config_history.newest(centre, 10)
    assert (newest.number, newest.who, len(newest.changes)) == (number + 1, "eve", 1)
    assert (last.number, last.who) == (number, "ada")
    assert [(one.action, one.kind, one.name) for one in last.changes] == [
        ("set", "campaign", "SHOP"),
        ("create", "phone", "7"),
        ("delete", "did", "8005550100"),
    ]
    assert len(first.changes) == len(CENTRE) and "739201" not in json.dumps(first.changes, default=str)
    assert config_history.revision(centre, number - 1) == last
    assert config_history.newest(centre, 1, WantedRevisions("did")) == [last]
    assert config_history.newest(centre, 9, WantedRevisions("campaign", "SHOP")) == [newest, last, first]
    with refused(NotFound, "revision_unknown", number=99):
        config_history.revision(centre, 99)


def test_a_revision_is_taken_back_and_that_too(centre: Path) -> None:
    before = config.everything(centre)
    number = apply(
        centre, {("campaign", "SHOP"): {"dial_timeout": "30"}, ("phone", "7"): {}, ("did", "8005550100"): None}
    )
    after = config.everything(centre)
    wanted, lost = config_history.taken_back(centre, number)
    again = apply(centre, wanted)
    assert (config.everything(centre), lost) == (before, [])
    wanted, lost = config_history.taken_back(centre, again)
    apply(centre, wanted)
    assert (config.everything(centre), lost) == (after, [])
    with refused(Conflict, "changed_since_revision", name="SHOP", number=again):
        config_history.taken_back(centre, again)


def test_a_revision_changed_since_is_not_undone(centre: Path) -> None:
    number = apply(centre, {("campaign", "SHOP"): {"dial_timeout": "30"}})
    config.set_options(centre, "campaign", "SHOP", {"dial_prefix": "9"}, who="eve")
    assert config_history.taken_back(centre, number)[0] == {("campaign", "SHOP"): {"dial_timeout": "20"}}
    config.set_options(centre, "campaign", "SHOP", {"dial_timeout": "40"}, who="eve")
    with refused(Conflict, "changed_since_revision", number=number, by=f" (in revision {number + 2} by eve)"):
        config_history.taken_back(centre, number)
    both = apply(centre, {("campaign", "SHOP"): {"dial_timeout": "50"}, ("phone", "8"): {}})
    with refused(Conflict, "changed_since_revision", by=f" (in revision {both} by ada)"):
        config_history.taken_back(centre, number)
    config.set_options(centre, "campaign", "SHOP", {"dial_timeout": "30"}, who="eve")
    assert config_history.taken_back(centre, number)[0]  # it is unchanged
    config.create(centre, "phone", "7", {}, who="eve")
    made = config_history.newest(centre, 1)[0].number
    config.delete(centre, "phone", "7", who="eve")
    with refused(Conflict, "changed_since_revision", kind="phone", name="7"):
        config_history.taken_back(centre, made)


def test_an_erasure_is_listed_as_a_change_and_not_undone(centre: Path) -> None:
    with writing(centre) as db:
        number = config_rows.note(db, "ada", config_rows.now(), ("delete", "privacy", "1"), {}, {"rows": 3})
    assert config_history.newest(centre, 1)[0].changes[0].after == {"rows": 3}
    with refused(Conflict, "revision_not_configuration", number=number, kind="privacy"):
        config_history.taken_back(centre, number)


def test_a_secret_that_is_gone_stays_gone(centre: Path) -> None:
    apply(centre, {("api-user", "6666"): {"pass": "hunter2hunter2"}})
    number = apply(centre, {("api-user", "6666"): None, ("agent", "1001"): {"pin": "4711"}})
    wanted, lost = config_history.taken_back(centre, number)
    assert lost == ["pass of api-user 6666", "pin of agent 1001"]
    apply(centre, wanted)
    assert shown(centre, "api-user", "pass") == "not set"
    assert shown(centre, "agent", "pin") == "set"


def test_undo_of_a_one_time_password_leaves_it_to_be_changed(centre: Path) -> None:
    config.create(centre, "user", "bea", {"pass": "Str0ng-enough-1", "role": "manager"}, who="ada")
    new_people.give_password(centre, "bea", "k7mq-4xwd-9trp", who="ada")
    wanted, lost = config_history.taken_back(centre, config_history.newest(centre, 1)[0].number)
    assert lost == ["pass of user bea"]
    apply(centre, wanted)
    assert config.show(centre, "user", "bea")[MUST_CHANGE] == "Y"
