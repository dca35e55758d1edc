"""Web pages that were saved: their text, and what they say of themselves."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from geomap.articles import open_article, read_inputs
from geomap.errors import InputError
from geomap.types import Document

Write = Callable[..., Path]
FIRST = "North Korea fired two missiles from Sunan on Wednesday, and they flew some 800 kilometers, the South said."
SECOND = "Japan said that they fell outside its exclusive economic zone, some 300 kilometers from the Noto Peninsula."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html><head><title>T</title>{head}</head><body>{body}</body></html>"


def story(more: str = "", head: str = "") -> str:
    return page(f"<article><p>{FIRST}</p>{more}<p>{SECOND}</p></article>", head)


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def fault(path: Path) -> str:
    (problem,) = read_inputs([path])
    assert isinstance(problem, InputError)
    assert "\n" not in str(problem)
    return str(problem)


def test_paragraphs_are_paragraphs(article: Write) -> None:
    document = open_article(article(story(), "a.html"))

    assert document.text == f"{FIRST}\n\n{SECOND}"
    assert document.language == "en"
    assert document.source.endswith("a.html")


def test_what_is_around_the_article_is_left_out(article: Write) -> None:
    around = (
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/iran>Iran launches rockets at Tehran</a></li></ul></nav>"
        "{}<aside><h3>Related</h3><ul><li><a href=/china>China launches a satellite from Jiuquan</a></li></ul></aside>"
        "<footer>Copyright 2024 Example News, New York</footer>"
    )
    text = open_article(article(page(around.format(f"<article><p>{FIRST}</p><p>{SECOND}</p></article>")))).text

    assert FIRST in text
    assert not [word for word in ("Tehran", "Jiuquan", "New York") if word in text]


def test_teasers_do_not_outweigh_a_short_article(article: Write) -> None:
    teaser = (
        "<div class=card><a href=/{0}><h3>{1}</h3></a><p>{1}, it said in a long teaser on Monday in Vienna.</p></div>"
    )
    launches = ("Iran fires rockets", "China sends up a satellite", "Russia fires a Sineva", "India tests an Agni")
    teasers = "".join(teaser.format(number, launch) for number, launch in enumerate(launches * 5))
    main = (
        "<div class=main><h1>One missile</h1><div class=content><p>N. Korea fired a missile.</p><p>{}</p></div></div>"
    )

    text = open_article(article(page(f"{main.format(FIRST)}<div class=column>{teasers}</div>"), "a.html")).text

    assert FIRST in text
    assert "Vienna" not in text


def test_headings_lists_and_tables_keep_their_lines(article: Write) -> None:
    more = (
        "<h2>Where they\n fell</h2><ul><li>Yangdok, 12:34</li><li>Yangdok,\n12:39</li></ul>"
        "<table><tr><th>Date</th><th>Site</th></tr><tr><td>15 Sept.</td><td><b>Yang</b>dok</td></tr></table>"
        "<blockquote>A grave\nthreat</blockquote>"
    )
    text = open_article(article(story(more))).text

    assert text.split("\n\n")[1:-1] == [
        "Where they fell",
        "- Yangdok, 12:34\n- Yangdok, 12:39",
        "| Date | Site |\n| 15 Sept. | Yangdok |",
        "A grave threat",
    ]


def test_lines_of_a_notice_stay_lines(article: Write) -> None:
    notice = "NAVAREA XI 372/23\nHAZARDOUS OPERATIONS\n1. AREA BOUND BY <b>41-26N</b> 132-20E,\n41-26N 133-10E."

    text = open_article(article(story(f"<pre>{notice}</pre>"))).text

    assert f"\n\n{notice.replace('<b>', '').replace('</b>', '')}\n\n" in text


def test_line_breaks_are_lines(article: Write) -> None:
    assert "One line\nand the next" in open_article(article(story("<p>One\nline<br/>and the next</p>"))).text


def test_tables_that_only_lay_out_a_page_are_no_tables(article: Write) -> None:
    letter = (
        "<table><tr><td><table><tr><td>Head</td><td>Line</td></tr></table></td></tr>"
        f"<tr><td role=presentation><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>"
    )
    text = open_article(article(page(letter))).text

    assert f"{FIRST}\n\n{SECOND}" in text
    assert "|" not in text.replace("| Head | Line |", "")


def test_entities_are_characters_and_what_cannot_be_seen_is_gone(article: Write) -> None:
    more = "<p>The South&#8217;s mis&shy;siles &amp;amp; 800&nbsp;km&#x200b; &lt;b&gt;off&lt;/b&gt; Noto.</p>"

    text = open_article(article(story(more))).text

    assert "The South’s missiles &amp; 800 km <b>off</b> Noto." in text


def test_scripts_and_styles_are_no_text(article: Write) -> None:
    more = (
        "<script>var a = 'Paris';</script><style>p {color: red}</style><noscript>Berlin</noscript><!-- Madrid -->"
        "<p onclick=\"alert('Rome')\">Seen by all of the readers of it.</p><iframe src='file:///etc/passwd'></iframe>"
        '<p style="display:none">London</p><div hidden>Oslo</div><template>Vienna</template>'
    )
    text = open_article(article(story(more))).text

    assert "Seen by all" in text
    assert not [
        word
        for word in ("Paris", "color", "Madrid", "Rome", "London", "Vienna", "Berlin", "Oslo", "passwd")
        if word in text
    ]


def test_one_control_character_does_not_cost_the_page(article: Write) -> None:
    text = open_article(
        article(story("<p title='&#7;'>A bell &#x1b;[2J&#7; rang &#xD800;in&#0; the night there.</p>"))
    ).text

    assert FIRST in text
    assert not set(text) & {"\x1b", "\x07", "\0", "\ud800"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>render('North Korea')</script>",
        "<div>" * 20_000,
        "<p" * 20_000,
        "<img src=a.png>",
        "<!--" + "x" * 1000,
    ],
)
def test_a_page_without_text_is_a_fault(article: Write, body: str) -> None:
    assert "a web page without a main text" in fault(article(page(body), "a.html"))


@pytest.mark.parametrize(
    "more",
    [
        "<div>" * 3000,
        "<table><tr><td>" * 300,
        "<ul><li>" * 300,
        "<blockquote><b>" * 300,
        "<![CDATA[" * 100,
        '<svg><image href="http://127.0.0.1:9/a.png"/></svg>',
        '<!ENTITY a "aaa"><p>&a;</p>',
        '<base href="http://[::1"><a href="http://[::1">a link to nowhere</a>',
        ld(a=[[[[]]]]) + '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">{"@type": ["NewsArticle", 3, null], "datePublished": {}}</script>',
        "<time datetime='99999-99-99'>",
        '<meta property="article:published_time">',
    ],
)
def test_hostile_markup_is_harmless(article: Write, more: str) -> None:
    for item in read_inputs([article(f"<!doctype html><p>{FIRST}</p>{more}<p>{SECOND}</p>", "a.html")]):
        assert isinstance(item, Document)
        assert FIRST in item.text


def test_title_and_outlet_are_those_of_the_page(article: Write) -> None:
    head = (
        '<meta property="og:title" content="Two missiles &amp;amp; more">'
        '<meta property="og:site_name" content="Example  News">'
        '<meta name="author" content="Jane Doe">'
    )
    document = open_article(article(story(head=head), "a.html"))

    assert document.title == "Two missiles & more"
    assert document.outlet == "Example News"


def test_a_title_is_no_outlet(article: Write) -> None:
    titled = "<title>N. Korea fires a missile | Wire"

    document = open_article(article(story().replace("<title>T", titled), "a.html"))
    named = open_article(
        article(story(head='<meta property="og:site_name" content="U.S. Wire">').replace("<title>T", titled), "a.html")
    )

    assert (document.title, document.outlet) == ("N. Korea fires a missile", None)
    assert named.outlet == "U.S. Wire"


@pytest.mark.parametrize("said", ["https://www.facebook.com/example", "Copyright 2024 Example", "© Example", " "])
def test_what_is_no_outlet(article: Write, said: str) -> None:
    assert open_article(article(story(head=f'<meta name="publisher" content="{said}">'), "a.html")).outlet is None


NEWS = {"@type": "NewsArticle", "datePublished": "2021-09-15T05:00:00+09:00"}


@pytest.mark.parametrize(
    "head",
    [
        ld(**NEWS),
        ld(**{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, NEWS]}),
        ld(**NEWS | {"@type": ["Thing", "ReportageNewsArticle"]}),
        ld(**NEWS) + '<meta name="date" content="2020-01-01">',
        '<script type="application/ld+json">{broken</script><meta itemprop="datePublished" content="2021-09-15">',
        '<meta property="article:published_time" content="2021-09-15T05:00:00+09:00">'
        '<meta property="article:modified_time" content="2022-01-01">',
        '<meta name="pubdate" content="Wed, 15 Sep 2021 05:00:00 +0900">',
        '<meta name="citation_publication_date" content="2021/9/15">',
        '<meta name="date" content="2021-09-15 05:00">',
        '<meta name="DC.date.issued" content="20210915">',
        '<meta name="date" content="rubbish"><meta name="dc.date" content="2021-09-15">',
    ],
)
def test_the_day_of_issue_is_that_of_the_metadata(article: Write, head: str) -> None:
    """And the day where the page was published, not that in Greenwich."""
    assert open_article(article(story(head=head), "a.html")).published == "2021-09-15"


@pytest.mark.parametrize(
    "times",
    [
        "<time datetime='2021-09-15T05:00+09:00' pubdate>x</time><time datetime='2020-01-01'>y</time>",
        "<time datetime='2020-01-01'>y</time><time itemprop=datePublished datetime='2021-09-15'>x</time>",
        "<time datetime='2021-09-15T12:00:00Z'>x</time><time datetime='2021-09-15'>y</time>",
    ],
)
def test_a_marked_time_is_a_day_of_issue_and_so_is_the_only_one(article: Write, times: str) -> None:
    assert open_article(article(story(times), "a.html")).published == "2021-09-15"


@pytest.mark.parametrize(
    "more",
    [
        "<p>It was the first launch since March 25, 2021, and the South said so on 2021-09-15.</p>",
        "<time datetime='2021-09-15'>x</time><time datetime='2021-09-16'>y</time>",
        "<p class=date>Sept. 15, 2021</p>",
        '<meta property="article:modified_time" content="2021-09-15">',
        ld(**{"@type": "ItemList", "itemListElement": [NEWS]}),
        ld(**NEWS | {"@type": "Comment"}),
        '<meta name="date" content="1970-01-01">',
        '<meta name="date" content="0001-01-01T00:00:00Z">',
        '<meta name="date" content="1989-12-31">',
        pytest.param(
            f'<meta name="date" content="{(datetime.now(UTC) + timedelta(days=3)).date()}">', id="in three days"
        ),
        f'<meta name="date" content="{"9" * 100}">',
    ],
)
def test_no_day_is_better_than_one_that_may_be_wrong(article: Write, more: str) -> None:
    assert open_article(article(story(more), "a.html")).published is None


def test_tomorrow_is_today_across_the_world(article: Write) -> None:
    day = str((datetime.now(UTC) + timedelta(days=1)).date())

    assert open_article(article(story(head=f'<meta name="date" content="{day}">'), "a.html")).published == day


def test_the_given_day_wins(article: Write) -> None:
    path = article(story(head=ld(**NEWS)), "a.html")

    assert open_article(path, published="2021-09-16").published == "2021-09-16"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="latin-1">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("cp1252", '<meta charset="utf-8">'),
        ("utf-16", ""),
        ("cp949", '<meta charset="EUC-KR">'),
    ],
)
def test_encodings(article: Write, encoding: str, head: str) -> None:
    text = (
        "북한이 동해상으로 탄도미사일을 발사했다"
        if encoding == "cp949"
        else "The café – said the “South” – of the Übersee"
    )

    assert text in open_article(article(story(f"<p>{text}</p>", head).encode(encoding), "a.html")).text


def test_a_broken_byte_does_not_cost_the_encoding(article: Write) -> None:
    markup = story("<p>“One” – “two” – “three” – “four” – the cafés of Übersee</p>", '<meta charset="utf-8">').encode()

    assert "“One” – “two”" in open_article(article(markup.replace(b"Sunan", b"S\xffnan"), "a.html")).text


def test_libraries_say_nothing(
    article: Write, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = logging.getLogger("trafilatura").level
    list(read_inputs([article(page("<p>"), "a.html"), article(story(), "b.html")]))

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logging.getLogger("trafilatura").level == before


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<table>", "<tr>", "<td>", "<li>", "<pre>", "\n", "<br>", "&#0;", "word "])
    )
)
def test_any_markup_is_a_document_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.html"
    path.write_text("<html>" + "".join(parts))

    for item in read_inputs([path]):
        assert isinstance(item, (Document, InputError))
        if isinstance(item, Document):
            assert item.text == item.text.strip()
            assert not set(item.text) & {"\0", "\r", "\u2028"}
