"""What a launch flew over: by the words, held against the track, and by the track alone."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.events.overflight import is_flown_over
from geomap.events.passage import Path, misses_by_km, on_the_way
from geomap.types import Document, Event, Location


def only(text: str, layers: Layers) -> Event:
    (event,) = pipeline.read(Document.of(text, published="2017-09-16"), layers).events
    return event


def place(name: str, lon: float, lat: float, radius_km: float = 0.0) -> Location:
    geometry = geodesy.disc(lon, lat, radius_km) if radius_km else Point(lon, lat)
    return Location(
        mention=None, text=name, lon=lon, lat=lat, radius_km=radius_km, geometry=geometry, rule="made", why="made"
    )


def path(launch: Location, impact: Location) -> Path:
    line = geodesy.great_circle(launch.lon, launch.lat, impact.lon, impact.lat)
    return Path(launch=launch, impact=impact, line=line)


SUNAN = place("Sunan", 125.67, 39.22, 10.0)
PACIFIC = place("the Pacific", 170.0, 37.0, 50.0)


# --------------------------------------------------------------------------------------------------------- the words


@pytest.mark.parametrize(
    "before",
    [
        "The missile flew over ",
        "It passed over northern ",
        "The missile crossed the islands of ",
        "The rocket overflew ",
        "It flew 2,700 km over the ",
        "One of them flew high above ",
        "The missile went across the ",
        "Its track over ",
        "A missile fired from a ship flew over ",
        "It was 500 km above ",
    ],
)
def test_words_by_which_something_flew_over_a_place(before: str) -> None:
    assert is_flown_over(before)


@pytest.mark.parametrize(
    "before",
    [
        "The missile could fly over ",
        "The missile did not fly over ",
        "It exploded over ",
        "It flew for a minute and broke up over ",
        "Bombers flew over ",
        "A ship crossed the ",
        "The quarrel over ",
        "Anger over ",
        "The missile was intercepted over ",
        "If it flew over ",
        "North Korea plans to fly one over ",
        "",
    ],
)
def test_words_by_which_nothing_flew_over_a_place(before: str) -> None:
    assert not is_flown_over(before)


# --------------------------------------------------------------------------------------------------------- the track


def test_text_and_track_agree(layers: Layers) -> None:
    event = only(
        "North Korea fired a missile from Sunan on Friday. It flew over Cape Erimo and fell into the Pacific Ocean "
        "2,200 kilometers east of Cape Erimo.",
        layers,
    )

    assert [(one.text, one.passes) for one in event.overflown if one.text] == [("Cape Erimo", True)]
    assert not any("flew over" in check for check in event.checks)


def test_a_track_that_does_not_pass_is_a_doubt_with_its_distance(layers: Layers) -> None:
    event = only(
        "North Korea fired a missile from Sunan on Friday. It flew over Kyushu and fell into the Pacific Ocean "
        "2,200 kilometers east of Cape Erimo.",
        layers,
    )
    (told,) = (one for one in event.overflown if one.text)
    (doubt,) = (check for check in event.checks if "flew over" in check)

    assert told.passes is False
    assert doubt.startswith("the track from Sunan to ")
    assert " km from Kyushu, which the text says it flew over" in doubt


def test_without_a_track_nobody_can_say(layers: Layers) -> None:
    event = only("North Korea fired a missile on Friday that flew over Hokkaido.", layers)

    assert event.track is None
    assert [(one.text, one.passes) for one in event.overflown] == [("Hokkaido", None)]


def test_over_the_weekend_and_over_the_sea_of_an_explosion_are_no_overflights(layers: Layers) -> None:
    event = only("Over the weekend North Korea fired a missile from Sunan. It exploded over the East Sea.", layers)

    assert event.overflown == ()


def test_the_places_of_both_ends_were_not_flown_over(layers: Layers) -> None:
    event = only(
        "North Korea fired a missile from Sunan on Friday. It flew over the East Sea and fell into it.", layers
    )

    assert event.overflown == ()


def test_the_track_alone_tells_of_countries_and_straits(layers: Layers) -> None:
    found = on_the_way(path(SUNAN, place("the Pacific", 170.0, 37.0)), layers, frozenset({"countries/PRK"}))

    assert "countries/JPN" in found
    assert "countries/PRK" not in found
    assert all(feature.startswith(("countries/", "seas/")) for feature in found)


def test_countries_come_in_the_order_of_the_flight(layers: Layers) -> None:
    yemen, israel = place("Sanaa", 44.2, 15.4), place("Tel Aviv", 34.8, 32.1)
    found = on_the_way(path(yemen, israel), layers, frozenset())

    assert found[:1] == ["countries/SAU"]
    assert "countries/YEM" not in found
    assert "countries/ISR" not in found


def test_what_only_one_of_the_shifted_tracks_meets_is_left_out(layers: Layers) -> None:
    sharp = on_the_way(path(SUNAN, place("the Pacific", 170.0, 37.0)), layers, frozenset())
    vague = on_the_way(path(place("Sunan", 125.67, 39.22, 900.0), place("x", 170.0, 37.0, 900.0)), layers, frozenset())

    assert set(vague) < set(sharp)


def test_a_track_across_180_degrees(layers: Layers) -> None:
    kamchatka, alaska = place("Kamchatka", 160.0, 56.0), place("the Pacific", -140.0, 52.0)
    crossing = path(kamchatka, alaska)

    assert misses_by_km(crossing, place("on it", *shapely_middle(crossing))) < 5
    assert misses_by_km(crossing, place("Hawaii", -157.0, 20.5)) > 3000
    assert "countries/RUS" not in on_the_way(crossing, layers, frozenset())


def shapely_middle(crossing: Path) -> tuple[float, float]:
    bearing = geodesy.bearing_deg(crossing.launch.lon, crossing.launch.lat, crossing.impact.lon, crossing.impact.lat)
    return geodesy.destination(crossing.launch.lon, crossing.launch.lat, bearing, crossing.length_km / 2)


def test_the_distance_to_an_area_is_geodesic() -> None:
    along_the_equator = path(place("a", -10.0, 0.0), place("b", 10.0, 0.0))
    far = place("disc", 0.0, 5.0, 100.0)

    assert misses_by_km(along_the_equator, far) == pytest.approx(geodesy.distance_km(0, 0, 0, 5) - 100, abs=2)
    assert misses_by_km(along_the_equator, place("disc", 0.0, 0.5, 100.0)) == 0


def test_a_cruise_missile_need_not_fly_along_its_great_circle(layers: Layers) -> None:
    event = only(
        "Russia fired a cruise missile from Engels on Friday. It flew over Warsaw and hit Kyiv.",
        layers,
    )

    assert not any("flew over" in check for check in event.checks)
    assert all(one.text for one in event.overflown)


def test_where_a_stage_fell_is_not_the_way_of_a_space_rocket(layers: Layers) -> None:
    event = only(
        "North Korea launched a satellite rocket from Sohae on Friday. It flew over Okinawa, and a stage fell into the "
        "Yellow Sea about 200 km west of the Korean Peninsula.",
        layers,
    )

    assert [(one.text, one.passes) for one in event.overflown] == [("Okinawa", None)]
    assert not any("flew over" in check for check in event.checks)
