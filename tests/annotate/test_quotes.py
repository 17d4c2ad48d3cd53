"""Direct quotes and indirect speech, each with its speaker, in Indonesian and English."""

from __future__ import annotations

import re

import pytest

from kronik.annotate.quotes import find
from kronik.annotate.sentences import split
from kronik.languages import load
from kronik.model import Entity, Mention, Quote, Report, Span

# The entities of these sentences: how they are written, and which entity each way means.
PEOPLE = {
    "Menteri Luar Negeri Sergei Lavrov": ("Sergei Lavrov", "person"),
    "Foreign Minister Sergei Lavrov": ("Sergei Lavrov", "person"),
    "Lavrov": ("Sergei Lavrov", "person"),
    "Dmitry Peskov": ("Dmitry Peskov", "person"),
    "Peskov": ("Dmitry Peskov", "person"),
    "Kim Jong Un": ("Kim Jong Un", "person"),
    "Kremlin": ("Kremlin", "organisation"),
    "The Foreign Ministry": ("Ministry of Foreign Affairs", "organisation"),
    "Kementerian Luar Negeri": ("Ministry of Foreign Affairs", "organisation"),
    "KCNA": ("KCNA", "organisation"),
    "Seoul": ("Seoul", "place"),
}


def read(text: str, code: str) -> list[tuple[str, bool, str, str | None]]:
    return [
        (q.span.of(text), q.direct, q.speaker.name if q.speaker else "", q.cue.of(text) if q.cue else None)
        for q in quotes(text, code)
    ]


def quotes(text: str, code: str) -> tuple[Quote, ...]:
    language = load(code)
    names = list(dict.fromkeys(name for name, _ in PEOPLE.values()))
    kinds = dict(PEOPLE.values())
    entities = tuple(Entity(name, name, kinds[name]) for name in names)  # type: ignore[arg-type]
    written = "|".join(sorted(map(re.escape, PEOPLE), key=len, reverse=True))
    mentions = tuple(
        Mention(Span(*m.span()), Span(*m.span()), PEOPLE[m.group()][1], "name", names.index(PEOPLE[m.group()][0]))  # type: ignore[arg-type]
        for m in re.finditer(rf"\b(?:{written})\b", text)
    )
    return find(Report("a", code, text), split(text, language), mentions, entities, language)


DIRECT = [
    (
        "id",
        '"Kami tidak akan mundur selangkah pun," kata Lavrov, Rabu (13/9).',
        "Kami tidak akan mundur selangkah pun",
        "Sergei Lavrov",
        "kata",
    ),
    (
        "id",
        "“ Kami tidak akan mundur selangkah pun, ” ujar Menteri Luar Negeri Sergei Lavrov.",
        "Kami tidak akan mundur selangkah pun",
        "Sergei Lavrov",
        "ujar",
    ),
    (
        "id",
        'Peskov tiba pagi ini. "Pembicaraan berjalan sangat baik sekali," katanya.',
        "Pembicaraan berjalan sangat baik sekali",
        "Dmitry Peskov",
        "katanya",
    ),
    (
        "id",
        'Lavrov menegaskan, "Kerja sama ini tidak melanggar apa pun."',
        "Kerja sama ini tidak melanggar apa pun.",
        "Sergei Lavrov",
        "menegaskan",
    ),
    ("id", '"Semua pihak harus menahan diri, "kata Peskov.', "Semua pihak harus menahan diri", "Dmitry Peskov", "kata"),
    (
        "id",
        "Kim Jong Un menyebut lawatan itu «bukti persahabatan kedua negara besar».",
        "bukti persahabatan kedua negara besar",
        "Kim Jong Un",
        "menyebut",
    ),
    (
        "id",
        '"Latihan ini hanya untuk pertahanan diri," bunyi pernyataan KCNA.',
        "Latihan ini hanya untuk pertahanan diri",
        "KCNA",
        "bunyi pernyataan",
    ),
    (
        "en",
        '"We will not take a single step back," Lavrov said on Wednesday.',
        "We will not take a single step back",
        "Sergei Lavrov",
        "said",
    ),
    (
        "en",
        "“We will not take a step back,” said Foreign Minister Sergei Lavrov.",
        "We will not take a step back",
        "Sergei Lavrov",
        "said",
    ),
    (
        "en",
        'Peskov arrived early. "The talks went very well," he told reporters.',
        "The talks went very well",
        "Dmitry Peskov",
        "told",
    ),
    (
        "en",
        'Peskov told reporters: "There was nothing of the kind."',
        "There was nothing of the kind.",
        "Dmitry Peskov",
        "told",
    ),
    (
        "en",
        "‘We don’t need anybody’s permission,’ Peskov said.",
        "We don’t need anybody’s permission",
        "Dmitry Peskov",
        "said",
    ),
    (
        "en",
        'Lavrov said the visit was "a milestone for both our countries".',
        "a milestone for both our countries",
        "Sergei Lavrov",
        "said",
    ),
    (
        "en",
        'Lavrov, speaking to Sky News, said, "We will not take a single step back."',
        "We will not take a single step back.",
        "Sergei Lavrov",
        "said",
    ),
    (
        "en",
        'He was told by Lavrov of "heavy losses on both sides of the river".',
        "heavy losses on both sides of the river",
        "Sergei Lavrov",
        "told",
    ),
    (
        "en",
        'Is it true? "Why should it not be true?" Peskov asked.',
        "Why should it not be true?",
        "Dmitry Peskov",
        "asked",
    ),
]


