"""Whose names of seas are shown; what the article says is never changed."""

from __future__ import annotations

import pytest

from geomap import codec, pipeline
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.seanames import renamed, shown_names, sides
from geomap.types import Document, Reading

TEXT = "North Korea fired a missile toward the Sea of Japan on Wednesday. It fell in the East Sea, Seoul said."


@pytest.fixture
def reading(layers: Layers) -> Reading:
    return pipeline.read(Document.of(TEXT, published="2022-03-16"), layers)


def test_both_comes_first(layers: Layers) -> None:
    assert sides(layers)[0] == "both"
    assert {"japan", "korea", "china", "arab", "iran"} <= set(sides(layers))


def test_a_side_calls_only_its_own_seas_otherwise(layers: Layers) -> None:
    assert shown_names(layers, "korea")["seas/sea-of-japan"] == ("Sea of Japan", "East Sea")
    assert "seas/sea-of-japan" not in shown_names(layers, "japan")
    assert shown_names(layers, "arab")["seas/persian-gulf"][1] == "Arabian Gulf"


@pytest.mark.parametrize(("side", "shown"), [("korea", "East Sea"), (" Korea ", "East Sea"), ("japan", "Sea of Japan")])
def test_places_are_called_as_a_side_does(layers: Layers, reading: Reading, side: str, shown: str) -> None:
    (changed,) = renamed([reading], layers, side)
    named = {mention.place.name for mention in changed.mentions if mention.place and mention.place.kind == "sea"}

    assert named == {shown}
    assert changed.document.text == TEXT
    assert [mention.text for mention in changed.mentions] == [mention.text for mention in reading.mentions]


def test_nothing_keeps_the_other_name_but_the_article(layers: Layers, reading: Reading) -> None:
    (changed,) = renamed([reading], layers, "korea")
    told = codec.dumps(changed).replace(TEXT, "")
    own = [mention.text for mention in reading.mentions] + [event.weapon.text for event in reading.events]
    for words in sorted(own, key=len, reverse=True):
        told = told.replace(words, "")

    assert "in Sea of Japan" not in told
    assert '"name":"Sea of Japan' not in told


def test_a_name_within_its_own_new_name_is_not_changed_twice(layers: Layers, reading: Reading) -> None:
    (once,) = renamed([reading], layers, "both")
    (twice,) = renamed([once], layers, "both")

    assert once == twice


@pytest.mark.parametrize("side", ["mars", "", "both|japan", "<script>"])
def test_an_unknown_side_is_one_sentence(layers: Layers, reading: Reading, side: str) -> None:
    with pytest.raises(InputError, match=r"no sea has names of .*there are: both, arab"):
        renamed([reading], layers, side)
