"""How far it could have come: from what the text states, from the system, or from the class; open where it is open."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.types import Document, RangePolygon, Reading


def read(text: str, layers: Layers) -> Reading:
    return pipeline.read(Document.of(text, published="2022-03-16"), layers)


def bands(text: str, layers: Layers) -> tuple[RangePolygon, ...]:
    return read(text, layers).ranges


def test_a_class_gives_a_band_about_the_launch_place(layers: Layers) -> None:
    (band,) = bands("North Korea fired a short-range ballistic missile from Sunan on Wednesday.", layers)
    row = layers.feature("classes/us-dod/SRBM").properties

    assert (band.id, band.event, band.origin, band.kind, band.scheme) == ("r1", "e1", "point", "SRBM", "us-dod")
    assert (band.low_km, band.high_km) == (row["low_km"], row["high_km"])
    assert band.lon is not None
    assert band.lat is not None
    assert band.high_km is not None
    assert band.geometry.covers(Point(geodesy.destination(band.lon, band.lat, 90.0, 0.98 * band.high_km)))
    assert not band.geometry.covers(Point(geodesy.destination(band.lon, band.lat, 90.0, 1.02 * band.high_km)))
    assert band.source


def test_without_a_launch_place_it_starts_anywhere_in_the_territory(layers: Layers) -> None:
    (band,) = bands("North Korea fired a short-range ballistic missile on Wednesday.", layers)
    territory = layers.geometry("countries/PRK")

    assert (band.origin, band.lon, band.lat) == ("area", None, None)
    assert band.high_km is not None
    for point in ((139.7, 35.7), (121.5, 25.0), (116.4, 39.9), (144.8, 13.5), (106.9, 47.9)):
        away = geodesy.separation_km(*point, territory)
        assert band.geometry.covers(Point(point)) == (away <= band.high_km)


def test_an_open_bound_gives_only_the_known_edge_as_a_line(layers: Layers) -> None:
    for text in (
        "North Korea fired an intercontinental ballistic missile from Sunan on Wednesday.",
        "North Korea fired an intercontinental ballistic missile on Wednesday.",
    ):
        (band,) = bands(text, layers)

        assert (band.kind, band.low_km, band.high_km) == ("ICBM", 5500, None)
        assert band.geometry.geom_type.endswith("LineString")


@pytest.mark.parametrize("words", ["two cruise missiles", "a submarine-launched ballistic missile", "several rockets"])
def test_a_class_without_a_band_draws_none_and_says_so(words: str, layers: Layers) -> None:
    reading = read(f"North Korea fired {words} from Sunan on Wednesday.", layers)

    assert reading.ranges == ()
    assert any("no band" in note for note in reading.notes)


def test_what_an_aircraft_lets_go_has_no_range_about_its_country(layers: Layers) -> None:
    reading = read("Russia fired a Kinzhal missile on Wednesday.", layers)

    assert [event.weapon.system for event in reading.events] == ["Kh-47M2 Kinzhal"]
    assert reading.ranges == ()
    assert "e1: Kh-47M2 Kinzhal is let go by an aircraft, so no range is drawn" in reading.notes


def test_a_bare_missile_draws_none(layers: Layers) -> None:
    assert bands("North Korea fired a ballistic missile from Sunan on Wednesday.", layers) == ()


def test_a_stated_distance_is_a_ring_about_the_launch_place(layers: Layers) -> None:
    (band,) = bands("North Korea fired a ballistic missile from Sunan on Wednesday. It flew about 800 km.", layers)

    assert (band.low_km, band.high_km, band.said) == (750, 850, "about 800 km")
    assert band.lon is not None
    assert band.lat is not None
    inside = {
        km: band.geometry.covers(Point(geodesy.destination(band.lon, band.lat, 60.0, km))) for km in (300, 800, 900)
    }
    assert inside == {300: False, 800: True, 900: False}


def test_a_named_system_gives_its_published_range_with_its_source(layers: Layers) -> None:
    (band,) = bands("India tested an Agni-5 missile from Abdul Kalam Island on Wednesday.", layers)
    row = next(row for row in layers.rows("systems") if row["name"] == band.system)

    assert (band.low_km, band.high_km, band.source) == (row["low_km"], row["high_km"], row["source"])


def test_a_recalled_launch_has_no_range(layers: Layers) -> None:
    text = (
        "North Korea fired a ballistic missile on Wednesday. "
        "In 2017 it had fired an intercontinental ballistic missile from Pyongsong."
    )

    assert bands(text, layers) == ()


def test_an_unknown_actor_has_no_territory_to_start_from(layers: Layers) -> None:
    assert bands("The Houthis fired a medium-range ballistic missile on Wednesday.", layers) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The United States fired a medium-range ballistic missile on Wednesday.",
        "Russia fired a medium-range ballistic missile on Wednesday.",
        "New Zealand fired a medium-range ballistic missile on Wednesday.",
        "North Korea fired an intermediate-range ballistic missile from Sunan on Wednesday.",
    ],
)
def test_a_polygon_is_valid_and_within_the_world(text: str, layers: Layers) -> None:
    (band,) = bands(text, layers)
    west, south, east, north = band.geometry.bounds

    assert band.geometry.is_valid
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


def test_a_range_over_180_lies_on_both_sides(layers: Layers) -> None:
    (band,) = bands("Russia fired a short-range ballistic missile at 52-00N 178-00E from Anadyr on Wednesday.", layers)

    assert band.geometry.covers(Point(179.0, 65.0))
    assert band.geometry.covers(Point(-175.0, 65.0))
