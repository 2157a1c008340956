"""What texts and numbers of requests may be, for operations and for the bodies of commands."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args

from msgspec import Meta

from warmline.core.messages.text_form import CODE, NAME, TextForm
from warmline.text.written_time import AFTER, SAID


def text(form: TextForm) -> Meta:
    """Return the schema of a text of that form."""
    return Meta(pattern=form.pattern, max_length=form.max_length, examples=[form.example])


Name = Annotated[str, text(NAME)]
Code = Annotated[str, text(CODE)]
Moment = Annotated[
    str,
    Meta(
        max_length=40,
        extra_json_schema={  # a date may have the years that `ahead` accepts
            "anyOf": [{"format": "date-time", "pattern": "^[1-8][0-9]{3}-"}, {"pattern": f"^({AFTER}|{SAID})$"}]
        },
        examples=["2026-12-24T18:05:00+01:00", "tomorrow 10:00", "+30m"],
    ),
]
# JSON has only one kind of number; 17.0 is an integer too.
LeadId = Annotated[float, Meta(ge=1, le=2**53 - 1, multiple_of=1, examples=[17])]
Comments = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, examples=["after six"])]


def patterns(words: Mapping[Any, str]) -> dict[str, str]:
    """Return what types allow in words, by their patterns as msgspec's messages have them."""
    return {repr(get_args(kind)[1].pattern): allowed for kind, allowed in words.items()}


PATTERNS = patterns({Name: "letters, digits, - and _", Code: "letters, digits, - and _", Comments: "text of one line"})
