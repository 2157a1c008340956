from hypothesis import given
from hypothesis import strategies as st

from warmline.ari_app.http.agc.parameters import read

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
def test_nothing_raises(query: str, content_type: str, body: bytes) -> None:
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
