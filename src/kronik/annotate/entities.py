"""A report's mentions to its entities: who is who, under which canonical English name, and whom the pronouns mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
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
from kronik.annotate.naming import Parts, demonym, group_name, parts, title_name, titles_name
from kronik.annotate.pieces import cut, folded, key
from kronik.languages import Language
from kronik.model import Entity, EntityKind, Mention, Report, Sentence, Span
from kronik.world import Holding, KnownName, World
from kronik.world import Known as Thing

# How titles call who heads a state or a government; those of one sort may stand for each other.
RULERS = {
    "president": "president",
    "chancellor": "chancellor",
    "prime minister": "prime minister",
    "premier": "prime minister",
    "taoiseach": "prime minister",
    "king": "monarch",
    "queen": "monarch",
    "monarch": "monarch",
    "emperor": "emperor",
    "sultan": "sultan",
    "emir": "emir",
    "pope": "pope",
}
POINTING = 12  # characters after a noun in which a word that makes it point back may stand
LOOK_BACK = 3  # sentences in which a noun's state is looked for


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
    reading = _Resolver(report, sentences, grammar(language), known_names(language, world), world)
    for mention in mentions:
        if mention.form == "nominal":
            reading.hear(mention)
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
    single = [reading.is_single(mention) for mention in resolved]
    resolved = _pronouns(resolved, single, sentences, drafts)
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

    def __init__(
        self, report: Report, sentences: Sequence[Sentence], words: Grammar, names: Phrases[Known], world: World
    ) -> None:
        self.report = report
        self.starts = [sentence.span.start for sentence in sentences]
        self.paragraphs = [sentence.paragraph for sentence in sentences]
        self.placed: list[tuple[int, int]] = []
        self.text = report.text
        self.words = words
        self.names = names
        self.world = world
        self.drafts: list[Draft] = []
        self.by_key: dict[tuple[str, str], int] = {}
        self.short_forms: dict[str, int] = {}
        self.by_noun: dict[str, list[int]] = {}
        self.read: dict[int, Parts] = {}
        self.heard: list[tuple[frozenset[str], Thing]] = []
        self.international = {holding.office: holding.title for holding in world.holdings if not holding.country}

    def parts(self, mention: Mention) -> Parts:
        """What the mention's phrase holds, read once."""
        start = mention.span.start
        if start not in self.read:
            self.read[start] = parts(self.text, start, mention.span.end, self.words, self.names)
        return self.read[start]

    def hear(self, mention: Mention) -> None:
        """Keeps the persons whom a noun phrase names in full ("advisers to Mahmoud Abbas"), for their surnames."""
        part = self.parts(mention)
        for name in part.known:
            if name.known.kind == "person" and " " in name.text:
                self.heard.append(
                    (frozenset(key(name.known.name).split()) | frozenset(key(name.text).split()), name.known)
                )
        for text in part.unknown:
            known = known_by_sound(text, self.world) if " " in text else None
            if known is not None:
                self.heard.append((frozenset(key(text).split()), known.known))

    def number(self, mention: Mention) -> int | None:
        if mention.form == "pronoun":
            return None
        part = self.parts(mention)
        if mention.name_span == mention.span and mention.form == "nominal":
            number = self.nominal(mention, part)
        elif mention.kind == "person":
            number = self.person(mention, part)
        else:
            number = self.name(mention, part)
        if number is not None:
            insort(self.placed, (mention.span.start, number))
            insort(self.drafts[number].mentions, mention, key=lambda m: m.span.start)
            self.remember_short_form(mention, number)
        return number

    def is_single(self, mention: Mention) -> bool:
        """Whether a pronoun may mean one entity; "both leaders" mean two, whom those who read on look for."""
        pronoun = self.words.pronouns.values.get(key(mention.span.of(self.text)))
        return mention.form == "pronoun" and (pronoun is None or pronoun.number != "dual")

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
        part = replace(part, unknown=tuple(other for other in part.unknown if other not in text))
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
            begins = cut(self.text, mention.name_span.start, mention.name_span.end)
            draft.titles.update(title.english for end, title in self.words.titles.at(begins, 0) if end < len(begins))
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
        if fitting or len(words) > 1:
            return self.nearest(fitting, mention)
        people = {known.name: known for name, known in self.heard if words <= name}
        if len(people) != 1:
            return None
        known = next(iter(people.values()))
        return self.draft(("person", known.name), Draft(known.name, "person", words, known, known.country))

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
        if number is not None or part.plural or len(part.heads) > 1:
            return number
        states = self.states_around(mention)
        home = self.words.home if not states or self.words.home in states else None
        return self.acting_for(head, _most(states) or home)

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def between(self, begin: int, end: int) -> list[int]:
        """The entities mentioned between two offsets, as far as they are numbered, in text order."""
        return [n for _, n in self.placed[bisect_left(self.placed, (begin, -1)) : bisect_left(self.placed, (end, -1))]]

    def owner(self, mention: Mention) -> int | None:
        """Whose a thing is that is said to be theirs: what its sentence, or the one before, names first."""
        here = self.sentence(mention.span.start)
        for sentence in (here, here - 1):
            if sentence < 0:
                break
            begin = self.starts[sentence]
            end = mention.span.start if sentence == here else self.starts[here]
            for number in self.between(begin, end):
                draft = self.drafts[number]
                if draft.kind != "place" or draft.stands_for:
                    return number
        return None

    def points_back(self, mention: Mention, nouns: frozenset[str]) -> bool:
        """Whether one of these nouns, alone, means something named before ("the group", "kelompok itu")."""
        pieces = cut(self.text, mention.span.start, mention.span.end + POINTING)
        within = [piece.lower for piece in pieces if piece.end <= mention.span.end]
        if not nouns.intersection(within):
            return False
        beside = pieces[len(within)].lower if self.words.after and len(within) < len(pieces) else within[0]
        return beside in self.words.demonstratives

    def last_state(self, mention: Mention) -> int | None:
        """The state named last before a noun that points back; else the one that the sentences around belong to."""
        for number in reversed(self.between(self.window(mention), mention.span.start)):
            if self.drafts[number].kind == "country":
                return number
        country = self.world.countries.get(_most(self.states_around(mention)) or "")
        return self.state(country) if country is not None else None

    def last_group(self, mention: Mention) -> int | None:
        """The organisation or group with a name that was named last before a noun that points back."""
        for number in reversed(self.between(self.window(mention), mention.span.start)):
            draft = self.drafts[number]
            named = draft.thing is not None or any(m.form == "name" for m in draft.mentions)
            if named and draft.kind in ("organisation", "group"):
                return number
        return None

    def window(self, mention: Mention) -> int:
        """Where the sentences begin in which it is looked for what a noun without a name means."""
        return self.starts[max(self.sentence(mention.span.start) - LOOK_BACK, 0)]

    def of_owner(self, head: Head, mention: Mention) -> int | None:
        """Which state, forces or group a noun means that belongs to its sentence's subject ("its troops")."""
        if head.stands_for not in ("state", "armed-forces"):
            return None
        number = self.owner(mention)
        if number is None:
            return None
        owner = self.drafts[number]
        if owner.kind in ("organisation", "group") and head.stands_for == "armed-forces":
            return number
        return self.acting_for(head, owner.stands_for or _country(owner))

    def acting_for(self, head: Head, iso3: str | None) -> int | None:
        """A state, or its armed forces, that a noun stands for; None where the state is not known."""
        country = self.world.countries.get(iso3 or "")
        if country is None or iso3 is None:
            return None
        if head.stands_for == "state":
            return self.state(country)
        forces = self.world.armed_forces.get(iso3)
        name = forces.name if forces else f"{demonym(self.world, iso3)} Armed Forces"
        return self.draft(("group", folded(name)), Draft(name, "group", frozenset(), None, iso3))

    def states_around(self, mention: Mention) -> Counter[str]:
        """The states (iso3) to which what this sentence and those before it name belongs, and how often each."""
        named = (_country(self.drafts[n]) for n in self.between(self.window(mention), mention.span.start))
        return Counter(iso3 for iso3 in named if iso3)

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
            if bare and self.points_back(mention, self.words.pointing_at_states):
                return self.last_state(mention)
            if bare and self.points_back(mention, self.words.pointing):
                number = self.last_group(mention)
                if number is not None:
                    return number
            if bare and part.owned:
                number = self.of_owner(head, mention)
                if number is not None:
                    return number
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
            name = titles_name(part, self.world)
        elif part.known and part.known[0].sense == "demonym":
            people = part.known[0]
            name = people.text if people.language == "en" else demonym(self.world, people.known.country or "") + "s"
        else:
            name = mention.span.of(self.text)
        office = name if mention.kind == "person" and part.titles else None
        country = part.iso3 or _most(self.states_around(mention))
        return self.draft((mention.kind, folded(name)), Draft(name, mention.kind, frozenset(), None, country, office))

    def holder(self, part: Parts, mention: Mention) -> int | None:
        """The person whose office a phrase without a name means: named so in the report, or in office on its day."""
        narrowed = [n for n in part.known if n.known.kind != "person"]
        title = next((t for t in part.titles if t.kind == "office" or (t.offices and narrowed)), None)
        if title is None or part.former or part.singular or part.unknown:
            return None
        people = [
            number
            for number, draft in enumerate(self.drafts)
            if draft.kind == "person" and draft.words and (not narrowed or part.iso3 == draft.country)
        ]
        fitting = [number for number in people if title.english in self.drafts[number].titles] or [
            number for number in people if self.held(self.drafts[number], title)
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

    def held(self, draft: Draft, title: Title) -> bool:
        """Whether a person known by the world held an office of a title on the report's day."""
        return draft.thing is not None and any(
            holding.country and _says(title, holding) for holding in self.holdings(draft.name, title.offices)
        )

    def holdings(self, person: str, offices: Sequence[str]) -> list[Holding]:
        """Which of these offices a person (by canonical name) held on the report's day; ever, where it has no day."""
        day = self.report.published
        return [
            holding
            for holding in self.world.offices_of(person)
            if holding.office in offices
            and (day is None or holding.start is None or holding.start <= day)
            and (day is None or holding.end is None or day <= holding.end)
        ]

    def in_office(self, title: Title, narrowed: Sequence[KnownName], part: Parts) -> Thing | None:
        """The one person who held an office of a state or an organisation on the report's day; None where unsure.

        Without a state or organisation, the language's home state is meant. Holdings of organisations have no state and
        name their organisation in their title.
        """
        if self.report.published is None or len(narrowed) > 1 or len(part.titles) > 1 or part.heads or part.unknown:
            return None
        whose = narrowed[0].known if narrowed else None
        holders: dict[str, Thing] = {}
        for office in title.offices:
            body = self.international.get(office)
            if body is None:
                state = (whose.country if whose.kind == "country" else None) if whose else self.words.home or None
            else:
                state = "" if (whose.name in body if whose else len(title.offices) == 1) else None
            if state is None:
                continue
            person = self.world.office_holder(state, office, self.report.published)
            if person and any(_says(title, holding) for holding in self.holdings(person.name, [office])):
                holders.setdefault(person.name, person)
        if len(holders) > 1 and title.english == "leader":
            return None
        return next(iter(holders.values()), None)

    def remember_short_form(self, mention: Mention, number: int) -> None:
        """Keeps "RSF" of "Rapid Support Forces (RSF)" as another name of the same."""
        phrase = mention.span.of(self.text)
        opening = phrase.rfind("(")
        if opening > 0 and phrase.endswith(")") and mention.span.start + opening >= mention.name_span.end:
            self.short_forms.setdefault(key(phrase[opening + 1 : -1]), number)


def _most(states: Counter[str]) -> str | None:
    """The state named more often than all others together; None where none is."""
    iso3, times = states.most_common(1)[0] if states else (None, 0)
    return iso3 if times > states.total() / 2 else None


def _country(draft: Draft) -> str | None:
    return draft.country or (draft.thing.country if draft.thing else None)


def _says(title: Title, holding: Holding) -> bool:
    """Whether a head of state or of government is of the sort that a title says: no sultan is a president."""
    if holding.office not in ("head-of-state", "head-of-government"):
        return True
    sorts = {sort for name, sort in RULERS.items() if name in holding.title.lower()}
    return not sorts or RULERS.get(title.english) in {None, *sorts}


def _pronouns(
    mentions: list[Mention], single: list[bool], sentences: Sequence[Sentence], drafts: list[Draft]
) -> list[Mention]:
    """Gives personal pronouns the person or group whom this sentence, or the nearest before it, names first."""
    where = _sentence_numbers(mentions, sentences)
    done: list[Mention] = []
    for index, mention in enumerate(mentions):
        if single[index] and mention.kind in ("person", "group", "organisation") and mention.entity is None:
            done.append(replace(mention, entity=_antecedent(index, done, where, drafts, mention)))
        else:
            done.append(mention)
    return done


def _antecedent(
    index: int, before: list[Mention], where: list[int], drafts: list[Draft], mention: Mention
) -> int | None:
    wanted = mention.kind
    if wanted == "organisation":
        return _subject(index, before, where, drafts)
    for back in range(4):
        candidates = [
            m.entity
            for m in _in_sentence(before, where, where[index] - back)
            if m.entity is not None and drafts[m.entity].kind == wanted
        ]
        if candidates:
            if wanted == "group" and len(set(candidates)) > 1:
                return None
            return candidates[0]
        if wanted == "group" and back == 1:
            return None
    return None


def _subject(index: int, before: list[Mention], where: list[int], drafts: list[Draft]) -> int | None:
    """Who speaks of themselves as a body ("pihaknya"): whom this sentence, or the one before, names first."""
    for back in range(2):
        for mention in _in_sentence(before, where, where[index] - back):
            if mention.entity is not None and drafts[mention.entity].kind != "place":
                return mention.entity
    return None


def _in_sentence(before: list[Mention], where: list[int], number: int) -> list[Mention]:
    """Those of the mentions that stand in sentence ``number``; ``where`` are the sentences of all, in order."""
    first = bisect_left(where, number, 0, len(before))
    return before[first : bisect_right(where, number, first, len(before))]


def _sentence_numbers(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[int]:
    numbers: list[int] = []
    at = 0
    for mention in mentions:
        while at + 1 < len(sentences) and sentences[at].span.end <= mention.span.start:
            at += 1
        numbers.append(at)
    return numbers
