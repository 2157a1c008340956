"""Reads from the source which fields the JSON of a command has.

A document is followed from `print_json` back to what makes it: an object in braces has its names, a record the names of
its fields, the answer of a request the address. `…` is for fields that the source does not show.
"""

import ast
import inspect
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

from cli.audit import report_options
from cli.report import report_columns, report_command
from warmline.operations.operation import Operation
from warmline.store.daily_reports import report_table

PRINTERS = ("print_json", "json_line")
REQUESTS = {"get": "GET", "pages": "GET", "post": "POST", "send": ""}
OF_RECORD = ("asdict", "to_builtins", "_asdict", "vars")
RECORDS = ("__dataclass_fields__", "_fields", "__struct_fields__")  # what marks a class with named fields
UNKNOWN = "…"  # fields that are known only when the command runs
DEEPEST = 6  # functions that make a document, each called by the one before


@cache
def fields(function: Any) -> tuple[str, ...]:
    """Return the documents that a function of `cli` prints: the names of their fields."""
    return tuple(dict.fromkeys(_printed(function, set())))


def _printed(function: Any, seen: set[Any]) -> Iterator[str]:
    function = inspect.unwrap(function)
    if not inspect.isfunction(function) or function in seen:
        return
    seen.add(function)
    if function.__module__ == report_options.__name__ and "<locals>" in function.__qualname__:  # what `@report` returns
        function = inspect.getclosurevars(function).nonlocals.get("show", function)
    if function.__module__ == report_command.__name__ and "<locals>" in function.__qualname__:
        report = report_table.find(function.__name__)
        columns = " ".join(one.field for one in report_columns.columns(report))
        yield f"version since until {report.name}({columns}) totals"
        return
    reader = _reader(function)
    for call in (node for node in ast.walk(reader.tree) if isinstance(node, ast.Call)):
        name = _name(call.func)
        called = reader.value(call.func)
        if name in PRINTERS:
            yield reader.document(call.args[0], frozenset())
        elif name == "print" and isinstance(call.func, ast.Attribute) and len(call.args) > 1:
            yield reader.report(call)
        elif str(getattr(called, "__module__", "")).startswith(("cli.", "warmline_contrib.")):
            yield from _printed(called, seen)


