"""The article of a noun."""


def article(noun: str) -> str:
    """Return a noun with its article, such as `a campaign` or `an API user`."""
    return f"{'an' if noun[0] in 'aioA' else 'a'} {noun}"
