"""Each operation of the OpenAPI document has a valid example, and the API answers it as the document says."""

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ari_app.http.openapi import openapi_document, operation_examples
from ari_app.http.openapi.route_table import ROUTES, ApiRoute
from tests.http.api_examples import recorded_examples
from tests.http.api_examples.example_world import example_world

DOCUMENT = openapi_document.document()
AGAIN = "after a change of the API: python -m tests.http.api_examples"


def validate(schema: dict[str, Any], value: Any) -> None:
    jsonschema_rs.Draft202012Validator(schema | {"components": DOCUMENT["components"]}).validate(value)


def test_the_api_answers_each_example_as_the_document_says(demo_database: Path, tmp_path: Path) -> None:
    with example_world(demo_database, tmp_path) as world:
        found = recorded_examples.record(world)
    text = recorded_examples.written(found).decode()
    told = operation_examples.FILE.read_text()
    assert text.splitlines() == told.splitlines(), AGAIN


def test_each_operation_besides_audio_has_an_example() -> None:
    without = {route.name for route in ROUTES} - operation_examples.recorded().keys()
    assert without == {"getRecording"}, AGAIN


@pytest.mark.parametrize("route", recorded_examples.SENT, ids=lambda route: route.name)
def test_each_example_is_valid(route: ApiRoute) -> None:
    operation = DOCUMENT["paths"][f"/api/v1{route.path}"][route.method.lower()]
    named = {(one["in"], one["name"]): one for one in operation["parameters"]}
    example = operation_examples.recorded()[route.name]
    for place, given in (("path", example.path), ("query", example.query)):
        for name, value in given.items():
            assert named[place, name]["example"] == value
            validate(named[place, name]["schema"], value)
    needed = {key for key, one in named.items() if one["required"]}
    assert {key for key in needed if "example" not in named[key]} == set()
    [content] = operation["responses"][str(example.status)]["content"].values()
    validate(content["schema"], content["example"])
