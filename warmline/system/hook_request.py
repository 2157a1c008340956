"""A request to the worker of hooks, which listens in the folder `run`. AGI scripts load this, if hooks are set."""

import _socket  # the module `socket` costs an AGI script 4 ms
import json
import os
import time

from warmline.system.settings import Settings
from warmline.system.unix_paths import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANSWER_MAX = 128 << 10  # bytes
NO_ANSWER = "no answer within"  # begins the reason of a hook that is too slow


def address(known: Settings) -> str:
    """Return the path of the worker's socket, or '' without the setting `hooks`."""
    return f"{known.run}/hooks" if known.hooks else ""


def ask(path: str, hook: str, call: str, seconds: float, arguments: "dict[str, Any]") -> "dict[str, Any]":
    """Ask the worker, and return its answer within `seconds`: {"ok", "by", "answer"} or {"ok", "by", "why"}.

    A failure of any kind is an answer that is not ok.
    """
    until = time.monotonic() + seconds
    try:
        with_deadline = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            with_deadline.settimeout(seconds)
            with short(path) as near:
                with_deadline.connect(near)
            with_deadline.sendall(encoded(hook, call, seconds, arguments))
            return decoded(_line(with_deadline, until))
        finally:
            with_deadline.close()
    except TimeoutError:
        return failed(f"{NO_ANSWER} {seconds * 1000:.0f} ms")
    except OSError as error:
        return failed(f"the hooks of the app cannot be reached: {os.strerror(error.errno or 0)}")


def encoded(hook: str, call: str, seconds: float, arguments: "dict[str, Any]") -> bytes:
    """Return a request as the worker reads it."""
    asked = {"hook": hook, "call": call, "deadline": seconds, "arguments": arguments}
    return json.dumps(asked).encode() + b"\n"


def decoded(line: bytes) -> "dict[str, Any]":
    """Return the worker's answer; one that is not valid becomes a failure."""
    try:
        said = json.loads(line)
        answer = said.get("answer")
        if said["ok"] is True and isinstance(said["by"], str) and (answer is None or isinstance(answer, dict)):
            return {**said, "answer": answer}
        return {**said, "ok": False, "by": str(said["by"])[:80], "why": str(said["why"])[:300] or "no reason"}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return failed("the worker's answer is not valid")


def failed(why: str) -> "dict[str, Any]":
    """Return the answer for a request that failed."""
    return {"ok": False, "by": "", "why": why}


def _line(link: "_socket.socket", until: float) -> bytes:
    found = b""
    while not found.endswith(b"\n") and len(found) <= ANSWER_MAX:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        link.settimeout(left)
        piece = link.recv(65536)
        if not piece:
            break
        found += piece
    return found
