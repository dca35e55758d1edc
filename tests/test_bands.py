"""Ranges from the tables: by any name of a system, by class and scheme, and what is said of unknown names."""

from __future__ import annotations

import pytest

from geomap.bands import find_class, find_system
from geomap.catalog import Layers
from geomap.errors import InputError


@pytest.mark.parametrize("name", ["Hwasong-12", "hwasong 12", "HWASONG12", "Hwasong‑12", "KN-17", "kn 17"])
def test_a_system_is_found_by_any_of_its_names(name: str, layers: Layers) -> None:
    band = find_system(name, layers)
    row = next(row for row in layers.rows("systems") if row["name"] == "Hwasong-12")

    assert band.system == "Hwasong-12"
    assert (band.low_km, band.high_km) == (row["low_km"], row["high_km"])
    assert (band.source, band.confidence, band.basis) == (row["source"], row["confidence"], row["basis"])
    assert band.scheme is None


def test_every_name_leads_to_its_system(layers: Layers) -> None:
    for row in layers.rows("systems"):
        if row["low_km"] or row["high_km"]:
            assert {
                find_system(name, layers).system for name in (row["name"], *filter(None, row["names"].split("|")))
            } == {row["name"]}


def test_a_system_without_a_range_has_that_of_its_class(layers: Layers) -> None:
    rows = [row for row in layers.rows("systems") if row["class"] == "ICBM" and not (row["low_km"] or row["high_km"])]
    for row in rows:
        band = find_system(row["name"], layers)

        assert (band.system, band.kind, band.scheme) == (row["name"], "ICBM", "us-dod")
        assert (band.low_km, band.high_km) == (5500, None)
        assert find_system(row["name"], layers, "britannica").low_km == 5310
    assert rows


def test_a_system_of_a_class_without_a_band_says_so(layers: Layers) -> None:
    with pytest.raises(InputError, match=r"^Long March-5 has no range .* class SLV no band in the scheme us-dod; give"):
        find_system("CZ-5", layers)


def test_a_system_of_no_class_says_so(layers: Layers) -> None:
    row = next(row for row in layers.rows("systems") if not (row["class"] or row["low_km"] or row["high_km"]))

    with pytest.raises(InputError, match="has no range in the layer 'systems', and is in no class"):
        find_system(row["name"], layers)


@pytest.mark.parametrize(
    ("slip", "meant"), [("Hwasung-12", "Hwasong-12"), ("Iskandar", "Iskander"), ("Agny 5", "Agni")]
)
def test_an_unknown_system_names_those_near_it(slip: str, meant: str, layers: Layers) -> None:
    with pytest.raises(InputError, match=f"no system named '{slip}' .*; near it: .*{meant}"):
        find_system(slip, layers)


@pytest.mark.parametrize("name", ["", "-", "…", "Qxzwvq", "\x1b[2J", "核", "x" * 5000])
def test_what_is_like_no_system_is_one_sentence(name: str, layers: Layers) -> None:
    with pytest.raises(InputError, match=r"^no system named .{2,200}$"):
        find_system(name, layers)


def test_a_class_has_a_band_in_each_scheme(layers: Layers) -> None:
    for row in layers.rows("classes"):
        band = find_class(row["class"].lower().replace("-", " "), layers, row["scheme"])

        assert (band.low_km, band.high_km, band.source) == (row["low_km"], row["high_km"], row["source"])
        assert (band.kind, band.scheme, band.system) == (row["class"], row["scheme"], None)


def test_an_unknown_class_names_those_of_the_scheme_and_the_schemes_that_have_it(layers: Layers) -> None:
    with pytest.raises(InputError, match=r"no class 'cruise' in the scheme us-dod; it has: SRBM, MRBM, IRBM, ICBM$"):
        find_class("cruise", layers)
    with pytest.raises(InputError, match=r"it has: shorter-range, .*; it is a class of the scheme us-dod and britann"):
        find_class("SRBM", layers, "inf")


def test_an_unknown_scheme_names_those_that_there_are(layers: Layers) -> None:
    with pytest.raises(InputError, match="no scheme of classes named 'nato'; there are: us-dod, britannica, inf"):
        find_class("SRBM", layers, "nato")