@pytest.mark.parametrize(("code", "text", "words", "speaker", "cue"), DIRECT)
def test_a_direct_quote_has_its_speaker_and_cue(code: str, text: str, words: str, speaker: str, cue: str) -> None:
    assert read(text, code) == [(words, True, speaker, cue)]


INDIRECT = [
    (
        "id",
        "Lavrov mengatakan bahwa Rusia tidak melanggar sanksi apa pun.",
        "Rusia tidak melanggar sanksi apa pun",
        "Sergei Lavrov",
    ),
    (
        "id",
        "Peskov pada Rabu (13/9) mengatakan kepada wartawan bahwa kunjungan itu berjalan baik.",
        "kunjungan itu berjalan baik",
        "Dmitry Peskov",
    ),
    ("id", "Menurut KCNA, rudal itu terbang sejauh 500 kilometer.", "rudal itu terbang sejauh 500 kilometer", "KCNA"),
    ("id", "Rudal itu terbang sejauh 500 kilometer, menurut KCNA.", "Rudal itu terbang sejauh 500 kilometer", "KCNA"),
    (
        "id",
        "Namun, kereta itu sudah melewati perbatasan, kata Peskov.",
        "kereta itu sudah melewati perbatasan",
        "Dmitry Peskov",
    ),
    (
        "en",
        "Lavrov said on Wednesday that Russia had broken no sanctions.",
        "Russia had broken no sanctions",
        "Sergei Lavrov",
    ),
    ("en", "Peskov told reporters the visit was going well.", "the visit was going well", "Dmitry Peskov"),
    ("en", "According to KCNA, the missile flew 500 kilometres.", "the missile flew 500 kilometres", "KCNA"),
    ("en", "The missile flew 500 kilometres, according to KCNA.", "The missile flew 500 kilometres", "KCNA"),
    (
        "en",
        "The train had already crossed the border, The Foreign Ministry said on Tuesday.",
        "The train had already crossed the border",
        "Ministry of Foreign Affairs",
    ),
]


@pytest.mark.parametrize(("code", "text", "clause", "speaker"), INDIRECT)
def test_indirect_speech_is_the_whole_clause(code: str, text: str, clause: str, speaker: str) -> None:
    assert [found[:3] for found in read(text, code)] == [(clause, False, speaker)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("id", 'Seminar bertajuk "Masa Depan Hubungan Dua Negara" digelar di Seoul.'),
        ("id", 'Lavrov menyebut langkah itu "sangat baik".'),
        ("id", "Lavrov tiba di Seoul dengan kata lain lebih cepat."),
        ("en", 'The film "The Long Road to the Border" opened in Seoul.'),
        ("en", "Kim Jong Un is said to have left early in the day."),
        ("en", "Lavrov did not say when the talks would end."),
    ],
)
def test_what_is_no_direct_quote(code: str, text: str) -> None:
    assert [found for found in read(text, code) if found[1]] == []


def test_a_quote_broken_by_its_cue_is_one_entry_a_part() -> None:
    text = '"Kami sudah siap sejak lama," kata Lavrov, "dan kami menunggu jawaban mereka."'
    assert read(text, "id") == [
        ("Kami sudah siap sejak lama", True, "Sergei Lavrov", "kata"),
        ("dan kami menunggu jawaban mereka.", True, "Sergei Lavrov", "kata"),
    ]


def test_a_quote_goes_on_after_its_tag() -> None:
    text = "“We have been ready for long,” Peskov said. “We are waiting for their answer.”"
    assert [found[:3] for found in read(text, "en")] == [
        ("We have been ready for long", True, "Dmitry Peskov"),
        ("We are waiting for their answer.", True, "Dmitry Peskov"),
    ]


