"""Comments on calls over the JSON API: each role, the calls of another group, and the check in the call process."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ari_app.records import comment_check
from ari_app.records.privileged_write_types import AddCallComment, DeleteCallComment
from ari_app.records.write_results import WriteRefused
from tests.http.past.test_past_calls import end_call
from tests.http.people.people_site import PeopleSite, add_people
from tests.rows import check_rows
from warmline.core.messages.commands import Kind
from warmline.store.calls import call_comments
from warmline.store.configuration import config, token_holder

LEADS = ("ben", "mia", "ada")  # a supervisor of the first agent's group, a manager and an administrator


class CommentedCalls(PeopleSite):
    """`mine` is a call of the group BERLIN, and `theirs` one of HAMBURG."""

    mine: str
    theirs: str

    def comments(self, user: str, call: str) -> list[Any]:
        return list(self.as_user(user, "GET", f"/past-calls/{call}").body["comments"])

    def write(self, user: str, call: str, comment: str = "", mark: str = "") -> Any:
        return self.as_user(user, "POST", f"/past-calls/{call}/comments", {"comment": comment, "mark": mark})


@pytest.fixture(scope="module")
def site(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommentedCalls]:
    folder = tmp_path_factory.mktemp("comments")
    add_people(database := Path(shutil.copy(demo_database, folder / "people.db")))
    (folder / "run").mkdir()
    made = CommentedCalls(database, folder / "run")
    try:
        made.api.askers.rate.a_second = 0
        made.mine = end_call(made, "1000")
        made.driver.ask(Kind.PAUSE, "1000")
        made.driver.log_in("1002")
        made.theirs = end_call(made, "1002")
        yield made
    finally:
        made.close()


def test_supervisors_and_managers_comment_on_calls_that_they_see(site: CommentedCalls) -> None:
    told = {user: [site.write(user, one, user).status for one in (site.mine, site.theirs)] for user in LEADS}
    assert told == {"ben": [201, 403], "mia": [201, 201], "ada": [201, 201]}
    assert [one["by"] for one in site.comments("ben", site.mine)] == ["user:ben", "user:mia", "user:ada"]
    config.set_options(site.database, "user", "ben", {"full_name": "Ben Ott"}, who="test")
    assert [one["full_name"] for one in site.comments("ben", site.mine)] == ["Ben Ott", "", ""]
    assert [one["by"] for one in site.comments("mia", site.theirs)] == ["user:mia", "user:ada"]
    assert site.as_user("anna", "GET", f"/past-calls/{site.mine}").status == 403


def test_comments_and_marks_on_the_own_calls_are_hidden_from_an_agent(site: CommentedCalls) -> None:
    assert site.write("anna", site.mine, "x").status == 403
    assert site.write("ben", site.mine, mark="coaching").status == 201
    query = "/past-calls?since=2020-01-01"
    seen = {
        user: {one["call"]: one["marks"] for one in site.as_user(user, "GET", query).body} for user in ("anna", *LEADS)
    }
    assert seen["anna"] == {site.mine: ""} and seen["ben"] == {site.mine: "coaching"}
    assert seen["mia"] == seen["ada"] == {site.mine: "coaching", site.theirs: ""}
    found = {user: site.as_user(user, "GET", f"{query}&mark=coaching") for user in ("anna", "ben")}
    assert (found["anna"].status, found["anna"].body["code"]) == (403, "role_missing")
    assert [one["call"] for one in found["ben"].body] == [site.mine]
    assert site.as_user("ben", "GET", f"{query}&mark=bad").status == 422


def test_a_wrong_comment_is_refused(site: CommentedCalls) -> None:
    def check(comment: str, mark: str, code: str) -> None:
        told = site.write("mia", site.mine, comment, mark)
        assert told.status == 422 and code in (told.body["code"], "")

    check_rows(
        check, [("", "", "comment_empty"), ("a\x07", "", "comment_invalid"), ("x" * 2001, "", ""), ("x", "bad", "")]
    )


def test_a_comment_on_a_call_with_too_many_is_refused(site: CommentedCalls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_comments, "MOST", len(site.comments("mia", site.theirs)))
    told = site.write("mia", site.theirs, "one more")
    assert (told.status, told.body["code"]) == (409, "comments_full")


def test_a_supervisor_deletes_only_the_own_comments(site: CommentedCalls) -> None:
    own, other = (site.write(user, site.mine, "deleted soon").body["id"] for user in ("ben", "mia"))

    def delete(user: str, call: str, number: object) -> int:
        return site.as_user(user, "DELETE", f"/past-calls/{call}/comments/{number}").status

    refused = [delete("anna", site.mine, own), delete("ben", site.mine, other), delete("ben", site.theirs, own)]
    assert refused == [403, 403, 403]
    assert delete("mia", site.theirs, own) == 404 and delete("mia", site.mine, "x") == 422
    assert [delete("ben", site.mine, own), delete("ada", site.mine, other)] == [200, 200]
    assert delete("ada", site.mine, other) == 404
    assert "deleted soon" not in str(site.comments("mia", site.mine))


@pytest.mark.parametrize(("user", "call"), [("anna", "mine"), ("ben", "theirs")])
def test_the_call_process_checks_each_comment_again(site: CommentedCalls, user: str, call: str) -> None:
    client = token_holder.of_token(str(site.database), site.token_of(user))
    assert client
    of: str = getattr(site, call)
    for wanted in (AddCallComment(of, "x"), DeleteCallComment(of, 1)):
        with pytest.raises(WriteRefused) as refused:
            comment_check.check(str(site.database), wanted, client)
        assert refused.value.code == "comment_not_allowed"
