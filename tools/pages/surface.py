"""Writes tests/surface.txt: each name that users, programs and upgrades rely on, one a line.

A diff of this file is a change that users notice. A command has its arguments and options, an operation its address and
its fields, a name in Asterisk its form. Each other line is a kind of name and the name.
"""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, get_origin

from ari_app.background.metric_table import METRICS
from ari_app.guard import LEAD
from ari_app.guard import OURS as OURS_ALONE
from ari_app.http.openapi.openapi_document import document
from ari_app.link.phone_requests import ENDPOINT
from cli.main import tree
from cli.output.exit_codes import ExitCode
from cli.tree.former_commands import FORMER, GONE
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import Row, TreeCommand, TreeGroup, load, rows_of
from tools.pages.cli_page import SAMPLE
from tools.pages.json_fields import fields
from tools.pages.marked_text import PROJECT
from warmline import agi, ari
from warmline.agi import testing as agi_testing
from warmline.ari import testing as ari_testing
from warmline.core.agents import login, supervision
from warmline.core.engine.failed_turn import OWN_LEG_KINDS
from warmline.core.model.call import Call
from warmline.operations.operation import Done, Operation
from warmline.options.option_table import ENTITIES
from warmline.options.removed_options import REMOVED
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS
from warmline.system.server_settings import SERVER_TABLE
from warmline.system.setting_table import SETTING_TABLE
from warmline.text.event_names import INPUT_TYPES, RECORD_TYPES

PAGE = PROJECT / "tests/surface.txt"
ASTERISK_NAMES: Mapping[str, tuple[property, ...]] = {
    "bridge": tuple(
        vars(Call)[name]
        for name in ("mixing_bridge_id", "holding_bridge_id", "third_holding_bridge_id", "ivr_bridge_id")
    ),
    "playback": tuple(vars(Call)[name] for name in ("last_tone_id", "last_audio_id")),
}
OF_A_LEG = {"bridge": supervision.to_bridge_id, "playback": login.to_playback_id}  # by the leg
CONTEXT = re.compile(r"^\[([\w-]+)\]", re.MULTILINE)
VARIABLE = re.compile(r"\bWARMLINE_[A-Z_]*[A-Z]\b")
PATH = re.compile(r"\b(?:\w+\.)+(?=\w)")  # of a type in a signature: it differs between versions of Python
QUOTED = re.compile(r"(?<=[:>] )'([^']+)'")  # of a type that is written as text
LIBRARIES = (agi, agi_testing, ari, ari_testing)


def filled(_: str) -> str:
    """Return the whole file."""
    parts = (commands(), documents(), options(), operations(), schemas(), asterisk_names(), libraries(), other_names())
    return "".join(f"{line}\n" for part in parts for line in part)


def commands() -> Iterator[str]:
    """Return a line for each command with its arguments and options, each former name and each that is gone."""
    yield from sorted(_commands("warmline", tree().load_all()))
    yield from (f"gone-command warmline {' '.join(gone)}" for gone in sorted(GONE))
    for former, name in sorted(FORMER.items()):
        yield f"former-command warmline {' '.join(former)} = warmline {' '.join(name)}"


def _commands(path: str, command: Any) -> Iterator[str]:
    words = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append(str(parameter.display_name_raw).strip("[]"))
        else:
            words.append("/".join(sorted((*parameter.opts, *parameter.secondary_opts))))
    inner: Mapping[str, Any] = getattr(command, "commands", {})
    if not inner or command.invoke_without_command:
        yield " ".join((f"command {path}", *words))
    for name, child in inner.items():
        yield from _commands(f"{path} {name}", child)


def documents() -> Iterator[str]:
    """Return a line for each command with `--json`: the fields of what it prints, or the request that it passes on.

    All kinds of entities have the commands of the first one. `…` is for fields that are known when the command runs.
    """
    known: dict[str, str] = {}
    for path, target in _targets(ROOT, ()):
        kind, _, name = path.rpartition(" ")
        found = target if isinstance(target, str) else " or ".join(fields(target))
        if found and not (kind in ENTITIES and known.get(f"{SAMPLE} {name}") == found):
            yield f"command-json warmline {path}: {found}"
        known[path] = found


