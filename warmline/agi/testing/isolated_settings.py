"""The settings of a tested script: it works on the database of the test, and on no other one of this machine."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from warmline.agi.questions import app_question
from warmline.agi.questions.queues_and_agents import AgentAnswer, QueueAnswer
from warmline.store.agi import callback_notes
from warmline.system import settings, speech_files

SPOKEN_TEXT_PREFIX = "say_text: "  # in the sounds that a test hears
CLEARED_VARIABLES = ("WARMLINE_CONFIG", "WARMLINE_FASTAGI")


@contextmanager
def isolate_settings(db: str | Path) -> Iterator[Path]:
    """Set the environment of a script within the block; yield an empty folder. The spool is next to the database.

    No program says texts: the sound of one is its name.

    Without `db`, functions of the script that read a database fail.
    """
    with TemporaryDirectory(prefix="warmline-") as empty_folder:
        folder = Path(db).absolute().parent if db else Path(empty_folder)
        own_variables = {
            "WARMLINE_DB": str(Path(db).absolute() if db else folder / "warmline.db"),
            "WARMLINE_SPOOL": str(folder / "spool"),
            "WARMLINE_RUN": empty_folder,
        }
        inherited_variables = {name: value for name, value in os.environ.items() if name not in CLEARED_VARIABLES}
        with (
            mock.patch.dict(os.environ, {**inherited_variables, **own_variables}, clear=True),
            mock.patch.object(speech_files, "find", _find_spoken_text),
        ):
            yield Path(empty_folder)


def _find_spoken_text(text: str, voice: str = "", **_: object) -> speech_files.SpokenText | None:
    if voice:
        speech_files.check_voice(voice)
    spoken_text = speech_files.to_spoken_text(text)
    return speech_files.SpokenText(f"{SPOKEN_TEXT_PREFIX}{spoken_text}") if spoken_text else None


@contextmanager
def answer_questions(answers: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[None]:
    """Answer the questions of a script within the block, by the kind and the name that it asks for; None for others."""

    def ask(_run_folder: str, *path_parts: str) -> tuple[int, dict[str, Any]] | None:
        answer = answers.get((path_parts[0], path_parts[1]))
        if answer is None:
            return None
        return (app_question.OK_STATUS if answer else app_question.NOT_FOUND_STATUS), answer

    with mock.patch.object(app_question, "ask", ask):
        yield


def read_promised_callbacks() -> dict[str, str]:
    """Return the number of each callback that is noted in the spool, by its id. Raises OSError."""

    def raise_error(error: OSError) -> None:
        raise error

    return {callback.id: callback.number for callback in callback_notes.read_all(settings.load().spool, raise_error)}


def to_queue_json(answer: QueueAnswer) -> dict[str, Any]:
    """Return a queue as the app describes it."""
    estimate = None if answer.estimate is None else answer.estimate * 1000
    counts = {"waiting": answer.waiting, "ready": answer.ready, "agents": answer.agents}
    return {**counts, "longest_ms": answer.longest * 1000, "estimate_ms": estimate}


def to_agent_json(answer: AgentAnswer) -> dict[str, Any]:
    """Return an agent as the app describes it; nothing for one who is not logged in."""
    if not answer.logged_in:
        return {}
    state_start = answer.since.isoformat() if answer.since else datetime.now(UTC).isoformat()
    return {"state": answer.state, "since": state_start, "call": {} if answer.in_call else None}
