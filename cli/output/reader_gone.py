"""The end of a command that follows events, when the reader of its output has gone."""

import os
import select
import sys
import threading
from contextlib import suppress

from cli.output.exit_codes import ExitCode


def end_with_reader() -> None:
    """End this process as soon as the other end of stdout is closed, as by `head`.

    Without that, a command that waits for an event would notice it at its next line.
    """
    with suppress(OSError):  # a stdout that is no file has no other end
        threading.Thread(target=_watch, args=(sys.stdout.fileno(),), daemon=True).start()


def _watch(output: int) -> None:
    poller = select.poll()
    poller.register(output, 0)  # errors and hang-ups alone
    poller.poll()
    os._exit(ExitCode.DONE)  # the main thread may wait for an event; a follower has nothing to finish
