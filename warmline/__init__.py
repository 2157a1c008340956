"""Warmline: `warmline.centre()` is the call centre of this machine or of a login; `warmline.agi` and `warmline.ari` are
the libraries of scripts.
"""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from warmline.centre.opening import centre

__all__ = ["centre"]


if not TYPE_CHECKING:  # a type checker would accept every name

    def __getattr__(name: str) -> object:
        """Return the package `warmline.centre`, which can be called. Raises AttributeError, ModuleNotFoundError."""
        if name != "centre":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        try:
            return import_module("warmline.centre")
        except ModuleNotFoundError as error:
            if error.name != "warmline.centre":
                raise
            text = (
                "warmline.centre() is not in the package warmline-scripts; "
                "install the package warmline in its place, which has the libraries of scripts, too"
            )
            raise ModuleNotFoundError(text, name=error.name) from None
