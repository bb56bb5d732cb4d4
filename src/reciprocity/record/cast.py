"""Who is who in a document: names met, offices held, pronouns and unnamed sources turned into actors."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from reciprocity.labels import fold
from reciprocity.record.actor import Actor
from reciprocity.record.document import content_id
from reciprocity.record.grammar import DAYS
from reciprocity.record.registry import Registry

_RUN = re.compile(
    r"(?:[A-ZÀ-Ý][\w’'-]*\.?|J\.D\.|[A-Z]\.)(?:[ \u00a0\n]+(?:(?:de|von|van|der|la|le|du|bin|al|di|da|del) )*"
    r"(?:[A-ZÀ-Ý][\w’'-]*\.?|[A-Z]\.))*"
)
_DOCUMENTS = re.compile(
    r"^(?:(?:a|an|the|this|that|his|her|their)\s+)?(?:\w+\s+){0,2}?(?:statement|readout|release|letter|report|memo|post|"
    r"tweet|speech|address|notice|email|comments?|remarks?|document|filing|lawsuit)\b(?:\s+(?:released|issued|sent|made|"
    r"published|posted|obtained))?\s*(?:from|by|of)\s+",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(.*?)[’'](?:s)?\s+(?:office|campaign|team|spokes\w+|administration|government|readout)$", re.IGNORECASE
)
_MEMORY = 60
"""How many speakers and names back a pronoun may reach."""
_JOINS = ("his ", "her ", "the ", "he", "she")
_SINGULAR = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "himself": "m", "herself": "f"}
_PLURAL = frozenset(["they", "we", "their", "them", "our", "us"])
_BOTH = re.compile(
    r"(?:the|both|the two) (?:two )?(?:leaders|prime ministers|presidents|ministers|men|women|pair|secretaries)"
)
_APPOSED = re.compile(r",\s*((?:[A-ZÀ-Ý][\w.’'-]+\s+){1,3}[A-ZÀ-Ý][\w’'-]+),?$")
_TITLED = re.compile(r"(\S+) ((?:[A-ZÀ-Ý][\w.’'-]+ ){1,3}[A-ZÀ-Ý][\w’'-]+)$")
_HEAD_END = re.compile(r",|\(|\bwho\b|\bwhich\b|\s(?:of|from|for|with|in|at|on|to|during)\s|\s-\s|—|–")


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists that tell names from titles and bodies."""

    titles: frozenset[str]
    offices: frozenset[str]
    organisations: frozenset[str]
    unnamed: frozenset[str]
    gender: dict[str, str]


@cache
def lists() -> Lists:
    """The word lists that ship."""
    rows = tomllib.loads(files("reciprocity").joinpath("record", "people.toml").read_text(encoding="utf-8"))
    gender = dict.fromkeys(rows["women"].split(), "f") | dict.fromkeys(rows["men"].split(), "m")
    return Lists(
        frozenset(rows["titles"].split()),
        frozenset(rows["offices"].split()),
        frozenset(rows["organisations"].split()),
        frozenset(rows["unnamed"].split()),
        gender,
    )


