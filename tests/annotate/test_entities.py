from datetime import date

from kronik import languages
from kronik.annotate import entities, names, sentences
from kronik.model import Entity, Mention, Report
from kronik.world import Holding, Known, KnownName, World

RUSSIA = Known("Russia", "country", "RUS", "Q159", "RUS")
ISRAEL = Known("Israel", "country", "ISR", "Q801", "ISR")
INDONESIA = Known("Indonesia", "country", "IDN", "Q252", "IDN")
IDF = Known("Israel Defense Forces", "organisation", "ISR")
PUTIN = Known("Vladimir Putin", "person", "RUS", "Q7747")
SHOIGU = Known("Sergei Shoigu", "person", "RUS")
ABBAS = Known("Mahmoud Abbas", "person", "PSE")
MOSCOW = Known("Moscow", "place", "RUS", None, None, 55.75, 37.62, "city")
MINISTRY = Known("Ministry of Foreign Affairs (Indonesia)", "organisation", "IDN")


def holding(office: str, person: str, start: int, end: int | None = None) -> Holding:
    return Holding(
        "RUS", office, office, person, date(start, 1, 1), date(end, 1, 1) if end else None, "public knowledge"
    )


WORLD = World(
    names=(
        KnownName("Rusia", "id", "name", RUSSIA),
        KnownName("Russia", "en", "name", RUSSIA),
        KnownName("Russian", "en", "demonym", RUSSIA),
        KnownName("Moskow", "id", "capital", RUSSIA),
        KnownName("Moskow", "id", "name", MOSCOW),
        KnownName("Israel", "*", "name", ISRAEL),
        KnownName("Israeli", "en", "demonym", ISRAEL),
        KnownName("Indonesia", "*", "name", INDONESIA),
        KnownName("Vladimir Putin", "*", "name", PUTIN),
        KnownName("Sergei Shoigu", "*", "name", SHOIGU),
        KnownName("Mahmoud Abbas", "*", "name", ABBAS),
        KnownName("Kementerian Luar Negeri", "id", "name", MINISTRY),
    ),
    countries={"RUS": RUSSIA, "ISR": ISRAEL, "IDN": INDONESIA},
    people={"Vladimir Putin": PUTIN, "Sergei Shoigu": SHOIGU, "Mahmoud Abbas": ABBAS},
    holdings=(
        holding("head-of-state", "Vladimir Putin", 2012),
        holding("defence-minister", "Sergei Shoigu", 2013, 2024),
    ),
    outlets=(),
    organisations={},
    places=(MOSCOW,),
    armed_forces={"ISR": IDF},
    capitals={"RUS": "Moscow"},
)


def resolve(text: str, code: str) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    language = languages.load(code)
    report = Report("r", code, text, published=date(2023, 9, 17))
    parts = sentences.split(text, language)
    return entities.resolve(report, parts, names.find(report, parts, language, WORLD), language, WORLD)


def named(text: str, code: str) -> list[str]:
    mentions, found = resolve(text, code)
    return [found[m.entity].name if m.entity is not None else "?" for m in mentions]


def test_an_unknown_surname_is_the_person_named_in_full_before_or_after() -> None:
    text = "Kemarin Wijaya datang. Menlu Bambang Wijaya bicara. Lalu Wijaya pulang."
    assert named(text, "id") == ["Bambang Wijaya"] * 3


def test_an_office_resolves_to_its_holder_on_the_day() -> None:
    assert named("Ini dikatakan Menteri Pertahanan Rusia.", "id") == ["Sergei Shoigu"]
    _, found = resolve("Later the Russian president spoke.", "en")
    assert (found[0].name, found[0].wikidata, found[0].text) == ("Vladimir Putin", "Q7747", "the Russian president")


def test_an_office_without_a_known_holder_gets_an_english_role() -> None:
    _, found = resolve("Ini dikatakan menteri perdagangan Israel.", "id")
    assert (found[0].name, found[0].office, found[0].country) == ("trade minister of Israel",) * 2 + ("ISR",)


def test_the_text_of_an_entity_is_its_fullest_name() -> None:
    _, found = resolve("Vladimir Putin datang. Presiden Rusia Vladimir Putin bicara. Lalu Putin pulang.", "id")
    assert found[0].text == "Presiden Rusia Vladimir Putin"
    assert len(found[0].mentions) == 3


def test_groups_get_the_name_of_their_state() -> None:
    assert named("Kemarin pasukan Israel maju.", "id") == ["Israel Defense Forces"]
    assert named("Kemarin lima tentara Israel tewas.", "id") == ["Israeli soldiers"]
    assert named("Kata pejabat Rusia itu benar.", "id") == ["Russian officials"]
    assert named("Yesterday Israeli officials left.", "en") == ["Israeli officials"]


def test_a_government_is_its_country() -> None:
    mentions, found = resolve("Ini ditolak pemerintah Indonesia. Indonesia marah.", "id")
    assert [m.entity for m in mentions] == [0, 0]
    assert (found[0].kind, found[0].stands_for) == ("country", "IDN")


