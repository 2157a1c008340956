"""Every operation of ARI has a typed method, which sends what Asterisk describes."""

import asyncio
import inspect
import json
from collections.abc import Mapping
from typing import Any

import pytest

from lab import asterisk
from tests.ari.test_events import MODELS, sample
from tools import ari_operations, ari_types
from tools.ari_operations import Operation, Parameter, Since, to_snake
from warmline.ari import CodedError, events, resources
from warmline.ari.operations import Api
from warmline.ari.request_transport import name_channel_id
from warmline.system.asterisk_requirements import new_enough

OPERATIONS = {
    (resource, name): operation
    for resource, operations in ari_operations.recorded().items()
    for name, operation in operations.items()
}
NEWEST = ari_types.VERSIONS[-1]
SENT: dict[str, tuple[Any, Any]] = {  # by type: what a script gives, and what is sent
    "string": ("a text, with ä", "a text, with ä"),
    "int": (7, "7"),
    "long": (2**40, str(2**40)),
    "boolean": (False, "false"),
    "containers": ({"NAME": "value"}, {"NAME": "value"}),
    "object": ({"allowed": [{"type": "Dial"}]}, {"allowed": [{"type": "Dial"}]}),
}


class RecordingAri:
    """It takes the place of Ari: it notes each request, and answers it as Asterisk does."""

    def __init__(self, answer: str = "void", version: str = NEWEST) -> None:
        self.asterisk_version = version
        self.requests: list[tuple[str, str, dict[str, str], Any]] = []
        self._answer = answer

    async def send_request(
        self, method: str, *path: str, query: Mapping[str, str] | None = None, body: Mapping[str, Any] | None = None
    ) -> bytes:
        self.requests.append((method, "/" + "/".join(path), dict(query or {}), body))
        if self._answer in ("void", "binary"):
            return b"" if self._answer == "void" else b"RIFF"
        model = sample(NEWEST, ari_types.part_of(self._answer), is_minimal=False)
        return json.dumps(model if self._answer in MODELS else [model]).encode()


def find_method(resource: str, name: str, ari: RecordingAri | None = None) -> Any:
    api = Api(ari or RecordingAri())  # type: ignore[arg-type]
    return getattr(getattr(api, to_snake(resource)), to_snake(name))


def make_value(name: str, parameter: Parameter) -> tuple[Any, Any]:
    """Return a value of a parameter, and what is sent of it."""
    if name == "fields":
        return {"max_contacts": "1"}, [{"attribute": "max_contacts", "value": "1"}]
    value, sent = (parameter.values[-1],) * 2 if parameter.values else SENT[parameter.type]
    return ([value, value], f"{sent},{sent}") if parameter.many else (value, sent)


@pytest.mark.parametrize(("resource", "name"), OPERATIONS)
@pytest.mark.parametrize("is_minimal", [False, True])
def test_an_operation_sends_its_parameters_and_reads_its_answer(resource: str, name: str, is_minimal: bool) -> None:
    operation = OPERATIONS[resource, name]
    arguments: dict[str, Any] = {}
    path, query, body = operation.path, {}, None
    for key, parameter in operation.parameters.items():
        if is_minimal and not parameter.required:
            if default := ari_operations.DEFAULTS.get((operation.path, key)):
                query[key] = default
            continue
        arguments[to_snake(key)], sent = make_value(key, parameter)
        if parameter.kind == "path":
            path = path.replace(f"{{{key}}}", sent)
        elif parameter.kind == "query":
            query[key] = sent
        else:
            body = sent if path in ("/bridges", "/applications/a text, with ä/eventFilter") else {key: sent}
    ari = RecordingAri(operation.answer)
    answer = asyncio.run(find_method(resource, name, ari)(**arguments))
    assert ari.requests == [(operation.method, path, query, body)]
    if operation.answer == "void":
        assert answer is None
    elif operation.answer == "binary":
        assert answer == b"RIFF"
    else:
        first = answer[0] if isinstance(answer, tuple) else answer
        assert type(first) is getattr(resources, ari_types.part_of(operation.answer))


def test_ids_come_first_and_all_else_by_name() -> None:
    for (resource, name), operation in OPERATIONS.items():
        signature = inspect.signature(find_method(resource, name))
        kinds = {argument.name: argument.kind for argument in signature.parameters.values()}
        is_id = {to_snake(key): parameter.kind == "path" for key, parameter in operation.parameters.items()}
        assert {key: kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for key, kind in kinds.items()} == is_id


