"""A report's mentions to its entities: who is who, under which canonical English name, and whom the pronouns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kronik.annotate.lexicon import (
    Grammar,
    Head,
    Known,
    Phrases,
    Title,
    grammar,
    known_by_sound,
    known_names,
    written_so,
)
from kronik.annotate.naming import Parts, demonym, group_name, parts, title_name
from kronik.annotate.pieces import cut, folded, key
from kronik.languages import Language
from kronik.model import Entity, EntityKind, Mention, Report, Sentence, Span
from kronik.world import Known as Thing
from kronik.world import KnownName, World


@dataclass
class Draft:
    """An entity while the report is read: what its mentions have shown so far."""

    name: str
    kind: EntityKind
    words: frozenset[str]
    thing: Thing | None = None
    country: str | None = None
    office: str | None = None
    stands_for: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)


def resolve(
    report: Report, sentences: Sequence[Sentence], mentions: Sequence[Mention], language: Language, world: World
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions with their entities' numbers, and the entities in the order in which the report brings them.

    Mentions are one entity when the world knows their names as one thing's, when a name is part of an earlier one's
    ("Kim", "Shoigu"), when a short form in brackets said so, or when an office was held by one person on the day of
    publication. A pronoun gets the entity that it means where the sentences before leave one; else None.
    """
    reading = _Resolver(report, grammar(language), known_names(language, world), world)
    numbers: list[int | None] = [None] * len(mentions)
    # Full names first, so that "Kim" in the lead finds the Kim Jong Un of the second paragraph.
    for full in (True, False):
        for index, mention in enumerate(mentions):
            if _full_name(mention, report.text) is full:
                numbers[index] = reading.number(mention)
    order = sorted(range(len(reading.drafts)), key=lambda number: reading.drafts[number].mentions[0].span.start)
    drafts = [reading.drafts[number] for number in order]
    place = {number: at for at, number in enumerate(order)}
    resolved = [
        replace(mention, entity=None if number is None else place[number])
        for mention, number in zip(mentions, numbers, strict=True)
    ]
    resolved = _pronouns(resolved, sentences, drafts)
    spans: dict[int, list[Span]] = {}
    for mention in resolved:
        if mention.entity is not None:
            spans.setdefault(mention.entity, []).append(mention.span)
    entities = tuple(_entity(draft, tuple(spans.get(number, ())), report.text) for number, draft in enumerate(drafts))
    return tuple(resolved), entities


def _full_name(mention: Mention, text: str) -> bool:
    return mention.form == "name" and mention.kind == "person" and " " in key(mention.name_span.of(text))


def _entity(draft: Draft, spans: tuple[Span, ...], text: str) -> Entity:
    thing = draft.thing
    return Entity(
        name=draft.name,
        text=_fullest(draft, text),
        kind=draft.kind,
        country=draft.country or (thing.country if thing else None),
        wikidata=thing.wikidata if thing else None,
        office=draft.office,
        stands_for=draft.stands_for or (thing.stands_for if thing else None),
        latitude=thing.latitude if thing else None,
        longitude=thing.longitude if thing else None,
        mentions=spans,
    )


def _fullest(draft: Draft, text: str) -> str:
    """The longest way of writing, a name before a noun phrase; ``text`` verbatim."""
    named = [m for m in draft.mentions if m.form == "name"] or draft.mentions
    if draft.kind == "country" and draft.thing is not None:
        full = [m for m in named if folded(m.name_span.of(text)) and m.kind == "country"]
        named = full or named
    best = max(named, key=lambda m: (m.name_span.end - m.name_span.start > 3, m.span.end - m.span.start, -m.span.start))
    return best.span.of(text)


