"""An archive of made-up articles of any length: ``python tests/archive.py --number 100000 --seed 1 > archive.jsonl``.

Each line is an article as JSON: text, title, published, outlet, and ``launch``, the number of the launch that it tells
of (null for other news), which geomap does not read. A launch has its own day and actor, a hidden truth, and some
outlets that tell it in differing words: times of day, kilometers or miles, claims on a zone, one figure in ten from
somebody else. The same seed gives the same articles, and a shorter archive is the beginning of a longer one.
"""

from __future__ import annotations

import argparse
import json
import sys
from calendar import month_name
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count, islice, product
from random import Random
from typing import NamedTuple, TypedDict
from zoneinfo import ZoneInfo

import archive_words as words

SIZE = 3000
_FIRST_DAY, _DAYS = date(2006, 1, 1), 7305
_STEP = 35_969  # no divisor of days times actors: every launch has a day and actor of its own for 87,660 launches
_BLOCK = 24
"""So many launches are shuffled with each other, as the articles of some days are in an archive."""
_NEWS = 0.15
_OUTLETS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 9)
_PAPERS = [f"{city} {paper}" for paper, city in product(words.PAPERS, words.CITIES)]
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_NTHS = ("second", "third", "fourth", "fifth", "sixth")
_NUMBERS = {1: "a", 2: "two", 3: "three"}
_PARTS = (("before dawn", 0, 5), ("morning", 6, 11), ("afternoon", 12, 17), ("evening", 18, 21), ("late", 22, 23))


class Article(TypedDict):
    """A line of an archive."""

    text: str
    title: str
    published: str
    outlet: str
    launch: int | None


class Launch(NamedTuple):
    """What really happened; ``at`` is the local time."""

    number: int
    actor: words.Actor
    site: words.Site
    at: datetime
    weapon: str
    count: int
    km: int
    apogee_km: int
    side: str


def articles(number: int, seed: int = 1, *, size: int = SIZE, outlets: int | None = None) -> Iterator[Article]:
    """Make an archive.

    Parameters
    ----------
    number : of articles
    size : characters that each has at least, and seldom many more
    outlets : so many tell of each launch, at most 550; one to nine where it is not said
    """
    return islice((one for block in count() for one in _block(block, seed, size, outlets)), number)


