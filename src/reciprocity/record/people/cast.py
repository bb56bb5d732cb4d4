"""Who is who in a document: the words that name a source turned into actors."""

from __future__ import annotations

import re

from reciprocity.record.actor import Actor
from reciprocity.record.document import content_id
from reciprocity.record.grammar.scene import Range
from reciprocity.record.people.met import Met
from reciprocity.record.people.names import RUN, bare, bare_phrase, is_body, is_unnamed, lists, slug, split_title
from reciprocity.record.people.pronouns import BOTH, PLURAL, SINGULAR, TIED, both, one_of, several
from reciprocity.record.people.speakers import Ids, Speakers
from reciprocity.record.registry import Registry

_DOCUMENTS = re.compile(
    r"^(?:(?:a|an|the|this|that|his|her|their)\s+)?(?:\w+\s+){0,2}?(?:statement|readout|release|letter|report|memo|post|"
    r"tweet|speech|address|notice|email|comments?|remarks?|document|filing|lawsuit)\b(?:\s+(?:released|issued|sent|made|"
    r"published|posted|obtained))?\s*(?:from|by|of)\s+",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(.*?)[’'](?:s)?\s+(?:office|campaign|team|spokes\w+|administration|government|readout)$", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:the |a )?([A-Z]{2,6})(?: (?:readout|statement|release|office|report|memo|letter|news))?$")
_PAPER = re.compile(r"(?:the|a|this) (?:\w+ )?(?:readout|statement|release|communiqué|office)")
_JOINS = ("his ", "her ", "the ", "he", "she")
_PARTS = re.compile(r",? and |, (?=[A-Z])")
_APPOSED = re.compile(r",\s*((?:[A-ZÀ-Ý][\w.’'-]+\s+){1,3}[A-ZÀ-Ý][\w’'-]+),?$")
_TITLED = re.compile(r"(\S+) ((?:[A-ZÀ-Ý][\w.’'-]+ ){1,3}[A-ZÀ-Ý][\w’'-]+)$")
_OWNER = re.compile(r"[’']s ")
_HEAD_END = re.compile(r",|\(|\bwho\b|\bwhich\b|\s(?:of|from|for|with|in|at|on|to|during)\s|\s-\s|—|–")
_LEADING = re.compile(r"(?:the|a|our|u\.s\.|canadian|american)\s+")
_RELATIVES = frozenset(["who", "which", "that", "whom", "both of whom", "all of whom", "some of whom"])
_SAME = frozenset(["i", "it", "this", "the former", "the latter", "she", "he", "on", "je", "nous"])
_NOBODY = frozenset(["it", "there", "this", "that", "what", "one", "the", "a", "an"])


class Cast:
    """The actors of one document as they come to be known, read once from start to end."""

    def __init__(self, document: str, published: str, registry: Registry, text: str) -> None:
        self.document = document
        self.registry = registry
        self.text = text
        self.met = Met(text, registry)
        self.speakers = Speakers(registry, published, self.met)

    @property
    def actors(self) -> dict[str, Actor]:
        """Everybody found so far, by id."""
        return self.speakers.actors

    def meet(self, ranges: list[tuple[int, int]]) -> None:
        """Learn every name between the given offsets (the narration, without the quotes)."""
        self.met.meet(ranges)

    def add(self, actor: Actor) -> Ids:
        """An actor met outside a sentence, as a speaker."""
        return (self.speakers.add(actor),)

    def last(self, start: int) -> Ids:
        """Who spoke last before a place."""
        return self.speakers.last(start)

    def introduced(self, start: int, end: int) -> tuple[Ids, Range | None]:
        """Who the last sentence of a stretch is about, and so speaks after it, with the words that name them."""
        place, name = self.met.subject_of(start, end)
        run = RUN.match(self.text, place, end) if name else None
        return ((self.speakers.person(name),), (place, place + len(bare(run[0])))) if run else ((), None)

    def named_before(self, start: int) -> Ids:
        """The person named last before a place, else the last name that may be a person's; none when there is none."""
        named = (
            name for known in (self.met.mentions, self.met.unsure) for place, name in reversed(known) if place < start
        )
        name = next(named, "")
        return (self.speakers.person(name),) if name else ()

    def is_unnamed(self, ids: Ids) -> bool:
        """Whether a source is not named."""
        return self.speakers.is_unnamed(ids)

    def resolve(self, source: str, start: int, *, speaks: bool = True) -> Ids:
        """The actors that the words of a source mean where they stand; `speaks` is False for who only passes on."""
        found = self._resolve(" ".join(source.split()).strip(" ,;:—–-"), start)
        if found and speaks:
            self.speakers.spoke.append((start, found))
        return found

    def _resolve(self, words: str, start: int) -> Ids:  # noqa: PLR0911
        low = words.lower()
        tied = TIED.fullmatch(low)
        low = tied[1] if tied else low
        if low in SINGULAR:
            return one_of(self.speakers, SINGULAR[low], start) or (self.last(start) if tied else ())
        if low in PLURAL:
            return several(self.speakers, start)
        if low in _RELATIVES:
            return self._antecedent(start)
        if low in _SAME:
            return self.last(start)
        if BOTH.fullmatch(low):
            return both(self.speakers, start)
        document = _DOCUMENTS.match(words) if " " in words else None
        if document:
            return self._resolve(words[document.end() :], start)
        return self._office(words, start) or self._joint(words, start) or self._single(words, start)

    def _antecedent(self, start: int) -> Ids:
        begin = self.met.sentence_start(start)
        for match in reversed(list(RUN.finditer(self.text, max(begin, start - 160, 0), start))):
            if split_title(match[0].split())[1]:
                return self._single(match[0], start)
        before = self.text[max(begin + 1, start - 60, 0) : start].strip(" ,\n")
        return self._single(" ".join(before.split()[-3:]), start) if before else self.last(start)

    def _office(self, words: str, start: int) -> Ids:
        known = self.registry.named(bare_phrase(words))
        if known:
            return self.add(known)
        low = words.lower()
        if low in ("his office", "her office", "his team", "her team"):
            holder = one_of(self.speakers, SINGULAR[low[:3]], start)
            return (self.speakers.office_of(holder[0]),) if holder else ()
        match = _OFFICE.match(words) if "’" in words or "'" in words else None
        if match:
            holder = self._single(match[1], start)
            spokes = "spokes" in low.rsplit(" ", 1)[-1]
            return (self.speakers.office_of(holder[0]),) if holder and not spokes else holder
        initials = _INITIALS.match(words)
        aliased = self.registry.named(initials[1]) if initials else None
        if aliased:
            return self.add(aliased)
        return self.speakers.last_office(start) if _PAPER.fullmatch(low) else ()

    def _joint(self, words: str, start: int) -> Ids:
        parts = _PARTS.split(words)
        if not 2 <= len(parts) <= 4 or not all(part.strip() for part in parts):
            return ()
        speaking = [part for part in parts if part[:1].isupper() or part.lower().startswith(_JOINS)]
        if len(speaking) != len(parts) or ("," in words and " and " not in words):
            return ()
        if any(len(part.split()) > 9 or bare(part.split()[-1]).lower() in ("others", "workers") for part in parts):
            return ()
        found = [self._resolve(part, start) for part in parts]
        if not all(ids and self.speakers.can_join(ids) for ids in found):
            return ()
        return tuple(dict.fromkeys(actor for ids in found for actor in ids))

    def _single(self, words: str, start: int) -> Ids:
        registered = self.registry.named(bare_phrase(words))
        if registered:
            return self.add(registered)
        cut = _HEAD_END.search(words, 1)
        head = words[: cut.start()] if cut else words
        if not head.strip() or (head[:1].islower() and is_unnamed(head)):
            head = words
        person = self._person_in(head) or self._person_beside(words)
        if person:
            return (person,)
        if is_unnamed(head) and not RUN.search(head, 1):
            return self.add(Actor(content_id("unnamed", self.document, words.lower()), words, "unnamed"))
        holder = self._holder(head, start)
        return (holder,) if holder else self._body(head, start)

    def _body(self, head: str, start: int) -> Ids:
        name = bare_phrase(head)
        registered = self.registry.named(name)
        if registered:
            return self.add(registered)
        if not name or name.lower() in _NOBODY:
            return self.last(start)
        return self.add(Actor(slug(name), name, "body"))

    def _person_in(self, head: str) -> str:
        """The person named last in a phrase: after titles, not a body."""
        met = self.met
        for match in reversed(list(RUN.finditer(head))):
            titles, name = split_title(match[0].split())
            if not name or is_body(name):
                continue
            surname = bare(name[-1])
            if len(name) == 1:
                whole = met.surnames.get(surname) or met.surnames.get("?" + surname)
                known = "" if whole else self.speakers.bearing(surname)
                if whole or titles or known:
                    return self.speakers.person(whole or known or surname)
                continue
            full = " ".join([*name[:-1], surname])
            if titles or len(name) <= 3 or bare(name[0]).lower() in lists().gender or self.registry.named(full):
                if not titles and match.end() < len(head.rstrip(" '’s")) and head[match.end() :].strip()[:1].islower():
                    continue
                met.surnames[surname] = full
                return self.speakers.person(full)
        return ""

    def _person_beside(self, words: str) -> str:
        """The name beside a title: `the minister, Jane Doe`, `Ottawa's critic Jane Doe`."""
        titles = lists().titles
        apposed = _APPOSED.search(words)
        before = words[: apposed.start()].split() if apposed else []
        in_a_town = before[-2:-1] and before[-2].lower() in ("in", "from", "near", "at")
        if apposed and not in_a_town and any(bare(word).lower() in titles for word in before):
            return self.speakers.person(apposed[1])
        titled = _TITLED.search(words.split(",", maxsplit=1)[0])
        owned = _OWNER.split(titled[2]) if titled else []
        if titled and (len(owned) > 1 or titled[1].lower() in titles) and " " in owned[-1]:
            return self.speakers.person(owned[-1])
        return ""

    def _holder(self, head: str, start: int) -> str:
        """Who holds the office a title names: `the prime minister`, `the president`."""
        low = _LEADING.sub("", head.lower(), count=1) if _LEADING.match(head.lower()) else head.lower()
        if "-".join(low.split()) not in lists().offices and low.split()[-1:] != ["minister"]:
            return ""
        return self.speakers.holder(low, start)
