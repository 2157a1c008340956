"""Commands of AGI, as Asterisk reads them and as it limits them after a hang-up."""

import re
from collections.abc import Mapping
from urllib.parse import quote

# These commands work on a channel that has hung up; Asterisk refuses all others with 511.
HANGUP_SAFE_COMMANDS = ("DATABASE", "EXEC", "GET VARIABLE", "GET FULL VARIABLE", "NOOP", "SET VARIABLE", "VERBOSE")
DEAD_CHANNEL_REPLY = "511 Command Not Permitted on a dead channel or intercept routine"
ONE_WORD_COMMANDS = {"ANSWER", "EXEC", "HANGUP", "NOOP", "VERBOSE"}
THREE_WORD_COMMANDS = {"CONTROL STREAM FILE", "GET FULL VARIABLE", "WAIT FOR DIGIT"}
VARIABLE_PATTERN = re.compile(r"\$\{([^${}]+)\}")
ESCAPED_DOLLAR = "\0"  # a $ in a value
SUBSTRING_PATTERN = re.compile(r"(.+?):(-?\d+)(?::(-?\d+))?")


def split_words(line: str) -> list[str]:
    """Return the words of a command line: quotes join words, and a backslash escapes the next letter."""
    words = re.findall(r'(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+', line, re.DOTALL)
    return [re.sub(r'\\(.)|"', lambda escaped: escaped[1] or "", word, flags=re.DOTALL) for word in words]


def parse_command(words: list[str]) -> tuple[str, list[str]]:
    """Return the name of a command in capital letters, and its arguments."""
    for count in (3, 2, 1):
        name = " ".join(words[:count]).upper()
        if count == 1 or name in THREE_WORD_COMMANDS or (count == 2 and words[0].upper() not in ONE_WORD_COMMANDS):
            return name, words[count:]
    return "", []


def split_arguments(text: str) -> list[str]:
    """Return the arguments of an application, between commas; a backslash escapes the next letter."""
    return [re.sub(r"\\(.)", r"\1", argument) for argument in re.findall(r"(?:[^,\\]|\\.)+|(?<=,)(?=,|$)", text)]


def evaluate(expression: str, variables: Mapping[str, str]) -> str:
    """Return an expression with the values of its variables; of the functions, only URIENCODE is known."""
    while variable := VARIABLE_PATTERN.search(expression):
        # Asterisk does not evaluate a value.
        value = _evaluate_variable(variable[1], variables).replace("$", ESCAPED_DOLLAR)
        expression = expression[: variable.start()] + value + expression[variable.end() :]
    return expression.replace(ESCAPED_DOLLAR, "$")


def _evaluate_variable(name: str, variables: Mapping[str, str]) -> str:
    if name.upper().startswith("URIENCODE(") and name.endswith(")"):
        return quote(name[10:-1].replace(ESCAPED_DOLLAR, "$"), safe="")
    if substring := SUBSTRING_PATTERN.fullmatch(name):
        remainder = variables.get(substring[1], "")[int(substring[2]) :]
        return remainder[: int(substring[3])] if substring[3] else remainder
    return variables.get(name, "")
