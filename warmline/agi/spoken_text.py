"""Says a text to the caller, until a key ends it."""

from warmline.agi.channel import AGI
from warmline.agi.speech import ALL_KEYS
from warmline.system import speech_files


def say_text(agi: AGI, text: str, voice: str = "", *, keys: str = ALL_KEYS, private: bool = False) -> str:
    """Say a text, and return the key that ended it; '' if the caller heard everything.

    A program makes a sound file of the text: `espeak-ng`, or that of the setting `speech_command`. The file is kept, so
    that the same text with the same voice is played immediately the next time; it is deleted after 30 days without use.
    Give `private=True` for a text about a person: its file is deleted when it was played.

    `voice` is a voice of the program, such as `en-us`; '' is that of the setting `speech_voice`. Only `keys` end it,
    and '' plays everything. A text has at most 10,000 characters. Raises CodedError if the text cannot be said, such as
    without a program, and AGIException.
    """
    spoken_text = speech_files.find(text, voice, private=private)
    if spoken_text is None:
        return ""
    speech_files.make(spoken_text)
    try:
        return agi.stream_file(spoken_text.path, keys)
    finally:
        if private:
            speech_files.delete(spoken_text.path)
