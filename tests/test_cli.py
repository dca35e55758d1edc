"""The commands: what they print, what they write, and what they say when something is wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from geomap.catalog import Layers
from geomap.cli.terminal import printable
from geomap.codec import loads

Run = Callable[..., Result]
Write = Callable[..., Path]
Python = Callable[..., subprocess.CompletedProcess[str]]

STORY = """---
title: One missile
published: 2021-09-15
---
SEOUL, Sept. 15, 2021 — North Korea fired a short-range ballistic missile from Sunan on Wednesday. It flew about 800
kilometers and fell into the sea off its east coast, the South's Joint Chiefs of Staff said.
"""
SECOND = "# Second\n\nTOKYO, Sept. 20, 2021 — North Korea fired a ballistic missile from Wonsan into the East Sea.\n"
HEAVY = ("pandas", "geopandas", "folium", "pyogrio")
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m \u202egnirob\u2066 \u200b\U000e0041"


def error(result: Result) -> str:
    """The one sentence on standard error of a command that failed."""
    assert result.exit_code == 1, result.output
    assert re.fullmatch(r"Error: [^\n]+\n", result.stderr), result.stderr
    return result.stderr


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# ------------------------------------------------------------------------------------------------------- the group


def test_help_is_short_and_complete(run: Run) -> None:
    result = run("--help")

    assert result.exit_code == 0
    for command in ("map", "read", "show", "where", "rings", "layers"):
        assert f"\n  {command} " in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "arguments", [["mapp"], ["map"], ["read"], ["show"], ["where"], ["rings", "--from", "Sunan"], ["layers", "x"]]
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: geomap")


def test_help_imports_nothing_heavy(python: Python) -> None:
    done = python("-X", "importtime", "-m", "geomap", "--help")

    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "click" in imported
    assert imported.isdisjoint({*HEAVY, "numpy", "shapely", "msgspec", "pyproj", "rich", "yaml"})


def test_help_imports_little_more_than_click(python: Python) -> None:
    listed = "import sys; print(*sorted(sys.modules), file=sys.stderr)"
    click = set(python("-c", f"import click, importlib.metadata\n{listed}").stderr.split())
    code = f"from geomap.cli import main\nmain(['--help'], standalone_mode=False)\n{listed}"
    more = set(python("-c", code).stderr.split()) - click

    assert {name for name in more if name.startswith("geomap")} == {"geomap", "geomap.cli", "geomap.errors"}
    assert len(more) < 40


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "a.txt"],
        ["show", "a.txt", "--all"],
        ["where", "300 km east of Wonsan", "--against", "eez/JPN"],
        ["rings", "--from", "Sunan", "--class", "SRBM", "--json"],
    ],
)
def test_reading_imports_no_frames(article: Write, python: Python, arguments: list[str]) -> None:
    article(STORY, "a.txt")
    code = (
        "import sys, click\nfrom geomap.cli import main\n"
        f"main({arguments}, standalone_mode=False)\n"
        f"print(sorted({HEAVY} & sys.modules.keys()), file=sys.stderr)"
    ).replace(str(HEAVY), str(set(HEAVY)))

    done = python("-W", "error", "-c", code)

    assert done.returncode == 0, done.stderr
    assert done.stderr == "[]\n"


# ------------------------------------------------------------------------------------------------------------ read


def test_read_prints_a_line_for_each_article(run: Run, article: Write) -> None:
    one, other = article(STORY, "b.txt"), article("Another article.\n", "a.md")
    result = run("read", one, other)
    first, second = lines(result)

    assert result.exit_code == 0
    assert result.stderr == ""
    assert first["schema"] == "geomap.reading/1"
    assert first["document"]["title"] == "One missile"
    assert first["document"]["published"] == "2021-09-15"
    assert first["document"]["source"] == str(one)
    assert first["document"]["text"].startswith("SEOUL, Sept. 15, 2021")
    assert second["document"]["source"] == str(other)
    for reading in (first, second):
        for mention in reading["mentions"]:
            assert reading["document"]["text"][mention["start"] : mention["end"]] == mention["text"]


def test_read_takes_standard_input_and_its_own_output(run: Run) -> None:
    first = run("read", "-", stdin=STORY)
    second = run("read", "-", stdin=first.stdout_bytes)

    assert first.exit_code == second.exit_code == 0
    assert second.stdout_bytes == first.stdout_bytes
    assert loads(first.stdout.strip()).document.source == "-"


def test_the_day_of_issue_can_be_given(run: Run, article: Write) -> None:
    (reading,) = lines(run("read", article(STORY), "--published", "2022-01-05T08:00:00+09:00"))

    assert reading["document"]["published"] == "2022-01-04T23:00:00Z"


def test_a_wrong_day_of_issue_is_wrong_usage(run: Run, article: Write) -> None:
    result = run("read", article(STORY), "--published", "Sept. 15")

    assert result.exit_code == 2
    assert "'Sept. 15' is no day of issue; write 2021-09-15" in result.stderr


def test_a_folder_is_read_in_order_and_a_bad_file_does_not_cost_the_others(
    run: Run, article: Write, folder: Path
) -> None:
    article(STORY, "c.txt")
    article("", "b.txt")
    article(json.dumps({"text": "From a line of JSON."}) + "\n{\n", "a.jsonl")
    result = run("read", folder)

    assert result.exit_code == 1
    assert [Path(line["document"]["source"]).name for line in lines(result)] == ["a.jsonl", "c.txt"]
    assert re.search(r"^Error: .*a\.jsonl:2: ", result.stderr, re.MULTILINE)
    assert re.search(r"^Error: .*b\.txt: empty$", result.stderr, re.MULTILINE)
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.txt: empty"),
        (b"\0\1\2", "a.txt: binary data"),
        (b'{"schema": "geomap.reading/1", "doc', "a.txt:1: not a line that geomap reads"),
        (b'{"schema": "geomap.reading/1"}', "a.txt:1: not a geomap reading"),
        (b"---\ntitle: a: b\n---\nx", "a.txt, line 2: the front matter is not YAML"),
    ],
)
@pytest.mark.parametrize("command", ["read", "show", "map"])
def test_bad_input_is_one_sentence(
    run: Run, article: Write, folder: Path, command: str, content: bytes, said: str
) -> None:
    article(content, "a.txt")

    assert said in error(run(command, "a.txt"))
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_missing_file_is_one_sentence(run: Run) -> None:
    assert "nothing.txt: there is no such file" in error(run("read", "nothing.txt"))


def test_other_languages_get_a_warning(run: Run, article: Write) -> None:
    text = "Nordkorea hat am Mittwoch zwei Raketen ins Meer vor seiner Ostküste geschossen, teilte der Süden mit. " * 3
    result = run("read", article(text, "de.txt"))

    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: ")
    assert "does not look like English" in result.stderr
    assert "only coordinates and names in their English spelling are found" in result.stderr
    assert lines(result)[0]["document"]["language"] == "und"


def test_hostile_text_does_not_reach_the_terminal(run: Run, article: Write) -> None:
    name = f"a{HOSTILE.replace('/', '')}.txt"
    text = f"# {HOSTILE}\n\nNorth Korea fired a missile {HOSTILE} toward the East Sea.\n"
    good, bad = run("read", article(text, name)), run("read", article(b"", name))
    front = run("read", article(f'---\npublished: "{HOSTILE[1:]}"\n---\nx'.encode()))

    assert json.loads(good.stdout)["document"]["text"] == text
    for output in (good.stdout, good.stderr, bad.stderr, front.stderr):
        assert output.rstrip("\n") == printable(output.rstrip("\n"))


def test_what_a_terminal_obeys_is_escaped() -> None:
    assert printable("Café\u00a0“–” 東京 \U0001f680") == "Café\u00a0“–” 東京 \U0001f680"
    assert printable(HOSTILE) == ("\\x1b]0;owned\\x07\\x1b[2J\\x9b31m \\u202egnirob\\u2066 \\u200b\\U000e0041")
    assert printable("a\nb\ud800") == "a\\nb\\ud800"


# ------------------------------------------------------------------------------------------------------------- map


def test_map_writes_a_page_and_prints_its_path(run: Run, article: Write, folder: Path) -> None:
    result = run("map", article(STORY), "-o", "pages/x.html")

    assert result.exit_code == 0, result.output
    assert result.stdout == "pages/x.html\n"
    assert result.stderr == ""
    page = (folder / "pages" / "x.html").read_text(encoding="utf-8")
    assert "One missile" in page
    assert [path.name for path in (folder / "pages").iterdir()] == ["x.html"]


def test_map_has_a_place_of_its_own(run: Run, article: Write, folder: Path) -> None:
    result = run("map", article(STORY, "my story.txt"))

    assert result.stdout == "output/my story.html\n"
    assert (folder / "output" / "my story.html").exists()


def test_map_takes_readings_and_several_inputs(run: Run, article: Write, folder: Path) -> None:
    readings = article(run("read", article(STORY, "a.txt")).stdout_bytes, "r.jsonl")
    result = run("map", readings, article(SECOND, "b.md"), "-o", "x.html", "--title", "Both <of> them")

    assert result.exit_code == 0, result.output
    page = (folder / "x.html").read_text(encoding="utf-8")
    assert "One missile" in page
    assert "Second" in page
    assert "Both &lt;of&gt; them" in page
    assert "Both <of> them" not in page


def test_the_same_article_makes_the_same_page(run: Run, article: Write, folder: Path) -> None:
    path = article(STORY)
    for name in ("a.html", "b.html"):
        assert run("map", path, "-o", name).exit_code == 0

    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_a_page_of_the_good_ones_is_made(run: Run, article: Write, folder: Path) -> None:
    result = run("map", "nothing.txt", article(STORY), "-o", "x.html")

    assert result.exit_code == 1
    assert result.stdout == "x.html\n"
    assert "there is no such file" in result.stderr


def test_an_existing_page_is_kept(run: Run, article: Write, folder: Path) -> None:
    (folder / "x.html").write_text("mine", encoding="utf-8")
    result = run("map", article(STORY), "-o", "x.html")

    assert "x.html: exists already; --overwrite replaces it" in error(result)
    assert (folder / "x.html").read_text(encoding="utf-8") == "mine"
    assert run("map", "article.txt", "-o", "x.html", "--overwrite").exit_code == 0
    assert "One missile" in (folder / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("article.txt", "article.txt: is one of the inputs"),
        ("article.txt/x.html", "article.txt/x.html: cannot be written (its folder is a file)"),
        (".", ".: a folder or a device, not a file"),
        ("article.txt/a/x.html", "article.txt/a/x.html: cannot be written (its folder is a file)"),
        ("/proc/x.html", "cannot be written"),
        ("/dev/null", "/dev/null: a folder or a device"),
        ("x" * 300 + ".html", "cannot be written (File name too long)"),
    ],
)
def test_an_output_that_cannot_be_written_is_one_sentence(
    run: Run, article: Write, folder: Path, output: str, said: str
) -> None:
    result = run("map", article(STORY), "-o", output, "--overwrite")

    assert said in error(result)
    assert (folder / "article.txt").read_text(encoding="utf-8") == STORY
    assert [path.name for path in folder.iterdir()] == ["article.txt"]


def test_the_page_can_be_opened(run: Run, article: Write, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    run("map", article(STORY), "-o", "x.html", "--open")

    assert opened == [(folder / "x.html").as_uri()]


# ------------------------------------------------------------------------------------------------- where and rings


def test_where_prints_a_feature(run: Run) -> None:
    result = run("where", "300 km east of Wonsan")
    (feature,) = lines(result)
    properties = feature["properties"]

    assert result.exit_code == 0, result.output
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert set(properties) == {"phrase", "rule", "lon", "lat", "radius_km", "feature"}
    assert properties["phrase"] == "300 km east of Wonsan"
    assert properties["lon"] == pytest.approx(130.9, abs=0.4)
    assert properties["lat"] == pytest.approx(39.1, abs=0.4)


def test_where_compares_with_a_zone(run: Run) -> None:
    (feature,) = lines(run("where", "300 km east of Wonsan", "--against", "eez/JPN"))
    against = feature["properties"]["against"]

    assert set(against) == {"feature", "relation", "margin_km", "tolerance_km", "share", "why"}
    assert against["feature"] == "eez/JPN"
    assert against["relation"] in ("inside", "outside", "cannot tell")
    assert 0 <= against["share"] <= 1


@pytest.mark.parametrize("phrase", ["", "300 km east of Qxzwv", "\x1b[2J"])
def test_a_phrase_that_is_not_understood_is_one_sentence(run: Run, phrase: str) -> None:
    assert printable(error(run("where", phrase)).rstrip("\n"))


def test_a_zone_that_is_not_there_is_one_sentence(run: Run) -> None:
    assert "XXX" in error(run("where", "Seoul", "--against", "eez/XXX"))


def test_rings_are_drawn_without_an_article(run: Run, folder: Path) -> None:
    result = run("rings", "--from", "Sunan", "--km", "800", "--km", "1300", "-o", "x.html")

    assert result.exit_code == 0, result.output
    assert result.stdout == "x.html\n"
    page = (folder / "x.html").read_text(encoding="utf-8")
    assert "800 km from Sunan" in page
    assert "1,300 km from Sunan" in page


def test_rings_have_a_place_of_their_own(run: Run) -> None:
    assert run("rings", "--from", "Cape Erimo", "--km", "2200").stdout == "output/rings-cape-erimo.html\n"


@pytest.mark.parametrize("km", ["0", "-5", "nan", "inf", "20003.5", "x"])
def test_a_ring_of_no_size_is_wrong_usage(run: Run, km: str) -> None:
    assert run("rings", "--from", "Sunan", "--km", km).exit_code == 2


def test_rings_of_systems_classes_and_distances_are_mixed(run: Run, folder: Path) -> None:
    result = run(
        "rings", "--from", "Sunan", "--system", "hwasong 12", "--class", "mrbm", "--km", "20003", "-o", "x.html"
    )

    assert result.exit_code == 0, result.output
    page = (folder / "x.html").read_text(encoding="utf-8")
    for said in ("Hwasong-12", "MRBM, 1,000 to 3,000 km, scheme us-dod", "20,003 km from Sunan", "Seoul, South Korea"):
        assert said in page


def test_rings_print_json_and_write_no_page(run: Run, folder: Path) -> None:
    result = run("rings", "--from", "North Korea", "--class", "ICBM", "--scheme", "britannica", "--km", "300", "--json")
    (told,) = lines(result)

    assert result.exit_code == 0, result.output
    assert list(folder.iterdir()) == []
    assert told["from"]["origin"] == "area"
    assert [(one["low_km"], one["high_km"], one["scheme"]) for one in told["rings"]] == [
        (5310, None, "britannica"),
        (None, 300, None),
    ]
    assert {"countries", "capitals", "cities", "source"} <= set(told["rings"][1])
    assert "Seoul" in {city["name"] for city in told["rings"][1]["capitals"]}


def test_rings_print_json_beside_a_page(run: Run, folder: Path) -> None:
    result = run("rings", "--from", "Sunan", "--km", "800", "--json", "-o", "x.html")

    assert json.loads(result.stdout)["rings"][0]["high_km"] == 800
    assert result.stderr == "x.html\n"
    assert (folder / "x.html").exists()


@pytest.mark.parametrize("more", [[], ["--json", "--open", "--km", "5"]])
def test_rings_of_nothing_and_a_page_that_is_not_written_are_wrong_usage(run: Run, more: list[str]) -> None:
    assert run("rings", "--from", "Sunan", *more).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--system", "Hwasung-12"], "near it: Hwasong-12"),
        (["--system", HOSTILE], "no system named"),
        (["--class", "XRBM"], "it has: SRBM"),
        (["--class", "SRBM", "--scheme", "nato"], "there are: us-dod"),
    ],
)
def test_an_unknown_missile_is_one_sentence(run: Run, arguments: list[str], said: str) -> None:
    assert said in error(run("rings", "--from", "Sunan", *arguments))


# ---------------------------------------------------------------------------------------------------------- layers


def test_layers_are_listed(run: Run, layers: Layers) -> None:
    names = [layer.name for layer in layers]

    assert [line.split()[0] for line in run("layers", "list").stdout.splitlines()] == names
    assert [layer["name"] for layer in json.loads(run("layers", "list", "--json").stdout)] == names


def test_a_layer_is_shown(run: Run, layers: Layers) -> None:
    plain, described = (
        run("layers", "show", "countries").stdout,
        json.loads(run("layers", "show", "countries", "--json").stdout),
    )

    assert described["rows"] == len(layers.rows("countries"))
    for key in ("title", "licence", "caveat", "source", "recipe"):
        assert str(described[key]) in plain


def test_a_layer_that_is_not_there_names_those_that_are(run: Run) -> None:
    assert "no layer named 'countriez'; there are: " in error(run("layers", "show", "countriez"))


def test_layers_are_checked(run: Run, layers: Layers) -> None:
    result = run("layers", "check")

    assert result.exit_code == 0, result.output
    assert result.stdout == f"{len(list(layers))} layers, no faults\n"
    assert json.loads(run("layers", "check", "--json").stdout)["faults"] == []


def test_faults_of_layers_are_status_1(run: Run, folder: Path, layers: Layers, monkeypatch: pytest.MonkeyPatch) -> None:
    import geomap.catalog

    package = json.loads((layers.root / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = package["resources"][:1]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / package["resources"][0]["path"]).write_text("changed", encoding="utf-8")
    monkeypatch.setattr(geomap.catalog, "open_layers", lambda: Layers(folder))
    result = run("layers", "check")

    assert result.exit_code == 1
    assert "is not the file that the catalog describes" in result.stdout
    assert result.stdout.endswith("1 layers, 1 fault\n")


def test_the_module_runs(python: Python) -> None:
    done = python("-m", "geomap", "layers", "list")

    assert done.returncode == 0
    assert done.stdout.split()[0]


def test_progress_is_for_people_only(article: Write, python: Python) -> None:
    article(STORY, "a.txt")
    article(STORY, "b.txt")
    done = python("-m", "geomap", "read", "a.txt", "b.txt")

    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_does_not_touch_the_lines(article: Write, folder: Path) -> None:
    import os
    import pty

    article(STORY, "a.txt")
    article(STORY, "b.txt")
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "TERM": "xterm"}
    command = [sys.executable, "-m", "geomap", "read", "a.txt", "b.txt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        assert process.stdout is not None
        printed = process.stdout.read()
        shown = os.read(ours, 10_000)
    os.close(ours)

    assert process.returncode == 0
    assert [json.loads(line)["schema"] for line in printed.splitlines()] == ["geomap.reading/1"] * 2
    assert b"reading" in shown
