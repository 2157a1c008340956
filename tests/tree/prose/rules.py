"""The rules of style, applied to one passage."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.tree.prose.passage import Passage

MOST_WORDS = 25
LIST_OF_CODE = re.compile(r"¤+(?:(?:,| and| or|, and|, or)\s¤+)+")
HEADLESS = re.compile(
    r"[\s\"'(\[*_]*(who|whom|whose|whoever|whomever|what|whatever|whichever|where|wherever"
    r"|that(?= (?:is|was|has|had|does|did|can|could|will|would|may|must|shall|should|means|makes|gives|goes|needs|takes"
    r"|a|an|the|this|these|each|every|no|nobody|it|they|one|some|any)\b))\b(?!')",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
WORD = re.compile(
    r"\b(?:mend(?:s|ed|ing)?|(?:tell|tells|told|telling) of|anew|in vain|meanwhile|becom(?:e|es|ing) of|became of"
    r"|somebody|(?<!user )(?<!user')nobody(?! user))\b",
    re.IGNORECASE,
)
# VICIdial's answers stay letter for letter.
VICIDIAL = re.compile(r"(?:ERROR|SUCCESS|NOTICE|VERSION): ")


class Finding(NamedTuple):
    """A sentence that breaks a rule: the file, the line where it begins, the rule, by what, the sentence."""

    file: str
    line: int
    rule: str
    by: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule} ({self.by}): {self.sentence}"


def judge(passage: Passage) -> Iterator[Finding]:
    """Name each sentence of a passage that breaks a rule, once for each rule."""
    if VICIDIAL.match(passage.text):
        return
    for line, shown, masked in passage.sentences():
        for rule, by in broken(masked, label=passage.label):
            yield Finding(passage.file, line, rule, by, shown)


def broken(sentence: str, *, label: bool = False) -> Iterator[tuple[str, str]]:
    """Name the rules that a sentence breaks, and by what; its code is masked by `¤`."""
    if (count := words(sentence)) > MOST_WORDS:
        yield "too long", f"{count} words, at most {MOST_WORDS}"
    if not label and not sentence.rstrip("\"')*_").endswith("?") and count > 2 and (found := HEADLESS.match(sentence)):
        yield "headless", quoted([found[1]])
    if persons := PRONOUN.findall(sentence):
        yield "he for a person", quoted(persons)
    if old := WORD.findall(sentence):
        yield "old word", quoted(old)


def quoted(found: list[str]) -> str:
    """Each word once, in quotes."""
    return ", ".join(f'"{word}"' for word in dict.fromkeys(found))


def words(sentence: str) -> int:
    """Count the words; code is one, and so is a list of code."""
    return sum(any(letter.isalnum() or letter == "¤" for letter in word) for word in _one_word_lists(sentence).split())


def _one_word_lists(sentence: str) -> str:
    return LIST_OF_CODE.sub("¤", sentence)
