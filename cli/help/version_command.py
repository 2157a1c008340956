"""`warmline version`: print the version, as `warmline --version` does."""


def version() -> None:
    from importlib.metadata import version as installed

    print(f"warmline {installed('warmline')}")
