"""The app with a turn that raises an exception at a place of the core that a test names.

Tests fork it in place of the app (`tests/warm_app.py`). A file has the place, the caller, and how often. The
environment variable PROVOKE names that file.
"""

import os
import sys
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import msgspec

from ari_app.supervisor.start import main
from tools.simulation.asterisk.failing_driver import ProvokedError
from warmline.core.engine import engine, guarded_turns
from warmline.core.engine.engine import Input
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import TurnFailed
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.world import turn_scope
from warmline.core.world.turn import Turn

VARIABLE = "PROVOKE"


class Provocation(msgspec.Struct):
    """A function in a file `warmline/core/…` that raises in turns of this caller's call, this many times."""

    file: str
    function: str
    caller: str
    times: int = 1


def write(path: Path, wanted: Provocation) -> None:
    """Request the exception. The file is removed once it was raised."""
    whole = path.with_suffix(".new")
    whole.write_bytes(msgspec.json.encode(wanted))
    whole.rename(path)


def run_turn(turn: Turn, core_input: Input) -> None:
    """Take an input; raise in the middle if that was requested."""
    path = Path(os.environ[VARIABLE])
    if isinstance(core_input, TurnFailed) or not path.exists():
        engine.run_turn(turn, core_input)
        return
    wanted = msgspec.json.decode(path.read_bytes(), type=Provocation)
    is_theirs = _is_theirs(turn, core_input, wanted.caller)

    def called(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_name != wanted.function or not code.co_filename.endswith(wanted.file):
            return
        if is_theirs or _is_at(turn, turn.subject, wanted.caller):
            sys.setprofile(None)
            wanted.times -= 1
            write(path, wanted)
            if not wanted.times:
                path.unlink()
            raise ProvokedError

    sys.setprofile(called)
    try:
        engine.run_turn(turn, core_input)
    finally:
        sys.setprofile(None)


def _is_theirs(turn: Turn, entry: Input, caller: str) -> bool:
    """Return whether the input is about this caller: their arrival, their call, or an agent's last call with them."""
    if isinstance(entry, LegArrived) and entry.number == caller:
        return True
    session = turn.world.sessions.get(entry.command.agent) if isinstance(entry, Ask) else None
    last = session is not None and session.call is None and session.last.number == caller
    return last or _is_at(turn, turn_scope.find_subject(turn.world, entry), caller)


def _is_at(turn: Turn, subject: str, caller: str) -> bool:
    call = turn_scope.find_call(turn.world, subject)
    return call is not None and call.number == caller


if __name__ == "__main__":
    with patch.object(guarded_turns, "run_turn", run_turn):
        main()
