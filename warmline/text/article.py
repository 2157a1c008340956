"""The article of a noun."""


def article(noun: str) -> str:
    """Put the article before a noun: `a campaign`, `an API user`."""
    return f"{'an' if noun[0] in 'aioA' else 'a'} {noun}"
