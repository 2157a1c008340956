"""Writes the operations of ARI from the descriptions that Asterisk publishes: see tools/ari_clone.py, which runs this.

The record, tools/pages/recorded/ari_operations.json, has each operation in any version, with the first version of each
branch that has it. What is in every Asterisk that Warmline supports needs no such versions.
"""

import json
import keyword
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tools.ari_types import FILES, LISTED, VERSIONS, ReadFile, list_values
from warmline.system.asterisk_requirements import OLDEST, new_enough

RECORD = Path(__file__).parent / "pages/recorded/ari_operations.json"
TARGET = Path(__file__).parents[1] / "warmline/ari/operations.py"
TYPES = {
    "string": "str",
    "int": "int",
    "long": "int",
    "double": "float",
    "boolean": "bool",
    "object": "Mapping[str, Any]",
    "containers": "Variables",
    "binary": "bytes",
    "void": "None",
}
# The body is the value itself. Of new bridges, Asterisk describes an object `variables`, and refuses it.
WHOLE_BODIES = ("/applications/{applicationName}/eventFilter", "/bridges")
# What is always sent, because Asterisk wants it though it describes a default.
DEFAULTS = {("/channels/{channelId}/mute", "direction"): "both"}
LINE_LENGTH = 120

Since = dict[int, int]  # the first minor version of each major one; {} is every supported version
Description = dict[str, Any]  # of an operation or a parameter, as Asterisk publishes it


class Parameter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A parameter of an operation. `kind` is path, query or body; `many` says that it takes several values.

    `values` are all that it can have, or none if it is not closed. `values_since` has those that some versions lack.
    """

    kind: str
    type: str
    required: bool = False
    many: bool = False
    values: tuple[str, ...] = ()
    since: Since = {}
    values_since: dict[str, Since] = {}


class Operation(msgspec.Struct, frozen=True, omit_defaults=True):
    """An operation: its method of HTTP, its path, the type of its answer, and its parameters in their order."""

    method: str
    path: str
    answer: str
    parameters: dict[str, Parameter] = {}
    since: Since = {}


Operations = dict[str, dict[str, Operation]]  # by resource and name


# -- read the descriptions --


def read_operations(read: ReadFile, tags: Iterable[str]) -> Operations:
    """Return the operations that VERSIONS have; `tags` are the versions in which the first one is looked for."""
    tags = sorted({*tags, *VERSIONS}, key=_to_numbers)
    result: Operations = {}
    for resource in FILES:
        by_tag = {tag: list_operations(read(tag, f"{resource}.json")) for tag in tags}
        newest_first = [by_tag[version] for version in reversed(VERSIONS)]
        names = list(dict.fromkeys(name for operations in newest_first for name in operations))
        result[resource] = {
            name: _unite(name, {tag: operations[name] for tag, operations in by_tag.items() if name in operations})
            for name in names
        }
    return result


def list_operations(description: Description) -> dict[str, Description]:
    """Return the operations of a file by their names, but those that make a websocket."""
    return {
        operation["nickname"]: {**operation, "path": api["path"]}
        for api in description["apis"]
        for operation in api["operations"]
        if "upgrade" not in operation
    }


def _unite(name: str, by_tag: dict[str, Description]) -> Operation:
    """Return an operation with all parameters of all versions. Raises ValueError if two versions differ in it."""
    described = {tag: by_tag[tag] for tag in reversed(VERSIONS) if tag in by_tag}
    forms = {(form["httpMethod"], form["path"], form["responseClass"]) for form in described.values()}
    if len(forms) > 1:
        raise ValueError(f"{name} has the forms {sorted(forms)}: decide which one holds")
    since = find_since(by_tag)
    parameters: dict[str, Parameter] = {}
    for operation in described.values():
        for parameter in operation.get("parameters", ()):
            if parameter["name"] not in parameters:
                parameters[parameter["name"]] = _unite_parameter(parameter["name"], by_tag, since)
    method, path, answer = forms.pop()
    return Operation(method, path, answer, parameters, since)


def _unite_parameter(name: str, by_tag: dict[str, Description], operation_since: Since) -> Parameter:
    by_tag = {
        tag: parameter
        for tag, operation in by_tag.items()
        for parameter in operation.get("parameters", ())
        if parameter["name"] == name
    }
    described = [by_tag[tag] for tag in reversed(VERSIONS) if tag in by_tag]
    shapes = {(shape["paramType"], shape["dataType"], bool(shape.get("allowMultiple"))) for shape in described}
    if len(shapes) > 1:
        raise ValueError(f"{name} has the shapes {sorted(shapes)}: decide which one holds")
    kind, data_type, many = shapes.pop()
    since = find_since(by_tag)
    values_since = {}
    for value in dict.fromkeys(value for parameter in described for value in list_values(parameter)):
        values_since[value] = find_since(tag for tag, parameter in by_tag.items() if value in list_values(parameter))
    return Parameter(
        kind,
        data_type,
        required=kind == "path" or all(parameter.get("required") for parameter in described),
        many=many,
        values=tuple(values_since),
        since=since if since != operation_since else {},
        values_since={value: first for value, first in values_since.items() if first != since},
    )


def find_since(tags: Iterable[str]) -> Since:
    """Return the first minor version of each branch, or {} if every supported version has it."""
    first: Since = {}
    for tag in tags:
        major, minor, _ = _to_numbers(tag)
        first[major] = min(minor, first.get(major, minor))
    return {} if first == OLDEST else first


def _to_numbers(tag: str) -> tuple[int, ...]:
    return tuple(map(int, tag.split(".")))


def is_supported_tag(tag: str) -> bool:
    """Return whether a tag of Asterisk's source is a version that Warmline supports, of a branch that is described."""
    return bool(re.fullmatch(r"\d+\.\d+\.\d+", tag)) and _to_numbers(tag)[0] in OLDEST and new_enough(tag)


