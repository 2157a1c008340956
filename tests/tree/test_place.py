"""A command acts on this machine or at an app: only `cli/place` asks which. Other files give both to `choose`."""

import ast
from pathlib import Path

import pytest

from tests.tree.test_imports import ROOT, python_files

CHOOSES = "cli/place/"


def asks_for_login(tree: ast.AST) -> bool:
    """Return whether code compares a type with AppLogin: by isinstance, issubclass, type() or a pattern of match."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "issubclass"):
            tested: ast.AST = ast.Module([ast.Expr(one) for one in node.args[1:]], [])
        elif isinstance(node, ast.Compare | ast.MatchClass):
            tested = node
        else:
            continue
        if any("AppLogin" in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in ast.walk(tested)):
            return True
    return False


def test_only_the_place_asks_whether_a_command_acts_at_an_app() -> None:
    files = [str(Path(file).relative_to(ROOT)) for file in python_files("cli")]
    asking = {file for file in files if asks_for_login(ast.parse((ROOT / file).read_text()))}
    assert asking == {f"{CHOOSES}place.py"}


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("isinstance(where, AppLogin)", True),
        ("not isinstance(where, (Settings, login_file.AppLogin))", True),
        ("type(where) is AppLogin", True),
        ("match where:\n    case AppLogin(): pass", True),
        ("def of_app(login: AppLogin) -> str: return login.url", False),
        ("isinstance(AppLogin(url, token), tuple)", False),
    ],
)
def test_a_question_for_the_login_is_seen(code: str, asks: bool) -> None:
    assert asks_for_login(ast.parse(code)) is asks
