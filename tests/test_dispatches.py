"""The 34 articles in ``dispatches/``, written for this project, with their gold: what must hold for each of them.

The two rates are guards against a step back, not measures of quality: the engine was developed with these articles in
view, and the floors lie well under what it reaches.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point

from geomap import geodesy, pipeline
from geomap.catalog import Layers, open_layers
from geomap.types import Document, Mention, Reading

FOLDER = Path(__file__).parent / "dispatches"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST_COVERED, LEAST_LOCATED = 0.85, 0.80


@cache
def gold(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


@cache
def reading(name: str) -> Reading:
    """Each article is read once, on its day of issue."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    day = str(gold(name).get("date") or "")
    published = day if len(day) == 10 and day[:2] == "20" else None
    return pipeline.read(Document.of(text, source=f"{name}.txt", published=published), open_layers())


def is_mapped(mention: Mention) -> bool:
    return mention.status == "located" and mention.role in ("place", "dateline")


def test_there_are_dispatches() -> None:
    assert len(NAMES) == 34


@pytest.mark.parametrize("name", NAMES)
def test_offsets_hold(name: str) -> None:
    made = reading(name)
    text = made.document.text

    assert [m.id for m in made.mentions if text[m.start : m.end] != m.text] == []
    assert [m.id for m in made.mentions] == [f"m{number}" for number in range(1, len(made.mentions) + 1)]
    for event in made.events:
        assert all(0 <= start < end <= len(text) for start, end in event.evidence)
        assert all(text[claim.start : claim.end].strip() for claim in event.claims)


@pytest.mark.parametrize("name", NAMES)
def test_no_event_happened_at_a_dateline(name: str) -> None:
    made = reading(name)
    datelines = {mention.id for mention in made.mentions if mention.role == "dateline"}
    places = [place for event in made.events for place in (event.launch, event.impact, *event.impacts) if place]

    assert [place.text for place in places if place.mention in datelines] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_place_is_not_mapped(name: str) -> None:
    mapped = {(mention.start, mention.end) for mention in reading(name).mentions if is_mapped(mention)}

    assert [trap["surface"] for trap in gold(name)["not_places"] if (trap["start"], trap["end"]) in mapped] == []


def test_most_places_are_found_and_lie_where_they_should(layers: Layers) -> None:
    wanted = covered = located = 0
    for name in NAMES:
        mapped = [mention for mention in reading(name).mentions if is_mapped(mention)]
        for place in gold(name)["mentions"]:
            if place["map"] != "yes":
                continue
            over = [m for m in mapped if m.start < place["end"] and place["start"] < m.end]
            wanted += 1
            covered += bool(over)
            located += any(lies_within(mention, place, layers) for mention in over)

    assert wanted > 400
    assert covered / wanted >= LEAST_COVERED
    assert located / wanted >= LEAST_LOCATED


def lies_within(mention: Mention, place: dict[str, Any], layers: Layers) -> bool:
    """Whether a mention's best point is within the tolerance of the gold, or its area covers the gold's point."""
    found = mention.place
    assert found is not None
    if geodesy.distance_km(found.lon, found.lat, place["lon"], place["lat"]) <= place["tol_km"]:
        return True
    shape = layers.geometry(found.feature) if found.feature else found.geometry
    return shape is not None and bool(shape.covers(Point(place["lon"], place["lat"])))
