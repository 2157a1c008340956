from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ari_app.http.agc.requests import parameters
from ari_app.http.agc.requests.parameters import MOST_PARTS, read
from tests.fuzz import hostile

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=cut"
PARTS = (
    b'--cut\r\nContent-Disposition: form-data; name="value"\r\n\r\nPAUSE\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="user"\r\n\r\n6666\r\n--cut--\r\n'
)


def test_the_query_wins_over_the_form() -> None:
    assert read("value=A", FORM, b"value=B&user=6666") == {"value": "A", "user": "6666"}


def test_an_empty_value_in_the_query_wins_too() -> None:
    assert read("value=", FORM, b"value=B") == {"value": ""}


def test_the_last_of_two_wins() -> None:
    assert read("value=A&value=B", "", b"") == {"value": "B"}


def test_a_form_in_parts_is_read() -> None:
    assert read("value=A", MULTIPART, PARTS) == {"value": "A", "user": "6666"}


def test_percent_and_plus_are_decoded() -> None:
    assert read("a=1%2B2+3%20&b=%C3%A9", "", b"") == {"a": "1+2 3 ", "b": "é"}


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert read("value=%FFPAUSE", "", b"") == {"value": "\ufffdPAUSE"}


@given(st.text(), st.one_of(st.sampled_from([FORM, MULTIPART]), st.text()), st.binary())
def test_no_input_raises_an_exception(query: str, content_type: str, body: bytes) -> None:
    assert isinstance(read(query, content_type, body), dict)


@given(st.text(), st.binary(), st.sampled_from(["base64", "quoted-printable", "uuencode", "7bit"]))
def test_no_part_of_a_form_raises(boundary: str, inside: bytes, encoding: str) -> None:
    body = (
        b"--cut\r\nContent-Disposition: form-data; name=value\r\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\r\n\r\n"
        + inside
        + b"\r\n--cut--\r\n"
    )
    assert isinstance(read("", MULTIPART, body), dict)
    assert isinstance(read("", f"multipart/form-data; boundary={boundary}", body), dict)


def test_a_part_has_no_parts_of_its_own() -> None:
    inner = b'--in\r\nContent-Disposition: form-data; name="user"\r\n\r\n6666\r\n--in--\r\n'
    outer = (
        b'--cut\r\nContent-Disposition: form-data; name="value"\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n'
    )
    assert read("", MULTIPART, outer + inner + b"\r\n--cut--\r\n").keys() <= {"value"}


def test_a_form_has_so_many_parts_and_no_more() -> None:
    part = "--cut\r\nContent-Disposition: form-data; name=f{}\r\n\r\n\r\n"
    body = "".join(map(part.format, range(1000))).encode() + b"--cut--\r\n"
    assert len(read("", MULTIPART, body)) == MOST_PARTS


def test_a_long_form_is_read_up_to_the_limit_of_parts() -> None:
    body = "&".join(map("f{}=%41".format, range(1000))).encode()
    assert read("", FORM, body) == {f"f{at}": "A" for at in range(MOST_PARTS)}


@pytest.mark.parametrize("body", hostile.FIELDS, ids=lambda body: repr(body[:60]))
def test_a_form_of_many_fields_does_not_hold_us_up(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []

    def watched(text: str, **how: bool) -> list[tuple[str, str]]:
        pairs = parse_qsl(text, **how)
        decoded.append(len(pairs))
        return pairs

    monkeypatch.setattr(parameters, "parse_qsl", watched)
    assert len(read("", FORM, body)) <= MOST_PARTS
    assert max(decoded) == MOST_PARTS


@pytest.mark.parametrize("body", hostile.FORMS, ids=lambda body: repr(body[:60]))
def test_a_form_that_was_made_to_hold_us_up(body: bytes) -> None:
    assert read("", f"multipart/form-data; boundary={hostile.BOUNDARY}", body).keys() <= {"", "f"}
