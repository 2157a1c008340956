"""Masks secrets in a recorded session: PINs and other keys that a caller typed, and secret variables.

Masked keys become zeros in replies, so that a script can read them when the session is played. All other values become
`***`. A masked value is also masked wherever it occurs again. One of two characters is masked where it is a word.
"""

import re
from collections.abc import Collection

from warmline.agi.sessions.session_file import ANY, ASTERISK, SCRIPT, SessionLine

SHORTEST = 3  # characters of a masked value that is masked within words too
TYPED = re.compile(r'^GET DATA\s+"?([^"\s]*)', re.IGNORECASE)
ONE_KEY = re.compile(r"^WAIT FOR DIGIT\b", re.IGNORECASE)
PROMPT = re.compile(r"^(?:(?:CONTROL )?STREAM FILE|GET OPTION|SAY \w+)\b", re.IGNORECASE)  # which a key can end
UNHEARD = re.compile(r"^(?:VERBOSE|NOOP|[SG]ET (?:FULL )?VARIABLE|DATABASE \w+)\b", re.IGNORECASE)
RESULT = re.compile(r"^(200 result=)([0-9*#]+)")
VALUE = re.compile(r"^(200 result=1 \(|(?!HANGUP|\d{3}[ -]))(.*?)(\)?)$", re.DOTALL)  # or the next line of a value
CODE = re.compile(r"^(?:\d{3}[ -])?")
WORD = "(?:PIN|PASS|SECRET|TOKEN|KEY|CVV|CARD)"
NAME = rf"[^\s\"=,/]*{WORD}[^\s\"=,/]*"
GETS = re.compile(rf"^(?:GET (?:FULL )?VARIABLE|DATABASE GET)\s.*{WORD}", re.IGNORECASE)
TOLD = r'SET VARIABLE "?WARMLINE_REASON\b'  # an error such as KeyError, which the line for the log has too
SETS = re.compile(rf'^(?!{TOLD})((?:SET VARIABLE|DATABASE PUT)\s(?:.*\s)?"?{NAME}"?\s+)(.+)$', re.IGNORECASE)
PAIRS = re.compile(rf'(\b{NAME}=)((?:\\\\\\?.|[^,"\\])+)', re.IGNORECASE)


def masked(lines: list[SessionLine], keep: Collection[str] = ()) -> tuple[list[SessionLine], list[str]]:
    """Return the session without secrets, and a note for each masked command.

    These are masked:

    - the keys of GET DATA if they are two or more, unless `keep` names its sound file
    - the keys of two or more WAIT FOR DIGIT in a row, and the key that ended the prompt before them
    - variables whose name contains PIN, PASS, SECRET, TOKEN, KEY, CVV or CARD
    """
    secrets: dict[str, str] = {}
    notes: list[str] = []
    found = [SessionLine(sender, text) for sender, text in lines]
    rows = _rows(found)
    command, in_row = "", False
    for at, (sender, text) in enumerate(found):
        if sender == SCRIPT:
            command, in_row = text, at in rows
            found[at] = SessionLine(SCRIPT, _command(text, secrets, notes))
        elif command:
            found[at] = SessionLine(ASTERISK, _reply(command, text, in_row, keep, secrets, notes))
    return [_everywhere(line, secrets) for line in found], [
        _hidden(note, dict.fromkeys(secrets, ANY)) for note in notes
    ]


def masked_command(text: str, secrets: dict[str, str]) -> str:
    """Return one command as `masked` has it; its secrets are added to `secrets`, which are masked in the next ones."""
    return _everywhere(SessionLine(SCRIPT, _command(text, secrets, [])), secrets).text


def _rows(lines: list[SessionLine]) -> set[int]:
    """Return the commands whose keys follow each other, as those of a PIN: the caller hears nothing between them."""
    found: set[int] = set()
    row: list[int] = []
    for at, (sender, text) in enumerate(lines):
        if sender != SCRIPT or UNHEARD.match(text):
            continue
        if ONE_KEY.match(text):
            row.append(at)
        else:
            row = [at] if PROMPT.match(text) and at + 1 < len(lines) and _key(lines[at + 1].text) else []
        if len(row) > 1:
            found.update(row)
    return found


def _key(reply: str) -> str:
    """Return the key in a reply, "" for none."""
    result = RESULT.match(reply)
    return result[2] if result and result[2] != "0" else ""


def _command(text: str, secrets: dict[str, str], notes: list[str]) -> str:
    if sets := SETS.match(text):
        _remember(sets[2].strip('"'), ANY, secrets)
        notes.append(f"masked: {sets[1].strip()}")
        return f"{sets[1]}{ANY}"
    if text.upper().startswith("EXEC "):
        for pair in PAIRS.finditer(text):
            _remember(pair[2], ANY, secrets)
            notes.append(f"masked: {pair[1]}")
        return PAIRS.sub(rf"\g<1>{ANY}", text)
    return text


def _reply(
    command: str, text: str, in_row: bool, keep: Collection[str], secrets: dict[str, str], notes: list[str]
) -> str:
    if GETS.match(command) and (value := VALUE.match(text)):
        _remember(value[2], ANY, secrets)
        notes.append(f"masked: the reply to {command}")
        return f"{value[1]}{ANY}{value[3]}"
    result = RESULT.match(text)
    if result and (typed := TYPED.match(command)) and len(result[2]) > 1 and typed[1] not in keep:
        zeros = "0" * len(result[2])
        _remember(result[2], zeros, secrets)
        notes.append(f"masked: the keys after {command}")
        return RESULT.sub(rf"\g<1>{zeros}", text)
    if result and in_row and _key(text):
        notes.append(f"masked: a key after {command}")
        return RESULT.sub(rf"\g<1>{ord('0')}", text)
    return text


def _remember(value: str, mask: str, secrets: dict[str, str]) -> None:
    if len(value) > 1 and value != ANY:
        secrets.setdefault(value, mask)


def _everywhere(line: SessionLine, secrets: dict[str, str]) -> SessionLine:
    """Mask the secrets in a line. A command gets `***`, because the same text may also be the script's own."""
    if line.sender == SCRIPT:
        return SessionLine(SCRIPT, _hidden(line.text, dict.fromkeys(secrets, ANY)))
    code = CODE.match(line.text)
    start = code.end() if code else 0
    return SessionLine(line.sender, line.text[:start] + _hidden(line.text[start:], secrets))


def _hidden(text: str, secrets: dict[str, str]) -> str:
    for value in sorted(secrets, key=len, reverse=True):
        if len(value) < SHORTEST:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", secrets[value], text)
        else:
            text = text.replace(value, secrets[value])
    return text
