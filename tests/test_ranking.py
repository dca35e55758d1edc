"""What a name means first: the town or its province, what stands behind a comma, the capital, and no guess."""

from __future__ import annotations

import pytest

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.places.rank import ABSTAIN, candidates, in_order, is_ambiguous, plus, shown
from geomap.types import Document, Mention, Place, Reading
from geomap.words import open_words


def mentions_of(text: str, layers: Layers) -> tuple[Mention, ...]:
    return resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers).mentions


def places_of(text: str, name: str, layers: Layers) -> list[Place | None]:
    """The places of all mentions of a name, in the order of the text."""
    return [mention.place for mention in mentions_of(text, layers) if mention.text == name]


def place_of(text: str, name: str, layers: Layers) -> Place:
    (place,) = places_of(text, name, layers)
    assert place is not None
    return place


def spot(score: float, *, lon: float = 0.0, radius_km: float = 3.0, country: str | None = None) -> Place:
    return Place(name="x", kind="city", lon=lon, lat=0.0, radius_km=radius_km, source="a", score=score, country=country)


# ------------------------------------------------------------------------------------------------------ behind a comma

BEHIND_A_COMMA = [
    ("It was seen in London, Ontario.", "London", -81.23, 42.98),
    ("It was seen in Lima, Ohio.", "Lima", -84.11, 40.74),
    ("It was seen in Jackson, Mississippi.", "Jackson", -90.18, 32.30),
    ("It was seen in Hyderabad, Sindh.", "Hyderabad", 68.38, 25.40),
    ("It was seen in Hyderabad, India.", "Hyderabad", 78.46, 17.38),
    ("It was seen in Córdoba, Argentina.", "Córdoba", -64.19, -31.41),
    ("It was seen in Arlington, Va.", "Arlington", -77.10, 38.88),
    ("It was seen in Birmingham, Ala., on Monday.", "Birmingham", -86.80, 33.52),
    ("It was seen in Austin, TX, on Monday.", "Austin", -97.74, 30.27),
    ("It was seen in Washington, D.C.", "Washington", -77.04, 38.90),
]


@pytest.mark.parametrize(("text", "name", "lon", "lat"), BEHIND_A_COMMA)
def test_a_place_lies_in_what_stands_behind_its_comma(
    text: str, name: str, lon: float, lat: float, layers: Layers
) -> None:
    place = place_of(text, name, layers)

    assert (place.lon, place.lat) == pytest.approx((lon, lat), abs=0.1)


@pytest.mark.parametrize(
    "text",
    [
        "It was seen in Paris, Texas. Reporters left for Paris at dawn; in Paris it was quiet.",
        "Lyon, Marseille and all of France heard it in Paris. It was seen in Paris, Texas; in Paris it was quiet.",
    ],
)
def test_a_name_means_the_same_wherever_the_text_has_it(text: str, layers: Layers) -> None:
    places = places_of(text, "Paris", layers)

    assert len(places) == 3
    assert {place.division for place in places if place} == {"Texas"}


def test_two_places_of_one_name_stay_two(layers: Layers) -> None:
    one, other = places_of("It was seen in Naples, Florida, and in Naples, Italy.", "Naples", layers)

    assert one is not None
    assert other is not None
    assert (one.country, other.country) == ("USA", "ITA")


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("It was seen in London, Ontario.", "Ontario", "regions/CAN-ontario"),
        (
            "It was seen in Pomona, San Bernardino, Riverside, Fontana and Los Angeles, and in London, Ontario.",
            "Ontario",
            "regions/CAN-ontario",
        ),
        ("It was seen in Jackson, Mississippi.", "Mississippi", "regions/USA-mississippi"),
        ("It was seen in Tbilisi, Georgia.", "Georgia", "countries/GEO"),
        ("It was seen in Portland, Ore.", "Ore.", "regions/USA-oregon"),
        ("It was seen in San José, Costa Rica.", "Costa Rica", "countries/CRI"),
    ],
)
def test_what_stands_behind_the_comma_is_what_can_hold_the_place(
    text: str, name: str, feature: str, layers: Layers
) -> None:
    assert place_of(text, name, layers).feature == feature


def test_a_comma_in_a_list_says_nothing_of_where_a_place_lies(layers: Layers) -> None:
    place = place_of("It was seen in London, Paris and Rome.", "London", layers)

    assert place.country == "GBR"


# ------------------------------------------------------------------------------------------- towns, districts, capitals

DISTRICTS = [
    ("It was seen in Kerman.", "Kerman", "city"),
    ("It was seen in Kerman province.", "Kerman province", "region"),
    ("It was seen in Saada.", "Saada", "city"),
    ("It was seen in Saada province.", "Saada province", "region"),
    ("It was seen in Luhansk.", "Luhansk", "city"),
    ("It was seen in the Luhansk region.", "Luhansk region", "region"),
    ("It was seen in Pokrovsk.", "Pokrovsk", "city"),
    ("It was seen in Pokrovsk Raion.", "Pokrovsk Raion", "region"),
    ("It was seen in Orange.", "Orange", "city"),
    ("It was seen in Orange County.", "Orange County", "region"),
    ("It was seen near Rapides Parish.", "Rapides Parish", "region"),
    ("It was seen in Washington.", "Washington", "city"),
    ("It was seen in Washington state.", "Washington state", "region"),
    ("It was seen in Maranhão.", "Maranhão", "region"),
    ("It was seen in Hatay.", "Hatay", "region"),
]