@dataclass(slots=True)
class Cast:
    """The actors of one document as they come to be known, read once from start to end.

    Args:
        mentions: Places and full names of people in the text outside quotes, in order.
        spoke: Places and actor ids of speakers already resolved, in order.
    """

    document: str
    published: str
    registry: Registry
    text: str
    surnames: dict[str, str] = field(default_factory=dict)
    posts: list[tuple[int, str, str]] = field(default_factory=list)
    mentions: list[tuple[int, str]] = field(default_factory=list)
    spoke: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    honorific: dict[str, str] = field(default_factory=dict)

    def meet(self, ranges: list[tuple[int, int]]) -> None:
        """Learn every name between the given offsets (the narration, without the quotes)."""
        known = lists()
        for start, end in ranges:
            for match in _RUN.finditer(self.text, start, end):
                self._meet_run(match, known)

    def _meet_run(self, match: re.Match[str], known: Lists) -> None:
        titles, name = split_title(match.group().split(), known)
        if not name:
            return
        surname = bare(name[-1])
        if len(name) >= 2:
            if any(bare(word).lower() in known.organisations for word in name):
                return
            person = " ".join([*name[:-1], surname])
            if not titles and bare(name[0]).lower() not in known.gender and self.registry.named(person) is None:
                self.surnames.setdefault("?" + surname, person)
                return
            self.surnames[surname] = person
            self.mentions.append((match.start(), person))
        elif surname in self.surnames:
            self.mentions.append((match.start(), self.surnames[surname]))
        person = self.surnames.get(surname, "")
        if titles and person:
            title = "prime minister" if titles[-2:] == ["prime", "minister"] else titles[-1]
            self.posts.append((match.start(), title, person))
            if titles[-1] in ("mr", "ms", "mrs", "miss", "sir", "lord", "lady"):
                self.honorific[person] = "m" if titles[-1] in ("mr", "sir", "lord") else "f"

    # --- a source in the text's words -> actor ids ---

    def resolve(self, source: str, start: int) -> tuple[str, ...]:
        """The actors that the words of a source mean where they stand."""
        words = " ".join(source.split()).strip(" ,;:—–-")
        found = self._resolve(words, start)
        if found:
            self.spoke.append((start, found))
        return found

    def _resolve(self, words: str, start: int) -> tuple[str, ...]:  # noqa: PLR0911
        low = words.lower()
        if low in _SINGULAR or low in ("he himself", "she herself"):
            return self.pronoun(_SINGULAR.get(low, "m" if low[0] == "h" else "f"), start)
        if low in _PLURAL or low in ("they both", "both"):
            return self._plural(start)
        if low in ("who", "which", "that", "whom", "both of whom", "all of whom", "some of whom"):
            return self._antecedent(start)
        if low in ("i", "it", "this", "the former", "the latter", "she", "he"):
            return self.last(start)
        if _BOTH.fullmatch(low):
            return self._both(start)
        document = _DOCUMENTS.match(words)
        if document:
            return self._resolve(words[document.end() :], start)
        return self._office(words, start) or self._joint(words, start) or self._single(words, start)

    def pronoun(self, gender: str, start: int) -> tuple[str, ...]:
        """Who `he` or `she` is: the nearest speaker or person named before, whose gender does not speak against it."""
        at = bisect_left(self.mentions, (start, ""))
        latest = next(((place, ids) for place, ids in self._lately(start) if self._may_be(ids, gender)), None)
        boundary = self.text.rfind("\n", 0, start)
        sentence = max(self.text.rfind(". ", 0, start), boundary)
        for place, person in reversed(self.mentions[max(0, at - 12) : at]):
            if latest and place <= latest[0] + 60:
                break
            if place < sentence and self._opens_sentence(place) and self.gender(person) in ("", gender):
                return (self.person(person),)
        if latest:
            return latest[1]
        for _, person in reversed(self.mentions[max(0, at - _MEMORY) : at]):
            if self.gender(person) in ("", gender):
                return (self.person(person),)
        return ()

    def _opens_sentence(self, place: int) -> bool:
        """Whether a name is near the head of its sentence, where subjects stand."""
        begin = max(self.text.rfind("\n", 0, place), self.text.rfind(". ", 0, place), self.text.rfind("” ", 0, place))
        return place - begin < 60

    def _may_be(self, ids: tuple[str, ...], gender: str) -> bool:
        actor = self.actors.get(ids[0])
        return len(ids) == 1 and actor is not None and actor.kind == "person" and actor.gender in ("", gender)

    def _plural(self, start: int) -> tuple[str, ...]:
        for place, ids in self._lately(start):
            first = self.actors.get(ids[0])
            if len(ids) > 1 or (first and first.kind in ("body", "unnamed", "office")):
                recent = [one for one in self._met(start) if place < one[0]]
                return self._pair(recent, start) or ids
        return self._pair(self._met(start), start) or self.last(start)

    def _pair(self, mentions: list[tuple[int, str]], start: int) -> tuple[str, ...]:
        """Two people joined by `and` shortly before."""
        for (first, one), (second, two) in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
            between = self.text[first:second]
            if start - second < 400 and " and " in between and len(between) < 60 and one != two:
                return self.person(one), self.person(two)
        return ()

    def _met(self, start: int) -> list[tuple[int, str]]:
        """The latest people named before a place."""
        at = bisect_left(self.mentions, (start, ""))
        return self.mentions[max(0, at - _MEMORY) : at]

    def _both(self, start: int) -> tuple[str, ...]:
        """Who `the leaders` are: two people named together before, or the first two people of the text."""
        pair = self._pair(self._met(start), start)
        names = list(dict.fromkeys(name for place, name in self.mentions[:_MEMORY] if place < start))
        return pair or tuple(self.person(name) for name in names[:2])

    def _antecedent(self, start: int) -> tuple[str, ...]:
        begin = max(self.text.rfind("\n", 0, start), self.text.rfind(". ", 0, start))
        runs = list(_RUN.finditer(self.text, max(begin, start - 160, 0), start))
        for match in reversed(runs):
            _, name = split_title(match.group().split(), lists())
            if name:
                return self._single(match.group(), start)
        before = self.text[max(begin + 1, start - 60, 0) : start].strip(" ,\n")
        return self._single(" ".join(before.split()[-3:]), start) if before else self.last(start)

    def last(self, start: int) -> tuple[str, ...]:
        """Who spoke last before a place."""
        return next((ids for _, ids in self._lately(start)), ())

    def _lately(self, start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The latest speakers before a place, nearest first."""
        return ((place, ids) for place, ids in reversed(self.spoke[-_MEMORY:]) if place < start)

    def _office(self, words: str, start: int) -> tuple[str, ...]:
        known = self.registry.named(_bare_phrase(words))
        if known:
            return (self._cast(known),)
        low = words.lower()
        if low in ("his office", "her office", "his team", "her team"):
            holder = self.pronoun(_SINGULAR[low[:3]], start)
            return (self._office_of(holder[0]),) if holder else ()
        match = _OFFICE.match(words)
        if match:
            holder = self._single(match[1], start)
            spokes = "spokes" in low.rsplit(" ", 1)[-1]
            return (self._office_of(holder[0]),) if holder and not spokes else holder
        inside = re.match(
            r"(?:the |a )?([A-Z]{2,6})(?: (?:readout|statement|release|office|report|memo|letter|news))?$", words
        )
        aliased = self.registry.named(inside[1]) if inside else None
        if aliased:
            return (self._cast(aliased),)
        if re.fullmatch(r"(?:the|a|this) (?:\w+ )?(?:readout|statement|release|communiqué|office)", low):
            offices = [ids for _, ids in self._lately(start) if self._is_office(ids)]
            return offices[0] if offices else self.last(start)
        return ()

    def _is_office(self, ids: tuple[str, ...]) -> bool:
        actor = self.actors.get(ids[0])
        return len(ids) == 1 and actor is not None and actor.kind in ("office", "body")

    def _office_of(self, holder: str) -> str:
        """The office of a person: one the registry names for a post held that day, or one made from the name."""
        actor = self.actors[holder]
        for post in actor.posts:
            if not post.held_on(self.published):
                continue
            title = (
                f"{post.title} of {post.org}" if post.org != "United States" else f"{post.title} of the United States"
            )
            for office in self.registry.actors:
                if office.speaks_for == title:
                    return self._cast(office)
        return self._cast(Actor(f"{holder}_office", f"Office of {actor.name}", "office", actor.side, speaks_for=holder))

    def _joint(self, words: str, start: int) -> tuple[str, ...]:
        parts = re.split(r",? and |, (?=[A-Z])", words)
        if not 2 <= len(parts) <= 4 or not all(part.strip() for part in parts):
            return ()
        speaking = [part for part in parts if part[:1].isupper() or part.lower().startswith(_JOINS)]
        if len(speaking) != len(parts) or ("," in words and " and " not in words):
            return ()
        if any(len(part.split()) > 9 or bare(part.split()[-1]).lower() in ("others", "workers") for part in parts):
            return ()
        found = [self._resolve(part, start) for part in parts]
        if not all(ids and self._can_join(ids) for ids in found):
            return ()
        return tuple(dict.fromkeys(actor for ids in found for actor in ids))

    def _can_join(self, ids: tuple[str, ...]) -> bool:
        """Whether a part of `A and B` is somebody: a person, an office, or a body the registry knows."""
        return self.actors[ids[0]].kind in ("person", "office") or self.registry.actor(ids[0]) is not None

    def _single(self, words: str, start: int) -> tuple[str, ...]:  # noqa: PLR0911
        known = lists()
        registered = self.registry.named(_bare_phrase(words))
        if registered:
            return (self._cast(registered),)
        cut = _HEAD_END.search(words, 1)
        head = words[: cut.start()] if cut else words
        if not head.strip() or (head[:1].islower() and _is_unnamed(head, known)):
            head = words
        person = self._person_in(head, known)
        if person:
            return (person,)
        apposed = (
            _APPOSED.match(words[cut.start() :]) if cut and bare(head.split()[-1]).lower() in known.titles else None
        )
        if apposed:
            return (self.person(apposed[1]),)
        titled = _TITLED.search(words.split(",", maxsplit=1)[0])
        owned = re.split(r"[’']s ", titled[2]) if titled else []
        if titled and (len(owned) > 1 or titled[1].lower() in known.titles) and " " in owned[-1]:
            return (self.person(owned[-1]),)
        if _is_unnamed(head, known) and not _RUN.search(head, 1):
            return (self._cast(Actor(content_id("unnamed", self.document, words.lower()), words, "unnamed")),)
        title = self._holder(head, start)
        if title:
            return (title,)
        registered = self.registry.named(_bare_phrase(head))
        if registered:
            return (self._cast(registered),)
        name = _bare_phrase(head)
        if not name or name.lower() in ("it", "there", "this", "that", "what", "one", "the", "a", "an"):
            return self.last(start)
        return (self._cast(Actor(slug(name), name, "body")),)

    def _person_in(self, head: str, known: Lists) -> str:
        """The person named last in a phrase: after titles, not a body."""
        for match in reversed(list(_RUN.finditer(head))):
            titles, name = split_title(match.group().split(), known)
            if not name or any(bare(word).lower() in known.organisations for word in name):
                continue
            surname = bare(name[-1])
            full = " ".join([*name[:-1], surname])
            if len(name) == 1:
                whole = self.surnames.get(surname) or self.surnames.get("?" + surname)
                if whole:
                    return self.person(whole)
                if titles or self._known_surname(surname):
                    return self.person(self._known_surname(surname) or full)
                continue
            if titles or bare(name[0]).lower() in known.gender or self.registry.named(full) or len(name) in (2, 3):
                if not titles and match.end() < len(head.rstrip(" '’s")) and head[match.end() :].strip()[:1].islower():
                    continue
                self.surnames[surname] = full
                return self.person(full)
        return ""

    def _known_surname(self, surname: str) -> str:
        """The full name of the one person of the registry with that surname; empty when none or several."""
        found = self.registry.bearing(surname)
        serving = [one for one in found if any(post.held_on(self.published) for post in one.posts)] or found
        return serving[0].name if len(serving) == 1 else ""

    def _holder(self, head: str, start: int) -> str:
        """Who holds the office a title names: `the prime minister`, `the president`."""
        low = re.sub(r"^(?:the|a|our|u\.s\.|canadian|american)\s+", "", head.lower())
        if re.sub(r"\s", "-", low) not in lists().offices and low.split()[-1:] != ["minister"]:
            return ""
        held = [(place, name) for place, title, name in self.posts[-4 * _MEMORY :] if title == low]
        person = next((name for place, name in reversed(held) if place < start), held[0][1] if held else "")
        if person:
            return self.person(person)
        for actor in self.registry.actors:
            for post in actor.posts:
                same = fold(post.title) == fold(low) and self.published and post.held_on(self.published)
                if same and post.org in ("Canada", "United States") and self._fits(post.org, start):
                    return self._cast(actor)
        return ""

    def _fits(self, org: str, start: int) -> bool:
        return org in self.text or (org == "United States" and "U.S." in self.text) or start >= 0

    def person(self, name: str) -> str:
        """The actor id of a person by full name, from the registry when it knows them."""
        known = self.registry.named(name)
        if known:
            return self._cast(known)
        return self._cast(Actor(slug(name), name, "person", gender=self.gender(name)))

    def gender(self, name: str) -> str:
        """`f`, `m` or empty, from the registry, an honorific in the text, or the given name."""
        known = self.registry.named(name)
        if known and known.gender:
            return known.gender
        return self.honorific.get(name, "") or lists().gender.get(name.split(maxsplit=1)[0].lower(), "")

    def add(self, actor: Actor) -> tuple[str, ...]:
        """An actor met outside a sentence, as a speaker."""
        return (self._cast(actor),)

    def _cast(self, actor: Actor) -> str:
        self.actors.setdefault(actor.id, actor)
        return actor.id

    def is_unnamed(self, ids: tuple[str, ...]) -> bool:
        """Whether a source is not named."""
        return bool(ids) and all(self.actors[one].kind == "unnamed" for one in ids)


def split_title(words: list[str], known: Lists) -> tuple[list[str], list[str]]:
    """The titles in front of a name, in lower case, and the name itself."""
    owner = max((at for at, word in enumerate(words[:-1]) if word.endswith(("’s", "'s"))), default=-1)
    words = words[owner + 1 :]
    last = -1
    for at, word in enumerate(words):
        if bare(word).lower().rstrip(".") in known.titles:
            last = at
    while words and last == len(words) - 1 and last >= 1 and bare(words[-1]).lower().rstrip(".") not in known.titles:
        last -= 1
    titles = [bare(word).lower().rstrip(".") for word in words[: last + 1]]
    name = [
        word
        for word in words[last + 1 :]
        if word
        not in (
            "The",
            "A",
            "But",
            "And",
            "In",
            "On",
            "At",
            "Yet",
            "When",
            "While",
            "As",
            "If",
            "For",
            "After",
            "Asked",
            "Still",
            "Meanwhile",
            "However",
            "With",
            "Also",
            "That",
            "It",
            "He",
            "She",
            "They",
            "His",
            "Her",
            "This",
            "Both",
            "Now",
            "Then",
            "So",
            "Last",
            "Earlier",
        )
    ]
    return titles, [word for word in name if bare(word).lower() not in DAYS]


def bare(word: str) -> str:
    """A word without its possessive or the point that ends a sentence."""
    word = word.rstrip(",")
    if word.endswith(("’s", "'s")):
        return word[:-2]
    word = word[:-1] if word.endswith(("’", "'")) else word
    return word[:-1] if word.endswith(".") and len(word) > 4 and word.count(".") == 1 else word


def slug(name: str) -> str:
    """A short name for an actor that the registry does not know."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:60]


def _bare_phrase(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", bare(words.strip()), flags=re.IGNORECASE)


def _is_unnamed(head: str, known: Lists) -> bool:
    words = [bare(word).lower() for word in head.split()]
    return any(word in known.unnamed for word in words) and not any(word in ("police", "campaign") for word in words)
