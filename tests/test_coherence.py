"""What lies together is meant together: names support each other, and none supports itself."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings, strategies as st

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.places.coherence import NEAR_KM, WEIGHT, gains
from geomap.types import Document, Mention, Place, Reading

same = settings(deadline=None, derandomize=True, max_examples=80)


def spot(lon: float, lat: float, *, score: float = 0.5, radius_km: float = 3.0) -> Place:
    return Place(name="x", kind="city", lon=lon, lat=lat, radius_km=radius_km, source="gazetteer:1", score=score)


def resolved(text: str, layers: Layers) -> dict[str, Mention]:
    """The mentions by their words, the last one where words stand twice."""
    reading = resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers)
    return {mention.text: mention for mention in reading.mentions}


# -------------------------------------------------------------------------------------------------------------- gains

SPOTS = st.builds(
    spot,
    st.floats(-180, 180),
    st.floats(-90, 90),
    score=st.floats(-0.5, 1.5),
    radius_km=st.floats(0, 4000),
)
OPTIONS = st.lists(st.lists(SPOTS, max_size=4), max_size=8)


@same
@given(OPTIONS)
def test_gains_have_the_form_of_the_options_and_stay_within_the_weight(options: list[list[Place]]) -> None:
    made = gains(options)

    assert [len(gain) for gain in made] == [len(places) for places in options]
    assert all(0 <= gain <= WEIGHT for gains_of_one in made for gain in gains_of_one)


@same
@given(OPTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_names_does_not_matter(options: list[list[Place]], chance: random.Random) -> None:
    order = list(range(len(options)))
    chance.shuffle(order)
    made, mixed = gains(options), gains([options[number] for number in order])

    for place, number in enumerate(order):
        assert mixed[place] == pytest.approx(made[number], abs=1e-9)


@same
@given(st.lists(SPOTS, max_size=6))
def test_a_name_does_not_support_itself(places: list[Place]) -> None:
    assert gains([places]) == [[0.0] * len(places)]
    assert gains([[], places, []]) == [[], [0.0] * len(places), []]


@same
@given(st.lists(SPOTS, min_size=1, max_size=4), SPOTS)
def test_one_more_name_takes_nothing_away(places: list[Place], more: Place) -> None:
    (before, _), (after, _, _) = gains([places, [spot(0, 0)]]), gains([places, [spot(0, 0)], [more]])

    assert all(new >= old - 1e-12 for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("options", [[], [[]], [[], []], [[spot(0, 0)], []]])
def test_nothing_gains_from_nothing(options: list[list[Place]]) -> None:
    assert gains(options) == [[0.0] * len(places) for places in options]


def test_the_candidate_beside_another_name_gains_and_the_far_one_does_not() -> None:
    ((near, far), (other,)) = gains([[spot(10, 50), spot(-80, 40)], [spot(10.5, 50)]])

    assert near > 0.1
    assert far < 0.001
    assert other == pytest.approx(near, abs=0.02)


def test_two_candidates_of_one_name_beside_each_other_gain_nothing_by_it() -> None:
    ((one, two), _) = gains([[spot(10, 50), spot(10.1, 50)], [spot(-170, -40)]])

    assert max(one, two) < 1e-9


def test_of_each_other_name_only_the_best_neighbour_counts() -> None:
    ((one,), _) = gains([[spot(10, 50)], [spot(10.1, 50)]])
    ((many,), _) = gains([[spot(10, 50)], [spot(10.1, 50)] * 5])

    assert many == pytest.approx(one)


def test_what_is_farther_counts_less_and_more_names_count_more() -> None:
    near = gains([[spot(0, 0)], [spot(0.5, 0)]])[0][0]
    farther = gains([[spot(0, 0)], [spot(0.5 + NEAR_KM / 111, 0)]])[0][0]
    two = gains([[spot(0, 0)], [spot(0.5, 0)], [spot(0, 0.5)]])[0][0]

    assert farther < near < two


def test_a_doubtful_neighbour_counts_less_than_a_sure_one() -> None:
    sure = gains([[spot(0, 0)], [spot(0.5, 0, score=0.9), spot(90, 0, score=0.5)]])[0][0]
    doubtful = gains([[spot(0, 0)], [spot(90, 0, score=0.9), spot(0.5, 0, score=0.5)]])[0][0]

    assert doubtful < 0.2 * sure


def test_a_large_area_says_less_than_a_town_and_what_lies_in_it_is_not_away_from_it() -> None:
    middle = gains([[spot(0, 0)], [spot(0, 0, radius_km=300)]])[0][0]
    inside = gains([[spot(0, 0)], [spot(2, 0, radius_km=300)]])[0][0]
    outside = gains([[spot(0, 0)], [spot(6, 0, radius_km=300)]])[0][0]
    country = gains([[spot(0, 0)], [spot(0.1, 0, radius_km=3000)]])[0][0]

    assert outside < inside == pytest.approx(middle)
    assert country < gains([[spot(0, 0)], [spot(0.1, 0)]])[0][0] / 5


def test_neighbours_are_found_across_the_seam_and_at_the_poles() -> None:
    across = gains([[spot(179.9, 60)], [spot(-179.9, 60)]])[0][0]
    plain = gains([[spot(10.1, 60)], [spot(9.9, 60)]])[0][0]
    polar = gains([[spot(0, 89.9)], [spot(180, 89.9)]])[0][0]

    assert across == pytest.approx(plain)
    assert polar > 0.1


def test_hundreds_of_names_are_compared_without_losing_any() -> None:
    options = [[spot(number % 60, 10), spot(-number % 90 - 60, -10)] for number in range(900)]
    made = gains(options)

    assert [len(gain) for gain in made] == [2] * 900
    assert max(gain for of_one in made for gain in of_one) > 0


# ------------------------------------------------------------------------------------------- one name bears on another

TOGETHER = [
    ("It was seen in Birmingham and Tuscaloosa.", "Birmingham", -86.80, 33.52),
    ("It was seen in Tripoli, Beirut and Sidon.", "Tripoli", 35.84, 34.43),
    ("It was seen in Cambridge and Ely.", "Cambridge", 0.12, 52.20),
    ("It was seen from Worcester to Springfield and Holyoke.", "Worcester", -71.80, 42.26),
    ("It was seen from Worcester to Springfield and Holyoke.", "Springfield", -72.59, 42.10),
    ("Shots were heard in Valencia, Maracay and Barquisimeto.", "Valencia", -68.00, 10.16),
    ("Shots were heard in Valencia, Alicante and Murcia.", "Valencia", -0.38, 39.47),
    ("It was seen in Victoria and Nanaimo.", "Victoria", -123.35, 48.44),
]


@pytest.mark.parametrize(("text", "name", "lon", "lat"), TOGETHER)
def test_names_near_each_other_beat_a_famous_namesake(
    text: str, name: str, lon: float, lat: float, layers: Layers
) -> None:
    mention = resolved(text, layers)[name]

    assert mention.status == "located"
    assert mention.place is not None
    assert (mention.place.lon, mention.place.lat) == pytest.approx((lon, lat), abs=0.1)


@pytest.mark.parametrize("name", ["Birmingham", "Tripoli"])
def test_alone_the_famous_one_is_meant(name: str, layers: Layers) -> None:
    place = resolved(f"It was seen in {name}.", layers)[name].place

    assert place is not None
    assert place.country == {"Birmingham": "GBR", "Tripoli": "LBY"}[name]


@pytest.mark.parametrize("name", ["Springfield", "Cambridge", "Valencia"])
def test_alone_a_name_that_fits_two_places_is_left_open(name: str, layers: Layers) -> None:
    mention = resolved(f"It fell near the town of {name}.", layers)[name]

    assert (mention.status, mention.place) == ("ambiguous", None)
    assert f"places bear the name '{name}'" in mention.why


def test_a_name_said_often_makes_itself_no_likelier(layers: Layers) -> None:
    text = "It was seen in Cambridge. " * 6

    assert resolved(text, layers)["Cambridge"].status == "ambiguous"


def test_the_order_of_the_names_in_the_text_does_not_matter(layers: Layers) -> None:
    one = resolved("It was seen in Holyoke, Springfield and Worcester.", layers)
    other = resolved("It was seen in Worcester, Holyoke and Springfield.", layers)

    for name in ("Holyoke", "Springfield", "Worcester"):
        assert one[name].place == other[name].place


def test_a_name_that_nobody_knows_changes_nothing_for_the_others(layers: Layers) -> None:
    with_it = resolved("It fell near Qwexil Reef. It was seen in Birmingham and Tuscaloosa.", layers)
    without = resolved("It fell near a reef. It was seen in Birmingham and Tuscaloosa.", layers)

    assert with_it["Qwexil Reef"].status == "unresolved"
    for name in ("Birmingham", "Tuscaloosa"):
        assert with_it[name].place == without[name].place


def test_what_actors_are_called_after_bears_on_the_rest_too(layers: Layers) -> None:
    found = resolved("The Lebanese army spoke in Beirut. It was seen in Tripoli.", layers)

    assert found["Tripoli"].place is not None
    assert found["Tripoli"].place.country == "LBN"


SCORED = "It was seen in Birmingham, Tuscaloosa, Paris, Texas, Springfield and Seoul, near Kodiak and the Red Sea."


def test_scores_are_0_to_1_and_fall(layers: Layers) -> None:
    for mention in resolved(SCORED, layers).values():
        if mention.expression is None:
            best = () if mention.place is None else (mention.place,)
            scores = [place.score for place in (*best, *mention.alternatives)]
            assert scores
            assert all(score is not None and 0 <= score <= 1 for score in scores)
            assert scores == sorted(scores, key=lambda score: -(score or 0))
