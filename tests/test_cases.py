"""Articles with their expected reading, one file each in ``cases/``: front matter, text, ``--- expected``, then lines.

The lines (a name, a layer's feature or a position may stand behind ``->``; ``-`` is null)::

    mention ROLE "WORDS" [-> TOWN | layer/key | at LON LAT within KM km]
    not mapped "WORDS"
    unresolved "WORDS"
    ambiguous "WORDS"
    event actor A class C count N date DAY launch "WORDS" impact "WORDS"
    no event
    detail platform | outcome | trajectory VALUE
    distance | apogee "WORDS" KM km [from LOW to HIGH]
    bearing "WORDS" DEG deg
    claim "RELATION" ZONE by "WORDS"
    says "BY" ABOUT "WORDS" [NUMBER] [corrected]
    conflict "WORDS"
    check "WORDS"
    no check
    flight "WORDS" MIN min
    over "WORDS" yes | no | -
    salvo COUNT "WORDS"
    time "WORDS" FROM TO
    estimate KM km [from LOW to HIGH]

A time is in UTC (``2022-03-24T05:34Z``); what only the track flew over is told by its feature. A check and a conflict
are told by words that occur in them, an estimate to a hundredth of its km; ``-`` is nobody in particular. None of these
has to be listed.

Once a case says anything of events, it has to list all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.events.zonetime import local_zone
from geomap.gazetteer import fold
from geomap.types import Document, Event, Mention, Reading

_OF_EVENTS = ("event ", "no event", "detail ", "distance ", "apogee ", "bearing ", "claim ", "says ", "conflict ")
CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def split(path: Path) -> tuple[Document, list[str]]:
    """The document of a case, and its expected lines."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    text, expected = body.split("\n--- expected\n")
    about = yaml.safe_load(head)
    document = Document.of(text, title=about["title"], published=str(about["published"]), source=path.name)
    return document, [line for line in expected.splitlines() if line.strip()]


# ----------------------------------------------------------------------------------------------------- lines


def bare(words: str) -> str:
    """Words without a line's end in them and without an article in front."""
    return re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", " ".join(words.split()))


def mention_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [m for m in reading.mentions if bare(m.text) == bare(match["words"])]
    if not found:
        return "there is no such mention"
    wrong = [problem for mention in found if (problem := fault_of(mention, match, layers))]
    return "" if len(wrong) < len(found) else wrong[0]


def fault_of(mention: Mention, match: re.Match[str], layers: Layers) -> str:
    if mention.role != match["role"]:
        return f"its role is {mention.role} ({mention.why})"
    if match["target"] is None:
        return ""
    place = mention.place
    if place is None:
        return f"it has no place ({mention.why})"
    if match["lon"]:
        away = geodesy.distance_km(place.lon, place.lat, float(match["lon"]), float(match["lat"]))
        return "" if away <= float(match["km"]) else f"it lies at {place.lon} {place.lat}, {away:.0f} km away"
    if place.feature == match["target"]:
        return ""
    name = match["target"]
    if "/" in name:  # a phrase on a feature tells in words what it was made of
        name = str(layers.feature(name).properties["name"])
    return "" if fold(name) in fold(place.name) else f"it is {place.name} ({place.feature or place.source})"


def not_mapped_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    for found in re.finditer(rf"\b{re.escape(match['words'])}\b", reading.document.text):
        for mention in reading.mentions:
            mapped = mention.status == "located" and mention.role in ("place", "dateline")
            if mapped and mention.start < found.end() and found.start() < mention.end:
                return f"{mention.text!r} is mapped ({mention.why})"
    return ""


def told(event: Event) -> str:
    """An event in the words of an event line."""
    day = "-"
    if event.when is not None:
        start, end = map(datetime.fromisoformat, (event.when.start, event.when.end))
        if end - start >= timedelta(hours=24):  # noon of the first local day
            day = str((start + timedelta(hours=12)).date())
        else:  # by the clock where it was fired
            place = event.launch or event.impact
            day = str(start.astimezone(local_zone((event.actor,), place.lon if place else None) or UTC).date())
    places = [f'"{place.text}"' if place is not None else "-" for place in (event.launch, event.impact)]
    who, what, many = event.actor or "-", event.weapon.kind or "-", event.count or "-"
    return f"event actor {who} class {what} count {many} date {day} launch {places[0]} impact {places[1]}"


def event_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    events = [told(event) for event in reading.events]
    return "" if match[0] in events else f"the events are {events}"


def unplaced_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [mention for mention in reading.mentions if mention.text == match["words"]]
    if not found:
        return "there is no such mention"
    other = next((mention for mention in found if mention.status != match["status"]), None)
    return f"it is {other.status} ({other.why})" if other else ""


def no_event_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    return f"the events are {[told(event) for event in reading.events]}" if reading.events else ""


def detail_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [getattr(event, match["what"]) for event in reading.events]
    return "" if match["value"] in found else f"they are {found}"


def amount_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    amounts = [getattr(event, f"{match['what']}_km") for event in reading.events]
    found = [(amount.said, amount.value, amount.low, amount.high) for amount in amounts if amount is not None]
    wanted = [match["words"], *(float(match[key]) for key in ("km", "low", "high") if match[key])]
    near = any(item[0] == wanted[0] and item[1 : len(wanted)] == pytest.approx(wanted[1:], abs=0.6) for item in found)
    return "" if near else f"they are {found}"


def bearing_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [(event.bearing_deg.said, event.bearing_deg.value) for event in reading.events if event.bearing_deg]
    return "" if (match["words"], float(match["deg"])) in found else f"the bearings are {found}"


