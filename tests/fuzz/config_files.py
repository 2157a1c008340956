"""Configuration from files: all or nothing, and the app can read any configuration that was accepted."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hypothesis import strategies as st

from tests.fuzz import hostile, tables
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.json_api import demo_database
from tests.store.journal.test_round_trip import NAMES, texts_of
from warmline.options import config_files
from warmline.options.option_table import ENTITIES, OptionError, check, check_name
from warmline.options.values.option_types import Secret
from warmline.store.configuration import change_plan, config
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import connect
from warmline.store.database.errors import Conflict, NotFound

# fmt: off
TEXTS = (
    "", "0", "1", "N", "Y", "1000", "TESTCAMP", "SALESLINE", "24hours", "PJSIP/{number}@trunk", "_0900X.", "_[",
    "X", "a@b", "8500",
    "ingroup:SALESLINE", "extension:8500@x", "hangup", "Europe/Berlin", "2026-02-30", "-1", "99999999999999999999",
    "https://x/y",
    "http://[::1", "10.0.0.0/8", "SCHEDULED", "ALLFORCE", "{number}{number}", "PJSIP/1&Local/{number}@x",
    "Local/{number}@x/n",
)
# fmt: on
UNKNOWN = "x"  # no option has this name
KNOWN = (
    "1000",
    "TESTCAMP",
    "SALESLINE",
    "8005550100",
    "+8005550109",
    "NEW",
    "setting",
    "AGENTDIRECT",
    "24hours",
    "_8X.",
    "default",
)
values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.integers(-2, 2500),
    st.booleans(),
    st.lists(st.sampled_from(TEXTS), max_size=3),
    hostile.json_values,
)
named = st.one_of(st.sampled_from(KNOWN), st.sampled_from(KNOWN), hostile.texts)


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, object]:
    """Draw mostly valid values."""
    found: dict[str, object] = {}
    for kind in draw(st.lists(st.sampled_from(sorted(ENTITIES)), max_size=3, unique=True)):
        entity = ENTITIES[kind]
        right = {one.name: texts_of(one, 0) for one in entity.options if not isinstance(one.type, Secret)}
        chosen = draw(st.lists(st.sampled_from([*right, UNKNOWN]), max_size=4, unique=True))
        wrong = draw(st.sampled_from([*chosen, "", "", ""]))
        options = st.fixed_dictionaries({name: values if name == wrong else right.get(name, values) for name in chosen})
        found[kind] = draw(
            options
            if entity.only
            else st.dictionaries(st.one_of(st.sampled_from(NAMES[kind]), named), options, max_size=2)
        )
    return found


def _attacked(folder: Path, given: tuple[str, bytes]) -> None:
    ending, data = given
    db, file = folder / "warmline.db", folder / f"config.{ending}"
    file.write_bytes(data)
    before = config.everything(db, secrets=True)
    try:
        wanted, _ = config_files.read(file)
        planned = change_plan.plan(db, wanted)
    except (OptionError, NotFound, Conflict) as error:
        assert str(error)
        assert config.everything(db, secrets=True) == before
        return
    change_plan.apply(db, planned, who="ada")
    assert not change_plan.plan(db, wanted), "the same file again changes something"
    _is_there(config.everything(db), wanted)
    with closing(connect(db)) as connection:
        load_rules(connection)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    config_files.write(folder / f"as-{ending}", ending, config.everything(db))


def _is_there(found: config.Everything, wanted: config_files.Texts) -> None:
    """Return every option of the files, with its value."""
    for (kind, name), texts in wanted.items():
        shown = found[kind][check_name(kind, name)]
        for option, value in check(kind, texts).items():
            secret = isinstance(ENTITIES[kind].option(option).type, Secret)
            assert secret or shown[option] == value, (kind, name, option)


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "warmline.db").write_bytes(demo_database())
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("configuration files", tables.files(configurations()), opened, quick=4)
