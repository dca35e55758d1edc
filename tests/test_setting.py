"""How a page is shown: theme, language, brand and frame, from the command line to the page's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from toys import make_layers, two_koreas

from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.export.html import ARCHIVE_SCRIPTS, SCRIPTS, make_page
from geomap.export.setting import make_setting
from geomap.export.sheet import ARCHIVE_SHEETS, SHEETS, resource
from geomap.scene import make_scene
from geomap.stage import Scene

LONGEST = 300
TEXT = "SEOUL, Sept. 15, 2021 — North Korea fired a missile from Sunan on Wednesday."


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene([two_koreas()], Layers(make_layers(tmp_path_factory.mktemp("layers"))))


def test_a_framed_page_has_no_panel_at_all(scene: Scene) -> None:
    made = make_page(scene, make_setting(embed=True))

    assert '<html lang="en" class="embed">' in made
    assert 'id="panel"' not in made
    assert "Events on this map" in made, "the table for those who do not see the map stays"
    assert all(credit in made for credit in scene.credits), "whom the map is from is told"
    assert len(made) < len(make_page(scene))


def test_a_theme_chooses_the_colours(scene: Scene) -> None:
    pages = {theme: make_page(scene, make_setting(theme=theme)) for theme in ("auto", "light", "dark")}
    schemes = {key: re.search(r'name="color-scheme" content="(.*?)"', page) for key, page in pages.items()}

    assert {key: found and found[1] for key, found in schemes.items()} == {
        "auto": "light dark",
        "light": "light",
        "dark": "dark",
    }
    assert "@media screen and (prefers-color-scheme:dark){:root{" in pages["auto"]
    assert "prefers-color-scheme" not in pages["light"]
    assert "@media screen{:root{" in pages["dark"]
    with pytest.raises(InputError, match="'blue' is no theme; there are: auto, light, dark"):
        make_setting(theme="blue")


def test_every_part_of_script_and_sheet_is_used_and_short() -> None:
    folder = Path(str(make_page.__globals__["__file__"])).parent / "page"

    templates = ("panel.html", "archive.html", "head.html", "foot.html", "hatches.html")
    parts = (*ARCHIVE_SCRIPTS, *ARCHIVE_SHEETS, *templates)

    assert {*SCRIPTS} < {*ARCHIVE_SCRIPTS}
    assert {*SHEETS} < {*ARCHIVE_SHEETS}
    assert sorted(path.name for path in folder.iterdir()) == sorted(parts)
    assert all(len(resource(name).splitlines()) <= LONGEST for name in parts)


def test_a_map_takes_all_of_it(run: Callable[..., Result], article: Callable[..., Path], folder: Path) -> None:
    (folder / "brand.toml").write_text('footer = "The <desk>"\n[colours]\naccent = "#7a1f5c"\n', "utf-8")
    (folder / "words.fr.toml").write_text('language = "fr"\n[page]\nlegend = "Légende"\n', "utf-8")
    done = run(
        "map", article(TEXT), "-o", "map.html", "--theme", "dark", "--brand", "brand.toml", "--lang", "words.fr.toml",
        "--embed",
    )  # fmt: skip
    made = (folder / "map.html").read_text("utf-8")

    assert done.exit_code == 0, done.output
    assert '<html lang="fr" class="embed">' in made
    assert "The &lt;desk&gt;" in made
    assert "--accent:#7a1f5c" in made
    assert '"legend":"L\\u00e9gende"' in made


@pytest.mark.parametrize(
    ("option", "value", "said", "status"),
    [
        ("--brand", "none.toml", "none.toml: cannot be read as TOML (No such file or directory)", 1),
        ("--lang", "tlh", "no words in 'tlh'; there are: en; or name a file words.xx.toml", 1),
        ("--theme", "blue", "'blue' is not one of 'auto', 'light', 'dark'", 2),
    ],
)
@pytest.mark.parametrize("command", ["map", "rings"])
def test_what_cannot_be_is_said_before_any_work(
    run: Callable[..., Result],
    article: Callable[..., Path],
    command: str,
    option: str,
    value: str,
    said: str,
    status: int,
) -> None:
    arguments = ["map", article(TEXT)] if command == "map" else ["rings", "--from", "Seoul", "--km", "100"]
    done = run(*arguments, "-o", "map.html", option, value)

    assert done.exit_code == status
    assert said in done.stderr
    assert not Path("map.html").exists()
