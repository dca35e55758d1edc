"""Names become places: layers before cities, what fits the story before what is large, and no guess where two fit."""

from __future__ import annotations

import pytest

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.types import Document, Mention, Reading


def resolved(text: str, layers: Layers) -> dict[str, Mention]:
    reading = resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers)
    return {mention.text: mention for mention in reading.mentions}


FEATURES = [
    ("It landed in Kazakhstan.", "Kazakhstan", "countries/KAZ"),
    ("It fell into the Red Sea.", "Red Sea", "seas/red-sea"),
    ("It fell into the East Sea.", "East Sea", "seas/sea-of-japan"),
    ("It fell into the West Sea off Korea.", "West Sea", "seas/yellow-sea"),
    ("It was fired from Sohae.", "Sohae", "sites/PRK-sohae"),
    ("It was fired from the Vandenberg Space Force Base.", "Vandenberg Space Force Base", "sites/USA-vandenberg"),
    ("It fell near Oshima-Oshima.", "Oshima-Oshima", "landmarks/JPN-oshima-oshima"),
    ("It crossed the Northern Limit Line.", "Northern Limit Line", "lines/NLL"),
    ("It fell inside Japan's EEZ.", "inside Japan's EEZ", "eez/JPN"),
]


@pytest.mark.parametrize(("text", "words", "feature"), FEATURES)
def test_a_name_of_a_layer_is_the_layers_feature(text: str, words: str, feature: str, layers: Layers) -> None:
    mention = resolved(text, layers)[words]

    assert mention.status == "located"
    assert mention.place is not None
    assert mention.place.feature == feature
    assert mention.place.source == layers[feature.split("/")[0]].source_id


TOWNS = [
    ("It was seen in Wonsan, North Korea.", "Wonsan", 127.44, 39.15),
    ("It was seen in Wŏnsan, North Korea.", "Wŏnsan", 127.44, 39.15),
    ("It was seen in Paris, Texas.", "Paris", -95.56, 33.66),
    ("It was seen in Paris, France.", "Paris", 2.35, 48.85),
    ("It was seen in Tripoli in Lebanon.", "Tripoli", 35.84, 34.43),
    ("It fell near Perth in the Western Australia desert.", "Perth", 115.86, -31.95),
    ("A missile fell near the port of Mokha, Yemen.", "Mokha", 43.25, 13.32),
    ("In New York it was calm.", "New York", -74.01, 40.71),
    ("Iran fired a missile from Kerman.", "Kerman", 57.08, 30.29),
    ("Japan saw sirens in Aomori, and Japan's trains stopped in Akita.", "Akita", 140.11, 39.72),
    ("It passed near the Iranian capital.", "near the Iranian capital", 51.42, 35.69),
]


@pytest.mark.parametrize(("text", "words", "lon", "lat"), TOWNS)
def test_a_town_is_where_the_text_puts_it(text: str, words: str, lon: float, lat: float, layers: Layers) -> None:
    mention = resolved(text, layers)[words]

    assert mention.place is not None
    assert (mention.place.lon, mention.place.lat) == pytest.approx((lon, lat), abs=0.15)


def test_one_of_two_namesakes_may_lie_behind_a_comma_and_the_other_behind_in(layers: Layers) -> None:
    text = "Two rockets hit Tripoli in Lebanon. Leaders met in Tripoli, Libya, to talk."
    mentions = resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers).mentions

    assert [m.place.country for m in mentions if m.text == "Tripoli" and m.place] == ["LBN", "LBY"]


def test_in_what_an_actor_acts_is_not_where_it_lies(layers: Layers) -> None:
    mention = resolved("Paris said in Texas that it would help, and Moscow in Idaho did not.", layers)["Paris"]

    assert mention.place is not None
    assert mention.place.country == "FRA"


def test_the_story_tells_which_of_two_towns_is_meant(layers: Layers) -> None:
    in_georgia = resolved("Russian troops left Georgia. In Georgia, Tbilisi and Batumi were calm.", layers)["Batumi"]
    in_spain = resolved("Spain and Morocco watched. Spain's ships lay off Cartagena.", layers)["Cartagena"]
    in_colombia = resolved("Colombia and Panama watched. Colombia's ships lay off Cartagena.", layers)["Cartagena"]

    assert in_georgia.place is not None
    assert in_georgia.place.country == "GEO"
    assert in_spain.place is not None
    assert in_spain.place.country == "ESP"
    assert in_colombia.place is not None
    assert in_colombia.place.country == "COL"


def test_two_places_that_fit_equally_well_are_not_guessed(layers: Layers) -> None:
    mention = resolved("It fell near the town of Springfield.", layers)["Springfield"]

    assert mention.status == "ambiguous"
    assert mention.place is None
    assert len(mention.alternatives) >= 2
    assert mention.alternatives[0].score is not None
    assert "Springfield" in mention.why


def test_a_name_that_nobody_knows_is_unresolved_and_says_so(layers: Layers) -> None:
    mention = resolved("It fell near Qwexil Reef.", layers)["Qwexil Reef"]

    assert mention.status == "unresolved"
    assert mention.place is None
    assert "Qwexil Reef" in mention.why


