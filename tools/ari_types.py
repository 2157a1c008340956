"""Writes the types of ARI's events and resources from the descriptions that Asterisk publishes of its interface.

Run `python -m tools.ari_clone CLONE`, where CLONE is a git clone of Asterisk, after a change of VERSIONS. It records
the fields that each version has in tools/pages/recorded/ari_models.json; the modules are written from this record.
"""

import json
import keyword
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

VERSIONS = ("20.18.2", "22.10.1", "23.4.1")
RECORD = Path(__file__).parent / "pages/recorded/ari_models.json"
TARGET = Path(__file__).parents[1] / "warmline/ari"
# They come from JSON and cannot be changed, so no cycle is possible that the garbage collector would have to find.
FIXED = "kw_only=True, frozen=True, gc=False"
FILES = (
    "applications",
    "asterisk",
    "bridges",
    "channels",
    "deviceStates",
    "endpoints",
    "events",
    "mailboxes",
    "playbacks",
    "recordings",
    "sounds",
)
PLAIN = {
    "string": ("str", '""'),
    "int": ("int", "0"),
    "long": ("int", "0"),
    "double": ("float", "0.0"),
    "boolean": ("bool", "False"),
    "Date": ("str", '""'),
    "object": ("dict[str, Any]", "msgspec.field(default_factory=dict)"),
    "containers": ("dict[str, Any]", "msgspec.field(default_factory=dict)"),
}
NOT_EVENTS = {"RESTResponse"}  # of the websocket, which the client reads
BASE = "Event"
# What Asterisk sends besides the values of its descriptions: `ast_state2str` and `state_to_string` in its source.
MORE_VALUES = {("Channel", "state"): ("Rsrvd", "Mute"), ("Playback", "state"): ("paused",)}
LISTED = re.compile(r"List\[(\w+)\]")


@dataclass(frozen=True)
class Field:
    """A field: its type in the description, and whether each version that has the model requires it.

    `lacks` are the versions that have the model without this field. `values` are all that it can have, or none if it
    is not closed.
    """

    type: str
    required: bool = False
    lacks: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """An event or a resource: its fields in any version, and the versions that do not have it."""

    fields: dict[str, Field]
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """The models of the described versions. Resources are ordered: each comes after those in its fields."""

    versions: tuple[str, ...]
    events: dict[str, Model]
    resources: dict[str, Model]


Described = dict[str, dict[str, Any]]  # the models of a version by their names, as the description has them
ReadFile = Callable[[str, str], dict[str, Any]]  # of a version: `read("22.10.1", "channels.json")`


def read_models(read: ReadFile) -> Record:
    """Return the models of VERSIONS. Raises ValueError if two versions differ in a type."""
    events: dict[str, Described] = {}
    resources: dict[str, Described] = {}
    for version in VERSIONS:
        events[version], resources[version] = described(partial(read, version))
    return Record(VERSIONS, dict(sorted(united(events).items())), ordered(united(resources)))


def described(read: Callable[[str], dict[str, Any]]) -> tuple[Described, Described]:
    """Return the events and the resources of a version; `read` returns a file of its description."""
    every: Described = {}
    for name in FILES:
        every |= read(f"{name}.json").get("models", {})
    names = {*every[BASE]["subTypes"]} - NOT_EVENTS
    resources = {name: model for name, model in every.items() if name not in {*names, BASE}}
    return {name: every[name] for name in sorted(names)}, resources


def united(found: dict[str, Described]) -> dict[str, Model]:
    """Return the models of all versions, with all fields. Raises ValueError if two versions differ in a type."""
    result: dict[str, Model] = {}
    newest_first = list(reversed(found))
    for name in _names(found[version] for version in newest_first):
        having = {version: found[version][name]["properties"] for version in found if name in found[version]}
        fields: dict[str, Field] = {}
        for field in _names(having[version] for version in newest_first if version in having):
            given = {version: properties[field] for version, properties in having.items() if field in properties}
            types = {one["type"] for one in given.values()}
            if len(types) > 1:
                raise ValueError(f"{name}.{field} has the types {', '.join(sorted(types))}: decide which one holds")
            required = len(given) == len(having) and all(one.get("required", False) for one in given.values())
            values = tuple(dict.fromkeys(value for one in given.values() for value in list_values(one)))
            fields[field] = Field(types.pop(), required, _without(having, given), values)
        result[name] = Model(fields, _without(found, having))
    return result


def list_values(given: dict[str, Any]) -> list[str]:
    """Return the closed values of a field or a parameter; a range of numbers has none."""
    values: list[str] = given.get("allowableValues", {}).get("values", [])
    return values


def _without(versions: Iterable[str], having: Iterable[str]) -> tuple[str, ...]:
    return tuple(version for version in versions if version not in having)


def _names(several: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for one in several for name in one))


def ordered(found: dict[str, Model]) -> dict[str, Model]:
    """Return the models so that each comes after those in its fields."""
    done: dict[str, Model] = {}

    def take(name: str) -> None:
        for given in found[name].fields.values():
            part = part_of(given.type)
            if part in found and part not in done and part != name:
                take(part)
        done.setdefault(name, found[name])

    for name in found:
        take(name)
    return done


def part_of(kind: str) -> str:
    """Return the type of a field, or of the items of a list."""
    listed = LISTED.fullmatch(kind)
    return listed[1] if listed else kind


def values_type(model: str, field: str) -> str:
    """Return the name of the type of a field with closed values: `ChannelState`."""
    return model + "".join(word.title() for word in field.split("_"))