def _targets(rows: Iterable[Row], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for row in sorted(rows, key=lambda row: row.name != SAMPLE):
        if row.target:
            target = load(row.target)
            name = " ".join((*path, row.name))
            if isinstance(target, Operation) and isinstance(row, TreeCommand):
                yield name, _of_operation(target, row.form)
            else:
                yield name, target
        if isinstance(row, TreeGroup):
            yield from _targets(rows_of(row), (*path, row.name))


def _of_operation(operation: Operation[..., Any], number: int) -> str:
    """Return the fields of the JSON of a command, or the request whose answer it is."""
    if operation.done is Done.LIVE:
        return f"[{operation.method} {re.sub('{[a-z_]+}', '*', operation.path).strip('/')}]"
    kind = operation.answer.__args__[0] if get_origin(operation.answer) is list else operation.answer
    return operation.commands[number].fields or " ".join(kind.__struct_fields__)


def options() -> Iterator[str]:
    """Return a line for each option of each kind of entity, with its default, and for those of former versions."""
    for kind, entity in sorted(ENTITIES.items()):
        yield f"entity {kind}"
        for option in sorted(entity.options, key=lambda option: option.name):
            yield f"option {kind} {option.name} = {option.default!r}"
        yield from (f"former-option {kind} {name}" for of, name in sorted(REMOVED) if of == kind)


def operations() -> Iterator[str]:
    """Return a line for each operation of the JSON API, with its parameters and the shapes of request and answer."""
    for path, methods in sorted(document()["paths"].items()):
        for method, operation in sorted(methods.items()):
            if method == "parameters":
                continue
            parameters = " ".join(f"{one['in']}:{one['name']}" for one in operation.get("parameters", ()))
            request = _shape(operation.get("requestBody", {}))
            answers = {code: _shape(one) for code, one in operation["responses"].items() if code < "400"}
            answer = " ".join(f"{code} {shape}".rstrip() for code, shape in sorted(answers.items()))
            head = f"operation {operation['operationId']} {method.upper()} {path}"
            yield " | ".join((head, parameters, request, answer))


def schemas() -> Iterator[str]:
    """Return a line for each named shape of the JSON API, with its fields; one that may be missing has a `?`."""
    for name, schema in sorted(document()["components"]["schemas"].items()):
        needed = schema.get("required", ())
        fields = (field if field in needed else f"{field}?" for field in schema.get("properties", ()))
        values = (str(value) for value in schema.get("enum", ()))
        yield " ".join((f"json {name}:", *fields, *values))


def _shape(holder: Mapping[str, Any]) -> str:
    """Return the name of the shape of a request or of an answer."""
    for media, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        several = schema.get("type") == "array"
        place = (schema.get("items", {}) if several else schema).get("$ref", "")
        return f"{'list of ' if several else ''}{place.rpartition('/')[2] or schema.get('title') or media}"
    return ""


def asterisk_names() -> Iterator[str]:
    """Return the names in Asterisk: of a call's bridges and sounds, contexts, and variables of channels.

    An update under calls must find them.
    """
    call: Any = SimpleNamespace(id="CALL", audio=SimpleNamespace(tones="N", plays="N"))
    for kind, names in ASTERISK_NAMES.items():
        for name in names:
            yield f"{kind} {name.__get__(call)}"
    yield from (f"{kind} {name('LEG')}" for kind, name in OF_A_LEG.items())
    yield from (
        f"stasis-argument {word}"
        for word in sorted({*OWN_LEG_KINDS, *LEAD, *(word for words in OURS_ALONE for word in words)})
    )
    yield f"endpoint {ENDPOINT}"
    files = (file for folder in ("dialplan", "examples/recipes") for file in (PROJECT / folder).glob("*.conf"))
    dialplan = "".join(file.read_text() for file in sorted(files))
    yield from (f"context {name}" for name in sorted(set(CONTEXT.findall(dialplan))))
    code = (file.read_text() for folder in ("warmline", "ari_app") for file in (PROJECT / folder).rglob("*.py"))
    yield from (f"variable {name}" for name in sorted({*VARIABLE.findall(dialplan), *VARIABLE.findall("".join(code))}))


def libraries() -> Iterator[str]:
    """Return the public names of both libraries and of their test worlds, functions with their arguments."""
    for library in LIBRARIES:
        for name in sorted(library.__all__):
            public = getattr(library, name)
            yield f"library {library.__name__}.{name}{_signature(public)}"
            if inspect.isclass(public):
                yield from (f"library {library.__name__}.{name}.{line}" for line in _members(public))


def _members(public: type) -> Iterator[str]:
    """Return the methods and fields that a class has from Warmline."""
    ours = [one for one in public.__mro__ if one.__module__.startswith("warmline.")]
    names = {name for one in ours for name in (*vars(one), *inspect.get_annotations(one)) if name[0] != "_"}
    for name in sorted(names):
        yield f"{name}{_signature(inspect.getattr_static(public, name, None))}"


def _signature(public: Any) -> str:
    """Return the arguments of a function and what it returns, "" for another thing; types have no path."""
    function = getattr(public, "__func__", public)  # of a static method or a method of the class
    if not inspect.isfunction(function):
        return ""
    return PATH.sub("", QUOTED.sub(r"\1", str(inspect.signature(function))))


def other_names() -> Iterator[str]:
    """Return exit codes, settings, metrics, events and kinds of journal rows."""
    for code in ExitCode:
        yield f"exit-code {int(code)} {code.name}"
    for name, row in SETTING_TABLE.items():
        yield f"setting {name} = {row[0]!r}"
    for name, row in SERVER_TABLE.items():
        yield f"server-setting {name} = {row[0]!r}"
    for name, metric in METRICS.items():
        yield f"metric {metric.series(name)} {' '.join(metric.labels)}".rstrip()
    for name in sorted({*RECORD_TYPES, *INPUT_TYPES}):
        yield f"event {name}"
    for kind, former in sorted(JOURNAL_KINDS.former.items()):
        yield " ".join((f"journal {kind}", *former))
