"""The search at the call process's socket knows every message, also one that is new."""

import shutil
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, find, settings

from ari_app.link.messages import FinishWork, Request, TakeWork, ToCalls
from tests.fuzz.call_process import CallProcess
from tests.fuzz.call_socket import requests

# Another test defines a request that no role has.
REQUESTS = [one for one in Request.__subclasses__() if one.__module__ == Request.__module__]


@pytest.mark.parametrize("request_type", REQUESTS, ids=lambda one: one.__name__)
def test_each_request_is_drawn_in_its_form(request_type: type[Request]) -> None:
    def is_valid(value: object) -> bool:
        try:
            return isinstance(msgspec.convert(value, ToCalls), request_type)
        except msgspec.ValidationError:
            return False

    assert is_valid(find(requests[request_type], is_valid, settings=settings(phases=[Phase.generate])))


def test_each_request_of_the_api_process_is_answered(demo_database: Path, tmp_path: Path) -> None:
    """The worker process has a socket of its own, which no other user can open."""
    with closing(CallProcess(Path(shutil.copy(demo_database, tmp_path)))) as process:
        assert set(process.handlers) == set(REQUESTS) - {TakeWork, FinishWork}