def test_a_paragraph_left_open_goes_on_in_the_next() -> None:
    text = "Lavrov spoke in Seoul.\n\n“We have been ready for long.\n\n“We are waiting for an answer,” Lavrov said."
    assert [found[:3] for found in read(text, "en")] == [
        ("We have been ready for long.", True, "Sergei Lavrov"),
        ("We are waiting for an answer", True, "Sergei Lavrov"),
    ]


def test_a_pronoun_is_the_one_who_spoke_last() -> None:
    text = "Lavrov mengatakan Rusia siap berunding. Ia menambahkan bahwa Kim Jong Un akan datang."
    assert [found[2] for found in read(text, "id")] == ["Sergei Lavrov", "Sergei Lavrov"]


def test_a_second_verb_shares_the_subject_and_ends_the_clause() -> None:
    text = "Peskov said the talks went well, adding that the guests would stay for two days."
    assert [(words, speaker) for words, _, speaker, _ in read(text, "en")] == [
        ("the talks went well", "Dmitry Peskov"),
        ("the guests would stay for two days", "Dmitry Peskov"),
    ]


def test_speech_that_lost_its_marks_is_direct_in_the_first_person() -> None:
    text = "Kami tidak takut kepada siapa pun, kata Lavrov."
    assert read(text, "id") == [("Kami tidak takut kepada siapa pun", True, "Sergei Lavrov", "kata")]


def test_without_mentions_the_words_themselves_speak() -> None:
    text = '"The harbour was closed all day," a dock worker said.'
    assert [found[2] for found in read(text, "en")] == ["a dock worker"]


def test_every_quote_reads_back_and_lies_in_one_paragraph() -> None:
    text = '"A\' “b” kata ia: "\n\n” ‘x, y z w v’ “Lavrov said “that he” was “in the house again.\n\nMenurut ""'
    for code in ("id", "en"):
        for quote in quotes(text, code):
            assert 0 <= quote.span.start < quote.span.end <= len(text)
            assert "\n\n" not in quote.span.of(text)


@pytest.mark.parametrize(
    ("code", "text", "clauses"),
    [
        ("en", "Peskov said the train had left, but Lavrov said it was late.", ["the train had left", "it was late"]),
        ("id", "Peskov mengatakan kereta sudah berangkat, namun Lavrov mengatakan kereta itu terlambat.",
         ["kereta sudah berangkat", "kereta itu terlambat"]),
        ("en", "Lavrov (right) announced, after a pause, that the talks would go on.", ["the talks would go on"]),
        ("en", "Officials said the train had left hours before.", []),
        ("en", "Their claim that nothing had happened was false.", []),
        ("id", "KCNA, seperti dikutip Peskov, menyatakan uji coba itu berhasil.", ["uji coba itu berhasil"]),
    ],
)  # fmt: skip
def test_clauses_end_where_another_speaker_begins(code: str, text: str, clauses: list[str]) -> None:
    assert [found[0] for found in read(text, code)] == clauses


def test_a_statement_after_a_colon_goes_on_while_it_says_we() -> None:
    text = "Foreign Minister Sergei Lavrov said:\n\nThe visit was useful.\n\nWe will go on with it.\n\nLavrov left."
    assert [(words, direct) for words, direct, _, _ in read(text, "en")] == [
        ("The visit was useful.", True),
        ("We will go on with it.", True),
    ]


def test_a_statement_has_the_speaker_before_it() -> None:
    text = 'Lavrov spoke at noon. "The door is still open to everyone," the statement said.'
    assert read(text, "en") == [("The door is still open to everyone", True, "Sergei Lavrov", "said")]


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", "The Foreign Ministry denied that the money was a ransom, and Foreign Minister Sergei Lavrov said that "
         "it was owed.", [("the money was a ransom", "Ministry of Foreign Affairs"), ("it was owed", "Sergei Lavrov")]),
        ("id", "Kementerian Luar Negeri menyatakan uang itu bukan tebusan, dan Menteri Luar Negeri Sergei Lavrov "
         "mengatakan bahwa uang itu utang lama.",
         [("uang itu bukan tebusan", "Ministry of Foreign Affairs"), ("uang itu utang lama", "Sergei Lavrov")]),
        ("en", "Peskov said that the train had left, and that Kim Jong Un would be back.",
         [("the train had left, and that Kim Jong Un would be back", "Dmitry Peskov")]),
    ],
)  # fmt: skip
def test_a_clause_ends_before_and_with_another_speaker(code: str, text: str, found: list[tuple[str, str]]) -> None:
    assert [(words, speaker) for words, _, speaker, _ in read(text, code)] == found


