"""The APIs' token lies in the folder of their own user, if they have one."""

from pathlib import Path

from ari_app.http.server import local_token
from warmline.system import token_file


def test_the_token_is_in_the_folder_of_the_apis(tmp_path: Path) -> None:
    run = tmp_path / "warmline"
    run.mkdir()
    assert token_file.path(str(run)) == run / "token"
    (tmp_path / "warmline-api").mkdir()
    token = local_token.keep(str(run))
    assert token_file.path(str(run)).read_text() == token
    assert not list(run.iterdir())