def test_a_capital_that_acts_is_its_country_and_else_a_place() -> None:
    _, found = resolve("Menurut laporan, Moskow menolak.", "id")
    assert (found[0].name, found[0].kind) == ("Russia", "country")
    _, found = resolve("Pertemuan itu digelar di Moskow.", "id")
    assert (found[0].name, found[0].kind, found[0].latitude) == ("Moscow", "place", 55.75)


def test_a_ministry_of_another_state_is_not_the_home_ministry() -> None:
    assert named("Ini kata Kementerian Luar Negeri.", "id") == ["Ministry of Foreign Affairs (Indonesia)"]
    assert named("Ini kata Kementerian Luar Negeri Rusia.", "id") == ["Ministry of Foreign Affairs (Russia)"]


def test_a_short_form_in_brackets_is_the_same_organisation() -> None:
    text = "Lalu Gerakan Petani Merdeka (GPM) bicara. Kemudian GPM pergi."
    mentions, _ = resolve(text, "id")
    assert len({m.entity for m in mentions}) == 1


def test_romanisations_of_a_known_name_are_one_person() -> None:
    assert named("Kemarin Presiden Mahmud Abbas bicara.", "id") == ["Mahmoud Abbas"]


def test_a_pronoun_means_the_person_of_the_sentence_before() -> None:
    assert named("Presiden Rusia Vladimir Putin tiba. Ia bicara.", "id") == ["Vladimir Putin"] * 2
    assert named("Hujan turun. Ia bicara.", "id") == ["?"]
    assert named("Kedua negara sepakat.", "id") == ["?"]


def test_a_bare_army_or_government_is_the_one_named_before() -> None:
    assert named("Kemarin militer Israel maju. Setelah itu, militer mundur.", "id") == ["Israel Defense Forces"] * 2
    assert named("Hal itu diputuskan oleh pemerintah.", "id") == ["Indonesia"]


def test_a_former_office_is_not_the_present_one() -> None:
    _, found = resolve("Lalu mantan menteri pertahanan Rusia bicara.", "id")
    assert found[0].name != "Sergei Shoigu"


def test_what_is_said_to_be_theirs_belongs_to_whom_the_sentence_names_first() -> None:
    assert named("Kemarin Israel mengumumkan pasukannya maju.", "id") == ["Israel", "Israel Defense Forces"]
    assert named("Kemarin Vladimir Putin mengatakan negaranya maju.", "id") == ["Vladimir Putin", "Russia"]
    assert named("Vladimir Putin said his government was calm.", "en") == ["Vladimir Putin", "Russia"]
    assert named("Kemarin Rusia membantah bahwa pihaknya menyerang.", "id") == ["Russia", "Russia"]


def test_a_bare_noun_gets_the_state_that_its_sentences_speak_of() -> None:
    _, found = resolve("Israel closed the road. Later the police came.", "en")
    assert [(entity.name, entity.country) for entity in found] == [("Israel", "ISR"), ("police", "ISR")]
    _, found = resolve("Israel and Russia talked. Later the police came.", "en")
    assert found[-1].country is None
    assert named("Kemarin Rusia menolak. Pemerintah marah.", "id") == ["Russia", "Russia"]


def test_a_leader_is_the_person_in_office_whom_the_report_names() -> None:
    assert named("Vladimir Putin came. Then the Russian leader left.", "en") == ["Vladimir Putin"] * 2
    assert named("Vladimir Putin came. Then a Russian leader left.", "en")[1] != "Vladimir Putin"


def test_forces_led_by_a_state_are_not_its_own() -> None:
    assert named("Kemarin pasukan pimpinan Israel maju.", "id") == ["Israel-led forces"]
    assert named("Later the army of Israel left.", "en") == ["Israel Defense Forces"]


def test_romanised_names_of_other_initials_are_others() -> None:
    assert named("Later Mahmud Abbas spoke.", "en") == ["Mahmoud Abbas"]
    assert named("Later Mahmud Iabbas spoke.", "en") == ["Mahmud Iabbas"]


def test_both_leaders_are_no_single_person() -> None:
    mentions, _ = resolve("Vladimir Putin met Sergei Shoigu. Both leaders smiled. He left.", "en")
    assert [m.entity for m in mentions if m.form == "pronoun"] == [None, 0]


def test_a_noun_that_points_back_is_the_last_such_thing_named() -> None:
    assert named("Kemarin Rusia menuduh Israel. Menurut pejabat, negara itu bersalah.", "id")[-1] == "Israel"
    assert named("Later Israel and Russia met. The country rested.", "en")[-1] == "Russia"


def test_the_surname_of_a_person_named_inside_a_noun_phrase_is_theirs() -> None:
    assert named("Later advisers to Mahmoud Abbas came. Then Abbas spoke.", "en")[-1] == "Mahmoud Abbas"
