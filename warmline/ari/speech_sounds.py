"""The sound files of texts that an ARI script says: a thread makes each, while the other calls go on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from warmline.system import speech_files
from warmline.system.speech_files import SpokenText

MAX_PROGRAMS = 2  # in parallel, so that other threads of the script, such as that of a hand-over, find a place


class SpeechSounds:
    """The sound files that a script makes."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(MAX_PROGRAMS)

    @asynccontextmanager
    async def provide(self, spoken_text: SpokenText, *, private: bool) -> AsyncIterator[None]:
        """Make the sound file of a text, and delete that of a private one behind the block. Raises CodedError."""
        try:
            if not spoken_text.is_made:
                async with self._slots:
                    await _make(spoken_text, private=private)
            yield
        finally:
            if private:
                speech_files.delete(spoken_text.path)


async def _make(spoken_text: SpokenText, *, private: bool) -> None:
    """Make a file in a thread. If nobody waits any more, the thread goes on, and a private file is deleted then."""

    def forget(task: "asyncio.Task[None]") -> None:
        if not task.cancelled():
            task.exception()  # nobody else looks at it
        if private:
            speech_files.delete(spoken_text.path)

    making = asyncio.create_task(asyncio.to_thread(speech_files.make, spoken_text))
    try:
        await asyncio.shield(making)
    except asyncio.CancelledError:
        making.add_done_callback(forget)
        raise
