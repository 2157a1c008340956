"""Asterisk's end of an AGI conversation; it splits commands as Asterisk does."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

ENVIRONMENT = """agi_request: script
agi_channel: PJSIP/trunk-00000001
agi_callerid: 15551234
agi_calleridname: Ann "A" Other: yes
agi_context: from-trunk
agi_extension: 8005550100
agi_priority: 8
agi_threadid: 140
"""

Answer = Callable[[list[str]], str]


def split(line: str) -> list[str]:
    """Return the words of a command line: quotes join words, and a backslash escapes the next letter."""
    words: list[str] = []
    word: str | None = None
    is_quoted = is_escaped = False
    for letter in line:
        if not is_escaped and letter in '\\"':
            is_escaped = letter == "\\"
            is_quoted ^= letter == '"'
            word = word or ""
        elif letter in " \t" and not is_quoted and not is_escaped:
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + letter
            is_escaped = False
    return words + ([] if word is None else [word])


def arguments(text: str) -> list[str]:
    """Return the arguments of an application, between commas; a backslash escapes the next letter."""
    words = [""]
    is_escaped = False
    for letter in text:
        if letter == "," and not is_escaped:
            words.append("")
        elif is_escaped or letter != "\\":
            words[-1] += letter
        is_escaped = letter == "\\" and not is_escaped
    return words


class OtherEnd:
    """A conversation over a socket. `answer` maps a command's words to the reply; `heard` lists all commands."""

    def __init__(self, answer: Answer = lambda words: "200 result=1", environment: str = ENVIRONMENT) -> None:
        self.heard: list[list[str]] = []
        self._answer = answer
        self._here, self._there = socket.socketpair()
        self._here.sendall((environment + "\n").encode())
        self.stdin = self._there.makefile("r", encoding="utf-8", newline="\n")
        self.stdout = self._there.makefile("w", encoding="utf-8", newline="\n")
        self._thread = threading.Thread(target=self._talk)

    def _talk(self) -> None:
        with self._here, self._here.makefile("rb") as commands, suppress(ConnectionError):
            for line in commands:
                self.heard.append(split(line.decode().removesuffix("\n")))
                self._here.sendall((self._answer(self.heard[-1]) + "\n").encode())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.stdin.close()
        self.stdout.close()
        self._there.close()
        self._thread.join()