@pytest.mark.parametrize(("text", "name", "kind"), DISTRICTS)
def test_a_type_word_asks_for_the_district_and_without_it_the_town_is_meant(
    text: str, name: str, kind: str, layers: Layers
) -> None:
    place = place_of(text, name, layers)

    assert place.kind == kind
    assert (place.radius_km > 15) == (kind == "region")


def test_a_district_is_one_of_its_country_and_has_the_size_of_one(layers: Layers) -> None:
    place = place_of("It was seen near Rapides Parish.", "Rapides Parish", layers)

    assert (place.country, place.division, place.feature) == ("USA", "Louisiana", None)
    assert place.source == "gazetteer:USA/Louisiana/Rapides Parish"
    assert 20 < place.radius_km < 80


def test_the_state_behind_the_comma_tells_which_county(layers: Layers) -> None:
    california = place_of("It was seen in Orange County, California.", "Orange County", layers)
    florida = place_of("It was seen in Orange County, Florida.", "Orange County", layers)

    assert (california.division, florida.division) == ("California", "Florida")


CAPITALS = [
    ("Santiago", "CHL"),
    ("Lima", "PER"),
    ("Santo Domingo", "DOM"),
    ("Havana", "CUB"),
    ("Wellington", "NZL"),
    ("Kingston", "JAM"),
    ("Georgetown", "GUY"),
    ("San Jose", "CRI"),
]


@pytest.mark.parametrize(("name", "country"), CAPITALS)
def test_a_capital_beats_its_namesakes(name: str, country: str, layers: Layers) -> None:
    assert place_of(f"It was seen in {name}.", name, layers).country == country


def test_a_region_in_two_states_is_left_open_until_the_text_tells(layers: Layers) -> None:
    (open_one,) = mentions_of("It was seen in Punjab.", layers)
    told = place_of("Pakistan's army was seen in Punjab.", "Punjab", layers)

    assert (open_one.status, open_one.place) == ("ambiguous", None)
    assert told.country == "PAK"


# ----------------------------------------------------------------------------------------------------- what is no place


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Seoul said nothing.", "Seoul", "KOR"),
        ("The Russian navy watched.", "Russian", "RUS"),
        ("The Kremlin had no comment.", "The Kremlin", "RUS"),
        ("A lecturer at the University of Seoul doubted it.", "Seoul", "KOR"),
    ],
)
def test_an_actor_has_the_place_of_its_name_and_is_not_mapped(
    text: str, name: str, country: str, layers: Layers
) -> None:
    (mention,) = mentions_of(text, layers)

    assert (mention.text, mention.status) == (name, "not_mapped")
    assert mention.place is not None
    assert mention.place.country == country


def test_an_actor_whose_name_fits_two_places_has_none(layers: Layers) -> None:
    mentions = mentions_of("A lecturer at Springfield University doubted it.", layers)

    assert [(mention.text, mention.status, mention.place) for mention in mentions] == [
        ("Springfield", "not_mapped", None)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("General Houston flew to Kodiak.", "Houston"),
        ("Nobody saw Robert Lincoln fly to Kodiak.", "Lincoln"),
        ("The frigate Winnipeg left Kodiak.", "Winnipeg"),
    ],
)
def test_a_person_or_a_ship_has_no_place(text: str, name: str, layers: Layers) -> None:
    found = {mention.text: mention for mention in mentions_of(text, layers)}

    assert name not in found or (found[name].status, found[name].place) == ("not_mapped", None)
    assert found["Kodiak"].place is not None


# ---------------------------------------------------------------------------------------------------------- the numbers


def test_two_that_are_close_in_score_and_far_apart_are_ambiguous() -> None:
    assert is_ambiguous([spot(0.5), spot(0.5, lon=90)])
    assert is_ambiguous([spot(0.5), spot(0.5 - ABSTAIN / 2, lon=90)])
    assert not is_ambiguous([spot(0.5), spot(0.5 - 2 * ABSTAIN, lon=90)])
    assert not is_ambiguous([spot(0.5), spot(0.5, lon=0.5)])
    assert not is_ambiguous([spot(0.5)])
    assert not is_ambiguous([])


def test_large_places_that_overlap_are_one_unless_they_are_of_two_states() -> None:
    one, other = spot(0.5, radius_km=900, country="IND"), spot(0.5, lon=5, radius_km=900, country="IND")

    assert not is_ambiguous([one, other])
    assert is_ambiguous([one, spot(0.5, lon=5, radius_km=900, country="PAK")])


@pytest.mark.parametrize("score", [-3.0, -0.01, 0.0, 0.7, 1.5, 9.0])
def test_a_shown_score_is_0_to_1_whatever_it_was(score: float) -> None:
    made = shown(spot(score)).score

    assert made is not None
    assert 0 <= made <= 1


def test_the_best_comes_first_and_equals_keep_one_order() -> None:
    places = [spot(0.2), spot(0.9), spot(0.5)]
    twins = [spot(0.5, lon=lon) for lon in (1, 2)]

    assert [place.score for place in in_order(places)] == [0.9, 0.5, 0.2]
    assert in_order(twins) == twins
    assert plus(spot(0.5), 0.25).score == 0.75


@pytest.mark.parametrize("name", ["", " ", "the", "Province", "x" * 5000, "\ud800", "\x00", "‘’", "Cape"])
def test_any_name_may_be_asked_for(name: str, layers: Layers) -> None:
    lexicon = open_lexicon(layers, open_gazetteer(layers))

    assert all(place.score is not None for place in candidates(name, lexicon, open_words(), layers))
