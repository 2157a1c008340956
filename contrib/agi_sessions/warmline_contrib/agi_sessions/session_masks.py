"""Masks secrets in a recorded session: PINs and other keys that a caller typed, and secret variables.

Masked keys become zeros in replies, so that a script can read them when the session is played. All other values become
`***`. A masked value is also masked wherever it occurs again. One of two characters is masked where it is a word.
"""

import re
from collections.abc import Collection

from warmline_contrib.agi_sessions.session_file import ANY_TEXT, ASTERISK, SCRIPT, SessionLine

INNER_MIN_CHARACTERS = 3  # of a masked value that is masked within words too
KEYS_COMMAND = re.compile(r'^GET DATA\s+"?([^"\s]*)', re.IGNORECASE)
KEY_COMMAND = re.compile(r"^WAIT FOR DIGIT\b", re.IGNORECASE)
PROMPT_COMMAND = re.compile(r"^(?:(?:CONTROL )?STREAM FILE|GET OPTION|SAY \w+)\b", re.IGNORECASE)  # which a key can end
SILENT_COMMAND = re.compile(r"^(?:VERBOSE|NOOP|[SG]ET (?:FULL )?VARIABLE|DATABASE \w+)\b", re.IGNORECASE)
KEYS_REPLY = re.compile(r"^(200 result=)([0-9*#]+)")
VALUE_REPLY = re.compile(  # or the next line of a value
    r"^(200 result=1 \(|(?!HANGUP|\d{3}[ -]))(.*?)(\)?)$", re.DOTALL
)
REPLY_CODE = re.compile(r"^(?:\d{3}[ -])?")
MASKED_WORDS = "(?:PIN|PASS|SECRET|TOKEN|KEY|CVV|CARD)"
MASKED_NAME = rf"[^\s\"=,/]*{MASKED_WORDS}[^\s\"=,/]*"
SECRET_READ = re.compile(rf"^(?:GET (?:FULL )?VARIABLE|DATABASE GET)\s.*{MASKED_WORDS}", re.IGNORECASE)
REASON_COMMAND = r'SET VARIABLE "?WARMLINE_REASON\b'  # an error such as KeyError, which the line for the log has too
SECRET_WRITE = re.compile(
    rf'^(?!{REASON_COMMAND})((?:SET VARIABLE|DATABASE PUT)\s(?:.*\s)?"?{MASKED_NAME}"?\s+)(.+)$', re.IGNORECASE
)
SECRET_PAIR = re.compile(rf'(\b{MASKED_NAME}=)((?:\\\\\\?.|[^,"\\])+)', re.IGNORECASE)


def mask_session(lines: list[SessionLine], public_sounds: Collection[str] = ()) -> tuple[list[SessionLine], list[str]]:
    """Return the session without secrets, and a note for each masked command.

    These are masked:

    - the keys of GET DATA if they are two or more, unless `public_sounds` names its sound file
    - the keys of two or more WAIT FOR DIGIT in a row, and the key that ended the prompt before them
    - variables whose name contains PIN, PASS, SECRET, TOKEN, KEY, CVV or CARD
    """
    secrets: dict[str, str] = {}
    notes: list[str] = []
    masked_lines = [SessionLine(sender, text) for sender, text in lines]
    key_rows = _find_key_rows(masked_lines)
    command, is_in_row = "", False
    for number, (sender, text) in enumerate(masked_lines):
        if sender == SCRIPT:
            command, is_in_row = text, number in key_rows
            masked_lines[number] = SessionLine(SCRIPT, _mask_command(text, secrets, notes))
        elif command:
            masked_lines[number] = SessionLine(
                ASTERISK,
                _mask_reply(command, text, is_in_row, public_sounds=public_sounds, secrets=secrets, notes=notes),
            )
    return [_mask_repetitions(line, secrets) for line in masked_lines], [
        _hide_secrets(note, dict.fromkeys(secrets, ANY_TEXT)) for note in notes
    ]


