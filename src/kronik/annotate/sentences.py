"""A report's text to sentences, their tokens and paragraph numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kronik.languages import Language
from kronik.model import Sentence, Span, Token

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
TERMINATORS = frozenset({".", "!", "?", "…", "。"})
CLOSERS = frozenset("”’»)]\"'›＂")
OPENERS = frozenset("“‘«([\"'„‚‹`•–—-")
APOSTROPHES = str.maketrans("’ʼ‘`´", "'''''")

LETTER = r"[^\W\d_]"
PART = r"[^\W_][\u0300-\u036f]*"
DOMAINS = r"(?:com|co|id|org|net|gov|edu|info|tv|news|ru|uk|us|my|sg|in|io|go)"

LONGEST = (
    400  # tokens of a sentence; what goes on longer is a list or a table, and is cut, so that no page takes for ever
)


class Rules(NamedTuple):
    """One language's rules of splitting, compiled."""

    token: re.Pattern[str]
    clitics: tuple[str, ...]
    """Endings that are tokens of their own, longest first, with plain apostrophes."""
    never_end: frozenset[str]
    """Abbreviations with their dot, in lower case, after which no sentence ends ("dr.", "jend.")."""
    starters: frozenset[str]
    """Words that, capitalised after an abbreviation, begin a new sentence."""


def split(text: str, language: Language) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each with its tokens; paragraphs are parted by blank lines and counted from 0.

    A token is a word with its inner hyphens and apostrophes ("negara-negara", "O'Brien"), a number with its separators
    ("1.500,5", "19/6/2025"), an abbreviation or initial with its dot ("Jend.", "U.S.", "J."), an address, an ellipsis,
    or one sign. Endings that the language lists as clitics stand alone ("Kim's" is "Kim" and "'s"). A boundary inside a
    quotation is a boundary; marks that close after the full stop belong to the sentence that they close.
    """
    rules = _rules(language)
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        tokens = _tokens(text, start, end, rules)
        first = 0
        for last in _ends(text, tokens, rules):
            for at in range(first, last + 1, LONGEST):
                part = tuple(tokens[at : min(at + LONGEST, last + 1)])
                sentences.append(Sentence(Span(part[0].span.start, part[-1].span.end), number, part))
            first = last + 1
    return tuple(sentences)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches between blank lines that hold anything."""
    found, start = [], 0
    for gap in BLANK_LINE.finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _tokens(text: str, start: int, end: int, rules: Rules) -> list[Token]:
    tokens = []
    for match in rules.token.finditer(text, start, end):
        word = match.group()
        lower = word.lower().translate(APOSTROPHES)
        # A letter whose lower case is longer than itself ("İ") would move the cut: such words are left whole.
        cut = 0
        if lower.endswith(rules.clitics):
            cut = next((len(c) for c in rules.clitics if lower.endswith(c) and len(lower) > len(c)), 0)
        at = match.start()
        if cut and len(lower) == len(word):
            tokens.append(Token(Span(at, match.end() - cut), word[:-cut], lower[:-cut]))
            tokens.append(Token(Span(match.end() - cut, match.end()), word[-cut:], lower[-cut:]))
        else:
            tokens.append(Token(Span(at, match.end()), word, lower))
    return tokens


def _ends(text: str, tokens: list[Token], rules: Rules) -> list[int]:
    """The indices of the tokens that are the last of their sentence."""
    ends = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        last_sign = token.text[-1]
        if last_sign not in TERMINATORS:
            i += 1
            continue
        last = i
        while last + 1 < count and _closes(tokens, last + 1):
            last += 1
        if last + 1 < count and _begins(text, tokens, i, last, rules):
            ends.append(last)
        i = last + 1
    if count:
        ends.append(count - 1)
    return ends


def _closes(tokens: list[Token], i: int) -> bool:
    """Whether token i goes on with the end of the sentence before it: a further terminator or a closing mark."""
    token, before = tokens[i], tokens[i - 1]
    if token.text[-1] in TERMINATORS and not token.text[0].isalnum():
        return True
    if token.text not in CLOSERS or token.span.start != before.span.end:
        return False
    # A straight mark that leans on the next word only ("… selesai ."Kami …") opens.
    return token.text not in "\"'" or before.text[-1] in TERMINATORS or before.text in CLOSERS


