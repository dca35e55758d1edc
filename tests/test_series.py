"""One sentence or list that tells of several launches; what belongs to one launch, and whose it is."""

from __future__ import annotations

import pytest
from sentences import ISSUE, facts_of, last_fact

from geomap import pipeline
from geomap.catalog import Layers
from geomap.events.drafts import Draft
from geomap.events.facts import Fact
from geomap.events.same import actors_clash, same_launch
from geomap.events.segments import Item
from geomap.events.series import each_launch, is_chronicle, launch_lists, opens_item, single
from geomap.events.totals import without_totals
from geomap.events.weapons import find_weapons
from geomap.events.whose import name_actors
from geomap.types import Document, Event

FIRED = "North Korea fired a ballistic missile on Wednesday. "


def apart(text: str, layers: Layers) -> list[list[str]]:
    """The weapons of each launch that a sentence tells of."""
    return [[weapon.text for weapon in one.weapons] for one in each_launch(last_fact(text, layers))]


def places(fact: Fact) -> list[str]:
    return [mention.text for mention in fact.places]


def drafted(text: str, layers: Layers, *, item: Item | None = None) -> Draft:
    """The launch that the first sentence of a text tells of."""
    fact = facts_of(text, layers)[0]
    draft = Draft(actor=fact.actor, item=item)
    draft.take(fact, launches=True)
    return draft


def events(text: str, layers: Layers) -> tuple[Event, ...]:
    return pipeline.read(Document.of(text, published=ISSUE), layers).events


# ----------------------------------------------------------------------------------- weapons beside each other


def test_weapons_that_are_counted_apart_are_launches_apart(layers: Layers) -> None:
    text = "North Korea fired two ballistic missiles and a cruise missile on Wednesday."

    assert apart(text, layers) == [["two ballistic missiles"], ["a cruise missile"]]


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired missiles, including a cruise missile, on Wednesday.",
        "North Korea fired a Hwasong-12 missile, known as a Hwasong-12, on Wednesday.",
        "North Korea fired two missiles and three missiles on Wednesday.",
        "North Korea fired a ballistic missile on Wednesday.",
        "Japan has two cruise missiles and three ballistic missiles.",
    ],
)
def test_what_is_one_launch_or_none_is_not_taken_apart(text: str, layers: Layers) -> None:
    fact = last_fact(text, layers)

    assert each_launch(fact) == [fact]


def test_each_weapon_has_the_place_that_follows_it(layers: Layers) -> None:
    text = "North Korea fired a ballistic missile into the Sea of Japan and a cruise missile into the Yellow Sea."
    first, second = each_launch(last_fact(text, layers))

    assert (places(first), places(second)) == (["Sea of Japan"], ["Yellow Sea"])


def test_weapons_in_one_breath_share_the_place_behind_them(layers: Layers) -> None:
    text = "North Korea fired a ballistic missile and a cruise missile into the Yellow Sea."

    assert [places(one) for one in each_launch(last_fact(text, layers))] == [["Yellow Sea"], ["Yellow Sea"]]


def test_the_same_on_two_days_is_two_launches(layers: Layers) -> None:
    told = each_launch(last_fact("North Korea fired two ballistic missiles on March 9 and again on March 11.", layers))

    assert [one.days for one in told] == [("2022-03-09",) * 2, ("2022-03-11",) * 2]
    assert [one.again for one in told] == [(), ()]


def test_respectively_deals_days_and_places_out_in_the_order_of_the_weapons(layers: Layers) -> None:
    text = "Iran fired a Shahab-3 and a Sejil on Wednesday and Friday from Semnan and Tabriz{}."
    first, second = each_launch(last_fact(text.format(" respectively"), layers))
    plain = each_launch(last_fact(text.format(""), layers))

    assert [mention.text for mention in (*first.left, *second.left)] == ["Semnan", "Tabriz"]
    assert [one.days for one in (first, second)] == [("2022-03-16",) * 2, ("2022-03-11",) * 2]
    assert all(one.left == () for one in plain)


