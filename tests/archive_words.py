"""What made-up articles are made of: who fires what from where, who watches, and sentences with holes."""

from __future__ import annotations

from typing import NamedTuple


class Site(NamedTuple):
    """Where somebody fires from, into which sea, which way, and how far that sea reaches in km."""

    place: str
    sea: str
    direction: str
    reach_km: int


class Actor(NamedTuple):
    """Who fires.

    Parameters
    ----------
    clock : the time zone in which its papers tell the hour
    watchers : who says how far it flew, the first one always at home
    zone : whose economic zone somebody speaks of
    """

    name: str
    adjective: str
    capital: str
    clock: str
    sites: tuple[Site, ...]
    weapons: tuple[str, ...]
    watchers: tuple[str, ...]
    zone: str


_SHORT, _MEDIUM, _CRUISE = "short-range ballistic missile", "medium-range ballistic missile", "cruise missile"
_BALLISTIC, _ANTISHIP, _ROCKET = "ballistic missile", "anti-ship missile", "rocket"
_SUBMARINE = "submarine-launched ballistic missile"

ACTORS = (
    Actor(
        "North Korea",
        "North Korean",
        "Pyongyang",
        "Asia/Seoul",
        (
            Site("Sunan", "the Sea of Japan", "east", 900),
            Site("Wonsan", "the Sea of Japan", "northeast", 800),
            Site("Sinpo", "the East Sea", "east", 600),
            Site("Hamhung", "the Sea of Japan", "northeast", 600),
            Site("Kaechon", "the East Sea", "east", 700),
            Site("Yangdok", "the Sea of Japan", "east", 800),
        ),
        (_SHORT, _MEDIUM, _BALLISTIC, _CRUISE, _SUBMARINE),
        ("South Korea's Joint Chiefs of Staff", "Japan's Defense Ministry", "the Japan Coast Guard"),
        "Japan",
    ),
    Actor(
        "Iran",
        "Iranian",
        "Tehran",
        "Asia/Tehran",
        (
            Site("Chabahar", "the Arabian Sea", "south", 700),
            Site("Jask", "the Gulf of Oman", "southeast", 250),
            Site("Bandar Abbas", "the Gulf of Oman", "southeast", 400),
            Site("Bushehr", "the Persian Gulf", "south", 200),
        ),
        (_CRUISE, _ANTISHIP, _BALLISTIC),
        ("the Iranian army", "Oman's coast guard", "the U.S. Central Command"),
        "Oman",
    ),
    Actor(
        "India",
        "Indian",
        "New Delhi",
        "Asia/Kolkata",
        (
            Site("Chandipur", "the Bay of Bengal", "south", 1200),
            Site("Abdul Kalam Island", "the Bay of Bengal", "southeast", 1100),
            Site("Visakhapatnam", "the Bay of Bengal", "east", 700),
        ),
        (_MEDIUM, _SHORT, _BALLISTIC, _CRUISE),
        ("India's Defense Ministry", "Sri Lanka's navy", "Bangladesh's coast guard"),
        "Sri Lanka",
    ),
    Actor(
        "Pakistan",
        "Pakistani",
        "Islamabad",
        "Asia/Karachi",
        (
            Site("Sonmiani", "the Arabian Sea", "south", 900),
            Site("Gwadar", "the Arabian Sea", "south", 700),
            Site("Ormara", "the Arabian Sea", "southwest", 500),
        ),
        (_SHORT, _CRUISE, _BALLISTIC),
        ("the Pakistani military", "India's navy", "Oman's coast guard"),
        "India",
    ),
    Actor(
        "Russia",
        "Russian",
        "Moscow",
        "Europe/Moscow",
        (
            Site("Severodvinsk", "the White Sea", "north", 200),
            Site("Murmansk", "the Barents Sea", "north", 600),
            Site("Sevastopol", "the Black Sea", "south", 300),
        ),
        (_CRUISE, _ANTISHIP, _SUBMARINE),
        ("Russia's Defense Ministry", "Norway's military", "Turkey's coast guard"),
        "Norway",
    ),
    Actor(
        "China",
        "Chinese",
        "Beijing",
        "Asia/Shanghai",
        (
            Site("Wenchang", "the South China Sea", "southeast", 700),
            Site("Sanya", "the South China Sea", "south", 800),
            Site("Zhoushan", "the East China Sea", "southeast", 500),
        ),
        (_MEDIUM, _BALLISTIC, _ANTISHIP, _ROCKET),
        ("China's Defense Ministry", "the Philippine Coast Guard", "Taiwan's Defense Ministry"),
        "the Philippines",
    ),
    Actor(
        "The United States",
        "American",
        "Washington",
        "America/New_York",
        (
            Site("Cape Canaveral", "the Atlantic Ocean", "east", 1500),
            Site("Wallops Island", "the Atlantic Ocean", "southeast", 1000),
        ),
        (_ROCKET, _SUBMARINE, _BALLISTIC),
        ("the U.S. Navy", "the U.S. Coast Guard", "the Pentagon"),
        "the Bahamas",
    ),
    Actor(
        "Yemen's Houthis",
        "Houthi",
        "Sanaa",
        "Asia/Aden",
        (
            Site("Hodeidah", "the Red Sea", "west", 150),
            Site("Mocha", "the Red Sea", "southwest", 80),
            Site("Aden", "the Gulf of Aden", "south", 250),
        ),
        (_ANTISHIP, _CRUISE, _BALLISTIC),
        ("a Houthi spokesman", "the U.S. Central Command", "Eritrea's navy"),
        "Eritrea",
    ),
    Actor(
        "France",
        "French",
        "Paris",
        "Europe/Paris",
        (Site("Biscarrosse", "the Bay of Biscay", "west", 500), Site("Brest", "the Atlantic Ocean", "west", 1200)),
        (_BALLISTIC, _SUBMARINE, _CRUISE),
        ("the French Armed Forces Ministry", "Spain's navy", "Ireland's coast guard"),
        "Spain",
    ),
    Actor(
        "South Korea",
        "South Korean",
        "Seoul",
        "Asia/Seoul",
        (Site("Anheung", "the Yellow Sea", "south", 400),),
        (_BALLISTIC, _SHORT, _CRUISE),
        ("South Korea's Defense Ministry", "South Korea's coast guard", "China's coast guard"),
        "China",
    ),
    Actor(
        "Brazil",
        "Brazilian",
        "Brasilia",
        "America/Belem",
        (Site("Alcântara", "the Atlantic Ocean", "northeast", 900), Site("Natal", "the Atlantic Ocean", "east", 800)),
        (_ROCKET,),
        ("Brazil's air force", "Brazil's navy", "France's navy"),
        "France",
    ),
    Actor(
        "Taiwan",
        "Taiwanese",
        "Taipei",
        "Asia/Taipei",
        (Site("Hualien", "the Philippine Sea", "east", 500),),
        (_BALLISTIC, _ANTISHIP, _CRUISE),
        ("Taiwan's Defense Ministry", "the Japan Coast Guard", "China's Defense Ministry"),
        "Japan",
    ),
)

