"""The function words the reading rules look at, from `grammar.toml`."""

from __future__ import annotations

from reciprocity.files import shipped_toml

_LISTS = shipped_toml("record", "grammar", "grammar.toml")


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


HAVE = _set("have")
BE = _set("be")
DO = _set("do")
MODAL = _set("modal")
ADVERBS = _set("adverbs")
NOT_ADVERBS = _set("not_adverbs")
SUBORDINATORS = _set("subordinators")
RELATIVES = _set("relatives")
PRONOUNS = _set("pronouns")
COMMENTS = _set("comments")
DETERMINERS = _set("determiners")
PREPOSITIONS = _set("prepositions")
TIMES = _set("times")
WEEKDAYS = _set("weekdays")
OPENERS = _set("openers")
APPOSITIVE = _set("appositive")
PLAIN = _set("plain")
COMMON_VERBS = _set("common_verbs")
PASSED = _set("passed")
UNNAMED = _set("unnamed")
ABBREVIATED = _set("abbreviated")
STARTERS = _set("starters")
DAYS = _set("days")
ACTORS = _set("actors")
THINGS = _set("things")
LIGHT_VERBS = _set("light_verbs")
COMMON = _set("common")
JUDGING = _set("judging")
NAMING = _set("naming")
DANGLING = _set("dangling")
TRAILING_TIMES = _set("trailing_times")
WARY = _set("wary")
NO_CLAUSE = _set("no_clause")
ACCUSED_BREAK = _set("accused_break")
QUESTIONS = _set("questions")
TOPICAL = _set("topical")
NOT_LABELS = _set("not_labels")
FRENCH = _set("french")
FRENCH_ACTORS = _set("french_actors")
FRENCH_INTENDING = _set("french_intending")
FRENCH_VERBS = _set("french_verbs")
FRENCH_STOPS = _set("french_stops")
AUX = HAVE | BE | DO | MODAL
