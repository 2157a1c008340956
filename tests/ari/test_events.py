"""The typed events and resources of ARI scripts: they are those of Asterisk's own description."""

import json

import pytest

from lab import asterisk
from tools import ari_types
from warmline.ari import UnknownEvent, events, resources
from warmline.ari.script_events import KINDS, decode

FOUND = asterisk.find()
assert FOUND
FOLDER = FOUND.data / "rest-api"
EVENTS, PARTS = ari_types.events(FOLDER)
THINGS = ari_types.models(FOLDER, *ari_types.RESOURCES) | PARTS


def fields(kind: type) -> set[str]:
    return {name.rstrip("_") for name in kind.__struct_fields__} - {"application", "timestamp", "asterisk_id"}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_has_the_fields_that_asterisk_describes(name: str) -> None:
    assert fields(getattr(events, name)) == set(EVENTS[name]["properties"])


@pytest.mark.parametrize("name", THINGS)
def test_a_resource_has_the_fields_that_asterisk_describes(name: str) -> None:
    kind = getattr(resources, name)
    assert {one.rstrip("_") for one in kind.__struct_fields__} == set(THINGS[name]["properties"])


def test_every_event_but_variables_reaches_a_script() -> None:
    assert set(KINDS) == set(EVENTS) - {"ChannelVarset"}


def test_an_event_is_decoded_with_its_type_and_unknown_fields_are_left_out() -> None:
    text = {"type": "ApplicationRegistered", "application": "script-a", "timestamp": "now", "new": {"field": [1]}}
    assert decode(json.dumps(text)) == events.ApplicationRegistered(application="script-a", timestamp="now")


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
    found = decode(text)
    assert isinstance(found, UnknownEvent) and found.type == kind
