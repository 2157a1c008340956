"""The OpenAPI document is complete and valid."""

import re
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from ari_app.http.openapi import openapi_document
from ari_app.http.openapi.route_table import ROUTES, ApiRoute
from ari_app.http.openapi.schema_names import SCHEMA_NAMES
from ari_app.http.v1.bodies import response_bodies
from tests import product_names
from tests.http.json_site import JsonSite
from warmline.access.rights import SCOPES

DOCUMENT = openapi_document.document()


def operation(route: ApiRoute) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][f"/api/v1{route.path}"][route.method.lower()]
    return found


def validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema | {"components": DOCUMENT["components"]})


def test_the_openapi_document_is_public(site: JsonSite) -> None:
    told = site.ask("GET", "/openapi.json", Authorization="")
    assert (told.status, told.body) == (200, DOCUMENT)
    assert DOCUMENT["openapi"] == "3.1.0"


def test_the_openapi_document_is_valid() -> None:
    import schemathesis  # which takes half a second

    schemathesis.openapi.from_dict(DOCUMENT).validate()


def test_no_schema_is_named_after_a_module() -> None:
    """A generator makes a class of each name, and drops conflicting ones."""
    names = list(DOCUMENT["components"]["schemas"])
    assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []
    assert "warmline" not in msgspec.json.encode(DOCUMENT).decode()


def test_every_schema_and_every_operation_has_a_name_of_its_own_and_no_classs() -> None:
    """A class may be renamed; a name in the document may not."""
    text = msgspec.json.encode(DOCUMENT).decode()
    schemas, titles = DOCUMENT["components"]["schemas"], set(re.findall(r'"title":"(\w+)"', text))
    assert set(schemas) == set(SCHEMA_NAMES.values()) and len(schemas) == len(SCHEMA_NAMES)
    assert titles <= {"Warmline", *schemas}
    operations = {operation(route)["operationId"] for route in ROUTES}
    assert all(re.fullmatch(r"[a-z][A-Za-z]*", name) for name in operations)
    assert not (operations | set(schemas)) & product_names.classes()
    assert not set(re.findall(r"[\w.]+", text)) & product_names.modules()


def test_a_shape_without_a_name_is_in_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SCHEMA_NAMES, response_bodies.StepNow)
    with pytest.raises(KeyError, match=response_bodies.StepNow.__name__):
        openapi_document.document()


def test_each_address_is_in_a_group_that_is_explained() -> None:
    groups = [tag["name"] for tag in DOCUMENT["tags"] if tag["description"]]
    used = {tuple(told["tags"]) for methods in DOCUMENT["paths"].values() for told in methods.values()}
    assert used == {(group,) for group in groups}


def test_every_address_is_in_it_and_no_other() -> None:
    documented = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert documented == {(route.method, f"/api/v1{route.path}") for route in ROUTES}
    assert len({operation(route)["operationId"] for route in ROUTES}) == len(ROUTES)


def test_each_address_is_explained() -> None:
    wrong = []
    for route in ROUTES:
        told, security = operation(route), [] if route.is_open else [{"token": [route.scope] if route.scope else []}]
        named = {parameter["name"] for parameter in told["parameters"] if parameter["in"] == "path"}
        if not told["summary"] or told["summary"].endswith("."):
            wrong.append(f"{route.name}: the summary {told['summary']!r}")
        if told["security"] != security or route.scope not in ("", *SCOPES):
            wrong.append(f"{route.name}: security {told['security']}, scope {route.scope!r}")
        if named != set(re.findall(r"{(\w+)}", route.path)):
            wrong.append(f"{route.name}: parameters {named}")
    assert wrong == []


def test_examples_are_valid() -> None:
    wrong = []
    for route in (route for route in ROUTES if route.takes):
        content = operation(route)["requestBody"]["content"]["application/json"]
        if errors := [str(error) for error in validator(content["schema"]).iter_errors(content["example"])]:
            wrong.append(f"{route.name}: {errors}")
        elif msgspec.convert(content["example"], route.takes) != route.example:
            wrong.append(f"{route.name}: {content['example']}")
    assert wrong == []