class _Resolver:
    """Numbers the mentions of one report, one after the other."""

    def __init__(self, report: Report, words: Grammar, names: Phrases[Known], world: World) -> None:
        self.report = report
        self.text = report.text
        self.words = words
        self.names = names
        self.world = world
        self.drafts: list[Draft] = []
        self.by_key: dict[tuple[str, str], int] = {}
        self.short_forms: dict[str, int] = {}
        self.by_noun: dict[str, list[int]] = {}
        self.international = [holding for holding in world.holdings if not holding.country]

    def number(self, mention: Mention) -> int | None:
        if mention.form == "pronoun":
            return None
        part = parts(self.text, mention.span.start, mention.span.end, self.words, self.names)
        if mention.name_span == mention.span and mention.form == "nominal":
            number = self.nominal(mention, part)
        elif mention.kind == "person":
            number = self.person(mention, part)
        else:
            number = self.name(mention, part)
        if number is not None:
            self.drafts[number].mentions.append(mention)
            self.drafts[number].mentions.sort(key=lambda m: m.span.start)
            self.remember_short_form(mention, number)
        return number

    def draft(self, where: tuple[str, str], new: Draft) -> int:
        if where not in self.by_key:
            self.by_key[where] = len(self.drafts)
            self.drafts.append(new)
        return self.by_key[where]

    def known(self, span: Span) -> Known:
        """What the world knows by exactly that name."""
        pieces = cut(self.text, span.start, span.end)
        if not pieces:
            return ()
        for end, names in self.names.at(pieces, 0):
            if end == len(pieces):
                return tuple(name for name in names if written_so(name, pieces))
            break
        return ()

    def thing(self, name: KnownName, kind: EntityKind) -> int:
        known = name.known
        draft = Draft(known.name, known.kind, frozenset(key(known.name).split()), known, known.country)
        if kind == "place" and known.kind == "country" and name.sense == "capital":
            capital = self.world.capitals.get(known.country or "", name.text)
            draft = Draft(capital, "place", frozenset(), None, known.country)
            draft.stands_for = known.country
        return self.draft((draft.kind, draft.name), draft)

    def name(self, mention: Mention, part: Parts) -> int | None:
        text = mention.name_span.of(self.text)
        words = frozenset(key(text).split())
        known = self.known(mention.name_span)
        if known and known[0].known.kind == "person" and len(words) == 1:
            number = self.fitting_person(words, mention)
            if number is not None:
                return number
        if known:
            fitting = [n for n in known if n.known.kind == mention.kind] or list(known)
            best = fitting[0]
            if mention.kind == "place" and best.known.kind == "place" and len(fitting) > 1:
                countries = {d.country for d in self.drafts if d.kind == "country"}
                best = next((n for n in fitting if n.known.country in countries), best)
            number = self.thing(best, mention.kind)
            if best.sense == "capital" and best.known.country:
                self.drafts[number].stands_for = best.known.country
            return number
        short = self.short_forms.get(key(text))
        if short is not None:
            return short
        if len(words) == 1:
            number = self.fitting_person(words, mention)
            if number is not None:
                return number
        return self.draft(("name", key(text)), Draft(text, mention.kind, words))

    def person(self, mention: Mention, part: Parts) -> int | None:
        text = mention.name_span.of(self.text)
        words = frozenset(key(text).split())
        known = next((n for n in self.known(mention.name_span) if n.known.kind == "person"), None)
        if known is None and len(words) > 1:
            known = known_by_sound(text, self.world)
        number = self.fitting_person(words, mention) if len(words) == 1 else None
        if number is not None:
            pass
        elif known is not None:
            number = self.thing(known, "person")
            self.drafts[number].words |= words
        else:
            number = self.short_forms.get(key(text))
            if number is None:
                number = self.fitting_person(words, mention)
            if number is None:
                number = self.draft(("name", key(text)), Draft(text, "person", words))
        draft = self.drafts[number]
        if draft.kind == "person" and draft.thing is None and len(words) > len(draft.words):
            draft.words, draft.name = words, text
        if not part.former:
            draft.titles.update(title.english for title in part.titles)
        draft.country = draft.country or part.iso3
        if draft.office is None and any(title.kind == "office" for title in part.titles):
            draft.office = f"former {title_name(part)}" if part.former else title_name(part)
        return number

    def fitting_person(self, words: frozenset[str], mention: Mention) -> int | None:
        """The person of whose name these words are a part, or whose name is a part of them; the nearest of several."""
        fitting = [
            number
            for number, draft in enumerate(self.drafts)
            if draft.kind == "person"
            and draft.words
            and (words <= draft.words or (draft.thing is None and draft.words < words))
        ]
        return self.nearest(fitting, mention)

    def state(self, country: Thing) -> int:
        draft = Draft(country.name, "country", frozenset(), country, country.country)
        return self.draft(("country", country.name), draft)

    def ruled(self, head: Head, part: Parts) -> Thing | None:
        """The state of the one person whose government a phrase speaks of ("rezim Assad")."""
        people = [name.known for name in part.known if name.known.kind == "person"]
        if head.stands_for != "state" or len(people) != 1 or len(part.known) > 1:
            return None
        return self.world.countries.get(people[0].country or "")

    def bare_noun(self, head: Head, mention: Mention, part: Parts) -> int | None:
        """Whose government or army a noun without a name means: the one named so before, else the home state's."""
        if part.plural and mention.span.of(self.text)[:1].isdigit():
            return None
        earlier = [number for number in self.by_noun.get(head.english, ()) if self.before(number, mention)]
        number = self.nearest(earlier, mention)
        if number is not None or part.plural or head.stands_for != "state" or len(part.heads) > 1:
            return number
        home = self.world.countries.get(self.words.home)
        return self.state(home) if home is not None and mention.kind != "country" else None

    def before(self, number: int, mention: Mention) -> bool:
        return any(m.span.start < mention.span.start for m in self.drafts[number].mentions)

    def nearest(self, numbers: Sequence[int], mention: Mention) -> int | None:
        """Which of the entities was named last before the mention, else which is named first after it."""

        def distance(number: int) -> tuple[bool, int]:
            at = mention.span.start
            starts = [m.span.start for m in self.drafts[number].mentions]
            before = [at - start for start in starts if start < at]
            return (not before, min(before or [start - at for start in starts] or [0]))

        return min(numbers, key=distance, default=None)

    def nominal(self, mention: Mention, part: Parts) -> int | None:
        if mention.kind == "person" and part.titles:
            number = self.holder(part, mention)
            if number is not None:
                return number
        order_after = bool(self.words.after)
        if mention.kind == "person" and not part.plural and not part.about_actors:
            name = title_name(part)
        elif part.heads:
            head = part.heads[0] if order_after else part.heads[-1]
            state = part.country or self.ruled(head, part)
            if head.stands_for == "state" and state is not None and len(part.heads) == 1:
                number = self.state(state)
                self.drafts[number].stands_for = state.country
                self.by_noun.setdefault(head.english, []).append(number)
                return number
            bare = not part.known and not part.unknown and not part.titles
            if bare and head.stands_for in ("state", "armed-forces") and not part.singular:
                number = self.bare_noun(head, mention, part)
                if number is not None:
                    return number
            name = group_name(part, self.world, order_after=order_after)
            if not bare:
                number = self.draft(
                    (mention.kind, folded(name)), Draft(name, mention.kind, frozenset(), None, part.iso3)
                )
                self.by_noun.setdefault(head.english, []).append(number)
                return number
        elif part.titles:
            name = title_name(part, plural=True)
        elif part.known and part.known[0].sense == "demonym":
            people = part.known[0]
            name = people.text if people.language == "en" else demonym(self.world, people.known.country or "") + "s"
        else:
            name = mention.span.of(self.text)
        office = name if mention.kind == "person" and part.titles else None
        return self.draft((mention.kind, folded(name)), Draft(name, mention.kind, frozenset(), None, part.iso3, office))

    def holder(self, part: Parts, mention: Mention) -> int | None:
        """The person whose office a phrase without a name means: named so in the report, or in office on its day."""
        title = next((t for t in part.titles if t.kind == "office"), None)
        if title is None or part.former:
            return None
        narrowed = [n for n in part.known if n.known.kind != "person"]
        fitting = [
            number
            for number, draft in enumerate(self.drafts)
            if draft.kind == "person"
            and draft.words
            and title.english in draft.titles
            and (not narrowed or part.iso3 == draft.country)
        ]
        if len(fitting) == 1 or (fitting and not narrowed):
            return self.nearest(fitting, mention)
        person = self.in_office(title, narrowed, part)
        if person is None:
            return None
        draft = Draft(person.name, "person", frozenset(key(person.name).split()), person, person.country)
        number = self.draft(("person", person.name), draft)
        self.drafts[number].titles.add(title.english)
        self.drafts[number].office = self.drafts[number].office or title_name(part)
        return number

    def in_office(self, title: Title, narrowed: Sequence[KnownName], part: Parts) -> Thing | None:
        """The one person who held an office of a state or an organisation on the report's day; None where unsure.

        Without a state or organisation, the language's home state is meant. Holdings of organisations have no state and
        name their organisation in their title.
        """
        if self.report.published is None or len(narrowed) > 1 or len(part.titles) > 1 or part.heads or part.unknown:
            return None
        whose = narrowed[0].known if narrowed else None
        state = (whose.country if whose.kind == "country" else "") if whose else self.words.home
        if state is None or (not state and whose is None):
            return None
        holders: dict[str, Thing] = {}
        for office in title.offices:
            if (
                not state
                and whose
                and not any(h.office == office and whose.name in h.title for h in self.international)
            ):
                continue
            person = self.world.office_holder(state, office, self.report.published)
            if person:
                holders[person.name] = person
        return next(iter(holders.values())) if len(holders) == 1 else None

    def remember_short_form(self, mention: Mention, number: int) -> None:
        """Keeps "RSF" of "Rapid Support Forces (RSF)" as another name of the same."""
        phrase = mention.span.of(self.text)
        opening = phrase.rfind("(")
        if opening > 0 and phrase.endswith(")") and mention.span.start + opening >= mention.name_span.end:
            self.short_forms.setdefault(key(phrase[opening + 1 : -1]), number)