CITIES = (
    "Seoul", "Tokyo", "Beijing", "Washington", "London", "Paris", "Berlin", "Moscow", "New Delhi", "Islamabad",
    "Tehran", "Muscat", "Dubai", "Cairo", "Nairobi", "Lagos", "Johannesburg", "Sydney", "Wellington", "Manila",
    "Jakarta", "Hanoi", "Bangkok", "Singapore", "Taipei", "Hong Kong", "Madrid", "Lisbon", "Rome", "Athens", "Ankara",
    "Oslo", "Stockholm", "Helsinki", "Warsaw", "Vienna", "Geneva", "Brussels", "Dublin", "Toronto", "Chicago",
    "Denver", "Mexico City", "Lima", "Bogota", "Santiago", "Buenos Aires", "Brasilia", "Colombo", "Dhaka",
)  # fmt: skip
PAPERS = (
    "Times",
    "Post",
    "Herald",
    "Tribune",
    "Morning News",
    "Gazette",
    "Radio",
    "Wire",
    "Courier",
    "Observer",
    "Star",
)
FIRST = (
    "Maria", "Jordan", "Anna", "Peter", "Chul", "Aiko", "Ravi", "Leila", "Omar", "Grace", "Tomas", "Ingrid", "Daniel",
    "Mei",
)  # fmt: skip
LAST = (
    "Weber",
    "Okafor",
    "Lindqvist",
    "Marsh",
    "Tanaka",
    "Iyer",
    "Duarte",
    "Novak",
    "Haddad",
    "Brandt",
    "Kovacs",
    "Reyes",
)
SCHOOLS = (
    "an institute for strategic studies", "a defense college", "a university in {city}", "a research group in {city}",
    "an arms control association", "a think tank in {city}",
)  # fmt: skip

