"""What is wrong in a frame is refused with its file and name, when the language is loaded."""

from __future__ import annotations

import pytest
from made_frames import FRAMES, Made, made

from kronik import languages
from kronik.errors import LanguageDataError
from kronik.events.frames import lexicon
from kronik.world import plover

FRAME = """
[[frame]]
name = "attack"
type = "ASSAULT"
verbs = ["attack"]
reads = [{ text = "Russia attacked Ukraine." }]
"""


def test_a_frame_that_is_whole_is_taken() -> None:
    (frame,) = lexicon(Made("en", FRAME)).frames
    assert (frame.type, frame.mode, frame.actor, frame.recipient) == ("ASSAULT", None, ("subject",), ("object",))
    assert frame.needs == {"actor"}
    assert frame.file == "en/frames/made.toml"


WRONG = [
    ('reads = [{ text = "Russia attacked Ukraine." }]', "", "no reads"),
    ('type = "ASSAULT"', "", "type None"),
    ('type = "ASSAULT"', 'type = "VISIT"', "'VISIT'"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nmode = "visit"', "'visit'"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nmoed = "drone"', "unknown key moed"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nstatus = "done"', "'done'"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nneeds = ["subject"]', "needs subject"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nnear = ["(bomb"]', "no regular expression"),
    ('type = "ASSAULT"', 'type = "ASSAULT"\nunless = ["*"]', "no regular expression"),
    ('verbs = ["attack"]', "", "neither verbs nor nouns"),
]


@pytest.mark.parametrize(("old", "new", "fault"), WRONG)
def test_a_wrong_frame_is_refused_by_file_name_and_fault(old: str, new: str, fault: str) -> None:
    assert old in FRAME
    with pytest.raises(LanguageDataError) as wrong:
        lexicon(Made("en", FRAME.replace(old, new)))
    told = str(wrong.value)
    assert "en/frames/made.toml" in told
    assert "'attack'" in told
    assert fault in told
    assert "\n" not in told


def test_a_frame_without_a_name_is_refused_by_its_file() -> None:
    with pytest.raises(LanguageDataError, match=r"en/frames/made\.toml: a frame has no name"):
        lexicon(Made("en", FRAME.replace('name = "attack"', "")))


def test_two_frames_of_one_name_are_refused() -> None:
    with pytest.raises(LanguageDataError, match=r"'attack' stands in en/frames/made\.toml too"):
        lexicon(Made("en", FRAME + FRAME))


@pytest.mark.parametrize("code", languages.codes())
def test_the_frames_of_every_language_are_whole_and_of_all_sixteen_types(code: str) -> None:
    frames = lexicon(languages.load(code)).frames
    assert {frame.type for frame in frames} == set(plover.modes())
    assert all(frame.reads for frame in frames)


def test_words_lead_to_their_frames_the_longest_first() -> None:
    by_word = lexicon(Made("en", FRAME.replace('"attack"]', '"attack", "attack with drones"]'))).by_word
    assert [len(entry.form.words) for entry in by_word["attacked"]] == [3, 3, 1, 1]
    assert set(by_word) == {"attack", "attacks", "attacked", "attacking"}


def test_near_and_unless_ask_whole_words() -> None:
    (frame,) = lexicon(Made("en", FRAME.replace("reads", 'near = ["bombs?"]\nunless = ["heart"]\nreads'))).frames
    assert frame.fits("a bomb attack")
    assert frame.fits("bombs fell")
    assert not frame.fits("a bombing attack")
    assert not frame.fits("a heart bomb")


def test_the_frames_made_for_these_tests_are_whole() -> None:
    assert all(lexicon(made(code)).frames for code in FRAMES)