class _Reader:
    """A function's source, and what its names stand for."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self.tree = _functions(function.__module__).get(function.__code__.co_firstlineno, ast.Module([], []))
        self.makers_of: dict[str, list[ast.expr]] = {}
        self.imports: dict[str, Any] = {}
        self.looked_at: list[str] = []  # names whose makers are being followed: `rows = sorted(rows)` ends there
        self.known = (self.imports, inspect.getclosurevars(function).nonlocals, function.__globals__)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        self.makers_of.setdefault(target.id, []).append(node.value)
            elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
                self.makers_of.setdefault(node.target.id, []).append(node.iter)
            elif isinstance(node, ast.ImportFrom):
                self.imports.update(_imported(node))

    def makers(self, name: str) -> list[ast.expr]:
        """Return the expressions that a local name gets its values or items from."""
        return [] if name in self.looked_at else self.makers_of.get(name, [])

    @contextmanager
    def following(self, name: str) -> Iterator[None]:
        """Do not follow a name again inside the context."""
        self.looked_at.append(name)
        try:
            yield
        finally:
            self.looked_at.pop()

    def value(self, node: ast.expr) -> Any:
        """Return the function, class or module that an expression names, if it is known."""
        if isinstance(node, ast.Name):
            return next((names[node.id] for names in self.known if node.id in names), None)
        if isinstance(node, ast.Attribute):
            of = self.value(node.value)
            return inspect.getattr_static(self.type(node.value) if of is None else of, node.attr, None)
        return None

    def type(self, node: ast.expr) -> Any:
        """Return the class of an expression, or of its items, if a signature or a class says it."""
        match node:
            case ast.Name(id=name) if makers := self.makers(name):
                with self.following(name):
                    return next(filter(None, map(self.type, makers)), None)
            case ast.Name(id=name):
                return _record(_hints(self.function).get(name))
            case ast.Call(func=called):
                found = self.value(called)
                return found if inspect.isclass(found) else _record(_hints(found).get("return"))
            case ast.Attribute(value=of, attr=name):
                return _record(_hints(self.type(of) or object).get(name))
            case ast.Subscript(value=of) | ast.Await(value=of) | ast.Starred(value=of):
                return self.type(of)
        return None

    def report(self, call: ast.Call) -> str:
        """Return the document of a report: the rows under their name, and what is before and after them."""
        name, columns, *_ = call.args
        found = self.value(columns)
        rows = " ".join(one.field for one in found) if isinstance(found, tuple | list) else UNKNOWN
        around = [self.document(one.body if isinstance(one, ast.Lambda) else one, frozenset()) for one in call.args[3:]]
        title = _text(name)
        return " ".join(("version", *filter(None, around), f"{title}({rows})"))

    def document(self, node: ast.expr, seen: frozenset[Any]) -> str:
        """Return the fields of an expression."""
        match node:
            case ast.Dict(keys=keys, values=values):
                return " ".join(self._member(key, value, seen) for key, value in zip(keys, values, strict=True))
            case ast.BinOp(left=left, right=right):
                return _together(self.document(left, seen), self.document(right, seen))
            case ast.IfExp(body=first, orelse=second):
                return _either(self.document(first, seen), self.document(second, seen))
            case ast.DictComp(key=ast.Name(), generators=[ast.comprehension(iter=names)]):
                return self.listed(names)
            case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item):
                return self.document(item, seen)
            case ast.List(elts=[item]):
                return self.document(item, seen)
            case ast.Subscript(value=of) | ast.YieldFrom(value=of):
                return self.document(of, seen)
            case ast.Name(id=name) if makers := self.makers(name):
                if found := _of_class(self.type(node)):
                    return found
                with self.following(name):
                    return _either(*(self.document(one, seen) for one in makers if not _is_empty(one))) or UNKNOWN
            case ast.Call():
                return self._made(node, seen)
        return _of_class(self.type(node)) or UNKNOWN

    def listed(self, node: ast.expr) -> str:
        """Return the names in a tuple of texts, `…` if they are only known when the command runs."""
        if isinstance(node, ast.Tuple):
            return " ".join(str(one.value) for one in node.elts if isinstance(one, ast.Constant))
        found = self.value(node)
        return " ".join(found) if isinstance(found, tuple) else UNKNOWN

    def _member(self, key: ast.expr | None, value: ast.expr, seen: frozenset[Any]) -> str:
        if key is None:
            return self.document(value, seen)
        name = str(key.value) if isinstance(key, ast.Constant) else "*"
        inner = self.document(value, seen) if isinstance(value, ast.Dict | ast.ListComp | ast.List) else ""
        return f"{name}({inner})" if inner and UNKNOWN not in inner else name

    def _made(self, node: ast.Call, seen: frozenset[Any]) -> str:
        """Return the fields of what a call returns."""
        called = self.value(node.func)
        name = _name(node.func)
        if getattr(called, "__module__", "") == "warmline.centre.app_client" and name in REQUESTS:
            words = [_text(one) for one in node.args[1:3]]
            return f"[{' '.join(filter(None, (REQUESTS[name], *words[: 1 + (name == 'send')])))}]"
        if isinstance(operation := self.value(node.args[0]) if node.args else None, Operation):
            return _of_class(_record(operation.answer)) or UNKNOWN
        if name in OF_RECORD:
            of = node.args[0] if node.args else getattr(node.func, "value", node)
            return _of_class(self.type(of)) or UNKNOWN
        if name in ("list", "sorted", "dict") and node.args:
            return self.document(node.args[0], seen)
        if found := _of_class(self.type(node)):
            return found
        called = inspect.unwrap(called) if called is not None else None
        if inspect.isfunction(called) and called not in seen and len(seen) <= DEEPEST:
            inner = _reader(called)
            ends = [
                one.value
                for one in ast.walk(inner.tree)
                if isinstance(one, ast.Return | ast.Yield | ast.YieldFrom) and one.value is not None
            ]
            return _either(*(inner.document(one, seen | {called}) for one in ends if not _is_empty(one))) or UNKNOWN
        return UNKNOWN


_reader = cache(_Reader)


@cache
def _module(name: str) -> ast.Module:
    return ast.parse(inspect.getsource(import_module(name)))


@cache
def _functions(module: str) -> dict[int, ast.AST]:
    """Return the functions of a module by the line in which each begins."""
    found = [node for node in ast.walk(_module(module)) if isinstance(node, ast.FunctionDef)]
    return {min((node.lineno, *(one.lineno for one in node.decorator_list))): node for node in found}


@cache
def _hints(of: Hashable) -> dict[str, Any]:
    """Return the types of a function's arguments and result, or of a class's fields; none if they cannot be read."""
    try:
        return get_type_hints(of, localns=_only_for_types(of.__module__))
    except (AttributeError, ImportError, NameError, OSError, TypeError):
        return {}


@cache
def _only_for_types(module: str) -> dict[str, Any]:
    """Return what a module imports for its annotations alone."""
    parts = [one for part in _module(module).body if isinstance(part, ast.If) for one in part.body]
    return {name: value for one in parts if isinstance(one, ast.ImportFrom) for name, value in _imported(one).items()}


def _imported(node: ast.ImportFrom) -> dict[str, Any]:
    """Return the names that an import gives, with their values."""
    module = import_module(node.module or "")
    names = {one.name: one.asname or one.name for one in node.names}
    return {ours: getattr(module, name, None) or import_module(f"{node.module}.{name}") for name, ours in names.items()}


def _record(hint: Any) -> Any:
    """Return the class in a type such as `list[SavedRecording] | None`."""
    if inspect.isclass(hint) and get_origin(hint) is None:
        return hint if hint not in (str, int, float, bool, dict, list, type(None)) else None
    inner = [found for one in get_args(hint) if (found := _record(one))]
    return None if get_origin(hint) in (dict,) else next(iter(inner), None)


def _of_class(found: Any) -> str:
    """Return the names of a record's fields, "" for another class."""
    is_record = inspect.isclass(found) and any(hasattr(found, name) for name in RECORDS)
    return " ".join(_hints(found)) if is_record else ""


def _together(first: str, second: str) -> str:
    """Return the fields of two objects as one; those of the second may replace some of the first."""
    return " ".join((first, *(name for name in second.split() if name not in first.split()))).strip()


def _either(*found: str) -> str:
    return " or ".join(dict.fromkeys(filter(None, found)))


def _is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.List) and not node.elts)


def _name(node: ast.expr) -> str:
    """Return the last name of an expression such as `app_client.post`."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _text(node: ast.expr) -> str:
    """Return an address with a star for what it takes from variables."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return str(node.value) if isinstance(node, ast.Constant) else "*"
