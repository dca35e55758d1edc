"""The fixed words: one table, which is complete, and translations that fall back to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from filled import filled
from toys import make_layers, two_koreas

from geomap import analyst, chronicle, margins, rings, scene as scenes, tables
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.export import html
from geomap.language import Language, english, fill, languages, read_language
from geomap.pipeline import locate
from geomap.rings import make_rings_scene
from geomap.scene import make_scene
from geomap.stage import Scene
from geomap.style import STYLES

PAGE = Path(html.__file__).parent / "page"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Scene]:
    layers = Layers(make_layers(tmp_path_factory.mktemp("layers")))
    made = [make_scene([one], layers) for one in (two_koreas(), filled())]
    return [*made, make_rings_scene(locate("52N 178E", layers), "52N 178E", [800.0], layers)]


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Language]:
    def read(text: str) -> Language:
        path = tmp_path / "words.de.toml"
        path.write_text(text, encoding="utf-8")
        return read_language(str(path))

    return read


def test_every_word_of_the_page_is_in_the_table_and_used() -> None:
    text = "".join(path.read_text("utf-8") for path in PAGE.iterdir() if path.suffix in (".html", ".js"))
    text += Path(html.__file__).with_name("panel.py").read_text("utf-8").replace("words.", "t.")
    used = set(re.findall(r"\bt\.(\w+)", text)) | {"save_picture", "save_data", "position"}

    assert used == set(english().page)


def test_every_heading_is_in_the_table(drawn: list[Scene]) -> None:
    found = {style.title for style in STYLES.values()}
    for module in (tables, chronicle):
        for value in vars(module).values():
            if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
                found |= set(value)
    for module in (scenes, margins, analyst, rings):
        for value in vars(module).values():
            if isinstance(value, tuple) and value and all(isinstance(one, tuple) and len(one) == 2 for one in value):
                found |= {heading for _, heading in value}
    for one in drawn:
        found |= {fact.name for card in one.cards for fact in card.facts}
        found |= {topic.about for card in one.cards for topic in card.topics}
        found |= {heading for layer in one.layers for _, heading in layer.columns}
        found |= {heading for shown in one.tables for heading in shown.headings}
        found |= {shown.title for shown in one.tables if "(" not in shown.title}

    assert found <= set(english().labels)
    assert all(key == said for key, said in english().labels.items())


def test_what_is_not_translated_stays_english(table: Callable[[str], Language]) -> None:
    made = table('language = "de"\n[page]\nlegend = "Legende"\n[labels]\n"Fired by" = "Abgefeuert von"\n')

    assert (made.code, made.locale) == ("de", "de")
    assert (made.page["legend"], made.page["hide_text"]) == ("Legende", "Hide text")
    assert [made.label(one) for one in ("Fired by", "Weapon", "no heading")] == [
        "Abgefeuert von",
        "Weapon",
        "no heading",
    ]


def test_gaps_are_filled_and_nothing_else() -> None:
    assert fill("{count} of {what}", count=3, what="{count}") == "3 of {count}"
    assert fill("{count.real} {other}", count=3) == "{count.real} {other}"


def test_the_languages_that_come_with_it() -> None:
    assert "en" in languages()
    assert all(read_language(one).code == one for one in languages())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'language should be the code of a language, as in language = "de"'),
        ('language = "deutsch"', "language should be the code"),
        ('language = "de\\"><script>"', "language should be the code"),
        ('language = "de"\nlocale = "de_DE"', "locale should be the code"),
        ('language = "de"\nwords = "x"', "'words' is nothing that a table of words has"),
        ('language = "de"\npage = "x"', "page should be a table"),
        ('language = "de"\n[page]\nlegends = "x"', r"page\.legends is no word of the page"),
        ('language = "de"\n[page]\nlegend = ""', r"page\.legend should be one line"),
        ('language = "de"\n[page]\nlegend = 3', r"page\.legend should be one line"),
        ('language = "de"\n[page]\nlegend = "a\\nb"', r"page\.legend should be one line"),
        ('language = "de"\n[page]\nclaims_on = "Aussagen"', r"page\.claims_on should have the same gaps as 'Claims"),
        ('language = "de"\n[page]\nlegend = "{x}"', r"page\.legend should have the same gaps"),
        ('language = ', "cannot be read as TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said(table: Callable[[str], Language], text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        table(text)


@pytest.mark.parametrize(("name", "said"), [("tlh", "no words in 'tlh'; there are: en"), ("x.toml", "No such file")])
def test_a_language_that_is_not_there_is_said(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_language(name)