def field_line(model: str, name: str, given: Field) -> str:
    """Return a field of a struct. All but required resources have a default, because Asterisk leaves some out."""
    kind = given.type
    if given.values:
        shape, default = values_type(model, name), '""'
    elif kind in PLAIN:
        shape, default = PLAIN[kind]
    elif listed := LISTED.fullmatch(kind):
        shape, default = f"tuple[{PLAIN.get(listed[1], (listed[1],))[0]}, ...]", "()"
    elif given.required:
        shape, default = kind, ""
    else:
        shape, default = f"{kind} | None", "None"
    own = f"{name}_" if keyword.iskeyword(name) else name
    if own != name:
        default = f'msgspec.field(name="{name}", default={default or "msgspec.NODEFAULT"})'
    comment = f"  # {absent(given.lacks)}" if given.lacks else ""
    return f"    {own}: {shape}" + (f" = {default}" if default else "") + comment


def short(version: str) -> str:
    """Return a version without its last part: 20.18 for 20.18.2."""
    return version.rpartition(".")[0]


def absent(lacks: tuple[str, ...]) -> str:
    """Return "not in Asterisk 20.18" for what some versions do not have, else ""."""
    return f"not in Asterisk {' and '.join(map(short, lacks))}" if lacks else ""


def struct(name: str, base: str, model: Model) -> str:
    """Return a class with the fields of a model."""
    head = [f"class {name}({base}):"]
    if model.lacks:
        head += [f'    """This type is {absent(model.lacks)}."""', ""]
    fields = [field_line(name, one, field) for one, field in model.fields.items()]
    return "\n".join([*head, *(fields or ["    pass"])])


def resources_module(record: Record) -> str:
    """Return the text of warmline/ari/resources.py."""
    base = f"msgspec.Struct, {FIXED}"
    structs = [struct(name, base, model) for name, model in record.resources.items()]
    title = "Resources of ARI: channels, bridges and others."
    return _module(record, title, ["", *_write_values(record)], structs, typing="TYPE_CHECKING, Any, Literal")


def _write_values(record: Record) -> list[str]:
    """Return the types of closed values. They are texts when a program runs: Asterisk may send others."""
    checked: list[str] = []
    names: list[str] = []
    for model, described_model in record.resources.items():
        for name, field in described_model.fields.items():
            if field.values:
                values = ["", *field.values, *MORE_VALUES.get((model, name), ())]
                texts = "".join(f"        {json.dumps(value)},\n" for value in values)
                checked.append(f"    {values_type(model, name)} = Literal[\n{texts}    ]")
                names.append(values_type(model, name))
    lines = [f"    {name} = str" for name in names]
    return ["if TYPE_CHECKING:", *checked, "else:  # a newer Asterisk may send other values", *lines]


def events_module(record: Record) -> str:
    """Return the text of warmline/ari/events.py."""
    types = [part_of(field.type) for model in record.events.values() for field in model.fields.values()]
    names = sorted({name for name in types if name in record.resources}, key=lambda name: (name.lower(), name))
    imports = ["", "from warmline.ari.resources import (", *(f"    {name}," for name in names), ")"]
    base = [
        f'class Event(msgspec.Struct, {FIXED}, tag_field="type", tag=True):\n'
        '    """An event of Asterisk. `timestamp` is its time, as Asterisk writes it."""\n\n'
        '    application: str = ""\n    timestamp: str = ""\n    asterisk_id: str = ""'
    ]
    classes = [struct(name, f"Event, {FIXED}", model) for name, model in record.events.items()]
    union = "AnyEvent = (\n    " + "\n    | ".join(record.events) + "\n)"
    return _module(record, "Events of ARI, each with its fields.", imports, [*base, *classes, union])


def _module(record: Record, title: str, imports: list[str], parts: list[str], typing: str = "Any") -> str:
    *others, last = record.versions
    source = f"Written by tools/ari_types.py from the descriptions of Asterisk {', '.join(others)} and {last}."
    head = [f'"""{title}', "", source, '"""', "", f"from typing import {typing}", "", "import msgspec", *imports]
    return "\n".join(head) + "\n\n\n" + "\n\n\n".join(parts) + "\n"


def recorded() -> Record:
    """Return the record."""
    given = json.loads(RECORD.read_text())
    return Record(tuple(given["versions"]), _models(given["events"]), _models(given["resources"]))


def _models(given: dict[str, Any]) -> dict[str, Model]:
    return {
        name: Model({one: _field(field) for one, field in model["fields"].items()}, tuple(model.get("lacks", ())))
        for name, model in given.items()
    }


def _field(given: dict[str, Any]) -> Field:
    return Field(
        given["type"], given.get("required", False), tuple(given.get("lacks", ())), tuple(given.get("values", ()))
    )


def record_text(record: Record) -> str:
    """Return the text of the record, with a line for each model. `required` and `lacks` are left out if they say no."""
    parts = [
        f'"{part}": {{\n' + ",\n".join(f" {json.dumps(name)}: {_line(model)}" for name, model in models.items()) + "\n}"
        for part, models in (("events", record.events), ("resources", record.resources))
    ]
    return f'{{\n"versions": {json.dumps(record.versions)},\n' + ",\n".join(parts) + "\n}\n"


def _line(model: Model) -> str:
    return json.dumps({"fields": {name: _told(field) for name, field in model.fields.items()}, **_told(model)})


def _told(given: Field | Model) -> dict[str, Any]:
    return {name: value for name, value in vars(given).items() if value and name != "fields"}
