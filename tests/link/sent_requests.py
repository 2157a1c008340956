"""Requests as a program sends them, and functions that answer them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ari_app.link.messages import Request
from ari_app.link.requests import Handler, RequestForm, served
from ari_app.records.privileged_writes import PrivilegedThread, TokenWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker


def form(method: Callable[..., Any]) -> RequestForm:
    """Return the form of a request, which is a method of a Protocol."""
    return RequestForm(method, vars(method)["errors"])


def sent(number: int, method: Callable[..., Any], *given: object, **named: object) -> Request:
    """Return the request `number`, which is a method of a Protocol with these arguments."""
    return form(method).request(number, *given, **named)


def answered(method: Callable[..., Any], by: Callable[..., Awaitable[object]]) -> dict[str, Handler]:
    """Let a function answer a request, which is a method of a Protocol."""
    return {method.__qualname__: Handler(form(method), by)}


def record_handlers(
    records: RecordWriter, audio: AudioSource, privileged: PrivilegedThread, sessions: SessionMaker
) -> Mapping[str, Handler]:
    """Return the functions that answer requests about records."""
    return {
        **served(RecordWriter)(records),
        **served(AudioSource)(audio),
        **served(TokenWriter)(privileged),
        **served(SessionMaker)(sessions),
    }
