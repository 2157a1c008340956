"""Each operation of the OpenAPI document has a valid example, and the API answers it as the document says."""

from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.http.api_examples import recorded_examples
from tests.http.api_examples.example_world import example_world
from tests.internals.json_api import ROUTES, openapi_document, operation_examples

DOCUMENT = openapi_document.document()
AGAIN = "after a change of the API: python -m tests.http.api_examples"


def test_the_api_answers_each_example_as_the_document_says(demo_database: Path, tmp_path: Path) -> None:
    with example_world(demo_database, tmp_path) as world:
        found = recorded_examples.record(world)
    text = recorded_examples.written(found).decode()
    told = operation_examples.FILE.read_text()
    assert text.splitlines() == told.splitlines(), AGAIN


def test_each_operation_besides_audio_has_an_example() -> None:
    without = {route.name for route in ROUTES} - operation_examples.recorded().keys()
    assert without == {"getRecording"}, AGAIN


def test_each_example_is_valid() -> None:
    """All of them are one value of one schema, because a schema is compiled with all that it may refer to."""
    schemas, values = dict[str, Any](), dict[str, Any]()
    for route in recorded_examples.SENT:
        operation = DOCUMENT["paths"][f"/api/v1{route.path}"][route.method.lower()]
        example = operation_examples.recorded()[route.name]
        [content] = operation["responses"][str(example.status)]["content"].values()
        schemas[route.name], values[route.name] = content["schema"], content["example"]
        for one in operation["parameters"]:
            given = {"path": example.path, "query": example.query}.get(one["in"], {})
            assert one.get("example") == given.get(one["name"])
            assert one["name"] in given or not one["required"]
            if one["name"] in given:
                schemas[f"{route.name} {one['name']}"] = one["schema"]
                values[f"{route.name} {one['name']}"] = given[one["name"]]
        assert {*example.path, *example.query} <= {one["name"] for one in operation["parameters"]}
    whole = {"type": "object", "properties": schemas, "components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(whole).validate(values)