@pytest.mark.parametrize(
    ("code", "text", "clauses"),
    [
        ("en", "Japan attacked Peru, Peskov said.", ["Japan attacked Peru"]),
        ("en", "The train left, Peskov said.", []),
        ("en", "On Friday morning, Peskov said nothing.", []),
        ("id", "Jepang menyerang Peru, kata Peskov.", ["Jepang menyerang Peru"]),
    ],
)
def test_three_words_with_a_name_are_a_clause_before_a_tag(code: str, text: str, clauses: list[str]) -> None:
    assert [found[0] for found in read(text, code)] == clauses


def mention(text: str, words: str, form: str, entity: int) -> Mention:
    at = text.index(words)
    span = Span(at, at + len(words))
    return Mention(span, span, "person", form, entity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "text", "speaker", "pronoun"),
    [
        ("en", "“Kim Jong Un has invited us to come,” Peskov said. He gave no date but said that it would be soon.",
         "Peskov", "He"),
        ("id", "“Kim Jong Un telah mengundang kami,” kata Peskov. Dia tidak menyebutkan tanggalnya, namun mengatakan "
         "kunjungan itu segera.", "Peskov", "Dia"),
    ],
)  # fmt: skip
def test_the_speaker_goes_on_whatever_the_pronoun_was_resolved_to(
    code: str, text: str, speaker: str, pronoun: str
) -> None:
    language = load(code)
    entities = (Entity("Kim Jong Un", "Kim Jong Un", "person"), Entity(speaker, speaker, "person"))
    mentions = (
        mention(text, "Kim Jong Un", "name", 0),
        mention(text, speaker, "name", 1),
        mention(text, pronoun, "pronoun", 0),
    )
    quotes = find(Report("a", code, text), split(text, language), mentions, entities, language)
    assert [quote.speaker.name for quote in quotes if quote.speaker] == [speaker, speaker]


def test_a_name_that_ends_like_an_auxiliary_is_a_name() -> None:
    text = "Last week in Kyiv, Theresa May said that the talks would go on."
    language = load("en")
    entities = (Entity("Theresa May", "Theresa May", "person"), Entity("Ukraine", "Kyiv", "country"))
    mentions = (mention(text, "Kyiv", "name", 1), mention(text, "Theresa May", "name", 0))
    (quote,) = find(Report("a", "en", text), split(text, language), mentions, entities, language)
    assert quote.speaker
    assert quote.speaker.name == "Theresa May"


def test_it_is_no_person() -> None:
    text = (
        "Lavrov said the talks had gone well. The Foreign Ministry summoned the envoy at noon. "
        "“The charges are absurd and have no ground,” it said."
    )
    assert [found[2] for found in read(text, "en")] == ["Sergei Lavrov", "Ministry of Foreign Affairs"]


def test_a_local_government_is_not_the_country_told_of_before() -> None:
    text = "Menurut pemerintah setempat, dua ratus orang tewas dalam serangan malam itu."
    language = load("id")
    entities = (Entity("Peru", "Peru", "country"),)
    mentions = (mention(text, "pemerintah", "nominal", 0),)
    (quote,) = find(Report("a", "id", text), split(text, language), mentions, entities, language)
    assert quote.speaker
    assert quote.speaker.name == "pemerintah setempat"


@pytest.mark.parametrize(
    ("code", "text", "role", "speakers"),
    [
        ("id", "“Kami akan datang lagi,” kata Lavrov. Politisi senior ini menyebut kunjungan itu sangat penting.",
         "Politisi senior", ["Sergei Lavrov", "Sergei Lavrov"]),
        ("en", "“We will come there again,” Lavrov said. The veteran diplomat said that the visit was useful.",
         "veteran diplomat", ["Sergei Lavrov", "Sergei Lavrov"]),
        ("en", "“We will come there again,” Lavrov said. The veteran diplomats said that the visit was useful.",
         "veteran diplomats", ["Sergei Lavrov", "somebody"]),
        ("en", "“We will come there again,” Lavrov said. A veteran diplomat said that the visit was useful.",
         "veteran diplomat", ["Sergei Lavrov", "somebody"]),
    ],
)  # fmt: skip
def test_a_role_that_points_back_is_who_spoke_last(code: str, text: str, role: str, speakers: list[str]) -> None:
    language = load(code)
    entities = (Entity("Sergei Lavrov", "Lavrov", "person"), Entity("somebody", role, "person"))
    mentions = (mention(text, "Lavrov", "name", 0), mention(text, role, "nominal", 1))
    found = find(Report("a", code, text), split(text, language), mentions, entities, language)
    assert [quote.speaker.name for quote in found if quote.speaker] == speakers
