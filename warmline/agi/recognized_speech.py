"""What a caller has said to a speech engine, or the key that they have pressed in its place."""

from typing import NamedTuple

from warmline.agi.protocol import Reply


class SpeechGuess(NamedTuple):
    """One text that the engine may have heard, its score from 0 to 1000, and the grammar that it fits."""

    text: str
    score: int
    grammar: str


class RecognizedSpeech(NamedTuple):
    """How a recognition ended.

    - `reason`: `speech`, `digit` or `timeout`
    - `text`: what the caller has said, by the best guess; '' without one
    - `digit`: the key that the caller has pressed, ''
    - `guesses`: all guesses, the best one first, each with `text`, `score` from 0 to 1000, and `grammar`
    """

    reason: str
    digit: str
    guesses: tuple[SpeechGuess, ...]

    @property
    def text(self) -> str:
        """The best guess, '' without one."""
        return self.guesses[0].text if self.guesses else ""


def read_recognized(reply: Reply) -> RecognizedSpeech:
    """Return the content of Asterisk's reply to SPEECH RECOGNIZE."""
    values = {key: value for key, (value, _) in reply.items()}
    count = int(values.get("results") or 0)
    guesses = [
        SpeechGuess(
            values.get(f"text{number}", "").removeprefix('"').removesuffix('"'),
            int(values.get(f"score{number}") or 0),
            values.get(f"grammar{number}", ""),
        )
        for number in range(count)
    ]
    best_first = tuple(sorted(guesses, key=lambda guess: -guess.score))
    return RecognizedSpeech(reply["result"][1], values.get("digit", ""), best_first)