LEADS = (
    "{actor} fired {count} from {place} into {sea} {when}, {first} said.",
    "{First} said that {actor_mid} launched {count} toward {sea} {when}, from the area of {place}.",
    "{actor} test-fired {count} {when} from {place}, {first} said, the latest in a series of tests.",
    "{Count} left {place} {when} and fell into {sea}, {first} announced; {actor_mid} had given no warning.",
    "The {adjective} military launched {count} from {place} {when}, according to {first}.",
)
FLIGHTS = (
    "The {weapon} flew {far}{high} before falling into {sea}, {second} said.",
    "According to {second}, it traveled {far}{way}{high}.",
    "{Second} put the distance at {far}{high}.",
    "{Second} said it covered {far}{way} and came down in {sea}.",
)
SALVOS = (
    "The {weapon}s flew {far}{high} before falling into {sea}, {second} said.",
    "According to {second}, they traveled {far}{way}{high}.",
    "{Second} said that both distances were {far}{high}.",
    "{Second} said they covered {far}{way} and came down in {sea}.",
)
CLAIMS = (
    "It is believed to have landed {side} {whose} exclusive economic zone, {third} said.",
    "{Third} said that it came down {side} {whose} exclusive economic zone and that no ship reported damage.",
    "The impact was {side} {whose} exclusive economic zone, officials said, citing a first analysis by {third}.",
)
BEFORE = (
    "It was the {nth} such test this year, and the first since one in {month}.",
    "{actor} last fired a {weapon} in {month}.",
    "In {month}, {actor_mid} launched a similar {weapon}, and the reaction was the same.",
)
FILLERS = (
    '"Nobody should be surprised," said {person}, who teaches at {school}.',
    '"The pace matters more than any single test," said {person} of {school}.',
    "Shares in {city} were little changed, and traders said that they had expected it.",
    "Diplomats in {city} called for restraint and for a return to talks.",
    "The government in {capital} says that its program is for defense only.",
    "Officials in {city} said that they were studying the data and would consult with allies.",
    "Fishing crews were told to keep a lookout for debris and not to touch it.",
    "Airlines said that {number} flights had been delayed by less than an hour.",
    "A statement from {city} spoke of a clear breach of resolutions of the Security Council.",
    "{person}, a retired officer, said that weapons of this kind are hard to follow on radar once they fly low.",
    "The budget for the year sets aside {number} million dollars for new equipment, a rise of {small} percent.",
    "Talks have gone nowhere since a meeting in {city} broke up without a statement.",
    "State television showed pictures of officers who applauded in a hall without windows.",
    "Schools stayed open, and the trains ran as usual.",
    "In {city}, {number} people gathered in front of a government building and left after two hours.",
    "The foreign minister, who was on a visit to {city}, cut short a dinner and spoke to reporters on the stairs.",
    "Experts at {school} have counted {number} tests in ten years, of which {small} failed.",
    "{person} said by telephone that the engines are the same as before and that only the casing is new.",
    "A poll in {month} found that {number} of 1,000 people thought more of the price of rice than of weapons.",
    "The weather was clear over most of the region, with light wind from the west.",
    "Neither side has published pictures of the site, and satellites passed over it only {small} hours later.",
    "In {city} the matter was discussed for {small} minutes and then put off until next week.",
    "A tanker bound for {city} changed its course by a few miles as a precaution, its owner said.",
    '"We have seen this film," said {person}, a shopkeeper, and went on stacking boxes.',
    "An exercise of {number} troops with allies, planned for months, is to begin next week.",
    "Parliament is to hear the defense minister in a closed session, a spokeswoman said.",
    "Insurers in {city} said that rates for ships in the area had not moved.",
    "The program has cost more than planned, according to a report that {school} published in {month}.",
)
NEWS_TITLES = (
    "{city} council votes on new tram line", "Rice prices rise in {city}", "{city} marathon draws {number} runners",
    "Flood waters recede near {city}", "Museum in {city} reopens after repairs", "Teachers in {city} end strike",
    "Bank in {city} names new chairman", "{city} airport counts {number} passengers an hour",
)  # fmt: skip
NEWS = (
    "The mayor of {city} said that the work would be finished in {small} months.",
    "{person}, who has lived in {city} for {small} years, said that she had never seen so many visitors.",
    "The vote was {number} to {small}, with a few members absent.",
    "Prices in {city} rose by {small} percent from a year before, the statistics office said.",
    "Trains between {city} and {town} were halted for {small} hours.",
    "The museum owns {number} paintings, most of them given by families from {town}.",
    "Rain is expected in {city} through the weekend, with up to {number} millimeters in the hills.",
    "The company, which has its seat in {city}, employs {number} people in {small} countries.",
    '"It is a question of patience," said {person} of {school}.',
    "A court in {city} put off its decision until {month}.",
    "The team from {town} won by {small} goals and will play in {city} next.",
    "Farmers near {town} said that the harvest was the best in {small} years.",
    "The road to {town} was closed after a truck lost {number} crates of oranges.",
    "An orchestra from {city} will tour {small} countries in the spring.",
    "The central bank in {city} left its rate unchanged, as nearly all economists had expected.",
    "{person} was elected to lead the party for another {small} years.",
    "Engineers from {city} inspected {number} bridges and found {small} that need repair.",
    "A ferry with {number} passengers returned to {town} with engine trouble; nobody was hurt.",
    "The ministry in {city} wants to plant {number} thousand trees by next {month}.",
    "Doctors at a hospital in {city} said that the new clinic would treat {number} patients a day.",
)
