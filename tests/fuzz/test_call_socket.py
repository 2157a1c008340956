"""The search at the call process's socket knows every request, also one that is new."""

import shutil
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, find, settings

from ari_app.link import call_requests, phone_requests, work_requests
from ari_app.link.frames import FrameError
from ari_app.link.messages import ToCalls
from ari_app.link.requests import RequestForm, forms
from ari_app.link.work_requests import WorkRequests
from ari_app.records import agent_api_tickets, privileged_writes, record_writes, recording_audio, session_writes
from tests.fuzz.call_process import CallProcess
from tests.fuzz.call_socket import PROTOCOLS, packed, requests

MODULES = (
    *(call_requests, phone_requests, privileged_writes, record_writes, recording_audio, session_writes),
    *(agent_api_tickets, work_requests),
)
ALL = {
    name: form
    for module in MODULES
    for one in vars(module).values()
    if getattr(one, "_is_protocol", False)
    for name, form in forms(one).items()
}


def test_the_search_knows_each_request() -> None:
    assert set(requests) == set(ALL) == {name for one in PROTOCOLS for name in forms(one)}


@pytest.mark.parametrize("form", ALL.values(), ids=lambda one: one.name)
def test_each_request_is_drawn_in_its_form(form: RequestForm) -> None:
    def is_valid(value: object) -> bool:
        try:
            form.read(msgspec.msgpack.decode(packed(value), type=ToCalls))
        except (msgspec.DecodeError, FrameError, UnicodeDecodeError):
            return False
        return True

    assert is_valid(find(requests[form.name], is_valid, settings=settings(phases=[Phase.generate])))


def test_each_request_of_the_api_process_is_answered(demo_database: Path, tmp_path: Path) -> None:
    """The worker process has a socket of its own, which no other user can open."""
    with closing(CallProcess(Path(shutil.copy(demo_database, tmp_path)))) as process:
        assert set(process.handlers) == set(ALL) - set(forms(WorkRequests))
