"""The OpenAPI document is complete and valid."""

import json
import re
from typing import Any

import jsonschema_rs
import msgspec

from ari_app.http.openapi import openapi_document
from ari_app.http.openapi.route_table import ROUTES, ApiRoute
from tests.http.json_site import JsonSite
from warmline.access.rights import SCOPES

DOCUMENT = json.loads(json.dumps(openapi_document.document()))  # a tuple is a list


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