@pytest.mark.parametrize("version", ari_types.VERSIONS)
def test_nothing_of_a_version_is_without_a_type(version: str) -> None:
    """The operations, parameters, models, their fields and the events of each version: none without a type."""
    untyped = []
    for (resource, name), operation in OPERATIONS.items():
        types = inspect.get_annotations(find_method(resource, name))
        if is_in(version, operation.since) and "return" not in types:
            untyped.append(f"{resource}.{name}")
        for key, parameter in operation.parameters.items():
            if is_in(version, parameter.since) and types.get(to_snake(key), Any) is Any:
                untyped.append(f"{resource}.{name}({key})")
    record = ari_types.recorded()
    for module, models in ((events, record.events), (resources, record.resources)):
        for name, model in models.items():
            types = inspect.get_annotations(getattr(module, name, object))
            untyped += [f"{name}.{key}" for key in model.fields if not {key, f"{key}_"} & types.keys()]
    assert untyped == []


def is_in(version: str, since: Since) -> bool:
    return not since or new_enough(version, since)


def test_the_installed_asterisk_describes_no_other_operation() -> None:
    program = asterisk.find()
    assert program
    for resource in ari_types.FILES:
        description = json.loads((program.data / "rest-api" / f"{resource}.json").read_text())
        for name, described in ari_operations.list_operations(description).items():
            operation = OPERATIONS[resource, name]
            parameters = {parameter["name"] for parameter in described.get("parameters", ())}
            assert (operation.path, parameters - operation.parameters.keys()) == (described["path"], set())


def test_what_an_older_asterisk_lacks_is_refused_before_it_is_sent() -> None:
    ari = RecordingAri(version="20.18.2")
    api = Api(ari)  # type: ignore[arg-type]
    for refused, words in (
        (api.bridges.get_bridge_var("b", variable="A"), "ari.api.bridges.get_bridge_var needs"),
        (api.bridges.create(variables={"A": "1"}), "variables of ari.api.bridges.create needs"),
    ):
        with pytest.raises(CodedError, match=rf"{words} Asterisk 20\.20, 22\.10, 23\.4 or newer; .* 20\.18\.2"):
            asyncio.run(refused)
    assert ari.requests == []
    asyncio.run(api.channels.set_channel_var("c", variable="A", value="1"))
    assert len(ari.requests) == 1


@pytest.mark.parametrize(
    ("version", "is_there"),
    [
        *(("20.19.0", False), ("20.20.0", True), ("22.9.0", False), ("22.10.1+dfsg", True)),
        *(("23.3.0", False), ("23.4.1", True), ("24.0.0", True), ("", True)),  # the test world has no version
    ],
)
def test_each_branch_has_its_own_first_version(version: str, is_there: bool) -> None:
    ari = RecordingAri("Variable", version)
    try:
        asyncio.run(find_method("bridges", "getBridgeVar", ari)("b", variable="A"))
    except CodedError:
        assert not is_there
    else:
        assert is_there


def test_a_closed_value_that_an_older_asterisk_lacks_is_checked() -> None:
    transport = Parameter("query", "string", values=("udp", "quic"), values_since={"quic": {24: 1}})
    operation = Operation("POST", "/channels/externalMedia", "Channel", {"transport": transport})
    text = ari_operations.operations_module({"channels": {"externalMedia": operation}})
    assert 'transport: Literal["udp", "quic"] | None = None' in text
    assert "self.require({24: 1}, 'transport=\"quic\" of ari.api.channels.external_media')" in text


@pytest.mark.parametrize(
    ("line", "parameter"),
    [
        *(("POST channels", "channelId"), ("POST channels/create", "channelId")),
        *(("POST channels/externalMedia", "channelId"), ("POST channels/1.7/snoop", "snoopId")),
        *(("POST channels/own", ""), ("POST channels/1.7/snoop/own", ""), ("GET channels", "")),
        *(("POST bridges", ""), ("POST channels/snoop/play", ""), ("POST events/user/snoop", "")),
    ],
)
def test_a_channel_that_a_script_makes_has_an_id_of_the_script(line: str, parameter: str) -> None:
    method, path = line.split()
    assert name_channel_id(method, tuple(path.split("/"))) == parameter