def mask_command(text: str, secrets: dict[str, str]) -> str:
    """Return one command as `masked` has it; its secrets are added to `secrets`, which are masked in the next ones."""
    return _mask_repetitions(SessionLine(SCRIPT, _mask_command(text, secrets, [])), secrets).text


def _find_key_rows(lines: list[SessionLine]) -> set[int]:
    """Return the commands whose keys follow each other, as those of a PIN: the caller hears nothing between them."""
    key_rows: set[int] = set()
    key_row: list[int] = []
    for number, (sender, text) in enumerate(lines):
        if sender != SCRIPT or SILENT_COMMAND.match(text):
            continue
        if KEY_COMMAND.match(text):
            key_row.append(number)
        else:
            key_row = (
                [number]
                if PROMPT_COMMAND.match(text) and number + 1 < len(lines) and _parse_key(lines[number + 1].text)
                else []
            )
        if len(key_row) > 1:
            key_rows.update(key_row)
    return key_rows


def _parse_key(reply: str) -> str:
    """Return the key in a reply, "" for none."""
    reply_match = KEYS_REPLY.match(reply)
    return reply_match[2] if reply_match and reply_match[2] != "0" else ""


def _mask_command(text: str, secrets: dict[str, str], notes: list[str]) -> str:
    if assignment := SECRET_WRITE.match(text):
        _remember(assignment[2].strip('"'), ANY_TEXT, secrets)
        notes.append(f"masked: {assignment[1].strip()}")
        return f"{assignment[1]}{ANY_TEXT}"
    if text.upper().startswith("EXEC "):
        for pair in SECRET_PAIR.finditer(text):
            _remember(pair[2], ANY_TEXT, secrets)
            notes.append(f"masked: {pair[1]}")
        return SECRET_PAIR.sub(rf"\g<1>{ANY_TEXT}", text)
    return text


def _mask_reply(
    command: str, text: str, is_in_row: bool, public_sounds: Collection[str], secrets: dict[str, str], notes: list[str]
) -> str:
    if SECRET_READ.match(command) and (value_match := VALUE_REPLY.match(text)):
        _remember(value_match[2], ANY_TEXT, secrets)
        notes.append(f"masked: the reply to {command}")
        return f"{value_match[1]}{ANY_TEXT}{value_match[3]}"
    reply_match = KEYS_REPLY.match(text)
    if (
        reply_match
        and (keys_command := KEYS_COMMAND.match(command))
        and len(reply_match[2]) > 1
        and keys_command[1] not in public_sounds
    ):
        zeros = "0" * len(reply_match[2])
        _remember(reply_match[2], zeros, secrets)
        notes.append(f"masked: the keys after {command}")
        return KEYS_REPLY.sub(rf"\g<1>{zeros}", text)
    if reply_match and is_in_row and _parse_key(text):
        notes.append(f"masked: a key after {command}")
        return KEYS_REPLY.sub(rf"\g<1>{ord('0')}", text)
    return text


def _remember(masked_text: str, mask: str, secrets: dict[str, str]) -> None:
    if len(masked_text) > 1 and masked_text != ANY_TEXT:
        secrets.setdefault(masked_text, mask)


def _mask_repetitions(line: SessionLine, secrets: dict[str, str]) -> SessionLine:
    """Mask the secrets in a line. A command gets `***`, because the same text may also be the script's own."""
    if line.sender == SCRIPT:
        return SessionLine(SCRIPT, _hide_secrets(line.text, dict.fromkeys(secrets, ANY_TEXT)))
    code = REPLY_CODE.match(line.text)
    start = code.end() if code else 0
    return SessionLine(line.sender, line.text[:start] + _hide_secrets(line.text[start:], secrets))


def _hide_secrets(text: str, secrets: dict[str, str]) -> str:
    for masked_text in sorted(secrets, key=len, reverse=True):
        if len(masked_text) < INNER_MIN_CHARACTERS:
            text = re.sub(rf"(?<!\w){re.escape(masked_text)}(?!\w)", secrets[masked_text], text)
        else:
            text = text.replace(masked_text, secrets[masked_text])
    return text
