"""Slow answers without a process for each, for tests of another subject.

`tests/cli/client/test_outbound_over_http.py` has the processes.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from ari_app.http.outbound import slow_answer_program
from ari_app.http.server.slow_process_queue import SlowProcess


@contextmanager
def slow_answers_here(made: Callable[[str], object] = str) -> Iterator[None]:
    """Let a thread make the slow answers, and tell `made` what each is. A process imports for half a second first."""

    async def _made(
        _: SlowProcess,
        program: str,
        about: str,
        given: bytes,
        has_gone: Callable[[], bool],
        environment: Mapping[str, str],
    ) -> tuple[bool, bytes]:
        assert program == slow_answer_program.__name__
        made(about)
        output, code = await asyncio.to_thread(slow_answer_program.output_of, given)
        return code == 0, output

    with patch.object(SlowProcess, "_made", _made):
        yield
