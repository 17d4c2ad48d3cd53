"""The published forms of the lists to listed names."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_lists import UN_XML, write_lists

from kronik.errors import DataError
from kronik.lists.files import OFAC, UN, read_list


def test_the_un_list_is_read(tmp_path: Path) -> None:
    names = read_list(write_lists(tmp_path)[0])
    assert [(n.id, n.kind, n.written, n.weak) for n in names] == [
        ("MLi.001", "individual", "ORVAL TESK QUENBY", False),
        ("MLi.001", "individual", "Orvál Tesk-Quenby", False),
        ("MLi.001", "individual", "Abu Tesk", True),
        ("MLe.002", "entity", "TESK MINING BUREAU", False),
        ("MLe.002", "entity", "Teskmine", False),
    ]
    assert {(n.list, n.date, n.programme) for n in names} == {(UN, "2024-02-03", "Madeland")}
    assert names[1].name == "ORVAL TESK QUENBY"


def test_ofacs_list_is_read_with_given_names_first(tmp_path: Path) -> None:
    names = read_list(write_lists(tmp_path)[1], "2023-05-06")
    assert [(n.id, n.kind, n.written) for n in names] == [
        ("17", "individual", "Orval Tesk QUENBY"),
        ("17", "individual", "QUENBY Orval Tesk"),
        ("17", "individual", "Orv TESK"),
        ("18", "entity", "TESK SHIPPING CO., LTD."),
        ("18", "entity", "TSC"),
        ("18", "entity", "TESK LINES"),
        ("19", "vessel", "ORVAL STAR"),
    ]
    assert {(n.list, n.date) for n in names} == {(OFAC, "2023-05-06")}
    assert names[0].programme == "MADE2"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<LIST></LIST>", "XML of LIST"),
        ("<CONSOLIDATED_LIST>", "no valid XML"),
        (UN_XML.replace("<CONSOLIDATED", '<!DOCTYPE x [<!ENTITY a "b">]><CONSOLIDATED', 1), "DOCTYPE"),
        ("<CONSOLIDATED_LIST/>", "no listed name"),
        ("name,country\nOrval,Madeland\n", "bad.txt:1: no row of OFAC's sdn.csv"),
        ("", "no listed name"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(text)
    with pytest.raises(DataError, match=fault) as refused:
        read_list(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read as a list"):
        read_list(tmp_path / "none.xml")