def launch_of(number: int, seed: int = 1) -> Launch:
    """What happened in the launch of a number."""
    chance = Random(f"{seed}/launch/{number}")
    slot = (number * _STEP + seed) % (_DAYS * len(words.ACTORS))
    actor, day = words.ACTORS[slot % len(words.ACTORS)], _FIRST_DAY + timedelta(slot // len(words.ACTORS))
    site = chance.choice(actor.sites)
    km = round(chance.uniform(0.4, 1) * site.reach_km)
    moment = datetime(day.year, day.month, day.day, chance.randrange(24), chance.randrange(60), tzinfo=_clock(actor))
    return Launch(
        number=number,
        actor=actor,
        site=site,
        at=moment,
        weapon=chance.choice(actor.weapons),
        count=chance.choice((1, 1, 1, 2, 2, 3)),
        km=max(km, 50),
        apogee_km=max(10, round(km * chance.uniform(0.05, 0.3) / 10) * 10),
        side=chance.choice(("outside", "outside", "outside", "inside")),
    )


def _block(number: int, seed: int, size: int, outlets: int | None) -> list[Article]:
    """The articles on some launches, with other news between them."""
    chance = Random(f"{seed}/block/{number}")
    block = []
    for launch in (launch_of(number * _BLOCK + one, seed) for one in range(_BLOCK)):
        papers = chance.sample(_PAPERS, outlets or chance.choice(_OUTLETS))
        block += [_report(launch, paper, size, chance) for paper in papers]
    news = round(len(block) * _NEWS / (1 - _NEWS))
    block += [_other(chance.choice(block)["published"], size, chance) for _ in range(news)]
    chance.shuffle(block)
    return block


def _report(launch: Launch, paper: str, size: int, chance: Random) -> Article:
    """How an outlet tells of a launch."""
    actor, site, pick = launch.actor, launch.site, chance.choice
    first, second, third = (pick(actor.watchers) for _ in range(3))
    many = launch.count > 1
    number = _NUMBERS[launch.count]
    counted = f"{'an' if number == 'a' and launch.weapon[0] in 'aeiou' else number} {launch.weapon}{'s' * many}"
    high = pick(("", f" and reached an altitude of {launch.apogee_km} kilometers", ""))
    holes = {
        "actor": actor.name,
        "actor_mid": actor.name.replace("The ", "the "),
        "adjective": actor.adjective,
        "capital": actor.capital,
        "place": site.place,
        "sea": site.sea,
        "weapon": launch.weapon,
        "count": counted,
        "Count": counted[0].upper() + counted[1:],
        "when": _when(launch.at, chance),
        "first": first,
        "First": first[0].upper() + first[1:],
        "second": second,
        "Second": second[0].upper() + second[1:],
        "third": third,
        "Third": third[0].upper() + third[1:],
        "far": _far(launch.km if chance.random() < 0.9 else launch.km * chance.uniform(0.85, 1.15), chance),
        "way": pick((f" to the {site.direction}", "")),
        "high": high,
        "side": launch.side if chance.random() < 0.9 else pick(("inside", "outside")),
        "whose": f"{actor.zone}'" if actor.zone.endswith("s") else f"{actor.zone}'s",
        "nth": pick(_NTHS),
    }
    news = [pick(words.LEADS), pick(words.SALVOS if many else words.FLIGHTS)]
    news += [pick(words.CLAIMS)] if not many and chance.random() < 0.6 else []
    news += [pick(words.BEFORE)] if chance.random() < 0.5 else []
    day = launch.at.date()
    dateline = f"{pick(words.CITIES).upper()}, {_MONTHS[day.month - 1]} {day.day}, {day.year} — "
    lines = [line.format_map({**holes, **_strangers(day, chance)}) for line in news]
    title = pick(
        (
            f"{holes['actor']} fires {counted} into {site.sea}",
            f"{holes['Count']} from {site.place}",
            f"{holes['First']}: {launch.weapon} fired",
        )
    )
    paragraphs = [dateline + lines[0], " ".join(lines[1:])]
    text = _filled(paragraphs, words.FILLERS, {"capital": actor.capital}, day, size, chance)
    published = _published(launch.at, chance)
    return {"text": text, "title": title, "published": published, "outlet": paper, "launch": launch.number}


def _other(published: str, size: int, chance: Random) -> Article:
    """Other news of a day."""
    day = date.fromisoformat(published[:10])
    title = chance.choice(words.NEWS_TITLES).format_map(_strangers(day, chance))
    text = _filled([], words.NEWS, {"town": chance.choice(words.CITIES)}, day, size, chance)
    return {"text": text, "title": title, "published": published, "outlet": chance.choice(_PAPERS), "launch": None}


def _filled(
    paragraphs: list[str], pool: tuple[str, ...], known: Mapping[str, str], day: date, size: int, chance: Random
) -> str:
    """Paragraphs of two to four sentences after the first ones, until there is enough of them."""
    length, sentences = sum(len(one) + 2 for one in paragraphs), list[str]()
    while length < size:
        if not sentences:
            sentences = chance.sample(pool, len(pool))
        some = [sentences.pop() for _ in range(min(len(sentences), chance.randint(2, 4)))]
        paragraphs.append(" ".join(one.format_map({**known, **_strangers(day, chance)}) for one in some))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n"


def _strangers(day: date, chance: Random) -> dict[str, str]:
    """People, places and numbers that have nothing to do with a launch."""
    pick, city = chance.choice, chance.choice(words.CITIES)
    month = month_name[(day.month - chance.randint(2, 6)) % 12 + 1]
    return {
        "city": city,
        "person": f"{pick(words.FIRST)} {pick(words.LAST)}",
        "school": pick(words.SCHOOLS).format(city=city),
        "number": str(chance.randint(20, 900)),
        "small": str(chance.randint(2, 19)),
        "month": month,
    }


def _when(at: datetime, chance: Random) -> str:
    """A weekday with a clock's time, a part of the day, or alone; or the date."""
    weekday, part = f"{at:%A}", next(part for part, _, last in _PARTS if at.hour <= last)
    clock = f"at {at.hour % 12 or 12}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'} local time"
    spoken = {"before dawn": f"before dawn on {weekday}", "late": f"late on {weekday}"}
    return chance.choice(
        (
            f"{clock} on {weekday}",
            f"on {weekday} {clock}",
            spoken.get(part, f"on {weekday} {part}"),
            f"on {weekday}",
            f"on {_MONTHS[at.month - 1]} {at.day}",
        )
    )


def _far(km: float, chance: Random) -> str:
    """A distance as papers give it."""
    return chance.choice(
        (
            f"{round(km):,} kilometers",
            f"about {round(km / 10) * 10:,} kilometers",
            f"some {round(km / 1.609344 / 10) * 10:,} miles",
            f"about {round(km / 10) * 10:,} kilometers ({round(km / 1.609344):,} miles)",
            f"roughly {round(km / 1.852 / 10) * 10:,} nautical miles",
        )
    )


def _published(at: datetime, chance: Random) -> str:
    """The day of issue, or its minute in UTC, some hours after the launch."""
    later = at + timedelta(minutes=chance.randint(30, 900))
    return chance.choice((later.date().isoformat(), f"{later.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"))


@lru_cache(maxsize=len(words.ACTORS))
def _clock(actor: words.Actor) -> ZoneInfo:
    return ZoneInfo(actor.clock)


def main() -> None:
    """Write an archive as lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=1000, help="of articles (1000)")
    parser.add_argument("--seed", type=int, default=1, help="another archive (1)")
    parser.add_argument("--size", type=int, default=SIZE, help=f"characters of each article, at least ({SIZE})")
    parser.add_argument("--outlets", type=int, help="so many tell of each launch, at most 550 (one to nine)")
    options = parser.parse_args()
    for article in articles(options.number, options.seed, size=options.size, outlets=options.outlets):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
