"""The archives of made-up articles that batches are tried on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from archive import articles, launch_of

from geomap import Document, read
from geomap.catalog import open_layers


def test_the_same_seed_makes_the_same_archive_and_a_shorter_one_is_its_beginning():
    long = list(articles(300, 7))
    assert long == list(articles(300, 7))
    assert long[:40] == list(articles(40, 7))
    assert long[:40] != list(articles(40, 8))


def test_articles_are_as_long_as_was_asked_for_and_not_much_longer():
    for size in (600, 3000, 20_000):
        lengths = [len(one["text"]) for one in articles(60, size=size)]
        assert size <= min(lengths)
        assert max(lengths) < size + 1300


def test_a_launch_is_told_by_as_many_outlets_as_was_asked_for_each_in_its_words():
    told = list(articles(24 * 40, outlets=40))
    first = [one for one in told if one["launch"] == 0]
    assert len({one["outlet"] for one in first}) == len({one["text"] for one in first}) == len(first)
    assert max(Counter(one["launch"] for one in told if one["launch"] is not None).values()) <= 40


def test_every_launch_has_a_day_and_an_actor_of_its_own():
    launches = [launch_of(number) for number in range(3000)]
    assert len({(one.actor.name, one.at.date()) for one in launches}) == len(launches)
    assert len({one.at.year for one in launches}) == 20


def test_some_news_is_not_about_launches():
    launches = [one["launch"] for one in articles(2000)]
    assert 0.1 < launches.count(None) / len(launches) < 0.2


def test_the_program_writes_lines_of_json():
    program = Path(__file__).with_name("archive.py")
    ran = subprocess.run(
        [sys.executable, program, "--number", "30", "--seed", "3"], capture_output=True, check=True, encoding="utf-8"
    )
    assert [json.loads(line) for line in ran.stdout.splitlines()] == list(articles(30, 3))


@pytest.mark.parametrize("article", [pytest.param(one, id=str(one["launch"])) for one in islice(articles(40), 12)])
def test_an_article_is_read_as_the_launch_that_it_tells_of(article):
    document = Document.of(article["text"], **{key: article[key] for key in ("title", "published", "outlet")})
    events = [event for event in read(document, open_layers()).events if not event.background]
    if article["launch"] is None:
        assert not events
        return
    launch = launch_of(article["launch"])
    (event,) = events
    assert event.launch is not None
    assert launch.site.place in event.launch.text
    assert event.count == launch.count
    assert datetime.fromisoformat(event.when.start) <= launch.at < datetime.fromisoformat(event.when.end)
