"""Patterns that are compiled on their first use."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import geomap
from geomap import patterns
from geomap.patterns import regex


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    pattern = regex(r"(\d+) KM", re.IGNORECASE)

    assert pattern.pattern == r"(\d+) KM"
    assert [match[1] for match in pattern.finditer("5 km, 70 km")] == ["5", "70"]
    assert pattern.sub("far", "5 km away") == "far away"
    assert pattern.search("none") is None


def test_a_pattern_of_bytes_finds_bytes() -> None:
    assert regex(rb"%PDF").match(b"%PDF-1.7")


def test_an_attribute_that_a_pattern_has_not_is_missing() -> None:
    with pytest.raises(AttributeError, match="groupindex"):
        _ = regex("a").groupindex


def test_every_pattern_of_the_package_compiles() -> None:
    made = [
        value
        for module in pkgutil.walk_packages(geomap.__path__, "geomap.")
        if not module.name.endswith("__main__")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, patterns._Pattern)
    ]
    for pattern in made:
        re.compile(pattern.pattern, pattern._flags)

    assert len(made) > 400