def _begins(text: str, tokens: list[Token], i: int, last: int, rules: Rules) -> bool:
    """Whether a sentence begins after token ``last``, where token i holds the terminator."""
    token, following = tokens[i], tokens[last + 1]
    ahead = last + 1
    while ahead < len(tokens) and tokens[ahead].text in OPENERS:
        ahead += 1
    if ahead == len(tokens):
        # Only marks are left: they belong to this sentence.
        return False
    word = tokens[ahead].text
    apart = following.span.start > tokens[last].span.end
    if not apart:
        return _runs_on(text, tokens, i, last)
    if token.text[0].isalnum():  # an abbreviation or an initial
        if token.lower in rules.never_end or _is_initial(token.text):
            return False
        return last > i or (word[0].isupper() and tokens[ahead].lower in rules.starters)
    if (
        i
        and tokens[i - 1].text.isdigit()
        and (i == 1 or "\n" in text[tokens[i - 2].span.end : tokens[i - 1].span.start])
    ):
        return False  # the number of an item in a list: "3. Uni Eropa"
    if ahead > last + 1 and tokens[last + 1].text in "–—-":
        return word[0].isupper()
    return not word[0].islower()


def _runs_on(text: str, tokens: list[Token], i: int, last: int) -> bool:
    """Whether a sentence begins where the space after the full stop was forgotten ("selesai.Presiden …")."""
    if i == 0 or i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1].text, tokens[last + 1].text
    return before[-1].islower() and len(before) > 1 and len(after) > 1 and after[0].isupper() and after[1:].islower()


def _is_initial(text: str) -> bool:
    return len(text) == 2 and text[0].isupper()


@lru_cache
def _rules(language: Language) -> Rules:
    data = language.rules("sentences")
    titles = [str(a) for a in data["titles"]]
    others = [str(a) for a in data["abbreviations"]]
    numbered = [str(a) for a in data["before_number"]]
    token = re.compile(
        "|".join(
            (
                # Bounded as addresses, host names and words are: without bounds, rows of their signs take for ever.
                r"https?://[^\s\"”“<>]{0,2000}[^\s\"”“<>.,;:!?)\]]",
                r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,190}\w",
                rf"(?<!\w)(?:www\.)?{LETTER}[\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,8}}\.{DOMAINS}\b(?!\.\w)(?:/[^\s\"”“]*\w)?",
                r"[@#]\w+",
                rf"(?<!\w){_any_of(titles + others)}\.(?!{LETTER}\.)",
                rf"(?<!\w){_any_of(numbered)}\.(?=\s?(?:\d|[VX]\b|[IVX]{{2,}}\b))",
                rf"(?<!\w)(?:{LETTER}\.){{2,}}(?:{LETTER}(?!\w))?",
                rf"(?<!\w)(?:{LETTER}\.)+{LETTER}(?!\w)",
                rf"(?<!\w){LETTER}\.(?=\s?{LETTER})(?<=[A-Z]\.)(?=\s?[A-Z“\"])",
                rf"(?<!\w){_any_of([str(p) for p in data['before_amount']])}(?=\d)",
                rf"\d+(?:[.,:/]\d+)*(?:-?{LETTER}(?:{PART})*(?:-{LETTER}(?:{PART})*)*)?",
                rf"(?:{PART})+(?:[-‐‑'’ʼ](?:{PART})+){{0,40}}",
                r"\.{2,}|-{2,}",
                r"\S",
            )
        )
    )
    return Rules(
        token=token,
        clitics=tuple(sorted((str(c) for c in data["clitics"]), key=len, reverse=True)),
        never_end=frozenset(f"{a.lower()}." for a in titles + numbered),
        starters=frozenset(str(w) for w in data["starters"]),
    )


def _any_of(words: list[str]) -> str:
    """A pattern for any of the words, as written or with a capital, longest first."""
    forms = {form for word in words for form in (word, word[:1].upper() + word[1:])}
    if not forms:
        return "(?!)"
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f))) + ")"