def claim_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [(claim.relation, claim.zone, claim.by) for event in reading.events for claim in event.claims]
    return "" if (match["relation"], match["zone"], match["by"]) in found else f"the claims are {found}"


def says_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [
        (said.by or "-", said.about, said.value, said.number, said.corrected)
        for event in reading.events
        for said in event.statements
    ]
    wanted = (match["by"], match["about"], match["words"], match["number"], match["corrected"] is not None)
    near = any(
        item[:3] == wanted[:3]
        and item[4] == wanted[4]
        and (wanted[3] is None or item[3] == pytest.approx(float(wanted[3]), abs=0.6))
        for item in found
    )
    return "" if near else f"what is said is {found}"


def conflict_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [conflict for event in reading.events for conflict in event.conflicts]
    return "" if any(match["words"] in conflict for conflict in found) else f"the conflicts are {found}"


def check_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [check for event in reading.events for check in event.checks]
    return "" if any(match["words"] in check for check in found) else f"the checks are {found}"


def no_check_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [check for event in reading.events for check in event.checks]
    return f"the checks are {found}" if found else ""


def estimate_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    told = [event.estimate for event in reading.events if event.estimate is not None]
    found = [(estimate.range_km, estimate.low_km, estimate.high_km) for estimate in told]
    wanted = [float(match[key]) for key in ("km", "low", "high") if match[key]]
    near = any(item[: len(wanted)] == pytest.approx(wanted, rel=0.01) for item in found)
    return "" if near else f"the estimates are {found}"


def flight_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [(event.flight_min.said, event.flight_min.value) for event in reading.events if event.flight_min]
    near = any(said == match["words"] and abs(value - float(match["min"])) < 0.01 for said, value in found)
    return "" if near else f"they are {found}"


def over_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    words = {True: "yes", False: "no", None: "-"}
    found = [(one.text or one.feature, words[one.passes]) for event in reading.events for one in event.overflown]
    return "" if (match["words"], match["passes"]) in found else f"they are {found}"


def salvo_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [(str(one.count or "-"), one.said) for event in reading.events for one in event.salvos]
    return "" if (match["count"], match["words"]) in found else f"they are {found}"


def time_line(match: re.Match[str], reading: Reading, layers: Layers) -> str:
    found = [event.when for event in reading.events if event.when is not None]
    told = [(when.said, when.start.replace(":00Z", "Z"), when.end.replace(":00Z", "Z")) for when in found]
    return "" if (match["words"], match["start"], match["end"]) in told else f"they are {told}"


Check = Callable[[re.Match[str], Reading, Layers], str]
LINES: tuple[tuple[str, Check], ...] = (
    (
        r'mention (?P<role>\w+) "(?P<words>[^"]+)"'
        r"(?: -> (?P<target>at (?P<lon>[-.\d]+) (?P<lat>[-.\d]+) within (?P<km>[.\d]+) km|.+))?",
        mention_line,
    ),
    (r'not mapped "(?P<words>[^"]+)"', not_mapped_line),
    (r'(?P<status>unresolved|ambiguous) "(?P<words>[^"]+)"', unplaced_line),
    (r"event .+", event_line),
    (r"no event", no_event_line),
    (r"detail (?P<what>platform|outcome|trajectory) (?P<value>\w+)", detail_line),
    (
        r'(?P<what>distance|apogee) "(?P<words>[^"]+)" (?P<km>[.\d]+) km'
        r"(?: from (?P<low>[.\d]+) to (?P<high>[.\d]+))?",
        amount_line,
    ),
    (r'bearing "(?P<words>[^"]+)" (?P<deg>[.\d]+) deg', bearing_line),
    (r'claim "(?P<relation>\w+)" (?P<zone>\S+) by "(?P<by>[^"]+)"', claim_line),
    (
        r'says "(?P<by>[^"]+)" (?P<about>count|distance|apogee|flight time|launch|impact) "(?P<words>[^"]+)"'
        r"(?: (?P<number>[.\d]+))?(?P<corrected> corrected)?",
        says_line,
    ),
    (r'conflict "(?P<words>[^"]+)"', conflict_line),
    (r'check "(?P<words>[^"]+)"', check_line),
    (r"no check", no_check_line),
    (r'flight "(?P<words>[^"]+)" (?P<min>[.\d]+) min', flight_line),
    (r'over "(?P<words>[^"]+)" (?P<passes>yes|no|-)', over_line),
    (r'salvo (?P<count>\d+|-) "(?P<words>[^"]+)"', salvo_line),
    (r'time "(?P<words>[^"]+)" (?P<start>\S+Z) (?P<end>\S+Z)', time_line),
    (r"estimate (?P<km>[.\d]+) km(?: from (?P<low>[.\d]+) to (?P<high>[.\d]+))?", estimate_line),
)


def fault(line: str, reading: Reading, layers: Layers) -> str:
    """What is wrong with an expected line, in words; empty when it holds."""
    for pattern, check in LINES:
        if match := re.fullmatch(pattern, line):
            return check(match, reading, layers)
    return "this is no line that a case may have"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_article_is_read_as_expected(path: Path, layers: Layers) -> None:
    document, lines = split(path)
    reading = pipeline.read(document, layers)
    faults = [f"{line}: {problem}" for line in lines if (problem := fault(line, reading, layers))]
    if any(line.startswith(_OF_EVENTS) for line in lines):
        faults += [f"not expected: {told(event)}" for event in reading.events if told(event) not in lines]

    assert not faults, "\n".join(faults)


def test_there_are_cases() -> None:
    assert len(CASES) >= 7
