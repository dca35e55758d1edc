"""A page in a real browser with no network, and all that it complains of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK, PHONE = {"width": 1400, "height": 860}, {"width": 390, "height": 844}


class Visit:
    """One page in one window, and all that it complained of, asked for or popped up."""

    def __init__(self, browser: Any, path: Path, size: dict[str, int], **options: Any) -> None:
        self.faults: list[str] = []
        self.context = browser.new_context(offline=True, viewport=size, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.route("**/*", self._guard)
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.own = path.as_uri()

    def _guard(self, route: Any) -> None:
        url = route.request.url
        if url.startswith("data:") or (url.startswith("file:") and route.request.is_navigation_request()):
            route.continue_()
        else:
            self.faults.append(f"request: {url}")
            route.abort()

    def boxes(self, selector: str) -> list[tuple[float, float, float, float]]:
        found = self.page.evaluate(
            "(s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility({visibilityProperty: true}))"
            ".map((e) => e.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])",
            selector,
        )
        return [tuple(box) for box in found if box[2] > box[0] and box[3] > box[1]]
