"""A reading to one line of JSON and back (``geomap.reading/1``), a story (``…story/1``), a launch (``…launch/1``)."""

from __future__ import annotations

from base64 import b64decode
from functools import cache
from typing import Any, TypeVar

import msgspec
import numpy as np
import shapely
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from geomap.errors import InputError
from geomap.types import LAUNCH_SCHEMA, SCHEMA, STORY_SCHEMA, Launch, Reading, Record, Story

DECIMALS = 5
"""Decimals of a degree in JSON: about one metre."""

_SHAPES = frozenset(("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"))

R = TypeVar("R", bound=Record)
Told = TypeVar("Told", Reading, Story, Launch)


def dumps(reading: Reading) -> str:
    """Write a reading as one line of JSON.

    Geometries are GeoJSON, longitude first, their coordinates with five decimals of a degree (one metre).
    """
    return _encoder().encode(reading).decode()


def loads(line: str | bytes, *, where: str = "reading") -> Reading:
    """Read one line of JSON.

    Parameters
    ----------
    line : one JSON object
    where : what to call it in a message (``file:line``)

    Raises
    ------
    InputError
        if it is not a reading: what is wrong with it, and where
    """
    return _loaded(_decoder(), line, where, SCHEMA)


def dumps_story(story: Story) -> str:
    """Write a story as one line of JSON, with its readings."""
    return _encoder().encode(story).decode()


def loads_story(line: str | bytes, *, where: str = "story") -> Story:
    """Read the line of a story; as `loads`.

    Raises
    ------
    InputError
        if it is not a story: what is wrong with it, and where
    """
    return _loaded(_story_decoder(), line, where, STORY_SCHEMA)


def dumps_launch(launch: Launch) -> str:
    """Write a launch of many articles as one line of JSON, without the articles."""
    return _encoder().encode(launch).decode()


def loads_launch(line: str | bytes, *, where: str = "launch") -> Launch:
    """Read the line of a launch; as `loads`.

    Raises
    ------
    InputError
        if it is not a launch: what is wrong with it, and where
    """
    return _loaded(_launch_decoder(), line, where, LAUNCH_SCHEMA)


def _loaded(decoder: msgspec.json.Decoder[Told], line: str | bytes, where: str, schema: str) -> Told:
    try:
        told = decoder.decode(line)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as problem:
        kind = schema.partition("/")[0].replace(".", " ")
        message = f"{where}: not a {kind} ({' '.join(str(problem).split())})"
        raise InputError(message) from None
    if told.schema != schema:
        message = f"{where}: schema is {told.schema!r}, this version of geomap reads {schema!r}"
        raise InputError(message)
    return told


def pack(record: Record) -> bytes:
    """Write any record as one line of JSON for geomap alone: its geometries are exact (WKB), and quickly read again."""
    return _packer().encode(record)


def unpack(line: bytes, kind: type[R]) -> R:
    """Read what `pack` wrote.

    Raises
    ------
    ValueError
        if it is no such record
    """
    record: R = _unpacker(kind).decode(line)
    return record


def to_plain(record: Record) -> Any:
    """Turn any record into what JSON can hold: dicts, lists, text and numbers; geometries become GeoJSON."""
    return msgspec.to_builtins(record, enc_hook=_encode)


def from_plain(form: Any, kind: type[R]) -> R:
    """Turn what JSON can hold into a record.

    Raises
    ------
    ValueError, TypeError
        if it has not the form of that record
    """
    return msgspec.convert(form, kind, dec_hook=_decode)


def to_geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Turn a geometry into a GeoJSON object with five decimals."""
    if geometry.geom_type == "GeometryCollection":
        return {"type": geometry.geom_type, "geometries": [to_geojson(part) for part in shapely.get_parts(geometry)]}
    return {"type": geometry.geom_type, "coordinates": _coordinates(geometry)}


def _coordinates(geometry: Any) -> list[Any]:
    if isinstance(geometry, BaseMultipartGeometry):
        return [_coordinates(part) for part in geometry.geoms]
    if isinstance(geometry, Polygon):
        return [_points(ring) for ring in (geometry.exterior, *geometry.interiors)] if not geometry.is_empty else []
    points = _points(geometry)
    return points[0] if isinstance(geometry, Point) and points else points


def _points(geometry: BaseGeometry) -> list[list[float]]:
    points: list[list[float]] = np.round(shapely.get_coordinates(geometry), DECIMALS).tolist()
    return points


def _encode(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return to_geojson(value)
    message = f"cannot write a {type(value).__name__} as JSON"
    raise TypeError(message)


def _decode(kind: type, value: Any) -> Any:
    if not issubclass(kind, BaseGeometry):
        message = f"cannot read a {kind.__name__}"
        raise TypeError(message)
    if not isinstance(value, dict) or "type" not in value:
        message = "a geometry must be a GeoJSON object"
        raise ValueError(message)
    geometry = _shape(value)
    coordinates = shapely.get_coordinates(geometry)
    if len(coordinates) and not (abs(coordinates[:, 0]).max() <= 180 and abs(coordinates[:, 1]).max() <= 90):
        message = "a geometry has longitudes beyond 180 or latitudes beyond 90 degrees"
        raise ValueError(message)
    return geometry


def _shape(form: dict[str, Any]) -> BaseGeometry:
    if form["type"] in _SHAPES:
        try:
            return shapely.from_geojson(msgspec.json.encode(form))
        except (shapely.GEOSException, msgspec.MsgspecError):
            pass  # it may still be one that is only written carelessly
    try:
        geometry: BaseGeometry = shape(form)
    except Exception as problem:  # shapely raises whatever its parts raise on broken coordinates
        message = f"not a GeoJSON geometry: {problem}"
        raise ValueError(message) from None
    return geometry


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(enc_hook=_encode)


@cache
def _packer() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(enc_hook=shapely.to_wkb)


@cache
def _unpacker(kind: type[R]) -> msgspec.json.Decoder[R]:
    return msgspec.json.Decoder(kind, dec_hook=lambda _, value: shapely.from_wkb(b64decode(value)))


@cache
def _decoder() -> msgspec.json.Decoder[Reading]:
    return msgspec.json.Decoder(Reading, dec_hook=_decode)


@cache
def _story_decoder() -> msgspec.json.Decoder[Story]:
    return msgspec.json.Decoder(Story, dec_hook=_decode)


@cache
def _launch_decoder() -> msgspec.json.Decoder[Launch]:
    return msgspec.json.Decoder(Launch, dec_hook=_decode)
