"""The files of the hooks folder: who may write them, and the functions in them."""

import inspect
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from warmline.hooks.hook_points import HOOK_POINTS
from warmline.text.coded_error import CodedError


class HookError(CodedError):
    """The hooks folder, or a file in it, cannot be used."""


class HookFunction(NamedTuple):
    """A function of a hook. `file` is the name of its file."""

    hook: str
    file: str
    line: int
    call: Callable[..., Any]


class LoadedHooks(NamedTuple):
    """All functions, in the order of their files, and the files that cannot be used, each with the reason."""

    functions: tuple[HookFunction, ...]
    errors: dict[str, str]

    def of(self, hook: str) -> tuple[HookFunction, ...]:
        """Return the functions of a hook."""
        return tuple(one for one in self.functions if one.hook == hook)


def load(folder: str) -> LoadedHooks:
    """Run each file of the folder once, by name, and return its functions. A file that fails is among the errors.

    Files whose names begin with `_` or `test_` are no hooks.
    """
    functions: list[HookFunction] = []
    errors: dict[str, str] = {}
    try:
        names = file_names(folder)
    except HookError as error:
        return LoadedHooks((), {folder: str(error)})
    for name in names:
        try:
            functions += _functions(name, _module(Path(folder, name)))
        except HookError as error:
            errors[name] = str(error)
        except (Exception, SystemExit) as error:
            errors[name] = described(error, name)
    return LoadedHooks(tuple(functions), errors)


def file_names(folder: str) -> list[str]:
    """Return the names of the files with hooks. Raises HookError if the folder cannot be used."""
    try:
        with os.scandir(folder) as entries:
            check_writers(folder, Path(folder).stat())
            return sorted(
                one.name for one in entries if one.name.endswith(".py") and not one.name.startswith(("_", "test_", "."))
            )
    except OSError as error:
        raise HookError(
            "hooks_folder_unreadable",
            "hooks folder {folder} cannot be read: {why} (setting hooks)",
            folder=folder,
            why=error.strerror,
        ) from None


def check_writers(path: str, found: os.stat_result) -> None:
    """Check that only root and this user can change a file or folder. Raises HookError."""
    if found.st_uid not in (0, os.geteuid()) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise HookError(
            "hooks_writable_by_others",
            "{path} can be changed by other users; allowed: owner root or the service's user, no one else writes; "
            "chown root {path} && chmod go-w {path}",
            path=path,
        )


def fingerprint(folder: str) -> tuple[object, ...]:
    """Return a value that changes with the folder and its files."""
    try:
        with os.scandir(folder) as entries:
            files = sorted((one.name, _mark(one.stat())) for one in entries if one.name.endswith(".py"))
        return (_mark(Path(folder).stat()), *files)
    except OSError as error:
        return (error.errno,)


def described(error: BaseException, file: str) -> str:
    """Return an exception in one line, with the line of the hook's file if it is known."""
    line = error.lineno if isinstance(error, SyntaxError) else _line(error, file)
    text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())[:200]
    where = f" ({file}:{line})" if line else ""
    return f"{type(error).__name__}{': ' if text else ''}{text}{where}"


def _line(error: BaseException, file: str) -> int:
    found, at = 0, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename.endswith(f"/{file}"):
            found = at.tb_lineno
        at = at.tb_next
    return found


def _mark(found: os.stat_result) -> tuple[int, ...]:
    return found.st_mtime_ns, found.st_size, found.st_mode, found.st_uid, found.st_ino


def _module(path: Path) -> ModuleType:
    """Run a file as a module, after a check of the opened file."""
    with path.open("rb") as file:
        check_writers(str(path), os.fstat(file.fileno()))
        source = file.read()
    name = f"warmline_hooks.{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the administrator's own program
    return module


def _functions(file: str, module: ModuleType) -> Iterator[HookFunction]:
    """Yield the hooks of a module. Raises HookError if one cannot be called."""
    for hook, point in HOOK_POINTS.items():
        if (function := getattr(module, hook, None)) is None:
            continue
        if not callable(function) or inspect.iscoroutinefunction(function):
            raise HookError("hook_no_function", "{hook} in {file} is not a plain function", hook=hook, file=file)
        try:
            inspect.signature(function).bind(*point.arguments)
        except (TypeError, ValueError):
            raise HookError(
                "hook_arguments_wrong",
                "{hook} in {file} has other arguments; allowed: {hook}({names})",
                hook=hook,
                file=file,
                names=", ".join(point.arguments),
            ) from None
        code = getattr(inspect.unwrap(function), "__code__", None)
        yield HookFunction(hook, file, code.co_firstlineno if code else 1, function)
