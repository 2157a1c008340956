"""The typed events and resources of ARI scripts: they are those of Asterisk's own descriptions."""

import json
from itertools import product
from typing import Any

import msgspec
import pytest

from lab import asterisk
from tools import ari_types
from tools.ari_types import Field, Model
from warmline.ari import UnknownEvent, events, resources
from warmline.ari.script_events import EVENT_KINDS, decode_event

RECORD = ari_types.recorded()
MODELS = RECORD.events | RECORD.resources
SAMPLES: dict[str, Any] = {
    "string": "a text",
    "Date": "2026-11-20T10:00:00.000+0000",
    "int": 7,
    "long": 2**40,
    "double": 0.25,
    "boolean": True,
    "object": {"any": ["thing"]},
    "containers": {"any": ["thing"]},
}


def having(kinds: dict[str, Model]) -> list[tuple[str, str]]:
    """Return each version with each model that it has."""
    return [(version, name) for version in RECORD.versions for name in kinds if version not in kinds[name].lacks]


def fields(version: str, name: str, *, is_minimal: bool) -> dict[str, Field]:
    """Return the fields that a model has in a version, or the `least` of them that Asterisk must send."""
    model_fields = MODELS[name].fields.items()
    return {
        key: field for key, field in model_fields if version not in field.lacks and (field.required or not is_minimal)
    }


def sample(version: str, name: str, *, is_minimal: bool) -> dict[str, Any]:
    """Return a model as Asterisk sends it. Its parts have the least of fields, because some contain their own kind."""
    return {key: value(version, field.type) for key, field in fields(version, name, is_minimal=is_minimal).items()}


def value(version: str, kind: str) -> Any:
    part = ari_types.part_of(kind)
    field_value = SAMPLES[part] if part in SAMPLES else sample(version, part, is_minimal=True)
    return [field_value] if part != kind else field_value


def read_back(decoded: Any, original: Any) -> bool:
    """Return whether a decoded value has all that was sent."""
    if isinstance(decoded, msgspec.Struct):
        fields_by_name = {field.encode_name: getattr(decoded, field.name) for field in msgspec.structs.fields(decoded)}
        return all(
            name in fields_by_name and read_back(fields_by_name[name], item_value)
            for name, item_value in original.items()
        )
    if isinstance(decoded, tuple):
        return len(decoded) == len(original) and all(map(read_back, decoded, original))
    return bool(decoded == original)


def test_an_event_of_each_version_is_decoded_with_all_its_fields() -> None:
    wrong = []
    for (version, name), is_minimal in product(having(RECORD.events), (False, True)):
        original = {"application": "script-a", **sample(version, name, is_minimal=is_minimal)}
        event = decode_event(json.dumps({"type": name, **original}))
        if type(event) is not getattr(events, name) or not read_back(event, original):
            wrong.append(f"{name} of {version}: {event}")
    assert wrong == []


def test_a_resource_of_each_version_is_decoded_with_all_its_fields() -> None:
    wrong = []
    for (version, name), is_minimal in product(having(RECORD.resources), (False, True)):
        original = sample(version, name, is_minimal=is_minimal)
        decoded = msgspec.json.decode(json.dumps(original), type=getattr(resources, name))
        if not read_back(decoded, original):
            wrong.append(f"{name} of {version}: {decoded}")
    assert wrong == []


def test_the_installed_asterisk_describes_nothing_more() -> None:
    program = asterisk.find()
    assert program
    kinds, models = ari_types.described(lambda file: json.loads((program.data / "rest-api" / file).read_text()))
    assert kinds.keys() <= RECORD.events.keys() and models.keys() <= RECORD.resources.keys()
    for name, model in (kinds | models).items():
        assert model["properties"].keys() <= MODELS[name].fields.keys()


def test_every_event_but_variables_reaches_a_script() -> None:
    assert set(EVENT_KINDS) == set(RECORD.events) - {"ChannelVarset"}


def test_an_event_is_decoded_with_its_type_and_unknown_fields_are_left_out() -> None:
    text = {"type": "ApplicationRegistered", "application": "script-a", "timestamp": "now", "new": {"field": [1]}}
    assert decode_event(json.dumps(text)) == events.ApplicationRegistered(application="script-a", timestamp="now")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"type": "ChannelLevitated", "height": 3}', "ChannelLevitated"),
        ('{"type": "StasisStart", "channel": 5}', "StasisStart"),
        ('{"height": 3}', ""),
        ("[1]", ""),
        ("{", ""),
    ],
)
def test_an_event_that_is_not_understood_is_an_unknown_one(text: str, kind: str) -> None:
    event = decode_event(text)
    assert isinstance(event, UnknownEvent) and event.type == kind
