"""Online geocoders: only when asked, only what is open, politely, and whatever they answer harms nothing."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result
from geocoder_server import FORMS, REEF, Service, nominatim, place, serving
from toys import HOSTILE

import geomap
from geomap.catalog import Layers
from geomap.cli.options import GEOCODERS
from geomap.credits import credits_of
from geomap.errors import GeocoderError
from geomap.places.online import SERVICES, Geocoder, open_geocoder
from geomap.places.online.answers import EMPTY_KEPT_S, FILE, KEPT_S, Answers, cache_folder
from geomap.places.online.services import alpha2
from geomap.types import Document, Mention, Place, Reading

Run = Callable[..., Result]
Write = Callable[..., Path]

STORY = "Yemen's army fired a missile on Monday. It fell near Qwexil Reef. It was seen 40 km west of Qwexil Reef."
KEY = "s3cret/key"


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache is a folder of this test's own."""
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    for name in ("GEOMAP_USER_AGENT", "GEOMAP_GEOCODER_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache" / FILE


@pytest.fixture
def told() -> list[str]:
    """What the user is told."""
    return []


@pytest.fixture
def ask(service: Service, told: list[str]) -> Callable[..., Geocoder]:
    """Open a geocoder of the server on this machine that loses no time."""

    def opened(name: str = "nominatim", **options: Any) -> Geocoder:
        given = {"url": service.url, "key": KEY, "back_off_s": 0.001, "told": told.append} | options
        return open_geocoder(name, **given)

    return opened


def mentions(text: str, layers: Layers, lookup: Any) -> dict[str, Mention]:
    reading = geomap.read(Document.of(text), layers, lookup)
    return {mention.text: mention for mention in reading.mentions}


def somewhere(name: str = "Qwexil Reef, Yemen", **changes: Any) -> Place:
    """A place as a geocoder gives it."""
    known = {"kind": "island", "lon": 42.5, "lat": 14.25, "radius_km": 12.0, "source": "geocoder:nominatim"}
    return Place(**{"name": name, "country": "YEM"} | known | changes)


# --------------------------------------------------------------------------------------------- what is asked, and taken


def test_without_a_lookup_nothing_changes(layers: Layers) -> None:
    mention = mentions(STORY, layers, None)["Qwexil Reef"]

    assert (mention.status, mention.place) == ("unresolved", None)


def test_an_open_name_is_asked_once_with_the_country_of_the_text(layers: Layers) -> None:
    asked = []

    def lookup(name: str, country: str | None) -> Sequence[Place]:
        asked.append((name, country))
        return [somewhere(), somewhere("Qwexil Reef, Atlantis", country=None, lon=-30.0)]

    mention = mentions(STORY, layers, lookup)["Qwexil Reef"]

    assert asked == [("Qwexil Reef", "YEM")]
    assert (mention.status, mention.place) == ("located", somewhere())
    assert mention.why.startswith("nominatim: 'Qwexil Reef, Yemen' (asked online)")
    assert [one.name for one in mention.alternatives] == ["Qwexil Reef, Atlantis"]


def test_a_phrase_is_measured_from_a_name_that_was_looked_up(layers: Layers) -> None:
    phrase = mentions(STORY, layers, lambda _name, _country: [somewhere()])["40 km west of Qwexil Reef"]

    assert phrase.status == "located"
    assert phrase.place is not None
    assert (phrase.place.lon, phrase.place.lat) == pytest.approx((42.13, 14.25), abs=0.05)
    assert phrase.place.source == "derived"


def test_names_that_are_known_and_names_of_speakers_are_not_sent(layers: Layers) -> None:
    asked: list[str] = []

    def lookup(name: str, _country: str | None) -> Sequence[Place]:
        asked.append(name)
        return []

    text = (
        "Pyongyang said nothing. A lecturer at Troy University doubted it. It fell 300 km east of Wonsan into the sea."
    )
    found = mentions(text, layers, lookup)

    assert asked == []
    assert found["300 km east of Wonsan"].status == "located"


def test_no_country_is_sent_when_the_text_speaks_of_several(layers: Layers) -> None:
    hints = []

    def lookup(_name: str, country: str | None) -> Sequence[Place]:
        hints.append(country)
        return []

    mentions("Japan and Yemen watched. It fell near Qwexil Reef.", layers, lookup)

    assert hints == [None]


def test_an_ambiguous_name_gets_a_place_and_keeps_its_candidates(layers: Layers) -> None:
    text = "It fell near the town of Springfield."
    before = mentions(text, layers, None)["Springfield"]
    answer = somewhere("Springfield, Clark County, Ohio, United States", lon=-83.81, lat=39.92, country="USA")
    after = mentions(text, layers, lambda _name, _country: [answer])["Springfield"]

    assert before.status == "ambiguous"
    assert after.place == answer
    assert after.alternatives == before.alternatives


FAR = {"lon": -70.0, "lat": -20.0, "country": "CHL"}
REFUSED_ANSWERS = [
    ("far away, by another name", somewhere("Quexel, Chile", **FAR)),
    ("like it, by a service that guesses", somewhere("Hodeidah, Yemen", source="geocoder:photon")),
]


@pytest.mark.parametrize("answer", [answer for _, answer in REFUSED_ANSWERS], ids=[why for why, _ in REFUSED_ANSWERS])
def test_an_answer_that_may_be_another_place_is_only_listed(answer: Place, layers: Layers) -> None:
    mention = mentions(STORY, layers, lambda _name, _country: [answer])["Qwexil Reef"]

    assert (mention.status, mention.place, mention.alternatives) == ("unresolved", None, (answer,))
    assert answer.name in mention.why


TAKEN_ANSWERS = [
    ("far away, by this name", somewhere("Qwexil Reef, Chile", **FAR)),
    ("without the type word", somewhere("Qwéxil, Yemen", source="geocoder:photon")),
    ("near, by its name in another language", somewhere("Shi'b Qaksil, Yemen")),
]


@pytest.mark.parametrize("answer", [answer for _, answer in TAKEN_ANSWERS], ids=[why for why, _ in TAKEN_ANSWERS])
def test_an_answer_that_bears_the_name_or_is_near_is_taken(answer: Place, layers: Layers) -> None:
    assert mentions(STORY, layers, lambda _name, _country: [answer])["Qwexil Reef"].place == answer


def test_the_first_answer_that_fits_is_taken(layers: Layers) -> None:
    answers = [somewhere("Quexel, Chile", **FAR), somewhere()]

    assert mentions(STORY, layers, lambda _name, _country: answers)["Qwexil Reef"].place == somewhere()


def test_a_far_namesake_that_the_gazetteer_knows_stays_out(layers: Layers) -> None:
    text = "North Korea fired a missile from Anacoco. North Korea's army was at Wonsan."
    before = mentions(text, layers, None)["Anacoco"]
    answer = somewhere("Anacoco, Vernon Parish, Louisiana, United States", lon=-93.34, lat=31.25, country="USA")
    after = mentions(text, layers, lambda _name, _country: [answer])["Anacoco"]

    assert (before.status, bool(before.alternatives)) == ("unresolved", True)
    assert (after.status, after.place) == ("unresolved", None)
    assert answer in after.alternatives


def test_a_name_that_nobody_knows_says_that_it_was_asked(layers: Layers) -> None:
    mention = mentions(STORY, layers, lambda _name, _country: [])["Qwexil Reef"]

    assert mention.status == "unresolved"
    assert mention.why.endswith("asked online, there is no such place either")


def test_a_refusal_is_said_with_the_name_and_the_rest_is_read(layers: Layers) -> None:
    def lookup(_name: str, _country: str | None) -> Sequence[Place]:
        message = "nominatim refused (HTTP 403)"
        raise GeocoderError(message)

    found = mentions(f"{STORY} It was seen in Sanaa.", layers, lookup)

    assert found["Qwexil Reef"].status == "unresolved"
    assert found["Qwexil Reef"].why.endswith("; nominatim refused (HTTP 403)")
    assert found["Sanaa"].status == "located"


# --------------------------------------------------------------------------------------------------------- each service


def test_the_command_line_offers_every_service() -> None:
    assert tuple(SERVICES) == GEOCODERS == tuple(FORMS)


@pytest.mark.parametrize("name", GEOCODERS)
def test_each_service_is_understood(name: str, ask: Callable[..., Geocoder], service: Service) -> None:
    (found,) = ask(name)("Qwexil  Reef")

    assert found.name == "Qwexil Reef, Hodeidah, Yemen"
    assert (found.kind, found.lon, found.lat, found.country) == ("island", 42.5, 14.25, "YEM")
    assert found.source == f"geocoder:{name}"
    assert found.radius_km == pytest.approx(10.0 if name == "geonames" else 12.1, abs=0.2)
    assert found.score == {"nominatim": 0.41, "arcgis": 0.975}.get(name)
    assert service.names == ["Qwexil Reef"]


SENT = {
    "nominatim": ("countrycodes", "ye"), "photon": ("q", "Qwexil Reef, Yemen"), "geonames": ("country", "YE"),
    "arcgis": ("singleLine", "Qwexil Reef, Yemen"), "opencage": ("countrycode", "ye"),
}  # fmt: skip


@pytest.mark.parametrize("name", GEOCODERS)
@pytest.mark.parametrize("country", ["YEM", "YE"])
def test_the_country_is_sent(name: str, country: str, ask: Callable[..., Geocoder], service: Service) -> None:
    service.places["Qwexil Reef, Yemen"] = [REEF]
    ask(name)("Qwexil Reef", country)
    key, value = SENT[name]

    assert [asked[key] for asked in service.asked] == [value]


@pytest.mark.parametrize("name", GEOCODERS)
def test_what_is_not_in_the_country_is_asked_for_anywhere(
    name: str, ask: Callable[..., Geocoder], service: Service
) -> None:
    assert ask(name)("Nowhere", "PRK") == ()
    assert len(service.asked) == 2
    assert service.names[1] == "Nowhere"


def test_the_country_itself_is_no_answer_to_a_name_in_it(ask: Callable[..., Geocoder], service: Service) -> None:
    answer = FORMS["arcgis"]([place(name="Yemen")])
    answer["candidates"][0]["attributes"]["Type"] = "Country"
    service.bodies.append(json.dumps(answer).encode())

    assert ask("arcgis")("Nowhere", "YEM") == ()


@pytest.mark.parametrize("name", GEOCODERS)
def test_candidates_keep_the_order_of_the_service_and_are_few(
    name: str, ask: Callable[..., Geocoder], service: Service
) -> None:
    service.places["Many"] = [place(name=f"Many {number}", lat=10.0 + number) for number in range(8)]

    assert [found.lat for found in ask(name)("Many")] == [10.0, 11.0, 12.0, 13.0, 14.0]


def test_every_state_of_the_layers_has_both_codes(layers: Layers) -> None:
    states = [row["key"] for row in layers.rows("countries")]
    codes = [alpha2(state) for state in states]

    assert all(code is not None and re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert len(set(codes)) == len(states)
    assert (alpha2("DEU"), alpha2("mm"), alpha2("nowhere")) == ("DE", "MM", None)


@pytest.mark.parametrize("name", GEOCODERS)
def test_each_service_is_credited(name: str, layers: Layers) -> None:
    mention = Mention(id="m1", start=0, end=4, text="Reef", kind="island", status="located",
                      place=somewhere(source=f"geocoder:{name}"))  # fmt: skip
    reading = Reading(document=Document.of("Reef"), mentions=(mention,))

    assert SERVICES[name].credit in geomap.make_scene([reading], layers).credits
    if name in ("nominatim", "photon", "opencage"):
        assert "© OpenStreetMap contributors (ODbL)" in SERVICES[name].credit
    assert SERVICES[name].credit not in credits_of(layers, ["countries"])


# --------------------------------------------------------------------------------------------------------------- faults

GARBAGE = [
    b"", b"<!doctype html><title>Sign in</title>", b'{"results": [', b"\xff\xfe", b"[" * 100_000, b"42", b'"text"',
    b"[1, 2]", b"[null]", b'{"features": 3, "geonames": 3, "candidates": 3, "results": 3}',
    b'{"features": [{}], "geonames": [[]], "candidates": [{}], "results": [{}]}', b"[NaN]",
    b'[{"lat": "NaN", "lon": "1", "display_name": "x"}]', b'[{"lat": "95", "lon": "1", "display_name": "x"}]',
    b'[{"lat": null, "lon": "1", "display_name": "x"}]', b'[{"lat": "1e999", "lon": [], "display_name": 3}]',
    b'[{"lat": 1, "lon": 1}]', b'[{"lat": 1, "lon": 1, "display_name": "\\ud800"}]',
]  # fmt: skip


@pytest.mark.parametrize("name", GEOCODERS)
@pytest.mark.parametrize("body", GARBAGE, ids=lambda body: body[:30].decode("latin-1"))
def test_garbage_costs_one_name(name: str, body: bytes, ask: Callable[..., Geocoder], service: Service) -> None:
    service.bodies.append(body)
    asked = ask(name)
    with contextlib.suppress(GeocoderError):
        assert asked("First") == ()

    assert len(asked("Qwexil Reef")) == 1


@pytest.mark.parametrize("edge", [None, "x", {}, ["1", "2"], [1, 2, 3, None], [91, -91, 0, 0], [0, 0, "nan", 999]])
def test_an_extent_that_is_none_leaves_the_usual_radius(
    edge: Any, ask: Callable[..., Geocoder], service: Service
) -> None:
    (answer,) = nominatim([REEF])
    service.bodies.append(json.dumps([answer | {"boundingbox": edge, "importance": "high", "address": []}]).encode())
    (found,) = ask()("Qwexil Reef")

    assert (found.radius_km, found.score, found.country) == (10.0, None, None)


def test_an_extent_across_180_degrees_is_not_the_whole_earth(ask: Callable[..., Geocoder], service: Service) -> None:
    service.places["Reef"] = [place(lon=180.0, lat=0.0, box=(179.5, -0.5, -179.5, 0.5))]
    (found,) = ask()("Reef")

    assert found.radius_km == pytest.approx(78.5, abs=1)


def test_a_huge_answer_is_not_read_to_its_end(ask: Callable[..., Geocoder], service: Service) -> None:
    service.bodies.append(b'["' + b"x" * 3_000_000 + b'"]')

    with pytest.raises(GeocoderError, match="more than 2,000,000 bytes"):
        ask()("Qwexil Reef")


def test_a_fault_that_passes_is_asked_again(ask: Callable[..., Geocoder], service: Service, told: list[str]) -> None:
    service.statuses.extend([(500, {}), (503, {"Retry-After": "0"})])

    assert len(ask()("Qwexil Reef")) == 1
    assert len(service.asked) == 3
    assert told == []


@pytest.mark.parametrize(
    "wait", ["0", "1", "Fri, 31 Dec 1999 23:59:59 GMT", "soon", "-3", "Fri, 99 Dec 99999 23:59:59 GMT"]
)
def test_too_many_questions_are_asked_again_after_a_pause(
    wait: str, ask: Callable[..., Geocoder], service: Service
) -> None:
    service.statuses.append((429, {"Retry-After": wait}))

    assert len(ask()("Qwexil Reef")) == 1
    assert len(service.asked) == 2


REFUSALS = [
    (429, {}, 3, "nominatim refused (HTTP 429): it has had too many questions"),
    (429, {"Retry-After": "3600"}, 1, "it wants a pause of 3600 s"),
    (429, {"Retry-After": "Fri, 31 Dec 2199 23:59:59 GMT"}, 1, "it wants a pause of"),
    (503, {"Retry-After": "3600"}, 1, "it wants a pause of 3600 s"),
    (403, {}, 1, "nominatim refused (HTTP 403): it wants a user agent that names you"),
    (401, {}, 1, "nominatim refused (HTTP 401)"),
    (402, {}, 1, "nominatim refused (HTTP 402)"),
    (404, {}, 1, "nominatim is not at that address (HTTP 404)"),
]


@pytest.mark.parametrize(("status", "headers", "questions", "said"), REFUSALS)
def test_after_a_refusal_the_service_is_left_alone(
    status: int,
    headers: dict[str, str],
    questions: int,
    said: str,
    ask: Callable[..., Geocoder],
    service: Service,
    told: list[str],
    cache: Path,
) -> None:
    service.always = (status, headers)
    asked = ask()
    for name in ("One", "Two", "One"):
        with pytest.raises(GeocoderError, match=re.escape(said)):
            asked(name)

    assert len(service.asked) == questions
    (message,) = told
    assert said in message
    assert "not asked again in this run" in message
    assert kept(cache) == []


QUOTAS = [
    ("geonames", {"status": {"message": f"the hourly limit of 1000 credits for {KEY} has been exceeded", "value": 19}}),
    ("geonames", {"status": {"message": "user does not exist.", "value": 10}}),
    ("opencage", {"status": {"code": 402, "message": f"quota of {KEY} exceeded"}, "results": []}),
]


@pytest.mark.parametrize(("name", "body"), QUOTAS)
def test_a_refusal_in_the_answer_is_one_and_keeps_the_key_to_itself(
    name: str, body: Any, ask: Callable[..., Geocoder], service: Service, told: list[str]
) -> None:
    service.bodies.append(json.dumps(body).encode())
    asked = ask(name)
    for _ in range(2):
        with pytest.raises(GeocoderError, match=f"{name} refused") as problem:
            asked("Qwexil Reef")
        assert KEY not in str(problem.value)

    assert len(service.asked) == 1
    assert KEY not in "".join(told)


def test_a_slow_service_is_given_up(ask: Callable[..., Geocoder], service: Service, told: list[str]) -> None:
    service.slow_s = 0.5
    asked = ask(timeout_s=0.1)
    for name in ("One", "Two", "Three"):
        with pytest.raises(GeocoderError, match=r"nominatim did not answer: no answer in time \(3 attempts\)"):
            asked(name)

    assert len(service.asked) <= 6
    assert len(told) == 1


def test_one_name_without_an_answer_is_no_refusal(ask: Callable[..., Geocoder], service: Service) -> None:
    asked = ask()
    for name in ("One", "Two"):
        service.statuses.append((400, {}))
        with pytest.raises(GeocoderError, match="HTTP 400"):
            asked(name)
        if name == "One":
            assert len(asked("Qwexil Reef")) == 1


def test_a_service_that_is_not_there_is_said_once(told: list[str]) -> None:
    with serving() as gone:
        url = gone.url
    asked = open_geocoder("nominatim", url=url, back_off_s=0.001, told=told.append)
    for name in ("One", "Two"):
        with pytest.raises(GeocoderError, match="cannot be reached; is there a network"):
            asked(name)

    assert len(told) == 1


def test_a_redirect_is_followed_but_not_for_ever(ask: Callable[..., Geocoder], service: Service) -> None:
    service.statuses.append((302, {"Location": f"{service.url}/search?q=Qwexil+Reef"}))

    assert len(ask()("Qwexil Reef")) == 1

    service.always = (302, {"Location": f"{service.url}/search?q=Round"})
    with pytest.raises(GeocoderError, match="TooManyRedirects"):
        ask()("Round")
    assert len(service.asked) < 12


def test_a_public_service_is_asked_slowly_and_a_server_of_ones_own_is_not(ask: Callable[..., Geocoder]) -> None:
    assert open_geocoder("nominatim", user_agent="my-newsroom/1.0").pause_s == 1.0
    assert (
        open_geocoder("nominatim", user_agent="my-newsroom/1.0", url="Nominatim.OpenStreetMap.org:443").pause_s == 1.0
    )
    assert ask().pause_s == 0.0


def test_many_names_are_announced_once(ask: Callable[..., Geocoder], service: Service, told: list[str]) -> None:
    asked = ask()
    for number in range(25):
        asked(f"Name {number}")

    assert told == ["nominatim is asked for many names, one after the other; this takes a while"]


@pytest.mark.parametrize("name", ["", " \n", "x" * 201])
def test_what_is_no_name_is_not_sent(name: str, ask: Callable[..., Geocoder], service: Service) -> None:
    assert ask()(name) == ()
    assert service.asked == []


@pytest.mark.parametrize("words", [*HOSTILE, "\x1b]0;owned\x07\x9b31m \u202egnirob\u2066 \U000e0041", "x" * 9999])
def test_a_hostile_name_is_harmless(words: str, ask: Callable[..., Geocoder], service: Service, layers: Layers) -> None:
    service.places["Qwexil Reef"] = [place(name=f"Qwexil Reef {words}")]
    reading = geomap.read(Document.of(STORY), layers, ask())
    (mention,) = [mention for mention in reading.mentions if mention.text == "Qwexil Reef"][:1]
    line = geomap.dumps(reading)

    assert mention.place is not None
    assert len(mention.place.name) <= 200
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e\u2066\U000e0041]", mention.place.name + mention.why)
    assert geomap.loads(line) == geomap.loads(geomap.dumps(geomap.loads(line)))


# ----------------------------------------------------------------------------------------------------- the kept answers


def kept(cache: Path) -> list[Any]:
    """The rows of the cache."""
    if not cache.exists():
        return []
    file = sqlite3.connect(cache)
    try:
        return file.execute("SELECT server, query, country, places FROM answers ORDER BY query").fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        file.close()


def test_a_second_run_asks_nothing(ask: Callable[..., Geocoder], service: Service, told: list[str]) -> None:
    first = ask()("Qwexil Reef"), ask()("Nowhere")
    second = ask()("Qwexil Reef"), ask()("Nowhere")

    assert first == second
    assert service.names == ["Qwexil Reef", "Nowhere"]
    assert told == []


@pytest.mark.parametrize("name", GEOCODERS)
def test_the_cache_knows_no_key_and_arcgis_none_at_all(name: str, ask: Callable[..., Geocoder], cache: Path) -> None:
    ask(name)("Qwexil Reef")
    everything = b"".join(path.read_bytes() for path in cache.parent.glob("**/*")) if cache.parent.exists() else b""

    assert KEY.encode() not in everything
    assert (b"Qwexil" in everything) == (name != "arcgis")


def test_another_server_country_or_service_is_another_question(ask: Callable[..., Geocoder], service: Service) -> None:
    ask()("Qwexil Reef")
    ask(url=f"{service.url}/own")("Qwexil Reef")
    ask("geonames")("Qwexil Reef")
    ask()("Qwexil Reef", "YEM")

    assert len(service.asked) == 4


@pytest.mark.parametrize("fault", [(500, {}), (400, {}), (403, {}), (429, {})])
def test_errors_are_not_kept(
    fault: tuple[int, dict[str, str]], ask: Callable[..., Geocoder], service: Service, cache: Path
) -> None:
    service.always = fault
    with pytest.raises(GeocoderError):
        ask()("Qwexil Reef")
    assert kept(cache) == []

    service.always = None
    assert len(ask()("Qwexil Reef")) == 1
    assert len(kept(cache)) == 1


@pytest.mark.parametrize(
    ("name", "age_s", "questions"),
    [
        ("Qwexil Reef", KEPT_S - 60, 0),
        ("Qwexil Reef", KEPT_S + 60, 1),
        ("Nowhere", EMPTY_KEPT_S - 60, 0),
        ("Nowhere", EMPTY_KEPT_S + 60, 1),
        ("Qwexil Reef", -3600, 1),
    ],
)
def test_answers_grow_old(
    name: str, age_s: float, questions: int, ask: Callable[..., Geocoder], service: Service, cache: Path
) -> None:
    ask()(name)
    file = sqlite3.connect(cache, isolation_level=None)
    file.execute("UPDATE answers SET asked = asked - ?", (age_s,))
    file.close()
    service.asked.clear()
    ask()(name)

    assert len(service.asked) == questions


@pytest.mark.parametrize("content", [b"\0" * 5000, b"not a database, and long enough to be looked at " * 30])
def test_a_damaged_cache_is_said_once_and_left_alone(
    content: bytes, ask: Callable[..., Geocoder], cache: Path, told: list[str]
) -> None:
    cache.parent.mkdir()
    cache.write_bytes(content)
    asked = ask()

    assert len(asked("Qwexil Reef")) == 1
    assert asked("Nowhere") == ()
    (message,) = told
    assert "answers cannot be kept there" in message
    assert cache.read_bytes() == content


@pytest.mark.parametrize(
    "places",
    [
        b"",
        b"{}",
        b"[{}]",
        "text",
        None,
        3,
        b'[{"name":"x","kind":"city","lon":1e9,"lat":0,"radius_km":1,"source":"x"}]',
    ],
)
def test_a_damaged_answer_is_asked_for_again(
    places: object, ask: Callable[..., Geocoder], service: Service, cache: Path, told: list[str]
) -> None:
    ask()("Qwexil Reef")
    file = sqlite3.connect(cache, isolation_level=None)
    file.execute("UPDATE answers SET places = ?", (places,))
    file.close()

    assert len(ask()("Qwexil Reef")) == 1
    assert len(service.asked) == 2
    assert told == []


def test_a_cache_in_a_file_that_is_no_folder_is_left_out(
    ask: Callable[..., Geocoder], tmp_path: Path, told: list[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert len(ask(cache=tmp_path / "file")("Qwexil Reef")) == 1
    assert len(told) == 1


def test_several_runs_write_at_once(tmp_path: Path, told: list[str]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def fill(number: int) -> None:
        answers = Answers(tmp_path, "nominatim https://example.org", told.append)
        for count in range(5):
            answers.put(f"{number} {count}", None, (somewhere(),))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(4)))

    assert len(kept(tmp_path / FILE)) == 20
    assert told == []


def test_the_cache_is_in_the_users_cache_folder_and_for_the_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert cache_folder() == tmp_path / "cache"
    Answers(cache_folder(), "x", print).put("a", None, ())
    assert (cache_folder() / FILE).stat().st_mode & 0o077 == 0
    monkeypatch.delenv("GEOMAP_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "geomap"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "geomap"


# ------------------------------------------------------------------------------------------------------ what is wanted


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("nominatim", {}, "say who they are: give --user-agent .* or set GEOMAP_USER_AGENT"),
        ("nominatim", {"url": "https://nominatim.openstreetmap.org/"}, "say who they are"),
        ("nominatim", {"user_agent": "my-application"}, "nominatim cannot be asked: "),
        ("nominatim", {"user_agent": "me\r\nX-Evil: 1"}, "the user agent has characters that cannot be sent"),
        ("nominatim", {"user_agent": "Zoë"}, "the user agent has characters"),
        ("geonames", {}, "geonames needs your user name there: set GEOMAP_GEOCODER_KEY"),
        ("opencage", {}, "opencage needs a key: set GEOMAP_GEOCODER_KEY"),
        ("opencage", {"key": "a\nb"}, "the key has characters"),
        ("google", {}, "no geocoder named 'google'; there are: nominatim, photon"),
        *(
            ("photon", {"url": url}, "should be a scheme and a domain")
            for url in ("", "ftp://a.example", "http://", "http://[", "https://a.example:x", "https://a.example/?q=1",
                        "https://me:pass@a.example", "https://a b", "https://a.example/#x", "file:///etc/passwd")
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_before_anything_is_sent(
    name: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(GeocoderError, match=said) as problem:
        open_geocoder(name, **options)  # type: ignore[arg-type]

    assert "\n" not in str(problem.value)


def test_the_user_agent_is_sent(ask: Callable[..., Geocoder], service: Service) -> None:
    ask(user_agent="my-newsroom/1.0 (me@example.org)")("Qwexil Reef")
    ask("photon")("Qwexil Reef")

    assert service.agents[0] == "my-newsroom/1.0 (me@example.org)"
    assert (service.agents[1] or "").startswith("geomap/")


# ---------------------------------------------------------------------------------------------------- the command line


def test_read_takes_a_geocoder(run: Run, article: Write, service: Service) -> None:
    arguments = ("read", article(STORY), "--geocoder", "nominatim", "--geocoder-url", service.url)
    first, second = run(*arguments), run(*arguments)
    reading = msgspec.json.decode(first.stdout_bytes)
    reef = next(mention for mention in reading["mentions"] if mention["text"] == "Qwexil Reef")

    assert (first.exit_code, first.stderr) == (0, "")
    assert (reef["status"], reef["place"]["source"]) == ("located", "geocoder:nominatim")
    assert first.stdout == second.stdout
    assert service.asked == [service.asked[0]]


def test_map_credits_the_geocoder(run: Run, article: Write, folder: Path, service: Service) -> None:
    service.places["Qwexil Reef"] = [place(name=f"Qwexil Reef {HOSTILE[0]}")]
    arguments = ("map", article(STORY), "-o", "page.html", "--geocoder", "photon", "--geocoder-url", service.url)
    service.places["Qwexil Reef, Yemen"] = service.places["Qwexil Reef"]
    result = run(*arguments)
    page = (folder / "page.html").read_text("utf-8")

    assert result.exit_code == 0, result.stderr
    assert "OpenStreetMap contributors (ODbL)" in page
    assert "<img src=x" not in page
    assert "</script><img" not in page


def test_where_takes_a_geocoder_for_what_it_does_not_know(run: Run, service: Service) -> None:
    options = ("--geocoder", "nominatim", "--geocoder-url", service.url)
    known = run("where", "300 km east of Wonsan", *options)
    asked = run("where", "40 km west of Qwexil Reef", *options)
    feature = json.loads(asked.stdout)

    assert "credit" not in json.loads(known.stdout)["properties"]
    assert (feature["properties"]["lon"], feature["properties"]["lat"]) == pytest.approx((42.13, 14.25), abs=0.05)
    assert feature["properties"]["credit"] == "© OpenStreetMap contributors (ODbL)"
    assert service.names == ["Qwexil Reef"]


def test_where_says_why_there_is_no_answer(run: Run, service: Service) -> None:
    service.always = (403, {})
    result = run("where", "Qwexil Reef", "--geocoder", "nominatim", "--geocoder-url", service.url)

    assert result.exit_code == 1
    warning, error = result.stderr.splitlines()
    assert warning.startswith("Warning: nominatim refused (HTTP 403): it wants a user agent that names you")
    assert error.startswith("Error: no place found in 'Qwexil Reef'")
    assert "nominatim refused" in error


def test_a_service_that_refuses_costs_no_article(run: Run, article: Write, service: Service) -> None:
    service.always = (403, {})
    one, other = article(STORY, "a.txt"), article(STORY.replace("Qwexil", "Qwaxil"), "b.txt")
    result = run("read", one, other, "--geocoder", "nominatim", "--geocoder-url", service.url)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert len(service.asked) == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["read", "map", "where"])
def test_a_key_is_taken_from_the_environment_and_never_shown(
    command: str, run: Run, article: Write, folder: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", KEY)
    service.statuses.append((401, {}))
    what = "Qwexil Reef" if command == "where" else article(STORY, "a.txt")
    result = run(command, what, "--geocoder", "opencage", "--geocoder-url", service.url)
    written = "".join(path.read_text("utf-8") for path in folder.glob("output/*"))

    assert service.asked[0]["key"] == KEY
    assert "opencage refused (HTTP 401)" in result.stderr
    assert KEY not in result.output + written
    assert KEY not in run(command, "--help").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--geocoder", "nominatim"], "GEOMAP_USER_AGENT"),
        (["--geocoder", "geonames"], "GEOMAP_GEOCODER_KEY"),
        (["--geocoder", "nosuch"], "nosuch"),
        (["--geocoder", "photon", "--geocoder-timeout", "0"], "--geocoder-timeout"),
        (["--geocoder-url", "https://example.org"], "does nothing without --geocoder"),
    ],
)
def test_a_geocoder_that_lacks_something_is_wrong_usage(arguments: list[str], said: str, run: Run) -> None:
    result = run("where", "Qwexil Reef", *arguments)

    assert result.exit_code == 2
    assert said in result.stderr


def test_the_user_agent_of_the_environment_is_sent(run: Run, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_USER_AGENT", "my-newsroom/1.0")
    run("where", "Qwexil Reef", "--geocoder", "nominatim", "--geocoder-url", service.url)

    assert service.agents == ["my-newsroom/1.0"]


def test_without_a_geocoder_nothing_of_it_is_imported(
    article: Write, python: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    article(STORY, "a.txt")
    code = (
        "import sys\nfrom geomap.cli import main\n"
        "main(['read', 'a.txt'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('geopy', 'requests', 'babel')"
        " or name.startswith('geomap.places.online')], file=sys.stderr)"
    )
    done = python("-W", "error", "-c", code)

    assert (done.returncode, done.stderr) == (0, "[]\n")
