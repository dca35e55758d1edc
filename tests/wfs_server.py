"""A Web Feature Service on this machine that speaks as GeoServer does, and fails on request."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from local_server import LocalServer, running

Feature = dict[str, Any]
COLUMNS = {"eez": ("iso_sov1", "iso_sov2", "iso_sov3"), "eez_12nm": ("iso_sov1",)}
EXCEPTION = """<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="InvalidParameterValue" locator="cql_filter">
    <ows:ExceptionText><![CDATA[{0}]]></ows:ExceptionText>
  </ows:Exception>
</ows:ExceptionReport>"""


def square(west: float, south: float, size: float = 2.0, *, corners: int = 4) -> list[list[list[float]]]:
    """The coordinates of a square polygon, counter-clockwise, with so many vertices on each side."""
    steps = [size * step / corners for step in range(corners)]
    east, north = west + size, south + size
    ring = [[west + step, south] for step in steps] + [[east, south + step] for step in steps]
    ring += [[east - step, north] for step in steps] + [[west, north - step] for step in steps]
    return [[*ring, ring[0]]]


def feature(mrgid: int, name: str, rings: Any, sovereigns: str, *, kind: str = "200NM", **columns: Any) -> Feature:
    """One feature with the columns of Marine Regions; ``sovereigns`` is ``JPN`` or ``JPN KOR``."""
    codes = [*sovereigns.split(), None, None, None][:3]
    xs, ys = [point[0] for point in rings[0]], [point[1] for point in rings[0]]
    properties = {
        "mrgid": mrgid,
        "geoname": name,
        "pol_type": kind,
        "iso_ter1": codes[0] if kind == "200NM" else None,
        **{f"iso_sov{number}": code for number, code in enumerate(codes, 1)},
        "x_1": sum(xs) / len(xs),
        "y_1": sum(ys) / len(ys),
    }
    geometry = columns.pop("geometry", {"type": "MultiPolygon", "coordinates": [rings]})
    return {"type": "Feature", "id": f"eez.{mrgid}", "geometry": geometry, "properties": properties | columns}


class Service:
    """What the server has, what it was asked, and how it fails.

    Parameters
    ----------
    features : by layer
    """

    def __init__(self, features: dict[str, list[Feature]]) -> None:
        self.features = features
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.faults: deque[str | None] = deque()
        """One for each request to come: cut, drop, chunked, 500, 404, xml, truncated, short, html, many, None."""
        self.always: str | None = None
        self.url = ""

    def answer(self, asked: dict[str, str]) -> bytes:
        """A page of GeoJSON, or an exception report."""
        name = asked["typeNames"].removeprefix("MarineRegions:")
        if name not in self.features or asked.get("outputFormat") != "application/json":
            return EXCEPTION.format(f"Feature type {name} unknown").encode()
        found = sorted(self.features[name], key=lambda one: str(one["properties"][asked["sortBy"]]))
        if where := asked.get("cql_filter"):
            terms = re.findall(r"(\w+) IN \(([^)]*)\)", where)
            if any(column not in COLUMNS[name] for column, _ in terms):
                return EXCEPTION.format("Illegal property name").encode()
            wanted = [(column, re.findall(r"'(\w+)'", codes)) for column, codes in terms]
            found = [one for one in found if any(one["properties"][column] in codes for column, codes in wanted)]
        start = int(asked["startIndex"])
        page = found[start : start + int(asked["count"])]
        if "srsName" not in asked:
            page = [one | {"geometry": None} for one in page]
        collection = {"type": "FeatureCollection", "features": page, "totalFeatures": len(found)}
        collection |= {"numberMatched": len(found), "numberReturned": len(page), "timeStamp": "2024-01-01T00:00:00Z"}
        return json.dumps(collection).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LocalServer

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        service = self.server.service
        asked = dict(parse_qsl(urlsplit(self.path).query))
        service.asked.append(asked)
        service.agents.append(self.headers["User-Agent"])
        fault = service.faults.popleft() if service.faults else service.always
        body = service.answer(asked)
        if fault == "drop":
            self.close_connection = True
            return
        if fault in ("500", "503", "404"):
            self._send(int(fault), EXCEPTION.format("Could not complete request").encode(), "application/xml")
        elif fault == "xml":
            self._send(200, EXCEPTION.format("java.lang.OutOfMemoryError: Java heap space").encode(), "application/xml")
        elif fault == "html":
            self._send(200, b"<!doctype html><title>Sign in</title>", "text/html")
        elif fault == "truncated":
            self._send(200, body[: len(body) // 2])
        elif fault == "short":
            page = json.loads(body)
            page["features"].pop()
            self._send(200, json.dumps(page).encode())
        elif fault == "many":
            self._send(200, body.replace(b'"numberMatched": ', b'"numberMatched": 1'))
        elif fault == "chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(f"{len(body):x}\r\n".encode() + body[: len(body) // 2])
            self.close_connection = True
        else:
            self._send(200, body, cut=fault == "cut")

    def _send(
        self, status: int, body: bytes, kind: str = "application/json;charset=UTF-8", *, cut: bool = False
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection |= cut


@contextmanager
def serving(features: dict[str, list[Feature]]) -> Iterator[Service]:
    """Serve features on a free port of this machine."""
    service = Service(features)
    with running(_Handler, service) as address:
        service.url = f"{address}/geoserver/MarineRegions/wfs"
        yield service
