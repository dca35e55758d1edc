"""Mails, and web pages that were saved in the form of a mail."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from made import mail

from geomap.articles import mail as mails, open_article, read_inputs
from geomap.errors import InputError
from geomap.types import Document

Write = Callable[..., Path]
STORY = "North Korea fired two missiles from Sunan on Wednesday, and they flew 800 kilometers."
HTML = f"<html><body><p>{STORY}</p><p>Japan said &amp; Seoul said.</p></body></html>"


def fault(path: Path) -> str:
    (problem,) = read_inputs([path])
    assert isinstance(problem, InputError)
    assert "\n" not in str(problem)
    return str(problem)


def parts(*bodies: str, boundary: str = "x") -> str:
    return "".join(f"--{boundary}\n{body}\n" for body in bodies) + f"--{boundary}--\n"


def plain(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"


def html(markup: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\n\n{markup}\n"


ATTACHED = "Content-Type: text/plain\nContent-Disposition: attachment; filename=secret.txt\n\nAttached.\n"


def test_a_mail_is_its_text(article: Write) -> None:
    sent = mail(
        f"{STORY}\r\n\r\n> quoted: from Tokyo\r\n", Subject="Fwd: =?utf-8?q?Two_m=C3=ADssiles?= =?utf-8?q?_fired?="
    )

    document = open_article(article(sent, "a.eml"))

    assert document.text == f"{STORY}\n\n> quoted: from Tokyo"
    assert document.title == "Fwd: Two míssiles fired"
    assert document.published == "2021-09-15"
    assert document.outlet is None  # Jane Doe passes it on
    assert document.source.endswith("a.eml")


@pytest.mark.parametrize(
    ("headers", "outlet"),
    [
        ({"List_Unsubscribe": "<mailto:a@b>"}, "Example News"),
        ({"List_Unsubscribe": "<mailto:a@b>", "List_Post": "<mailto:list@b>"}, None),
        ({}, None),
        ({"List_Unsubscribe": "<mailto:a@b>", "From": "news@example.org"}, None),
        ({"List_Unsubscribe": "<mailto:a@b>", "From": '<<<>>>,,,"'}, None),
        ({"List_Unsubscribe": "<mailto:a@b>", "From": ""}, None),
    ],
)
def test_the_sender_of_a_newsletter_is_the_outlet(article: Write, headers: dict[str, str], outlet: str | None) -> None:
    headers = {"From": '"Example News" <news@example.org>'} | headers

    assert open_article(article(mail(STORY, **headers), "a.eml")).outlet == outlet


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Wed, 15 Sep 2021 12:40:00 +0900", "2021-09-15"),
        ("Wed, 15 Sep 2021 03:40:00 -0000", "2021-09-15"),
        ("15 Sep 2021 03:40 GMT", "2021-09-15"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        pytest.param(format_datetime(datetime.now(UTC) + timedelta(days=3)), None, id="in three days"),
        ("yesterday", None),
        ("Wed, 99 Sep 2021 99:99:99 +9999", None),
        ("", None),
    ],
)
def test_the_date_of_a_mail_is_when_it_was_issued(article: Write, date: str, published: str | None) -> None:
    assert open_article(article(mail(STORY, Date=date), "a.eml")).published == published


@pytest.mark.parametrize(
    "body",
    [
        parts(plain(STORY), html(HTML)),
        parts(html("<p>Other</p>"), plain(STORY)),
        parts(
            "Content-Type: multipart/alternative; boundary=y\n\n" + parts(plain(STORY), html(HTML), boundary="y"),
            ATTACHED,
        ),
        parts(plain(STORY), ATTACHED),
        parts("Content-Type: multipart/related; boundary=y\n\n" + parts(plain(STORY), boundary="y")),
    ],
)
@pytest.mark.parametrize("kind", ["mixed", "alternative"])
def test_plain_text_is_preferred(article: Write, kind: str, body: str) -> None:
    if kind == "mixed" and "<p>Other</p>" in body:
        return  # there the first one is the text
    sent = mail(body, Content_Type=f"multipart/{kind}; boundary=x")

    assert open_article(article(sent, "a.eml")).text == STORY


@pytest.mark.parametrize(
    "body",
    [
        parts(html(HTML)),
        parts(plain(" \n"), html(HTML)),
        parts("Content-Type: multipart/related; boundary=y\n\n" + parts(html(HTML), boundary="y"), ATTACHED),
    ],
)
def test_html_is_read_as_a_page(article: Write, body: str) -> None:
    document = open_article(article(mail(body, Content_Type="multipart/alternative; boundary=x", Subject="S"), "a.eml"))

    assert document.text == f"{STORY}\n\nJapan said & Seoul said."
    assert document.title == "S"
    assert document.published == "2021-09-15"


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        ("caf=C3=A9 =\nin Noto", {"Content_Transfer_Encoding": "quoted-printable"}, "café in Noto"),
        (base64.encodebytes("café".encode()), {"Content_Transfer_Encoding": "base64"}, "café"),
        ("café".encode("cp1252"), {"Content_Type": "text/plain; charset=iso-8859-1"}, "café"),
        ("café".encode(), {"Content_Type": "text/plain; charset=us-ascii"}, "café"),
        (
            "The café that it is".encode("cp1252"),
            {"Content_Type": "text/plain; charset=nonsense"},
            "The café that it is",
        ),
        ("발사했다".encode("euc_kr"), {"Content_Type": 'text/plain; charset="ks_c_5601-1987"'}, "발사했다"),
        ("発射した".encode("iso2022_jp"), {"Content_Type": "text/plain; charset=ISO-2022-JP"}, "発射した"),
        ("a=", {"Content_Transfer_Encoding": "base64"}, "a="),
    ],
)
def test_encodings(article: Write, body: bytes | str, headers: dict[str, str], said: str) -> None:
    assert open_article(article(mail(body, **headers), "a.eml")).text == said


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (mail(""), "a mail without text; save what is attached to it as a file of its own"),
        (mail(parts(ATTACHED), Content_Type="multipart/mixed; boundary=x"), "a mail without text"),
        (
            mail(parts("Content-Type: image/png\n\nabc"), Content_Type="multipart/mixed; boundary=x"),
            "a mail without text",
        ),
        (mail("<script>a</script>", Content_Type="text/html"), "a web page without a main text"),
        (mail("a\0b"), "binary data"),
    ],
)
def test_faults_are_one_sentence(article: Write, sent: bytes, said: str) -> None:
    assert said in fault(article(sent, "a.eml"))


def test_broken_headers_do_not_cost_the_text(article: Write) -> None:
    sent = mail(
        STORY, Subject="=?utf-8?b?!!!?= \x1b[2J", From="a" * 5000 + "<@>", Content_Type="text/plain; charset*0*=''"
    )

    document = open_article(article(sent, "a.eml"))

    assert document.text == STORY
    assert "\x1b" not in document.title


def test_parts_have_a_bound(article: Write) -> None:
    def nested(depth: int) -> bytes:
        opened = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth))
        return mail(f"{opened}--b{depth}\n{plain(STORY)}", Content_Type="multipart/mixed; boundary=b0")

    assert open_article(article(nested(5), "a.eml")).text == STORY
    assert "cannot be taken apart" in fault(article(nested(mails.MOST_PARTS), "a.eml"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["Content-Type: text/plain; ", "SUBJECT: ", "content-disposition: inline; "])
def test_a_header_has_a_bound(article: Write, header: str, end: str) -> None:
    lines = ["Message-ID: <a@b>", header + f";{end} ".join(["a*0=b"] * 4000), "", STORY]

    assert "cannot be taken apart" in fault(article(end.join(lines).encode(), "a.eml"))


def test_a_long_list_of_recipients_is_no_fault(article: Write) -> None:
    everybody = ",\n ".join(f"reader{number}@example.org" for number in range(2000))

    assert open_article(article(f"Message-ID: <a@b>\nTo: {everybody}\n\n{STORY}", "a.eml")).text == STORY


@pytest.mark.parametrize("name", ["a.mhtml", "a.txt"])
def test_a_saved_page_is_a_page(article: Write, name: str) -> None:
    head = '<meta property="article:published_time" content="2021-09-14"><title>Two missiles</title>'
    page = f"<html><head>{head}</head><body><p>{STORY}</p><p>So it said.</p></body></html>".replace("=", "=3D")
    saved = mail(
        parts(
            f"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{page}",
            "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA",
            "Content-Type: text/css\n\np {color: red}",
        ),
        From="<Saved by Blink>",
        Snapshot_Content_Location="https://example.org/a",
        Subject="Two missi=",
        Content_Type='multipart/related; type="text/html"; boundary=x',
    )

    document = open_article(article(saved, name))

    assert document.text == f"{STORY}\n\nSo it said."
    assert document.title == "Two missiles"
    assert document.published == "2021-09-14"  # and not the day on which it was saved


def test_a_notice_with_headers_is_no_mail(article: Write) -> None:
    notice = f"From: Ministry of Defence\nTo: All\nSubject: Launch\n\n{STORY}"

    assert open_article(article(notice, "a.txt")).text == notice
    assert open_article(article(notice, "a.eml")).text == STORY
    assert isinstance(next(read_inputs([article(b"From x@y Wed Sep 15\n" + mail(STORY), "a.txt")])), Document)
