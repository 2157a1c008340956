"""Commands of AGI, as Asterisk reads them and as it limits them after a hang-up."""

import re
from collections.abc import Mapping
from urllib.parse import quote

# These commands work on a channel that has hung up; Asterisk refuses all others with 511.
HANGUP_SAFE_COMMANDS = (
    "ASYNCAGI BREAK", "DATABASE", "EXEC", "GET VARIABLE", "GET FULL VARIABLE", "NOOP", "SET VARIABLE",
    "SPEECH DESTROY", "SPEECH UNLOAD GRAMMAR", "VERBOSE",
)  # fmt: skip
# The result of these commands is -1 if the caller hangs up while they last.
INTERRUPTED_COMMANDS = (
    "EXEC", "STREAM", "CONTROL", "GET DATA", "GET OPTION", "RECORD", "WAIT", "RECEIVE", "SAY", "SEND", "ANSWER",
)  # fmt: skip
DEAD_CHANNEL_REPLY = "511 Command Not Permitted on a dead channel or intercept routine"
UNKNOWN_COMMAND_REPLY = "510 Invalid or unknown command"
USAGE_REPLY = "520 Invalid command syntax.  Proper usage not available."
# The fewest and the most arguments of each command that a test knows, as in Asterisk's res_agi.c; a command with more
# or fewer is refused with 520. NO_LIMIT: Asterisk passes over arguments that it does not need.
NO_LIMIT = 127
ARGUMENT_COUNTS = {
    "ANSWER": (0, NO_LIMIT), "ASYNCAGI BREAK": (0, NO_LIMIT), "CHANNEL STATUS": (0, 1), "CONTROL STREAM FILE": (2, 7),
    "DATABASE DEL": (2, 2), "DATABASE DELTREE": (1, 2), "DATABASE GET": (2, 2), "DATABASE PUT": (3, 3),
    "EXEC": (1, NO_LIMIT), "GET DATA": (1, NO_LIMIT), "GET FULL VARIABLE": (1, 2), "GET OPTION": (2, 3),
    "GET VARIABLE": (1, 1), "GOSUB": (3, 4), "HANGUP": (0, 1), "NOOP": (0, NO_LIMIT), "RECEIVE CHAR": (1, 1),
    "RECEIVE TEXT": (1, 1), "RECORD FILE": (4, NO_LIMIT), "SAY ALPHA": (2, 3), "SAY DATE": (2, 2),
    "SAY DATETIME": (2, NO_LIMIT), "SAY DIGITS": (2, 2), "SAY NUMBER": (2, 3), "SAY PHONETIC": (2, 2),
    "SAY TIME": (2, 2), "SEND IMAGE": (1, 1), "SEND TEXT": (1, 1), "SET AUTOHANGUP": (1, 1),
    "SET CALLERID": (0, NO_LIMIT), "SET CONTEXT": (1, 1), "SET EXTENSION": (1, 1), "SET MUSIC": (1, NO_LIMIT),
    "SET PRIORITY": (1, 1), "SET VARIABLE": (2, 2), "SPEECH ACTIVATE GRAMMAR": (1, 1), "SPEECH CREATE": (0, NO_LIMIT),
    "SPEECH DEACTIVATE GRAMMAR": (1, 1), "SPEECH DESTROY": (0, NO_LIMIT), "SPEECH LOAD GRAMMAR": (2, 2),
    "SPEECH RECOGNIZE": (2, NO_LIMIT), "SPEECH SET": (2, 2), "SPEECH UNLOAD GRAMMAR": (1, 1), "STREAM FILE": (2, 3),
    "TDD MODE": (1, 1), "VERBOSE": (1, NO_LIMIT), "WAIT FOR DIGIT": (1, 1),
}  # fmt: skip
VARIABLE_PATTERN = re.compile(r"\$\{([^${}]+)\}")
URIENCODE_PATTERN = re.compile(r"URIENCODE\((.*)\)", re.IGNORECASE | re.DOTALL)
ESCAPED_DOLLAR = "\0"  # stands for a $ of a value, which is not evaluated, while an expression is evaluated
SUBSTRING_PATTERN = re.compile(r"(.+?):(-?\d+)(?::(-?\d+))?")


def split_words(line: str) -> list[str]:
    """Return the words of a command line: quotes join words, and a backslash escapes the next letter.

    As in Asterisk, a quote that is not closed joins all to the end of the line.
    """
    words = re.findall(r'(?:[^ \t"\\]|\\.|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+', line, re.DOTALL)
    return [re.sub(r'\\(.?)|"', lambda escaped: escaped[1] or "", word, flags=re.DOTALL) for word in words]


def parse_command(words: list[str]) -> tuple[str, list[str]]:
    """Return the name of a command in capital letters, and its arguments.

    Of a command that is not in ARGUMENT_COUNTS, the name is its first two words; of an empty line it is "".
    """
    for word_count in (3, 2, 1):
        name = " ".join(words[:word_count]).upper()
        if name in ARGUMENT_COUNTS:
            return name, words[word_count:]
    return " ".join(words[:2]).upper(), words[2:]


def split_arguments(text: str) -> list[str]:
    """Return the arguments of an application, between commas; a backslash escapes the next letter."""
    if not text:
        return []
    escaped_arguments = re.findall(r"(?:[^,\\]|\\.?)+|(?:^|(?<=,))(?=,|$)", text)
    return [re.sub(r"\\(.?)", r"\1", argument) for argument in escaped_arguments]


def parse_integer(text: str) -> int:
    """Return the whole number with which a text begins, as C's `atoi`; 0 if there is none."""
    digits = re.match(r"\s*([+-]?[0-9]+)", text)
    return int(digits[1]) if digits else 0


def evaluate(expression: str, variables: Mapping[str, str]) -> str:
    """Return an expression with the values of its variables; of the functions, only URIENCODE is known."""
    while variable := VARIABLE_PATTERN.search(expression):
        # Asterisk does not evaluate a value.
        value = _evaluate_variable(variable[1], variables).replace("$", ESCAPED_DOLLAR)
        expression = expression[: variable.start()] + value + expression[variable.end() :]
    return expression.replace(ESCAPED_DOLLAR, "$")


def _evaluate_variable(name: str, variables: Mapping[str, str]) -> str:
    if function := URIENCODE_PATTERN.fullmatch(name):
        return quote(function[1].replace(ESCAPED_DOLLAR, "$"), safe="")
    if substring := SUBSTRING_PATTERN.fullmatch(name):
        remainder = variables.get(substring[1], "")[int(substring[2]) :]
        return remainder[: int(substring[3])] if substring[3] else remainder
    return variables.get(name, "")