def test_a_phrase_on_an_unknown_anchor_is_unresolved_and_says_why(layers: Layers) -> None:
    found = resolved("It fell 300 km east of Qwexil Reef.", layers)
    phrase = found["300 km east of Qwexil Reef"]

    assert phrase.status == "unresolved"
    assert phrase.place is None
    assert "is not located" in phrase.why


def test_one_unresolved_name_harms_no_other(layers: Layers) -> None:
    found = resolved("It fell near Qwexil Reef. It was seen in Sokcho.", layers)

    assert found["Sokcho"].status == "located"


def test_alternatives_are_kept_best_first(layers: Layers) -> None:
    mention = resolved("It was seen in Paris.", layers)["Paris"]
    scores = [place.score or 0.0 for place in (mention.place, *mention.alternatives) if place is not None]

    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


def test_actors_and_embedded_names_are_not_mapped_though_their_place_is_known(layers: Layers) -> None:
    found = resolved("Pyongyang said nothing. A lecturer at the University of Seoul doubted it.", layers)

    assert {found[name].status for name in ("Pyongyang", "Seoul")} == {"not_mapped"}
    assert [found[name].place.country for name in ("Pyongyang", "Seoul")] == ["PRK", "KOR"]


def test_persons_have_no_place_at_all(layers: Layers) -> None:
    found = resolved("President Lincoln flew to Seoul.", layers)

    assert (found["Lincoln"].status, found["Lincoln"].place) == ("not_mapped", None)


def test_a_dateline_gets_a_place(layers: Layers) -> None:
    mention = resolved("SEOUL, Sept. 15 — A missile was fired.", layers)["SEOUL"]

    assert (mention.role, mention.status) == ("dateline", "located")


def test_a_derived_place_carries_its_geometry_and_a_features_place_does_not(layers: Layers) -> None:
    found = resolved("It fell about 200 km west of Oshima-Oshima, inside Japan's EEZ.", layers)
    derived, zone = found["about 200 km west of Oshima-Oshima"].place, found["inside Japan's EEZ"].place

    assert derived is not None
    assert zone is not None
    assert (derived.source, derived.feature) == ("derived", None)
    assert derived.geometry is not None
    assert zone.geometry is None


def test_oshima_off_hokkaido_is_not_oshima_near_tokyo(layers: Layers) -> None:
    text = "It fell about 200 km west of Oshima Island, off Hokkaido, Japan said."
    place = resolved(text, layers)["about 200 km west of Oshima Island"].place

    assert place is not None
    assert (place.lon, place.lat) == pytest.approx((136.97, 41.49), abs=0.2)


BEHIND_A_COMMA = [
    ("It was seen in Paris, Texas.", "Paris", -95.56, 33.66),
    ("It was seen in Columbus, Georgia.", "Columbus", -84.99, 32.46),
    ("It was seen in Tbilisi, Georgia.", "Tbilisi", 44.83, 41.69),
    ("It was seen in Portland, Maine.", "Portland", -70.26, 43.66),
    ("It was seen on Rebun, Hokkaido.", "Rebun", 141.03, 45.38),
    ("It flew over Xinjiang, Inner Mongolia and Gansu.", "Xinjiang", 85.0, 41.0),
    ("It flew over Hunan, Hubei and Fujian.", "Hunan", 111.7, 27.6),
    ("It flew over Nevada, Texas and Oregon.", "Nevada", -116.6, 39.3),
    ("Several flew over Taiwan, near Hualien and Taichung.", "Taiwan", 121.0, 23.7),
]


@pytest.mark.parametrize(("text", "words", "lon", "lat"), BEHIND_A_COMMA)
def test_a_comma_says_in_what_a_place_lies_or_makes_a_list(
    text: str, words: str, lon: float, lat: float, layers: Layers
) -> None:
    place = resolved(text, layers)[words].place

    assert place is not None
    assert geodesy.distance_km(place.lon, place.lat, lon, lat) < 150


@pytest.mark.parametrize(
    "text", ["Quiche was served.", "The maritime patrol left Oriental quarters.", "He met Soriano."]
)
def test_ordinary_words_and_people_are_no_provinces(text: str, layers: Layers) -> None:
    assert [m for m in pipeline.read(Document.of(text), layers).mentions if m.status == "located"] == []


@pytest.mark.parametrize(
    ("name", "known"), [("Phunggye-ri", "Punggye-ri"), ("Sinpho", "Sinp’o"), ("Phyongyang", "Pyongyang")]
)
def test_north_koreas_own_romanisation(name: str, known: str, layers: Layers) -> None:
    place = resolved(f"North Korea fired a missile near {name}.", layers)[name].place

    assert place is not None
    assert place.name.startswith(known)


def test_the_sea_off_a_coast_is_the_same_in_every_article(layers: Layers) -> None:
    one, other = (
        resolved(f"{start} off North Korea’s east coast.", layers)["off North Korea’s east coast"].place
        for start in ("A missile fell", "On Monday a second one came down")
    )

    assert one is not None
    assert one == other
