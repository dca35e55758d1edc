"""Online geocoders on this machine: each answers in its own form, and fails on request."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from local_server import LocalServer, running

Answer = dict[str, Any]

REEF = {
    "name": "Qwexil Reef", "region": "Hodeidah", "country": "Yemen", "code": "ye", "lon": 42.5, "lat": 14.25,
    "box": (42.4, 14.2, 42.6, 14.3),
}  # fmt: skip
"""A place that is in no layer and not in the gazetteer; the box is west, south, east, north."""


def place(**changes: Any) -> Answer:
    """A place like the reef, with another name or position."""
    return REEF | changes


def nominatim(places: list[Answer]) -> Any:
    """What ``/search?format=json&addressdetails=1`` answers: numbers are texts, the box is south, north, west, east."""
    return [
        {
            "place_id": 100149 + number,
            "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
            "osm_type": "node",
            "osm_id": 107775,
            "lat": str(one["lat"]),
            "lon": str(one["lon"]),
            "class": "natural",
            "type": "reef",
            "place_rank": 22,
            "importance": 0.41,
            "addresstype": "island",
            "name": one["name"],
            "display_name": f"{one['name']}, {one['region']}, {one['country']}",
            "address": {"state": one["region"], "country": one["country"], "country_code": one["code"]},
            "boundingbox": [str(one["box"][edge]) for edge in (1, 3, 0, 2)],
        }
        for number, one in enumerate(places)
    ]


def photon(places: list[Answer]) -> Any:
    """What ``/api`` answers: GeoJSON, the extent is west, north, east, south."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
            "properties": {
                "osm_type": "N",
                "osm_id": 107775,
                "osm_key": "place",
                "osm_value": "island",
                "type": "other",
                "name": one["name"],
                "state": one["region"],
                "country": one["country"],
                "countrycode": one["code"].upper(),
                "extent": [one["box"][edge] for edge in (0, 3, 2, 1)],
            },
        }
        for one in places
    ]
    return {"type": "FeatureCollection", "features": features}


def geonames(places: list[Answer]) -> Any:
    """What ``/searchJSON`` answers: numbers are texts, there is no extent."""
    found = [
        {
            "geonameId": 107775,
            "name": one["name"],
            "toponymName": one["name"],
            "adminName1": one["region"],
            "countryName": one["country"],
            "countryCode": one["code"].upper(),
            "lat": str(one["lat"]),
            "lng": str(one["lon"]),
            "fcl": "T",
            "fcode": "ISL",
            "population": 0,
        }
        for one in places
    ]
    return {"totalResultsCount": len(found), "geonames": found}


def arcgis(places: list[Answer]) -> Any:
    """What ``findAddressCandidates`` answers."""
    candidates = [
        {
            "address": f"{one['name']}, {one['region']}, {one['country']}",
            "location": {"x": one["lon"], "y": one["lat"]},
            "score": 97.5,
            "attributes": {"Country": "YEM", "Type": "Island"},
            "extent": dict(zip(("xmin", "ymin", "xmax", "ymax"), one["box"], strict=True)),
        }
        for one in places
    ]
    return {"spatialReference": {"wkid": 4326, "latestWkid": 4326}, "candidates": candidates}


def opencage(places: list[Answer]) -> Any:
    """What ``/geocode/v1/json`` answers."""
    results = [
        {
            "bounds": {
                "northeast": {"lat": one["box"][3], "lng": one["box"][2]},
                "southwest": {"lat": one["box"][1], "lng": one["box"][0]},
            },
            "components": {
                "ISO_3166-1_alpha-2": one["code"].upper(),
                "_category": "natural/water",
                "_type": "island",
                "country": one["country"],
                "country_code": one["code"],
            },
            "confidence": 7,
            "formatted": f"{one['name']}, {one['region']}, {one['country']}",
            "geometry": {"lat": one["lat"], "lng": one["lon"]},
        }
        for one in places
    ]
    status = {"code": 200, "message": "OK"}
    return {"status": status, "results": results, "total_results": len(results)}


FORMS = {"nominatim": nominatim, "photon": photon, "geonames": geonames, "arcgis": arcgis, "opencage": opencage}
PATHS = {
    "/search": "nominatim",
    "/api": "photon",
    "/searchJSON": "geonames",
    "/arcgis/rest/services/World/GeocodeServer/findAddressCandidates": "arcgis",
    "/geocode/v1/json": "opencage",
}
NAMES = ("q", "singleLine")


class Service:
    """What the server knows, what it was asked, and how it fails.

    Attributes
    ----------
    places : by the name that is asked for; a name that is not there has no place
    bodies : what is sent instead of an answer, one after the other; then answers again
    statuses : HTTP statuses, one after the other, and the headers that go with them; then 200
    always : such a status for every question
    slow_s : seconds until anything is sent
    asked : the parameters of each question
    agents : the user agent of each
    """

    def __init__(self) -> None:
        self.url = ""
        self.places: dict[str, list[Answer]] = {REEF["name"]: [REEF]}
        self.bodies: deque[bytes] = deque()
        self.statuses: deque[tuple[int, dict[str, str]]] = deque()
        self.always: tuple[int, dict[str, str]] | None = None
        self.slow_s = 0.0
        self.asked: list[dict[str, str]] = []
        self.agents: list[str | None] = []

    @property
    def names(self) -> list[str]:
        """The names that were asked for, in order."""
        return [next(asked[key] for key in NAMES if key in asked) for asked in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LocalServer

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        service = self.server.service
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        service.asked.append(asked)
        service.agents.append(self.headers["User-Agent"])
        if service.slow_s:
            time.sleep(service.slow_s)
        status, headers = service.always or (service.statuses.popleft() if service.statuses else (200, {}))
        if status != 200:
            self._send(status, b"<html>sorry</html>", headers)
        elif service.bodies:
            self._send(200, service.bodies.popleft(), {})
        elif (form := PATHS.get(parts.path.removeprefix("/own"))) is None:
            self._send(404, b"<html>not here</html>", {})
        else:
            name = service.names[-1]
            self._send(200, json.dumps(FORMS[form](service.places.get(name, []))).encode(), {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.close_connection = True
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # whoever asked has gone
            pass


@contextmanager
def serving() -> Iterator[Service]:
    """Serve on a free port of this machine."""
    service = Service()
    with running(_Handler, service) as address:
        service.url = address
        yield service
