"""`warmline version`: the same as `warmline --version`."""


def version() -> None:
    from importlib.metadata import version as installed

    print(f"warmline {installed('warmline')}")