def test_respectively_with_one_place_for_two_weapons_deals_no_place_out(layers: Layers) -> None:
    text = "Iran fired a Shahab-3 and a Sejil on Wednesday and Friday from Semnan respectively."

    assert [one.left for one in each_launch(last_fact(text, layers))] == [(), ()]


# ------------------------------------------------------------------------------------------------------ lists

LISTED = "North Korea fired missiles.\n\nThe launches:\n\n• March 5: one missile from Sunan.\n• March 7: two rockets.\n"


def test_a_list_under_words_on_launches_is_one_of_launches_and_has_their_weapon(layers: Layers) -> None:
    found = launch_lists(facts_of(LISTED, layers))

    assert list(found) == [0]
    assert found[0] is not None
    assert found[0].text == "missiles"


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired missiles.\n\nWho spoke:\n\n• the premier\n• a general\n• a spokesman\n",
        "North Korea fired missiles.\n\nThe launches:\n\n• March 5: one missile from Sunan.\n",
        "Shopping:\n\n• a kettle\n• a missile\n",
        FIRED,
    ],
)
def test_other_lists_are_none_of_launches(text: str, layers: Layers) -> None:
    assert launch_lists(facts_of(text, layers)) == {}


def test_items_that_are_paragraphs_are_no_list_of_launches(layers: Layers) -> None:
    body = "one missile was fired from Sunan, " + "and those who saw it spoke of it at length, " * 5 + "it was said."
    text = f"North Korea fired missiles.\n\nThe launches:\n\n• {body}\n• {body}\n"

    assert launch_lists(facts_of(text, layers)) == {}
    assert launch_lists(facts_of(text.replace("and those who saw it spoke of it at length, ", ""), layers)) != {}


def test_an_item_is_opened_by_its_first_sentence_alone(layers: Layers) -> None:
    text = LISTED.replace("from Sunan.", "from Sunan. A second missile failed.")
    facts = facts_of(text, layers)
    opened = [fact.text for before, fact in zip([None, *facts], facts, strict=False) if opens_item(fact, before)]

    assert opened == ["• March 5: one missile from Sunan.", "• March 7: two rockets."]


def test_an_item_whose_launch_was_called_off_opens_none(layers: Layers) -> None:
    facts = facts_of(LISTED.replace("two rockets.", "two rockets, called off."), layers)

    assert not opens_item(facts[-1], facts[-2])


def test_an_item_with_a_time_of_day_opens_a_launch_only_if_it_fires_something(layers: Layers) -> None:
    text = "North Korea fired missiles.\n\n• 06:10 a missile was fired from Sunan\n• 06:20 the premier woke\n"
    facts = facts_of(text, layers)

    assert [opens_item(fact, None) for fact in facts] == [False, True, False]


def test_a_text_that_calls_itself_a_timeline_is_a_chronicle(layers: Layers) -> None:
    assert is_chronicle(facts_of("A timeline of missiles.\n" + LISTED, layers))
    assert not is_chronicle(facts_of(LISTED, layers))
    assert not is_chronicle([])


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("six ballistic missiles", "ballistic missile"),
        ("two short-range rockets", "short-range rocket"),
        ("a missile", "a missile"),
    ],
)
def test_one_of_the_weapons_over_a_list(words: str, one: str, layers: Layers) -> None:
    (weapon,) = find_weapons(words, layers)

    assert (single(weapon).text, single(weapon).count) == (one, 1)


# ---------------------------------------------------------------------------------------- the same or another


@pytest.mark.parametrize(
    ("again", "same"),
    [
        ("North Korea fired the missile from Sunan.", True),
        ("North Korea fired the missile on March 15.", True),
        ("North Korea fired a missile on March 3.", False),
        ("South Korea fired a missile.", False),
        ("North Korea fired a cruise missile.", False),
        ("North Korea fired eleven rockets.", False),
        ("North Korea separately fired a second ballistic missile.", False),
    ],
)
def test_whether_a_sentence_tells_of_the_launch_before_it(again: str, same: bool, layers: Layers) -> None:
    draft, fact = drafted(FIRED, layers), facts_of(again, layers)[0]

    assert same_launch([draft], fact, recalled=False) is (draft if same else None)


