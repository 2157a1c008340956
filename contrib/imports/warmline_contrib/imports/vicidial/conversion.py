"""The result of reading VICIdial's tables: entities with options, and the fate of each column that says something."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from warmline.options.option_table import ENTITIES, Entity
from warmline.options.values.entity import Option
from warmline.options.values.option_types import Rated, Reference, References, Secret, Value
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial import column_fates
from warmline_contrib.imports.vicidial.new_names import NewNames
from warmline_contrib.imports.vicidial.source import SourceColumn, VicidialSource

UNSET = frozenset(("", "NULL", "NONE", "---NONE---", "DISABLED", "N", "0", "-", "---ALL---"))
LONG_NAMES = ("full_name", "group_name", "campaign_name", "did_description")
LONGEST_NAME, LONGEST_LABEL = 50, 40  # characters
LABELS = ("status_name", "pause_code_name", "preset_name", "group_alias_name", "cid_group_name", "script_name",
          "list_name", "holiday_name")  # fmt: skip
# Values that mean the same, and whose effect an administrator of a new system should know.
REMARKS = {
    "drop_lockout_time=0": "a dropped person may be called again at once, and some laws want 72 hours",
    "daily_call_count_limit=0": "a lead has no limit of calls in a day",
    "call_limit_24hour=0": "a number has no limit of calls in 24 hours but that of the law",
}
Row = Mapping[str, str]


class ColumnValue(NamedTuple):
    """The fate of one value of a row, and as what it is read, or why it is not."""

    table: str
    name: str
    column: str
    value: str
    fate: Fate
    why: str


@dataclass
class VicidialConversion:
    """The entities by kind and name with options that differ from their defaults, and the fate of each value."""

    source: VicidialSource
    names: NewNames = field(default_factory=NewNames)
    config: dict[str, dict[str, dict[str, Value]]] = field(default_factory=dict)
    values: list[ColumnValue] = field(default_factory=list)

    def rows(self, table: str, order: str = "") -> list[dict[str, str]]:
        """Return the rows of a table of the source."""
        return self.source.table(table, order)

    def entity(self, kind: str, name: str) -> dict[str, Value]:
        """Return the options of an entity, which is there from now on."""
        return self.config.setdefault(kind, {}).setdefault(name, {})

    def has(self, kind: str, name: str) -> bool:
        """Return whether the source has the entity."""
        return name in self.config.get(kind, {})

    def told(self, table: str, name: str, column: str, value: str, fate: Fate, why: str) -> None:
        """Keep the fate of a value."""
        self.values.append(ColumnValue(table, name, column, value, fate, why))

    def read(
        self,
        table: str,
        kind: str,
        name: str,
        row: Row,
        options: Mapping[str, str],
        differences: Mapping[str, str] | None = None,
    ) -> None:
        """Read the options of an entity from a row, and keep the fate of each of its columns.

        `options` has the texts of options by their names, most of which are those of columns. `differences` says why a
        text is not that of the column. A text that no option allows is lost.
        """
        entity, found = ENTITIES[kind], self.entity(kind, name)
        why = differences or {}
        for option, text in options.items():
            self._option(table, entity, name, found, option, text, row.get(option, text), why.get(option, ""))
        for column, value in row.items():
            if column in options or column not in why:
                continue
            self.told(table, name, column, value, Fate.CHANGED, why[column])
        self.unread(table, name, row)

    def unread(self, table: str, name: str, row: Row) -> None:
        """Keep the fate of the columns that nothing reads and that have another value than they have by default."""
        defaults = {one.name: one.default or "" for one in self.source.columns(table)}
        for column, value in row.items():
            fate = column_fates.of_column(table, column)
            if not fate.is_read and value not in UNSET and not _same(value, defaults.get(column, "")):
                self.told(table, name, column, value, fate.fate, fate.why)

    def _option(
        self, table: str, entity: Entity, name: str, found: dict[str, Value], option: str, text: str, was: str, why: str
    ) -> None:
        given = entity.option(option)
        text, cut = _shortened(option, text)
        difference = "; ".join(filter(None, (why, cut)))
        try:
            value = given.type.parse(text)
        except ValueError:
            allowed = why or f"allowed: {given.type.allowed}"
            self.told(table, name, option, was, Fate.LOST, allowed)
            return
        if value == entity.default(given, name) and not (given.required or (difference and was not in UNSET)):
            return
        if value != entity.default(given, name) or given.required:
            found[option] = value
        fate = Fate.CHANGED if difference else Fate.KEPT
        said = f"{option}={_shown(value)}"
        remark = difference or REMARKS.get(said, "")
        self.told(table, name, option, was, fate, f"{said}; {remark}" if remark else said)

    def drop_missing(self) -> None:
        """Leave out entities without an option that they need, and names of entities that are not there. Say so."""
        for kind, entities in self.config.items():
            for name in [*entities]:
                self._drop_incomplete(kind, name, entities)
        for kind, entities in self.config.items():
            for name, options in entities.items():
                for option in ENTITIES[kind].options:
                    if option.name in options:
                        self._drop_missing(kind, name, options, option)

    def _drop_incomplete(self, kind: str, name: str, entities: dict[str, dict[str, Value]]) -> None:
        for option in ENTITIES[kind].options:
            if option.required and not isinstance(option.type, Secret) and option.name not in entities[name]:
                del entities[name]
                self.told(kind, name, option.name, "", Fate.LOST, f"a {kind} needs it, so this one is left out")
                return

    def _drop_missing(self, kind: str, name: str, options: dict[str, Value], option: Option) -> None:
        value, given = options[option.name], option.type
        if isinstance(given, Reference) and not self._is_there(given.entity, str(value)):
            options.pop(option.name)
            self.told(kind, name, option.name, str(value), Fate.LOST, _missing(given.entity, str(value)))
        elif isinstance(given, References | Rated) and isinstance(value, tuple):
            of = _name_of_rated if isinstance(given, Rated) else str
            kept = tuple(one for one in value if self._is_there(given.entity, of(one)))
            for one in value:
                if one not in kept:
                    self.told(kind, name, option.name, str(one), Fate.LOST, _missing(given.entity, of(one)))
            options[option.name] = kept

    def _is_there(self, kind: str, name: str) -> bool:
        return self.has(kind, name) or name in BUILT_IN.get(kind, ())


BUILT_IN = {"ingroup": ("AGENTDIRECT", "---NONE---", ""), "list": ("998", "999")}


def _name_of_rated(text: str) -> str:
    return text.rpartition(":")[0]


def _missing(kind: str, name: str) -> str:
    return f"the source has no {kind} {name}"


def _same(value: str, default: str) -> bool:
    return value == default or (value in UNSET and default in UNSET)


def _shortened(option: str, text: str) -> tuple[str, str]:
    longest = LONGEST_NAME if option in LONG_NAMES else LONGEST_LABEL if option in LABELS else 0
    if not longest:
        return text, ""
    plain = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return plain[:longest], f"up to {longest} characters" if len(plain) > longest else ""


def _shown(value: Value) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def words(text: str) -> list[str]:
    """Return the words of a list as VICIdial writes it: between blanks or bars, with a lonely - at the end."""
    return [one for one in text.replace("|", " ").split() if one != "-"]


def same_named(kind: str, row: Row, more: Iterable[str] = ()) -> dict[str, str]:
    """Return the columns of a row that are named like options of a kind, and no text that stands for none."""
    names = set(ENTITIES[kind].option_names)
    return {column: value for column, value in row.items() if column in names and value not in ("", "NULL")}


def by_key(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Return the rows by a key, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def defaults(columns: Iterable[SourceColumn]) -> dict[str, str]:
    """Return the default of each column."""
    return {one.name: one.default or "" for one in columns}
