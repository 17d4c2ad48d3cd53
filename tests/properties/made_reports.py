"""Pages made up at random: prose that tells something, what pages put around it, and signs that nobody expects."""

from __future__ import annotations

from datetime import date
from html import escape

from hypothesis import strategies as st

from kronik.model import Page
from kronik.read.encoding import repair

NAMES = [
    "Vladimir Putin", "Kim Jong Un", "the United Nations", "Rusia", "Presiden Joko Widodo", "O'Brien", "Sergei Lavrov",
    "Menteri Luar Negeri Retno Marsudi", "the Kremlin", "Korea Utara", "Ukraine", "Beijing", "PBB", "ASEAN", "İstanbul",
]  # fmt: skip
ACTS = {
    "en": ["met", "attacked", "will visit", "denied that it attacked", "sent five drones to", "urged", "thanked"],
    "id": ["bertemu", "menyerang", "akan mengunjungi", "membantah menyerang", "mengirim lima drone ke", "mendesak"],
}
TIMES = {
    "en": ["on Monday", "on 13 September 2023", "last week", "in 2024", "yesterday", ""],
    "id": ["pada Senin (11/9/2023)", "pada 13 September 2023", "pekan lalu", "tahun depan", "kemarin", ""],
}
SAID = {
    "en": ["{who} said on Tuesday.", "according to {who}.", "“We will not go,” said {who}.", "{who} denied it."],
    "id": ["kata {who} pada Selasa.", "menurut {who}.", "“Kami tidak akan pergi,” kata {who}.", "{who} membantahnya."],
}
FRAME = {
    "en": "The president and the minister said that the talks in the city were about the war and the peace.",
    "id": "Presiden dan menteri itu mengatakan bahwa pembicaraan di kota tersebut adalah tentang perang dan damai.",
}
"""A sentence in which any language is told from any other."""
AROUND = [
    "Baca juga: Harga Beras Naik Lagi", "Advertisement", "***", "(abc/def)", "Share this article", "Oleh Budi Santoso",
    "Kamis, 19 Jun 2025 09:39 WIB", "JAKARTA, KOMPAS.com - Menteri itu tiba di Jakarta pada hari Senin.", "#perang",
    "MOSCOW (Reuters) - The minister came to the city on Monday.", "Read more: Prices Rise Again In The City", "|",
    "Copyright 2023 The Example Times. All rights reserved.", "1", "- - -", "...", "Editor: Siti",
]  # fmt: skip
SIGNS = st.text(
    st.one_of(
        st.sampled_from("\u200b\u200d\u202e\u2066\ufeff\u00ad\u0301\u0130\u01c5\u00df\ufb01’‘“”«»\"'()[]{}<>&;:—–-.,!?…\u2028\x0b\x0c\t"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=12,
)  # fmt: skip

languages = st.sampled_from(["en", "id"])


@st.composite
def sentences(draw: st.DrawFn, code: str) -> str:
    """A sentence that tells an event or says something, now and then with signs in it that nobody expects."""
    who, whom = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    if draw(st.booleans()):
        written = f"{who} {draw(st.sampled_from(ACTS[code]))} {whom} {draw(st.sampled_from(TIMES[code]))}."
    else:
        written = draw(st.sampled_from(SAID[code])).format(who=who)
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(written)))
        written = written[:at] + draw(SIGNS) + written[at:]
    return written


def lines(code: str) -> st.SearchStrategy[list[str]]:
    """The lines of a page: paragraphs, what stands around them, and mere signs."""
    paragraph = st.lists(sentences(code), min_size=1, max_size=3).map(" ".join)
    return st.lists(st.one_of(paragraph, paragraph, st.sampled_from(AROUND), SIGNS), max_size=6)


@st.composite
def pages(draw: st.DrawFn, id: str = "made") -> Page:
    """A page of text or HTML in a language that kronik has, dated or not."""
    code = draw(languages)
    held = [FRAME[code], *draw(lines(code))]
    published = draw(st.sampled_from([None, date(2023, 9, 17), date(1, 1, 1), date(9999, 12, 31)]))
    if draw(st.booleans()):
        body = repair(draw(st.sampled_from(["\n", "\n\n"])).join(["Kata Menteri Itu", *held]))
        return Page(id, f"{id}.txt", body, "text", published=published, language=code)
    body = repair(html(held, draw(st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=4))))
    return Page(id, f"{id}.html", body, "html", published=published, language=code)


RUNNING = ["p", "p", "p", "h2", "li", "div", "blockquote"]
"""Elements that hold running text."""
ELEMENTS = [*RUNNING, "aside", "figcaption", "div class=related", "footer"]


def html(held: list[str], elements: list[str]) -> str:
    """A page of HTML with these lines, each in the next of the elements, over and over."""
    parts = []
    for number, line in enumerate(held):
        element = "p" if number == 0 else elements[number % len(elements)]
        part = f"<{element}>{escape(line)}</{element.split()[0]}>"
        parts.append(f"<ul>{part}</ul>" if element == "li" else part)
    return f"<html><head><title>Kata Menteri Itu</title></head><body><article>{''.join(parts)}</article></body></html>"