def test_a_recalled_sentence_is_no_launch_of_the_news(layers: Layers) -> None:
    fact = facts_of("North Korea fired the missile from Sunan.", layers)[0]

    assert same_launch([drafted(FIRED, layers)], fact, recalled=True) is None
    assert same_launch([], fact, recalled=False) is None


def test_a_new_weapon_from_another_place_is_another_launch(layers: Layers) -> None:
    draft = drafted("North Korea fired a missile from Sunan.", layers)
    other, same = (facts_of(f"North Korea fired a missile from {place}.", layers)[0] for place in ("Wonsan", "Sunan"))

    assert same_launch([draft], other, recalled=False) is None
    assert same_launch([draft], same, recalled=False) is draft


def test_two_systems_are_two_launches(layers: Layers) -> None:
    draft = drafted("Iran fired a Shahab-3 missile.", layers)
    other, same = (facts_of(f"Iran fired a {name} missile.", layers)[0] for name in ("Sejil", "Shahab-3"))

    assert other.weapons[0].kind == draft.kind  # they are of one class
    assert same_launch([draft], other, recalled=False) is None
    assert same_launch([draft], same, recalled=False) is draft


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        ("PRK", "KOR", True),
        ("PRK", "PRK", False),
        ("Houthis", "YEM", False),
        ("YEM", "Houthis", False),
        ("Houthis", "ISR", True),
        (None, "PRK", False),
        ("PRK", None, False),
    ],
)
def test_actors_that_cannot_be_one(a: str | None, b: str | None, clash: bool) -> None:
    assert actors_clash(a, b) == clash


# ------------------------------------------------------------------------------------------------------ totals


def listed(number: int) -> Item:
    return Item(start=0, end=9, group=0, number=number, dated=False, timed=False)


def with_parts(total: str, layers: Layers) -> tuple[Draft, Draft, Draft]:
    """A launch of so many missiles, and behind it an item of two and one of three."""
    sentences = facts_of(
        f"North Korea fired {total} missiles on Monday. They fired two missiles. They fired three missiles.", layers
    )
    made = (Draft(actor="PRK"), Draft(actor=None, item=listed(0)), Draft(actor=None, item=listed(1)))
    for draft, fact in zip(made, sentences, strict=True):
        draft.take(fact, launches=True)
        draft.actor = draft.actor if draft is made[0] else None
    return made


def test_the_sum_of_a_list_is_left_out_and_its_items_have_what_was_said_of_it(layers: Layers) -> None:
    total, *parts = with_parts("five", layers)

    assert without_totals([total, *parts]) == parts
    assert [(part.actor, part.days) for part in parts] == [("PRK", ("2022-03-14", "2022-03-14"))] * 2


def test_what_is_no_sum_of_a_list_stays(layers: Layers) -> None:
    made = list(with_parts("six", layers))

    assert without_totals(made) == made
    assert made[1].days is None


def test_a_list_of_one_has_no_sum(layers: Layers) -> None:
    total, part, _ = with_parts("two", layers)

    assert without_totals([total, part]) == [total, part]
    assert without_totals([]) == []


# ------------------------------------------------------------------------------------------------ who fired it


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A missile was fired on Wednesday from Sunan.", "PRK"),
        ("Iran fired a missile at dawn on Wednesday. A second missile rose at noon.", "IRN"),
        ("A rocket was fired from Gaza on Wednesday.", None),
        ("A missile was fired from Sunan. Russia fired a rocket on Wednesday.", "PRK"),
    ],
)
def test_who_fired_a_launch_that_has_nobodys_name(text: str, actor: str | None, layers: Layers) -> None:
    facts = facts_of(text, layers)
    made = [drafted(fact.text, layers) for fact in facts]
    nameless = next(draft for draft in made if draft.actor is None)
    name_actors(made, facts)

    assert nameless.actor == actor


