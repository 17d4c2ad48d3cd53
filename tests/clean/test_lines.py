import pytest

from kronik import languages
from kronik.clean import lines
from kronik.clean.blocks import Block


def removed(text: str, language: str = "id", title: str | None = None) -> list[tuple[str, str]]:
    filler = [Block(f"Kalimat nomor {n} dari laporan ini cukup panjang untuk berdiri sendiri.") for n in range(12)]
    _, out = lines.remove([*filler, Block(text)], title, languages.load(language))
    return [(item.text, item.reason) for item in out]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Baca Juga :  Panen Raya Dimulai", "related link"),
        ("Baca juga", "related link"),
        ("Simak juga Video: Panen Raya Dimulai", "related link"),
        ("Simak Video 'Panen Raya Dimulai':", "related link"),
        ("Lihat Juga: Panen Raya", "related link"),
        ("Baca selengkapnya di halaman berikutnya", "related link"),
        ("Tonton juga \"Panen Raya\" di sini:", "related link"),
        ("Berita Terkait", "related link"),
        ("SCROLL TO CONTINUE WITH CONTENT", "advertisement"),
        ("ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT", "advertisement"),
        ("Advertisement", "advertisement"),
        ("[Gambas:Video 20detik]", "video or gallery marker"),
        ("[video.1 ]", "video or gallery marker"),
        ("Bagikan :", "share button"),
        ("Scroll to Top", "share button"),
        ("Foto: dok. Humas", "photo caption"),
        ("Warga menanti bantuan di posko. Foto: dok. Humas", "photo caption"),
        ("Warga menanti bantuan di posko (ANTARA FOTO/Budi)", "photo caption"),
        ("Ikuti kami di Google News untuk berita terbaru", "newsletter call"),
        ("Dapatkan update berita pilihan setiap hari lewat email", "newsletter call"),
        ("#panen #beras", "tags"),
        ("Tag: panen, beras", "tags"),
        ("Editor: Budi Santoso", "credit line"),
        ("Diterjemahkan oleh Budi Santoso", "credit line"),
        ("Hak Cipta © 2024 Harian Contoh", "copyright"),
        ("Artikel ini pertama kali terbit dalam bahasa Belanda", "copyright"),
        ("***", "end mark"),
    ],
)  # fmt: skip
def test_lines_of_indonesian_pages_go(text: str, reason: str) -> None:
    assert removed(text) == [(text, reason)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Also read: Harvest begins in the north", "related link"),
        ("Related", "related link"),
        ("RELATED: Harvest begins", "related link"),
        ("Read the full statement here", "related link"),
        ("Sign up for our daily briefing", "newsletter call"),
        ("Follow us on Twitter and Facebook", "newsletter call"),
        ("Image copyright Somebody Image caption A field of wheat", "photo caption"),
        ("A field of wheat near Kyiv. Photo: AP", "photo caption"),
        ("Ministry of Farming via Getty Images", "photo caption"),
        ("File - In this Monday, May 1, 2017 file photo, a farmer looks at his field.", "photo caption"),
        ("Copyright 2020 The Harvest Agency. All rights reserved.", "copyright"),
        ("Reporting by Jane Doe; editing by John Roe", "credit line"),
        ("Facebook Twitter WhatsApp", "share button"),
        ("# # #", "end mark"),
    ],
)
def test_lines_of_english_pages_go(text: str, reason: str) -> None:
    assert removed(text, "en") == [(text, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "Baca saja surat itu, kata menteri kepada wartawan di istana.",
        "Lihat apa yang terjadi di perbatasan, ujarnya.",
        "Jalan Panjang Menuju Damai",
        "Foto itu memperlihatkan asap di atas kota.",
        "Sumber itu mengatakan bahwa pasukan akan ditarik.",
        "Berita itu dibantah oleh juru bicara tentara.",
        "Ikuti perintah, kata komandan itu kepada prajuritnya.",
        "Editor surat kabar itu ditangkap polisi pada hari Senin.",
    ],
)
def test_sentences_of_indonesian_reports_stay(text: str) -> None:
    assert removed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fell after the talks ended without a result.",
        "Watch what they do, the minister said.",
        "Source close to the talks said that they had failed.",
        "Follow the money, he told the court.",
        "Related charges were dropped last year.",
        "More than 30 people were killed, officials said.",
        "The photo shows smoke over the city.",
        "Read by millions, the letter accused the general of treason.",
    ],
)
def test_sentences_of_english_reports_stay(text: str) -> None:
    assert removed(text, "en") == []


def test_a_related_link_inside_a_paragraph_is_cut_out_of_it() -> None:
    kept, out = lines.remove(
        [Block("Menteri itu pergi. [Baca juga: Menteri Datang Lagi] Ia kembali esok.")], None, languages.load("id")
    )
    assert [block.text for block in kept] == ["Menteri itu pergi. Ia kembali esok."]
    assert [item.text for item in out] == ["[Baca juga: Menteri Datang Lagi]"]


def test_a_sentence_said_twice_stays_once_and_a_caption_goes() -> None:
    sentence, caption = "Kami tidak akan mundur dari kota ini.", "Jenderal di depan markas tentara"
    kept, out = lines.remove([Block(t) for t in (caption, sentence, caption, sentence)], None, languages.load("id"))
    assert [block.text for block in kept] == [sentence]
    assert [item.reason for item in out] == ["repeated caption", "repeated caption", "repeated line"]


def test_the_title_goes_once_silently() -> None:
    title = "Menteri Luar Negeri Tiba di Oslo"
    blocks = [Block(title), Block(f"{title} | Harian Contoh"), Block("Ia disambut raja.")]
    kept, out = lines.remove(blocks, title, languages.load("id"))
    assert [block.text for block in kept] == ["Ia disambut raja."]
    assert [(item.text, item.reason) for item in out] == [(f"{title} | Harian Contoh", "repeats the title")]
