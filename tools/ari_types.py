"""Writes the types of ARI's events and resources from the descriptions that Asterisk publishes of its interface.

Run `python -m tools.ari_types CLONE`, where CLONE is a git clone of Asterisk, after a change of VERSIONS. It records
the fields that each version has in tools/pages/recorded/ari_models.json, and writes the modules from this record.
"""

import json
import keyword
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSIONS = ("20.18.2", "22.10.1", "23.4.1")
RECORD = Path(__file__).parent / "pages/recorded/ari_models.json"
TARGET = Path(__file__).parents[1] / "warmline/ari"
# They come from JSON and cannot be changed, so no cycle is possible that the garbage collector would have to find.
FIXED = "kw_only=True, frozen=True, gc=False"
RESOURCES = ("channels", "bridges", "playbacks", "recordings", "endpoints", "deviceStates")
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
NOT_EVENTS = {
    "Message",
    "MissingParams",
    "Event",
    "RESTHeader",
    "RESTQueryStringParameter",
    "RESTRequest",
    "RESTResponse",
}
LISTED = re.compile(r"List\[(\w+)\]")


@dataclass(frozen=True)
class Field:
    """A field: its type in the description, and whether each version that has the model requires it.

    `lacks` are the versions that have the model without this field.
    """

    type: str
    required: bool = False
    lacks: tuple[str, ...] = ()


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
Read = Callable[[str], str]


def described(read: Read) -> tuple[Described, Described]:
    """Return the events and the resources of a version; `read` returns a file of its description."""
    every: Described = json.loads(read("events.json"))["models"]
    names = {name for name in every["Event"]["subTypes"] if name not in NOT_EVENTS}
    resources: Described = {}
    for name in RESOURCES:
        resources |= json.loads(read(f"{name}.json"))["models"]
    resources |= {name: model for name, model in every.items() if name not in names | NOT_EVENTS}
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
            fields[field] = Field(types.pop(), required, _without(having, given))
        result[name] = Model(fields, _without(found, having))
    return result


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


def field_line(name: str, given: Field) -> str:
    """Return a field of a struct. All but required resources have a default, because Asterisk leaves some out."""
    kind = given.type
    if kind in PLAIN:
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
    fields = [field_line(one, field) for one, field in model.fields.items()]
    return "\n".join([*head, *(fields or ["    pass"])])


def resources_module(record: Record) -> str:
    """Return the text of warmline/ari/resources.py."""
    base = f"msgspec.Struct, {FIXED}"
    structs = [struct(name, base, model) for name, model in record.resources.items()]
    return _module(record, "Resources of ARI: channels, bridges and others.", [], structs)


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


def _module(record: Record, title: str, imports: list[str], parts: list[str]) -> str:
    *others, last = record.versions
    source = f"Written by tools/ari_types.py from the descriptions of Asterisk {', '.join(others)} and {last}."
    head = [f'"""{title}', "", source, '"""', "", "from typing import Any", "", "import msgspec", *imports]
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
    return Field(given["type"], given.get("required", False), tuple(given.get("lacks", ())))


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


def read_clone(clone: Path) -> Record:
    """Return what the versions in a clone of Asterisk have. Raises CalledProcessError, ValueError."""
    events: dict[str, Described] = {}
    resources: dict[str, Described] = {}
    for version in VERSIONS:

        def read(file: str, version: str = version) -> str:
            what = f"{version}:rest-api/api-docs/{file}"
            return subprocess.run(("git", "-C", clone, "show", what), check=True, capture_output=True, text=True).stdout

        events[version], resources[version] = described(read)
    return Record(VERSIONS, dict(sorted(united(events).items())), ordered(united(resources)))


def main(clone: Path) -> None:
    """Write the record and both modules."""
    record = read_clone(clone)
    RECORD.write_text(record_text(record))
    (TARGET / "resources.py").write_text(resources_module(record))
    (TARGET / "events.py").write_text(events_module(record))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
