"""The article of a noun."""


def article(noun: str) -> str:
    """Put the article before a noun: `a campaign`, `an ingroup`."""
    return f"{'an' if noun[0] in 'aio' else 'a'} {noun}"
