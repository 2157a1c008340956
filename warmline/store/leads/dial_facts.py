"""The facts in the database about a number that is about to be dialled."""

from pathlib import Path

from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.rules import number_text, reasons
from warmline.leads import phone_numbers
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.leads import callbacks, dial_counts, dnc


def find(path: str | Path, asked: FindDialFacts) -> DialFacts:
    """Return the facts that the core requests. Raises StoreError."""
    callback = None
    if asked.callback:
        try:
            callback = callbacks.find(path, asked.callback, asked.at)
        except NotFound:
            return DialFacts(problem=reasons.CALLBACK_ERASED.text(callback=asked.callback))
    dialled = dial_counts.since(path, asked.agent, asked.since, asked.number) if asked.since else 0
    return DialFacts(_listed(path, asked), dialled, callback)


def _listed(path: str | Path, asked: FindDialFacts) -> str:
    """Return the do-not-call list that contains a number which the dialled one may reach; "" if none does."""
    whole = (one for one in asked.readings if len(number_text.to_dialled_digits(one)) >= phone_numbers.TAIL)
    with reading(path) as opened:
        found = (dnc.which(opened, one, asked.campaign) for one in (asked.number, *whole))
        return next(filter(None, found), "")
