"""Messages, the closed areas that a reading gets from them, and the command that prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.codec import dumps, loads
from geomap.notices import Notice, find_hazards, find_notices
from geomap.notices.hazards import has_positions
from geomap.types import Claim, Document, Reading

Run = Callable[..., Result]
Write = Callable[..., Path]

WARNING = """NAVAREA XI 190/24
SEA OF JAPAN
1. MISSILE FIRING 042100Z TO 050600Z APR IN AREA BOUND BY
   40-30N 131-10E, 40-30N 132-20E, 39-40N 132-20E, 39-40N 131-10E
2. CANCEL THIS MSG 050700Z APR 24
"""
NOTAM = """A0500/26 NOTAMN
Q) RPHI/QRDCA/IV/BO/W/000/999/1500N12300E040
A) RPHI B) 2603010600 C) 2603010900
E) ROCKET DEBRIS AREA WITHIN 1530N12230E 1530N12330E 1430N12330E 1430N12230E
F) SFC G) UNL
"""
STORY = "North Korea fired a short-range ballistic missile from Sunan on Tuesday. "
TAIL = (
    "South Korea's military said that it was watching the area closely together with its ally and that it was ready "
    "for anything that might come."
)


def read(text: str, layers: Layers, published: str = "2024-04-03") -> Reading:
    return pipeline.read(Document.of(text, published=published, source="warning.txt"), layers)


def only(text: str, published: str | None = None) -> Notice:
    (notice,) = find_notices(text, published)
    return notice


# ------------------------------------------------------------------------------------------------------- messages


@pytest.mark.parametrize(
    ("head", "number", "kind"),
    [
        ("NAVAREA XI 190/24", "NAVAREA XI 190/24", "navarea"),
        ("NAVAREA IV 930/25(26).", "NAVAREA IV 930/25", "navarea"),
        ("NAVAREA 12 WARNING NR 190/24", "NAVAREA 12 190/24", "navarea"),
        ("HYDROPAC 1402/24(63).", "HYDROPAC 1402/24", "hydropac"),
        ("HYDROLANT 88/24(24).", "HYDROLANT 88/24", "hydrolant"),
        ("HYDROARC 12/24(14).", "HYDROARC 12/24", "hydroarc"),
        ("COASTAL WARNING 44/24", "COASTAL WARNING 44/24", "coastal"),
        ("PUERTO RICO COASTAL WARNING 44/24", "PUERTO RICO COASTAL WARNING 44/24", "coastal"),
        ("042000Z APR 24\nNAVAREA XI 190/24", "NAVAREA XI 190/24", "navarea"),
        ("ZCZC GA01\nNAVAREA XI 190/24", "NAVAREA XI 190/24", "navarea"),
    ],
)
def test_the_number_of_a_message_and_its_kind(head: str, number: str, kind: str) -> None:
    notices = [one for one in find_notices(WARNING.replace("NAVAREA XI 190/24", head)) if one.areas]

    assert [(one.id, one.kind, one.official) for one in notices] == [(number, kind, True)]


def test_a_message_without_a_number_is_read_as_well() -> None:
    notice = only(WARNING.partition("\n")[2])

    assert (notice.id, notice.kind, notice.official, len(notice.areas)) == ("", "coastal", True, 1)


def test_an_air_notice_says_more() -> None:
    notice = only(NOTAM)

    assert (notice.id, notice.kind) == ("A0500/26", "notam")
    assert notice.q_centre == (123.0, 15.0)
    assert notice.q_radius_nm == 40
    assert (notice.lower, notice.upper) == ("SFC", "UNL")
    assert (notice.start, notice.end) == ("2026-03-01T06:00:00Z", "2026-03-01T09:00:00Z")


def test_an_envelope_without_a_bound_has_no_radius() -> None:
    assert only(NOTAM.replace("12300E040", "12300E999")).q_radius_nm is None


def test_an_area_far_beyond_its_own_envelope_says_so() -> None:
    notice = only(NOTAM.replace("1500N12300E040", "1500N12800E020"))

    assert "from the centre of the Q-line, whose radius is 20 NM" in notice.areas[0].notes[0]


def test_regions_and_charts_stand_at_the_head_of_a_message() -> None:
    notice = only("HYDROPAC 1402/24(63).\nBAY OF BENGAL.\nINDIA.\nDNC 03.\n" + WARNING.split("\n", 2)[2])

    assert notice.regions == ("BAY OF BENGAL", "INDIA")
    assert notice.charts == ("DNC 03",)


def test_a_message_and_its_areas_point_at_their_words() -> None:
    text = f"\n\n{WARNING}\n{NOTAM}"
    warning, notam = find_notices(text)

    assert text[warning.evidence[0] :].startswith("NAVAREA XI 190/24")
    assert text[notam.evidence[0] :].startswith("A0500/26")
    start, end = warning.areas[0].evidence
    assert text[start:end] == "40-30N 131-10E, 40-30N 132-20E, 39-40N 132-20E, 39-40N 131-10E"
    assert [area.id for one in (warning, notam) for area in one.areas] == ["a1", "a2"]


@pytest.mark.parametrize("gap", ["", "\n", "\n\n", "=\n", "NNNN\n", "\n----------\n"])
def test_messages_that_are_run_together_are_taken_apart(gap: str) -> None:
    second = WARNING.replace("190/24", "191/24").replace("131-10E", "131-15E")

    assert [one.id for one in find_notices(WARNING + gap + second)] == ["NAVAREA XI 190/24", "NAVAREA XI 191/24"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_ends_of_lines_do_not_matter(end: str) -> None:
    there, here = only(WARNING), only(WARNING.replace("\n", end))

    assert here.areas[0].vertices == there.areas[0].vertices
    assert (here.id, here.windows, here.cancel) == (there.id, there.windows, there.cancel)


@pytest.mark.parametrize(
    "words",
    [
        "CANCEL NAVAREA XI 190/24 AND 185/24.",
        "CANCEL NAVAREA XI 190/24, 185/24.",
        "THIS WARNING CANCELS NAVAREA XI 190/24 AND NAVAREA XI 185/24.",
        "NAVAREA XI 191/24 SUPERSEDES NAVAREA XI 190/24 AND 185/24.",
        "CANCEL WARNINGS 190/24 AND 185/24.",
    ],
)
def test_a_message_that_is_cancelled_says_so(words: str) -> None:
    notices = find_notices(f"{WARNING}\nNAVAREA XI 191/24\nSEA OF JAPAN\n1. {words}\n")

    assert [(one.id, one.cancelled) for one in notices] == [("NAVAREA XI 190/24", True), ("NAVAREA XI 191/24", False)]
    assert notices[1].cancels == ("NAVAREA XI 190/24", "NAVAREA XI 185/24")


def test_the_same_number_of_another_series_is_not_cancelled() -> None:
    notices = find_notices(f"{WARNING}\nHYDROPAC 300/24\nSEA OF JAPAN\n1. CANCEL HYDROPAC 190/24.\n")

    assert [one.cancelled for one in notices] == [False, False]


def test_a_message_does_not_cancel_itself_by_its_own_number() -> None:
    notice = only(WARNING.replace("CANCEL THIS MSG", "CANCEL NAVAREA XI 190/24"))

    assert not notice.cancelled
    assert notice.cancels == ()


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "A quiet day.", "He was last seen at 14-30N 042-10E.", "12 34 56", "(((((", "\x00\x01\x02"],
)
def test_what_is_no_notice(text: str) -> None:
    assert find_notices(text) == ()


@pytest.mark.parametrize("published", ["2024-04-03", "2024-04-03T12:00:00Z", None, "", "yesterday"])
def test_the_day_of_issue_may_be_unknown_or_nonsense(published: str | None) -> None:
    assert only(WARNING, published).start == "2024-04-04T21:00:00Z"


# ---------------------------------------------------------------------------------------------- hazards of a reading


def test_a_closed_area_is_a_hazard_of_the_reading() -> None:
    reading = find_hazards(Reading(document=Document.of(WARNING)))
    (hazard,) = reading.hazards

    assert (hazard.id, hazard.authority, hazard.label) == ("h1", "NAVAREA XI 190/24", None)
    assert (hazard.shape, hazard.edges, hazard.cancelled) == ("polygon", "rhumb", False)
    assert [(one.start, one.end) for one in hazard.windows] == [("2024-04-04T21:00:00Z", "2024-04-05T06:00:00Z")]
    assert hazard.geometry.bounds == pytest.approx((131.1667, 39.6667, 132.3333, 40.5), abs=1e-3)
    assert hazard.notice is not None
    assert WARNING[slice(*hazard.evidence[0])].startswith("40-30N 131-10E")
    (again,) = loads(dumps(reading)).hazards
    assert again.geometry.equals_exact(hazard.geometry, 1e-4)
    assert msgspec.structs.replace(again, geometry=hazard.geometry) == hazard


def test_letters_are_those_of_a_list() -> None:
    text = WARNING.replace("BY\n   ", "BY:\nA. ").replace(
        "\n2.", "\nB. 41-30N 131-10E, 41-30N 132-20E, 41-00N 132-20E\n2."
    )
    reading = find_hazards(Reading(document=Document.of(text)))

    assert [(one.id, one.label) for one in reading.hazards] == [("h1", "A"), ("h2", "B")]


def test_hazards_carry_doubts_heights_and_cancellation() -> None:
    text = (
        NOTAM.replace("1530N12330E", "1575N12330E")
        + "\n"
        + NOTAM.replace("NOTAMN", "NOTAMR A0500/26").replace("A0500/26 NOTAM", "A0517/26 NOTAM")
    )
    one, two = find_hazards(Reading(document=Document.of(text))).hazards

    assert (one.cancelled, two.cancelled) == (True, False)
    assert (one.lower, one.upper, one.edges) == ("SFC", "UNL", "geodesic")
    assert "minutes of 75" in one.doubtful[0]


def test_an_area_that_cannot_be_drawn_is_told_in_the_notes() -> None:
    text = WARNING.replace(
        "AREA BOUND BY\n   40-30N 131-10E, 40-30N 132-20E, 39-40N 132-20E, 39-40N 131-10E",
        "AREA WITHIN 10 MILES OF 95-30N 131-10E",
    )
    reading = find_hazards(Reading(document=Document.of(text)))

    assert reading.hazards == ()
    assert any("an area of NAVAREA XI 190/24 cannot be drawn" in note and "95" in note for note in reading.notes)


def test_an_article_without_positions_is_left_as_it_is() -> None:
    reading = Reading(document=Document.of(STORY))

    assert find_hazards(reading) is reading
    assert not has_positions(STORY)
    assert has_positions(WARNING)


# ---------------------------------------------------------------------------------------------- crossings and claims


def test_a_closed_area_is_compared_with_zones_and_seas(layers: Layers) -> None:
    reading = read(WARNING, layers)
    found = {one.feature: one for one in reading.crossings if one.what == "h1"}

    assert found["seas/sea-of-japan"].relation == "within"
    assert found["seas/sea-of-japan"].share == 1.0
    assert any(feature.startswith("eez/") for feature in found)
    for one in found.values():
        assert one.share is not None
        area = layers.geometry(one.feature) if not one.feature.startswith("airspace/") else None
        if area is not None:
            assert one.share == pytest.approx(geodesy.share(reading.hazards[0].geometry, area), abs=0.002)


def test_a_closed_area_over_land_lies_in_an_airspace(layers: Layers) -> None:
    text = NOTAM.replace(
        "1530N12230E 1530N12330E 1430N12330E 1430N12230E", "1540N12040E 1540N12100E 1515N12100E 1515N12040E"
    )
    found = {one.feature: one.relation for one in read(text, layers, "2026-02-20").crossings if one.what == "h1"}

    assert found["airspace/PHL"] == "within"


def test_an_impact_is_compared_with_the_closed_area(layers: Layers) -> None:
    spot = "It fell at 40-00N 131-40E, Japan's Defense Ministry said.\n\n"
    reading = read(STORY + spot + WARNING, layers)
    found = {one.what: one.relation for one in reading.crossings if one.feature == "h1"}

    assert found["e1.impact"] == "within"


def claims(text: str, layers: Layers) -> tuple[Reading, list[Claim]]:
    reading = read(text, layers, "2025-05-12")
    return reading, [claim for event in reading.events for claim in event.claims]


def test_a_claim_on_a_closed_area_rests_on_the_hazard(layers: Layers) -> None:
    reading, found = claims(
        "North Korea fired a ballistic missile from Sunan on Monday. Before the launch it had declared a danger area "
        "bounded by 40-30N 136-10E, 40-30N 136-50E, 39-40N 136-50E and 39-40N 136-10E, inside Japan's exclusive "
        "economic zone, Tokyo said.",
        layers,
    )

    assert [hazard.id for hazard in reading.hazards] == ["h1"]
    (claim,) = found
    assert (claim.relation, claim.zone, claim.of) == ("inside", "eez/JPN", "h1")
    assert claim.verdict is not None
    assert (claim.verdict.relation, claim.verdict.agrees) == ("inside", True)
    assert claim.verdict.why.startswith("of the closed area: ")
    share = geodesy.share(reading.hazards[0].geometry, layers.geometry("eez/JPN"))
    assert claim.verdict.share == pytest.approx(share, abs=0.002)


# -------------------------------------------------------------------------------------------------- notices in articles


@pytest.mark.parametrize("message", [WARNING, NOTAM, WARNING + "\n" + NOTAM], ids=["warning", "notam", "both"])
def test_no_launch_is_built_from_a_message(message: str, layers: Layers) -> None:
    reading = read(message, layers)

    assert reading.events == ()
    assert reading.hazards


@pytest.mark.parametrize(
    "text",
    [f"{STORY}\n\n{WARNING}", f"{WARNING}\n{STORY}{TAIL}", f"{STORY}\n\n{WARNING}\n{TAIL}"],
    ids=["before", "behind", "around"],
)
def test_the_article_about_a_message_still_tells_of_its_launch(text: str, layers: Layers) -> None:
    reading = read(text, layers)
    message = next(hazard.notice for hazard in reading.hazards)

    assert len(reading.events) == 1
    assert message is not None
    for start, end in reading.events[0].evidence:
        assert end <= message[0] or start >= message[1]
    assert reading.document.text[slice(*message)].strip().endswith("APR 24")


def test_an_area_in_the_words_of_an_article_is_no_message(layers: Layers) -> None:
    text = (
        f"{STORY}The corners of the closed box are 40-30N 131-10E, 40-30N 132-20E, 39-40N 132-20E and 39-40N 131-10E."
    )
    reading = read(text, layers)
    (hazard,) = reading.hazards

    assert (hazard.notice, hazard.authority) == (None, None)
    assert len(reading.events) == 1


def test_positions_of_an_article_without_an_area_are_no_hazard(layers: Layers) -> None:
    reading = read(f"{STORY}It fell at 40-00N 131-40E. Another one had fallen at 41-00N 132-10E.", layers)

    assert reading.hazards == ()


# ------------------------------------------------------------------------------------------------------- the command


def test_the_command_prints_messages_for_people(run: Run, article: Write) -> None:
    result = run("notices", article(WARNING + "\n" + NOTAM))

    assert result.exit_code == 0
    assert result.stdout == (
        "NAVAREA XI 190/24 · navarea · cancels itself 2024-04-05 07:00 UTC\n"
        "  area: 4 corners, rhumb edges: 40.50°N, 131.17°E; 40.50°N, 132.33°E; 39.67°N, 132.33°E; 39.67°N, 131.17°E\n"
        "  closed 4 April 2024, 21:00, to 5 April 2024, 06:00 UTC\n"
        "\n"
        "A0500/26 · notam\n"
        "  area: 4 corners, geodesic edges: 15.50°N, 122.50°E; 15.50°N, 123.50°E; 14.50°N, 123.50°E; "
        "14.50°N, 122.50°E\n"
        "  closed 1 March 2026, 06:00 to 09:00 UTC\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("WITHIN 12 MILES OF 33-25N 120-40W", "  area: circle of 12 NM about 33.42°N, 120.67°W"),
        ("IN DANGER ZONE OF 70 NM RADIUS FROM POSITION 21-25N 086-56E BETWEEN BEARINGS 010 DEG AND 060 DEG",
         "  area: sector of 70 NM about 21.42°N, 86.93°E, 010° to 060°"),
        ("WITHIN 8 MILES EITHER SIDE OF A LINE JOINING 70-12N 037-30E, 71-24N 040-15E",
         "  area: strip, 8 NM to either side of 70.20°N, 37.50°E; 71.40°N, 40.25°E"),
        ("ALONG TRACKLINE JOINING 70-12N 037-30E, 71-24N 040-15E",
         "  area: strip, no width given, along 70.20°N, 37.50°E; 71.40°N, 40.25°E"),
        ("AT SEA", "  no area"),
    ],
)  # fmt: skip
def test_the_command_prints_every_shape(words: str, line: str, run: Run) -> None:
    text = (
        f"NAVAREA XI 190/24\n1. HAZARDOUS OPERATIONS 042100Z TO 050600Z APR {words}.\n2. CANCEL THIS MSG 050700Z APR 24"
    )
    result = run("notices", "-", stdin=text)

    assert result.exit_code == 0
    assert line in result.stdout.splitlines()


def test_the_command_prints_doubts_notes_and_cancellations(run: Run) -> None:
    text = f"{WARNING.replace('132-20E, 39', '132-80E, 39')}\nNAVAREA XI 191/24\nCANCEL NAVAREA XI 190/24.\n"
    result = run("notices", "-", stdin=text)

    assert "NAVAREA XI 190/24 · navarea · cancelled · cancels itself 2024-04-05 07:00 UTC" in result.stdout
    assert "NAVAREA XI 191/24 · navarea · cancels NAVAREA XI 190/24" in result.stdout
    assert re.search(r"     doubtful: “40-30N 132-80E” at \d+-\d+ \(line 4\): minutes of 80", result.stdout)


def test_the_command_prints_json_one_line_a_message(run: Run, article: Write) -> None:
    path = article(WARNING + "\n" + NOTAM)
    result = run("notices", path, "--json")
    one, two = (json.loads(line) for line in result.stdout.splitlines())

    assert result.exit_code == 0
    assert (one["schema"], one["source"], one["id"]) == ("geomap.notice/1", str(path), "NAVAREA XI 190/24")
    assert two["areas"][0]["vertices"] == [[122.5, 15.5], [123.5, 15.5], [123.5, 14.5], [122.5, 14.5]]
    assert two["areas"][0]["geometry"]["type"] == "Polygon"
    assert two["windows"] == [{"start": "2026-03-01T06:00:00Z", "end": "2026-03-01T09:00:00Z", "said": "B) to C)"}]


def test_an_arc_has_its_ends_in_json(run: Run) -> None:
    text = NOTAM.replace(
        "1530N12230E 1530N12330E 1430N12330E 1430N12230E",
        "1520N12300E THENCE CLOCKWISE ALONG THE ARC OF A CIRCLE RADIUS 20NM CENTRED ON 1500N12300E TO 1440N12300E",
    )
    (area,) = json.loads(run("notices", "-", "--json", stdin=text).stdout)["areas"]

    assert area["type"] == "arc"
    assert area["arcs"] == [{"from": 0, "to": 1, "centre": [123.0, 15.0], "radius_nm": 20.0, "clockwise": True}]


def test_the_year_may_be_told(run: Run) -> None:
    text = re.sub(r"NAVAREA XI 190/24\n|2\. .+", "", WARNING)
    result = run("notices", "-", "--published", "2019-04-01", stdin=text)

    assert "4 April 2019, 21:00, to 5 April 2019, 06:00 UTC" in result.stdout


def test_the_command_says_when_there_is_no_notice(run: Run, article: Write) -> None:
    path = article("A quiet day at sea.")
    result = run("notices", path)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Warning: {path}: no notice in it, nor any area\n"


def test_a_file_that_cannot_be_read_fails_and_the_others_are_printed(run: Run, article: Write) -> None:
    result = run("notices", "missing.txt", article(WARNING))

    assert result.exit_code == 1
    assert "Error: " in result.stderr
    assert "missing.txt" in result.stderr
    assert "NAVAREA XI 190/24" in result.stdout


def test_the_command_without_a_file_is_a_usage_error(run: Run) -> None:
    assert run("notices").exit_code == 2


# ----------------------------------------------------------------------------------------------------- hostile texts

LONG = {
    "figures": "7" * 100_000,
    "figures and blanks": "38 30 " * 6_000,
    "positions": "38-30N 129-10E, " * 2_000,
    "numbers of messages": "NAVAREA XI 190/24\n" * 2_000,
    "cancellations": "CANCEL THIS MSG 050700Z APR 24. " * 1_500,
    "months": "121606Z TO 121854Z APR 24, " * 1_500,
    "items": "A) B) C) D) E) F) G) " * 2_000,
    "letters": "A. B. C. 1. 2. (A) (B) " * 2_000,
    "brackets": "(" * 20_000 + ")" * 20_000,
    "blanks": " " * 100_000,
    "arcs": "THENCE CLOCKWISE ALONG THE ARC OF A CIRCLE CENTRED ON " * 1_800,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_texts_end(text: str) -> None:
    found = find_notices(f"{WARNING}\n{text}", "2024-04-03")

    assert all(notice.evidence[1] <= len(WARNING) + 1 + len(text) for notice in found)


def test_control_characters_do_not_reach_the_terminal(run: Run) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\x9b31m \u202egnirob\u2066 \u200b"
    text = WARNING.replace("39-40N 131-10E", f"39-4\x1b[2J?N 131-10E {hostile}") + f"\n{hostile}"
    plain, as_json = run("notices", "-", stdin=text), run("notices", "-", "--json", stdin=text)

    assert "NAVAREA XI 190/24" in plain.stdout
    for result in (plain, as_json):
        assert result.exit_code == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\u2066]", result.stdout)


@pytest.mark.parametrize(
    "hostile",
    [
        "=HYPERLINK(\"http://x\";\"y\")", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "{{ 7*7 }} {% raw %} ${1}", "'; DROP TABLE notices; --", "\x00\x00",
        "\ud7ff\ufffd\U0001f600", "١٢٣٤", "３８-３０Ｎ １２９-１０Ｅ",
    ],
)  # fmt: skip
def test_what_stands_between_does_no_harm(hostile: str, run: Run) -> None:
    text = WARNING.replace("SEA OF JAPAN", hostile).replace("2. CANCEL", f"{hostile}\n2. CANCEL")
    notice = next(one for one in find_notices(text, "2024-04-03") if one.areas)

    assert notice.areas[0].vertices == only(WARNING).areas[0].vertices
    assert [(one.start, one.end) for one in notice.windows] == [("2024-04-04T21:00:00Z", "2024-04-05T06:00:00Z")]


def test_a_formula_for_a_number_is_no_number(run: Run) -> None:
    result = run("notices", "-", "--json", stdin=WARNING.replace("NAVAREA XI 190/24", "=NAVAREA(XI;190/24)"))

    assert all(not json.loads(line)["id"].startswith("=") for line in result.stdout.splitlines())


def test_many_areas_of_one_message_each_have_an_id_of_their_own() -> None:
    rows = "\n".join(
        f"AREA {number}: {number % 60:02d}-10N 131-10E, {number % 60:02d}-10N 131-20E, {number % 60:02d}-20N 131-20E."
        for number in range(1, 60)
    )
    text = f"NAVAREA XI 190/24\nFIRING IN AREAS BOUND BY\n{rows}"
    found = find_hazards(Reading(document=Document.of(text))).hazards

    assert [one.id for one in found] == [f"h{number}" for number in range(1, 60)]
    assert [one.label for one in found] == [str(number) for number in range(1, 60)]


def test_reading_again_gives_the_same(layers: Layers) -> None:
    text = f"{STORY}\n\n{WARNING}\n{TAIL}"
    dumped: list[Any] = [dumps(read(text, layers)) for _ in range(2)]

    assert dumped[0] == dumped[1]
