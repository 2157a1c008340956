"""Writes the types of ARI's events and resources from the description that Asterisk publishes of its interface.

Run `python -m tools.ari_types FOLDER`, where FOLDER is Asterisk's `rest-api`, after a new version of Asterisk.
"""

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "warmline/ari"
# They come from JSON and cannot be changed, so no cycle is possible that the garbage collector would have to find.
BASE = "msgspec.Struct, kw_only=True, frozen=True, gc=False"
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

Model = dict[str, Any]


def models(folder: Path, *names: str) -> dict[str, Model]:
    """Return the models in these files of the description, by name."""
    found: dict[str, Model] = {}
    for name in names:
        found |= json.loads((folder / f"{name}.json").read_text())["models"]
    return found


def events(folder: Path) -> tuple[dict[str, Model], dict[str, Model]]:
    """Return the models of events, and those of resources that only events have."""
    every = models(folder, "events")
    kinds = {name for name in every["Event"]["subTypes"] if name not in NOT_EVENTS}
    parts = {name: model for name, model in every.items() if name not in kinds | NOT_EVENTS}
    return {name: every[name] for name in sorted(kinds)}, parts


def field(name: str, given: Model) -> str:
    """Return a field of a struct. All but required resources have a default, because Asterisk leaves some out."""
    kind = given["type"]
    if kind in PLAIN:
        shape, default = PLAIN[kind]
    elif listed := LISTED.fullmatch(kind):
        shape, default = f"tuple[{PLAIN.get(listed[1], (listed[1],))[0]}, ...]", "()"
    elif given.get("required"):
        shape, default = kind, ""
    else:
        shape, default = f"{kind} | None", "None"
    own = f"{name}_" if keyword.iskeyword(name) else name
    if own != name:
        default = f'msgspec.field(name="{name}", default={default or "msgspec.NODEFAULT"})'
    return f"    {own}: {shape}" + (f" = {default}" if default else "")


def struct(name: str, base: str, model: Model) -> str:
    """Return a class with the fields of a model."""
    fields = [field(one, given) for one, given in model["properties"].items()]
    return "\n".join([f"class {name}({base}):", *(fields or ["    pass"])])


def written(title: str, imports: str, structs: list[str]) -> str:
    """Return the text of a module."""
    return f'"""{title}\n\nWritten by tools/ari_types.py.\n"""\n\n{imports}\n\n\n' + "\n\n\n".join(structs) + "\n"


def ordered(found: dict[str, Model]) -> dict[str, Model]:
    """Return the models so that each comes after those in its fields."""
    done: dict[str, Model] = {}

    def take(name: str) -> None:
        for given in found[name]["properties"].values():
            listed = LISTED.fullmatch(given["type"])
            part = listed[1] if listed else given["type"]
            if part in found and part not in done and part != name:
                take(part)
        done.setdefault(name, found[name])

    for name in found:
        take(name)
    return done


def main(folder: Path) -> None:
    """Write both modules."""
    kinds, parts = events(folder)
    things = ordered(models(folder, *RESOURCES) | parts)
    names = sorted({one for model in kinds.values() for one in re.findall(r"\w+", str(model)) if one in things})
    resources = [struct(name, BASE, model) for name, model in things.items()]
    head = "from typing import Any\n\nimport msgspec"
    (TARGET / "resources.py").write_text(written("Resources of ARI: channels, bridges and others.", head, resources))
    base = [
        f'class Event({BASE}, tag_field="type", tag=True):\n'
        '    """An event of Asterisk. `timestamp` is its time, as Asterisk writes it."""\n\n'
        '    application: str = ""\n    timestamp: str = ""\n    asterisk_id: str = ""'
    ]
    classes = base + [
        struct(name, "Event, kw_only=True, frozen=True, gc=False", model) for name, model in kinds.items()
    ]
    union = "Known = (\n    " + "\n    | ".join(kinds) + "\n)"
    imports = f"{head}\n\nfrom warmline.ari.resources import ({', '.join(names)})"
    (TARGET / "events.py").write_text(written("Events of ARI, each with its fields.", imports, [*classes, union]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
