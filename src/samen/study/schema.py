# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of a study file: name, kind, default, and what each means in Dutch and English.

The reader checks files against this table and the reference page is printed from it, so they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

REQUIRED = object()
"""Default of a key that must be given."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    """text, integer, number, boolean, texts, numbers or table."""
    default: Any
    en: str
    nl: str


TYPES = ("integer", "decimal", "code", "text", "date")
PERMISSIONS = ("key", "group", "filter", "measure")

STUDY = (
    Field("samen", "integer", 1, "version of this format; 1", "versie van dit formaat; 1"),
    Field("title", "text", REQUIRED, "name of the study", "naam van het onderzoek"),
    Field("purpose", "text", REQUIRED, "what the answers are for", "waar de antwoorden voor zijn"),
    Field("legal_ground", "text", REQUIRED, "law or agreement that permits it", "wet of afspraak die dit toestaat"),
    Field("retention", "text", REQUIRED, "how long results are kept", "hoe lang resultaten bewaard blijven"),
    Field("parties", "texts", REQUIRED, "the three compute parties", "de drie rekenpartners"),
    Field("holders", "texts", REQUIRED, "data holders, by the names used with `--data`", "gegevenshouders, met de namen die bij `--data` staan"),
    Field("tables", "table", REQUIRED, "one table `[tables.NAME]` per kind of file", "een tabel `[tables.NAAM]` per soort bestand"),
    Field("rules", "table", {}, "output rules; every key has a safe default", "uitvoerregels; elke regel heeft een veilige standaard"),
    Field("privacy", "table", {}, "differential privacy; left out: none", "differentiële privacy; weggelaten: geen"),
    Field("questions", "table", REQUIRED, "one `[[questions]]` per question", "een `[[questions]]` per vraag"),
)  # fmt: skip

TABLE = (
    Field("holders", "texts", None, "holders that have rows of this table; left out: all", "houders met rijen van deze tabel; weggelaten: alle"),
    Field("unit", "text", REQUIRED, 'column that says which person, company or object a row is about; "row" when every row is another one', 'kolom die zegt over welke persoon, welk bedrijf of object een rij gaat; "row" als elke rij een ander is'),
    Field("unit_rows", "integer", 1, "most rows that one unit has, over all holders together; checked in the computation", "meeste rijen die een eenheid heeft, over alle houders samen; gecontroleerd in de berekening"),
    Field("version", "text", "1", "version of the data, say a year; the ledger of released answers is kept per version", "versie van de gegevens, zoals een jaar; het register van vrijgegeven antwoorden is per versie"),
    Field("versions", "text", "guarded", '"guarded": a version is refused where figures of another are released; "independent": those who sign accept that two versions together tell about the units that changed', '"guarded": een versie wordt geweigerd als van een andere cijfers zijn vrijgegeven; "independent": wie tekent aanvaardt dat twee versies samen iets zeggen over de eenheden die veranderden'),
    Field("delimiter", "text", "auto", 'between fields: auto, ",", ";", "|" or a tab', 'tussen velden: auto, ",", ";", "|" of een tab'),
    Field("decimal", "text", ".", 'decimal mark in the files: "." or ","', 'decimaalteken in de bestanden: "." of ","'),
    Field("pad_rows", "integer", 100, "row counts are padded to a multiple of this before shares leave a holder", "aantallen rijen worden aangevuld tot een veelvoud hiervan voordat delen een houder verlaten"),
    Field("max_rows", "integer", 1_000_000, "most rows over all holders; with the ranges it decides whether sums fit in 64 bits", "meeste rijen over alle houders; bepaalt met de bereiken of sommen in 64 bits passen"),
    Field("expected_rows", "integer", 1000, "rows that a holder is expected to have; only for the estimates of `samen explain`", "rijen die een houder naar verwachting heeft; alleen voor de schattingen van `samen explain`"),
    Field("columns", "table", REQUIRED, "one table `[tables.NAME.columns.COLUMN]` per column", "een tabel `[tables.NAAM.columns.KOLOM]` per kolom"),
)  # fmt: skip

COLUMN = (
    Field("type", "text", REQUIRED, "integer, decimal, code, text or date (year-month-day)", "integer (geheel), decimal, code, text of date (jaar-maand-dag)"),
    Field("header", "text", None, "name in the files; left out: the column's own name", "naam in de bestanden; weggelaten: de eigen naam"),
    Field("description", "text", "", "what it is", "wat het is"),
    Field("permissions", "texts", REQUIRED, "any of key (join, distinct), group (GROUP BY), filter (compare), measure (aggregate); empty: not used", "een of meer van key (koppelen, verschillende tellen), group (GROUP BY), filter (vergelijken), measure (optellen en middelen); leeg: niet gebruikt"),
    Field("range", "numbers", None, "smallest and largest value; required for integer and decimal; for date as texts", "kleinste en grootste waarde; verplicht bij integer en decimal; bij date als tekst"),
    Field("decimals", "integer", 2, "digits behind the mark that count, for decimal; values are rounded to them", "cijfers achter de komma die tellen, bij decimal; waarden worden daarop afgerond"),
    Field("codes", "texts", None, "public list of the values of a code", "openbare lijst van de waarden van een code"),
    Field("missing", "texts", ["", "NA"], "what stands in the files where the value is unknown", "wat in de bestanden staat als de waarde onbekend is"),
    Field("required", "boolean", False, "true: a missing value is an error", "true: een ontbrekende waarde is een fout"),
    Field("unit_of_measurement", "text", "", "say euro per hour", "zoals euro per uur"),
    Field("breakpoints", "numbers", [], "boundaries for filters and bands: a value counts as below or from each", "grenzen voor filters en klassen: een waarde telt als onder of vanaf elke grens"),
    Field("weight", "boolean", False, "true: may be the weight of weighted figures", "true: mag het gewicht zijn van gewogen cijfers"),
    Field("max_length", "integer", 21, "bytes of the longest text, at most 21, for text with permission group", "bytes van de langste tekst, hooguit 21, bij text met permissie group"),
    Field("round_to", "number", None, "step to which quantiles are rounded; left out: the range over 1000, rounded up to 1, 2 or 5 times a power of ten", "stap waarop kwantielen worden afgerond; weggelaten: het bereik gedeeld door 1000, omhoog naar 1, 2 of 5 maal een macht van tien"),
)  # fmt: skip

RULES = (
    Field("min_units", "integer", 10, "fewest distinct units that contribute to a released figure", "minste verschillende eenheden die bijdragen aan een vrijgegeven cijfer"),
    Field("min_holders", "integer", 3, "fewest holders that contribute to it", "minste houders die eraan bijdragen"),
    Field("leave_one_out", "boolean", True, "true: min_units must also hold without the units of any one holder", "true: min_units moet ook gelden zonder de eenheden van een willekeurige houder"),
    Field("dominance_n", "integer", 1, "(n,k) rule: the n largest contributions …; 0: off", "(n,k)-regel: de n grootste bijdragen …; 0: uit"),
    Field("dominance_k", "integer", 75, "… may together be at most k percent of the total", "… mogen samen hooguit k procent van het totaal zijn"),
    Field("p_percent", "integer", 10, "p% rule: from the total and the second contribution the largest may not be estimated closer than p percent; 0: off", "p%-regel: uit het totaal en de op een na grootste bijdrage mag de grootste niet nauwkeuriger dan p procent te schatten zijn; 0: uit"),
    Field("full_cells", "text", "disclosive", 'cells that hold all units of a row or column of a table: "disclosive" or "safe"', 'cellen met alle eenheden van een rij of kolom van een tabel: "disclosive" (onthullend) of "safe" (veilig)'),
    Field("zeros", "text", "hidden", 'empty cells: "hidden" (they look like suppressed ones) or "safe" (shown as 0)', 'lege cellen: "hidden" (zien eruit als onderdrukte) of "safe" (getoond als 0)'),
    Field("round_counts", "integer", 1, "counts are rounded to a multiple of this, in the computation", "aantallen worden afgerond op een veelvoud hiervan, in de berekening"),
    Field("round_sums", "integer", 0, "sums of measures are rounded to a multiple of this; 0: not", "sommen worden afgerond op een veelvoud hiervan; 0: niet"),
    Field("quantiles", "numbers", [0.1, 0.25, 0.5, 0.75, 0.9], "quantiles that may be asked", "kwantielen die gevraagd mogen worden"),
    Field("min_interval", "number", 1, "how far a hidden count must be able to move, whatever is released beside it", "hoe ver een verborgen aantal moet kunnen bewegen, wat er ook naast vrijkomt"),
    Field("residual_df", "integer", 10, "fewest residual degrees of freedom of a regression", "minste resterende vrijheidsgraden van een regressie"),
    Field("quality_report", "boolean", False, "true: how much is missing per column and linked per JOIN is opened first, in four wide bands", "true: hoeveel er per kolom ontbreekt en per JOIN gekoppeld is wordt eerst geopend, in vier ruime klassen"),
)  # fmt: skip

PRIVACY = (
    Field("epsilon", "number", REQUIRED, "privacy loss of one question", "privacyverlies van een vraag"),
    Field("delta", "number", 1e-9, "most that the sampler may deviate, per question", "meeste dat de trekking mag afwijken, per vraag"),
    Field("budget", "number", REQUIRED, "sum of epsilon over all questions to a table and version", "som van epsilon over alle vragen aan een tabel en versie"),
)  # fmt: skip

QUESTION = (
    Field("name", "text", REQUIRED, "short name, unique in the study", "korte naam, uniek in het onderzoek"),
    Field("sql", "text", REQUIRED, "one SELECT", "een SELECT"),
    Field("title", "text", "", "the question in words", "de vraag in woorden"),
)  # fmt: skip

SECTIONS = {
    "study": STUDY,
    "tables.NAME": TABLE,
    "tables.NAME.columns.COLUMN": COLUMN,
    "rules": RULES,
    "privacy": PRIVACY,
    "questions": QUESTION,
}