# -- the record --


def recorded() -> Operations:
    """Return the record."""
    return msgspec.json.decode(RECORD.read_bytes(), type=Operations)


def record_text(operations: Operations) -> str:
    """Return the text of the record, with a line for each operation. What is empty or says no is left out."""
    resources = []
    for resource, named in operations.items():
        lines = [f' "{name}": {msgspec.json.encode(operation).decode()}' for name, operation in named.items()]
        resources.append(f'"{resource}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(resources) + "\n}\n"


# -- write the module --


def to_snake(name: str) -> str:
    """Return a name of ARI as Python writes it: `send_dtmf` for `sendDTMF`, `from_` for `from`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return f"{snake}_" if keyword.iskeyword(snake) else snake


def to_class(resource: str) -> str:
    """Return the name of the class of a resource."""
    return resource[0].upper() + resource[1:]


def list_arguments(operation: Operation) -> list[str]:
    """Return the parameters of a method: the ids of the path, then by name what is required, then what is not."""
    path = [f"{to_snake(name[1:-1])}: str" for name in list_segments(operation) if name.startswith("{")]
    required, optional = [], []
    for name, parameter in operation.parameters.items():
        argument = f"{to_snake(name)}: {to_type(name, parameter)}"
        if parameter.kind == "path":
            continue
        if parameter.required:
            required.append(argument)
        elif default := DEFAULTS.get((operation.path, name)):
            optional.append(f"{argument} = {json.dumps(default)}")
        else:
            optional.append(f"{argument} | None = None")
    return [*path, *(["*"] if required or optional else []), *required, *optional]


def list_segments(operation: Operation) -> list[str]:
    """Return the segments of a path; a parameter is in braces."""
    return operation.path.strip("/").split("/")


def to_type(name: str, parameter: Parameter) -> str:
    """Return the Python type of a parameter."""
    if name == "fields":
        return "Mapping[str, str]"
    if not parameter.values:
        value_type = TYPES[parameter.type]
    elif is_long(parameter):
        value_type = to_values_type(name)
    else:
        value_type = f"Literal[{', '.join(_quote(parameter.values))}]"
    return f"{value_type} | Sequence[{value_type}]" if parameter.many else value_type


def is_long(parameter: Parameter) -> bool:
    """Return whether the closed values have a name of their own in the module, because they fill a line."""
    return len(" ".join(parameter.values)) * (2 if parameter.many else 1) > LINE_LENGTH // 3


def find_long_values(operations: Operations) -> dict[str, Parameter]:
    """Return the parameters with long closed values, by the names of their types."""
    return {
        to_values_type(name): parameter
        for named in operations.values()
        for operation in named.values()
        for name, parameter in operation.parameters.items()
        if is_long(parameter)
    }


def to_values_type(name: str) -> str:
    """Return the name of the type of a parameter with long closed values: `DeviceState` for `deviceState`."""
    return name[0].upper() + name[1:]


def _quote(values: Iterable[str]) -> list[str]:
    return [json.dumps(value) for value in values]


def to_answer(answer: str) -> str:
    """Return the Python type of an answer."""
    if listed := LISTED.fullmatch(answer):
        return f"tuple[{to_answer(listed[1])}, ...]"
    return TYPES.get(answer) or f"resources.{answer}"


def to_words(since: Since) -> str:
    """Return the versions as words: 20.20, 22.10 and 23.4."""
    *others, last = (f"{major}.{minor}" for major, minor in since.items())
    return f"{', '.join(others)} and {last}" if others else last


def operations_module(operations: Operations) -> str:
    """Return the text of warmline/ari/operations.py."""
    *others, last = VERSIONS
    head = f'''"""The operations of ARI, a class for each resource and a method for each operation: see `Ari.api`.

Written by tools/ari_operations.py from the descriptions of Asterisk {", ".join(others)} and {last}.
"""

# ruff: noqa: ASYNC109 - a parameter `timeout` is ARI's

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from warmline.ari import resources
from warmline.ari.client.json_errors import read
from warmline.ari.operation_requests import OperationRequests, Query, Variables, to_pairs

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari
'''
    values = find_long_values(operations)
    types = [_wrap("", f"{name} = Literal[", _quote(parameter.values), "]") for name, parameter in values.items()]
    classes = [_write_class(resource, named) for resource, named in operations.items()]
    return "\n\n".join([head + "\n" + "\n".join(types) + "\n", *classes, _write_api(operations)])


def _write_class(resource: str, operations: Mapping[str, Operation]) -> str:
    methods = [_write_method(resource, name, operation) for name, operation in operations.items()]
    title = f"`ari.api.{to_snake(resource)}`: the operations of /{resource}."
    head = f'class {to_class(resource)}(OperationRequests):\n    """{title}"""\n'
    return "\n".join([head, *methods])


def _write_api(operations: Operations) -> str:
    lines = [f"        self.{to_snake(resource)} = {to_class(resource)}(ari)" for resource in operations]
    return "\n".join(
        [
            "class Api:",
            '    """Every operation of ARI, by its resource, such as `ari.api.channels.mute(channel.id)`."""\n',
            '    def __init__(self, ari: "Ari") -> None:',
            *lines,
            "",
        ]
    )


def _write_method(resource: str, name: str, operation: Operation) -> str:
    answer = to_answer(operation.answer)
    form = _wrap(
        "    ", f"async def {to_snake(name)}(", ["self", *list_arguments(operation)], closing=f") -> {answer}:"
    )
    lines = [form, f'        """{operation.method} {operation.path}.{_describe_since(operation.since)}"""']
    lines += _write_checks(f"ari.api.{to_snake(resource)}.{to_snake(name)}", operation)
    arguments = [json.dumps(operation.method), *map(_to_argument, list_segments(operation))]
    query = [f"{json.dumps(parameter)}: {to_snake(parameter)}" for parameter in _list_names(operation, "query")]
    if query:
        lines.append(_wrap("        ", "query: Query = {", query, closing="}"))
        arguments.append("query=query")
    for parameter in _list_names(operation, "body"):
        lines.append(f"        json_body = {_to_body(operation, parameter)}")
        arguments.append("body=json_body")
    call = f"self.send({', '.join(arguments)})"
    if answer == "None":
        lines.append(f"        await {call}")
    elif answer == "bytes":
        lines.append(f"        return await {call}")
    else:
        lines += [f"        answer = await {call}", f"        return read(answer, {answer})"]
    return "\n".join([*lines, ""])


def _describe_since(since: Since) -> str:
    return f" Since Asterisk {to_words(since)}." if since else ""


def _write_checks(method: str, operation: Operation) -> list[str]:
    """Return the lines that refuse what an older Asterisk lacks."""
    lines = []
    if operation.since:
        lines.append(f'        self.require({operation.since}, "{method}")')
    for name, parameter in operation.parameters.items():
        argument = to_snake(name)
        if parameter.since:
            lines.append(f"        if {argument} is not None:")
            lines.append(f'            self.require({parameter.since}, "{argument} of {method}")')
        for value, since in parameter.values_since.items():
            lines.append(f"        if {argument} == {json.dumps(value)}:")
            lines.append(f"            self.require({since}, '{argument}={json.dumps(value)} of {method}')")
    return lines


def _list_names(operation: Operation, kind: str) -> list[str]:
    return [name for name, parameter in operation.parameters.items() if parameter.kind == kind]


def _to_argument(segment: str) -> str:
    return to_snake(segment[1:-1]) if segment.startswith("{") else json.dumps(segment)


def _to_body(operation: Operation, name: str) -> str:
    """Return the body of a parameter: an object with its name, or the value itself."""
    argument = to_snake(name)
    if operation.path in WHOLE_BODIES:
        return argument
    value = f"to_pairs({argument})" if name == "fields" else argument
    body = f"{{{json.dumps(name)}: {value}}}"
    return body if operation.parameters[name].required else f"None if {argument} is None else {body}"


def _wrap(indent: str, opening: str, items: list[str], closing: str) -> str:
    """Return items in brackets as ruff writes them: in a line if it is short enough, else a line for each."""
    line = f"{indent}{opening}{', '.join(items)}{closing}"
    if len(line) <= LINE_LENGTH:
        return line
    return "\n".join([f"{indent}{opening}", *(f"{indent}    {item}," for item in items), f"{indent}{closing}"])
