import pytest

from kronik import languages
from kronik.clean import credits
from kronik.world import World


def found(
    text: str, world: World, language: str = "id", lines: tuple[str, ...] = (), publisher: str | None = None
) -> tuple[str, ...]:
    return credits.find(text.split("\n\n"), lines, None, publisher, languages.load(language), world)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ia pergi, dilansir AFP, Kamis (19/6).", ("AFP",)),
        ("Ia pergi, seperti dikutip dari laman Reuters.", ("Reuters",)),
        ("Dilansir Al Jazeera dan AFP, Rabu (1/1/2020), ia pergi.", ("Al Jazeera", "AFP")),
        ("Ia pergi, dilansirAFPdanReuters, Rabu (18/6).", ("AFP", "Reuters")),
        ("Ia pergi, demikian menurut warta kantor berita Reuters.", ("Reuters",)),
        ("Mengutip laporan Reuters, ia pergi.", ("Reuters",)),
        ("Dikutip dari Koran Pagi, Selasa (2/1), ia pergi.", ("Koran Pagi",)),
        ("Ia pergi. (Antara)", ("Antara",)),
        ("Dikutip dari Instagram, Selasa (2/1), ia pergi.", ()),
        ("Ia dikutip dari rumahnya.", ()),
        ("Menteri itu, kata Reuters, sakit.", ()),
    ],
)
def test_indonesian_credits(text: str, names: tuple[str, ...], world: World) -> None:
    assert found(text, world) == names


def test_credit_lines_name_outlets_and_leave_out_initials(world: World) -> None:
    assert found("Ia pergi.", world, lines=("Sumber : CNA/SL",)) == ("CNA",)
    assert found("He left.", world, "en", lines=("Source: Channel NewsAsia",)) == ("Channel NewsAsia",)


def test_the_agency_of_the_dateline_is_a_credit_but_not_of_its_own_report(world: World) -> None:
    for publisher, names in ((None, ("Reuters",)), ("The Fjord Post", ("Reuters",)), ("Reuters", ())):
        assert credits.find(["He left."], (), "Reuters", publisher, languages.load("en"), world) == names


def test_in_english_only_the_opening_credits(world: World) -> None:
    assert found("He left, according to Reuters.", world, "en") == ("Reuters",)
    assert found("A.\n\nB.\n\nC.\n\nD.\n\nHe left, according to Reuters.", world, "en") == ()