def _pronouns(mentions: list[Mention], sentences: Sequence[Sentence], drafts: list[Draft]) -> list[Mention]:
    """Gives personal pronouns the person or group whom this sentence, or the nearest before it, names first."""
    where = _sentence_numbers(mentions, sentences)
    done: list[Mention] = []
    for index, mention in enumerate(mentions):
        if mention.form == "pronoun" and mention.kind in ("person", "group") and mention.entity is None:
            done.append(replace(mention, entity=_antecedent(index, done, where, drafts, mention)))
        else:
            done.append(mention)
    return done


def _antecedent(
    index: int, before: list[Mention], where: list[int], drafts: list[Draft], mention: Mention
) -> int | None:
    wanted = mention.kind
    for back in range(4):
        candidates = [
            m.entity
            for m, number in zip(before, where, strict=False)
            if number == where[index] - back and m.entity is not None and drafts[m.entity].kind == wanted
        ]
        if candidates:
            if wanted == "group" and len(set(candidates)) > 1:
                return None
            return candidates[0]
        if wanted == "group" and back == 1:
            return None
    return None


def _sentence_numbers(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[int]:
    numbers: list[int] = []
    at = 0
    for mention in mentions:
        while at + 1 < len(sentences) and sentences[at].span.end <= mention.span.start:
            at += 1
        numbers.append(at)
    return numbers
