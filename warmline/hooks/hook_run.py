"""One run of a hook, in a process of its own that ends with the run."""

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

from warmline.hooks import hook_points
from warmline.hooks.hook_files import HookFunction, LoadedHooks, described

MEMORY = 256 << 20  # bytes of address space of the worker and of each run
NICE = 5  # below the calls
PDEATHSIG, SUBREAPER = 1, 36  # of prctl(2)


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process; a kernel or a sandbox without it is no error."""
    with suppress(OSError, AttributeError, ImportError, MemoryError):
        import ctypes  # a sandbox without writable code may refuse it

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def limit_memory() -> None:
    """Limit the memory of this process and of its children, and let the kernel end them before any other program."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def run(hooks: LoadedHooks, asked: dict[str, Any], answer: int, output: int) -> NoReturn:
    """Call the functions of a hook in a new process, write the answer as a line of JSON, and end the process.

    `answer` and `output` are file numbers: `output` gets all that the functions print.
    """
    code = 0
    try:
        _begin(output)
        said = _answer(hooks, asked)
        with suppress(Exception):
            sys.stdout.flush()  # before the answer, which ends the run
        _write(answer, json.dumps(said).encode() + b"\n")
    except BaseException:  # even the end of memory: this process may not go on as the worker
        code = 1
    finally:
        os._exit(code)


def _begin(output: int) -> None:
    os.setsid()
    prctl(PDEATHSIG, signal.SIGKILL)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(NICE)
    os.dup2(output, 1)
    os.dup2(output, 2)


def _answer(hooks: LoadedHooks, asked: dict[str, Any]) -> dict[str, Any]:
    """Call the functions in their order until one answers. A function that fails ends a decision."""
    hook = asked["hook"]
    if hook_points.HOOK_POINTS[hook].answer is None:
        return _told(hooks, hook, asked["arguments"])
    given = hook_points.arguments_of(hook, asked["arguments"])
    for function in hooks.of(hook):
        try:
            answer = hook_points.plain_answer(hook, function.call(*given))
        except BaseException as error:
            return {"ok": False, "by": function.file, "why": _why(error, function)}
        if answer is not None:
            return {"ok": True, "by": function.file, "answer": answer}
    return {"ok": True, "by": "", "answer": None}


def _told(hooks: LoadedHooks, hook: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Call each function for each item; one that fails does not keep the others from running."""
    [name] = arguments
    items = arguments[name] if isinstance(arguments[name], list) else [arguments[name]]
    failures = []
    for item in items:
        given = hook_points.arguments_of(hook, {name: item})
        for function in hooks.of(hook):
            try:
                function.call(*given)
            except BaseException as error:
                failures.append((function.file, _why(error, function)))
    if not failures:
        return {"ok": True, "by": "", "answer": None}
    (file, why), more = failures[0], f", and {len(failures) - 1} more" if failures[1:] else ""
    return {"ok": False, "by": file, "why": why + more, "failed": len(failures)}


def _why(error: BaseException, function: HookFunction) -> str:
    said = described(error, function.file)
    return str(error) if isinstance(error, TypeError) and str(error).startswith("the answer") else f"raised {said}"


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
