"""Two tiny lists with invented names, in the forms in which the UN and OFAC publish theirs."""

from __future__ import annotations

from pathlib import Path

UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-02-03T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <FIRST_NAME>ORVAL</FIRST_NAME><SECOND_NAME>TESK</SECOND_NAME><THIRD_NAME>QUENBY</THIRD_NAME>
      <UN_LIST_TYPE>Madeland</UN_LIST_TYPE><REFERENCE_NUMBER>MLi.001</REFERENCE_NUMBER>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Orvál Tesk-Quenby</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Tesk</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <FIRST_NAME>TESK MINING BUREAU</FIRST_NAME>
      <UN_LIST_TYPE>Madeland</UN_LIST_TYPE><REFERENCE_NUMBER>MLe.002</REFERENCE_NUMBER>
      <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Teskmine</ALIAS_NAME></ENTITY_ALIAS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

SDN_CSV = """\
17,"QUENBY, Orval Tesk",individual,"MADE2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1960; a.k.a. 'TESK, Orv'."
18,"TESK SHIPPING CO., LTD.",-0- ,"MADE",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. 'TSC'; a.k.a. ""TESK LINES""."
19,"ORVAL STAR",vessel,"MADE",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a
"""


def write_lists(folder: Path) -> tuple[Path, Path]:
    """Both lists as files."""
    un, ofac = folder / "un.xml", folder / "sdn.csv"
    un.write_text(UN_XML, "utf-8")
    ofac.write_text(SDN_CSV, "utf-8")
    return un, ofac