def test_a_state_in_which_one_group_of_the_text_operates_is_that_group(layers: Layers) -> None:
    text = "Houthi rebels paraded. Yemen launched the missile."
    made = [drafted("Yemen launched the missile.", layers)]
    before = made[0].actor
    name_actors(made, facts_of(text, layers))

    assert (before, made[0].actor) == ("YEM", "Houthis")


# ------------------------------------------------------------------------------------- from sentence to sentence


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The same day it launched two rockets.", "2022-03-09"),
        ("A day earlier it launched two rockets.", "2022-03-08"),
        ("The next day it launched two rockets.", "2022-03-10"),
        ("A week later it launched two rockets.", "2022-03-16"),
        ("A week earlier it launched two rockets.", "2022-03-02"),
    ],
)
def test_days_are_counted_from_the_one_told_before(words: str, day: str, layers: Layers) -> None:
    assert last_fact(f"North Korea fired a missile on March 9. {words}", layers).days == (day, day)


def test_a_counted_day_without_any_day_before_it_is_counted_from_the_issue_or_from_nothing(layers: Layers) -> None:
    text = "A day earlier North Korea launched two rockets."

    assert last_fact(text, layers).days == ("2022-03-15", "2022-03-15")
    assert facts_of(text, layers, published=None)[0].days is None


def test_a_day_counted_off_the_calendar_is_none(layers: Layers) -> None:
    text = "A day earlier North Korea launched two rockets."

    assert facts_of(text, layers, published="0001-01-01")[0].days is None


def test_it_is_the_one_that_the_sentence_before_speaks_of(layers: Layers) -> None:
    assert last_fact("North Korea spoke of its rights. It fired a missile on Wednesday.", layers).actor == "PRK"
    assert last_fact("Iran paraded missiles. It was fired on Wednesday, a missile.", layers).actor is None


def test_it_is_the_weapon_of_the_sentence_before(layers: Layers) -> None:
    fact = last_fact("The Unha-3 is a rocket. It was launched from Sohae on Wednesday.", layers)

    assert [weapon.system for weapon in fact.weapons] == ["Unha-3"]


def test_so_many_more_are_as_many_of_what_was_named_before(layers: Layers) -> None:
    fact = last_fact("North Korea fired two missiles on March 9. It fired three more on March 11.", layers)

    assert [(weapon.count, weapon.new) for weapon in fact.weapons] == [(3, True)]


def test_what_it_is_is_looked_for_two_sentences_back_and_no_further(layers: Layers) -> None:
    text = "The Unha-3 is a rocket. {}It was launched from Sohae on Wednesday."

    assert last_fact(text.format("Rain fell. "), layers).weapons
    assert not last_fact(text.format("Rain fell. Snow fell. "), layers).weapons


def test_a_question_in_front_makes_the_answer_a_fall(layers: Layers) -> None:
    asked = last_fact(FIRED + "Where did it fall? About 300 km east of Wonsan.", layers)
    told = last_fact(FIRED + "Where did rain stop? About 300 km east of Wonsan.", layers)

    assert (asked.impacts, told.impacts) == (True, False)


# ----------------------------------------------------------------------------------------------- hostile texts

ENDLESS = "North Korea fired a missile and a cruise missile and then " * 500  # 5,500 words without a full stop


@pytest.mark.parametrize(
    "text",
    [
        "",
        "missile",
        "Missiles!",
        "<b>North Korea</b> &amp; <script>missile</script>",
        "• \n• missile\n• ",
        "respectively missile fired respectively",
    ],
)
def test_a_text_that_says_next_to_nothing_has_no_launch(text: str, layers: Layers) -> None:
    assert events(text, layers) == ()


def test_a_text_without_a_full_stop_is_read_to_its_end(layers: Layers) -> None:
    found = events(ENDLESS, layers)

    assert 1 <= len(found) <= 200
    assert {event.actor for event in found} == {"PRK"}


@pytest.mark.parametrize("number", ["9" * 30, "9" * 100, "1e999", "-1"])
def test_a_number_that_counts_no_missiles_is_no_count_of_any(number: str, layers: Layers) -> None:
    (event,) = events(f"North Korea fired {number} missiles on Wednesday.", layers)

    assert event.actor == "PRK"
    assert event.count is None
