# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a result shows, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.datacheck import causes
from knooppunt.datacheck.models import Run

TOP = 10
SEVERITY = {"violation": _("violation"), "warning": _("advice"), "info": _("hint")}
RATING = {
    "excellent": _("excellent"), "good": _("good"),
    "sufficient": _("sufficient"), "bad": _("bad"),
}  # fmt: skip
DIMENSION = {
    "findability": _("Findability"), "accessibility": _("Accessibility"),
    "interoperability": _("Interoperability"), "reusability": _("Reusability"),
    "contextuality": _("Contextuality"),
}  # fmt: skip
INDICATOR = {
    "keywordAvailability": _("has a keyword"), "categoryAvailability": _("has a theme"),
    "spatialAvailability": _("says which area"), "temporalAvailability": _("says which period"),
    "accessUrlStatusCode": _("access URL answers"), "downloadUrlAvailability": _("has a download URL"),
    "downloadUrlStatusCode": _("download URL answers"), "formatAvailability": _("states the format"),
    "mediaTypeAvailability": _("states the media type"),
    "formatMediaTypeVocabularyAlignment": _("format and media type from the lists"),
    "formatMediaTypeNonProprietary": _("an open format"),
    "formatMediaTypeMachineInterpretable": _("a format that computers read"),
    "dcatApCompliance": _("conforms to DCAT-AP"), "licenceAvailability": _("has a licence"),
    "knownLicence": _("a known licence"), "accessRightsAvailability": _("says who may have it"),
    "accessRightsVocabularyAlignment": _("access rights from the list"),
    "contactPointAvailability": _("has a contact point"), "publisherAvailability": _("has a publisher"),
    "rightsAvailability": _("states other rights"), "byteSizeAvailability": _("states the size"),
    "dateIssuedAvailability": _("has a release date"),
    "dateModifiedAvailability": _("has a modification date"),
}  # fmt: skip
FAIR = {
    "F1": _("has an address and an identifier"), "F2": _("has title, description, keyword and theme"),
    "F3": _("says where the data are"), "F4": _("has a theme of the EU list"),
    "A1": _("is reached over http(s)"), "A1.2": _("says who may have it"), "A2": _("has a page of its own"),
    "I1": _("has a format that computers read"), "I2": _("takes format and media type from lists"),
    "I3": _("refers to standards or other data"), "R1": _("says its period or area"),
    "R1.1": _("has a known licence"), "R1.2": _("says who made or published it"),
    "R1.3": _("conforms to DCAT-AP"),
}  # fmt: skip
MEASURED_BY_LINKS = ("accessUrlStatusCode", "downloadUrlStatusCode")


def page(run: Run, language: str) -> dict[str, Any]:
    """Everything that the template asks for."""
    result = run.result
    found = [_cause(cause, language) for cause in result["causes"]]
    datasets = result["mqa"]["datasets"]
    return {
        "result": result,
        "score": result["mqa"],
        "rating": RATING[result["mqa"]["rating"]],
        "first": found[:TOP],
        "rest": found[TOP:],
        "dimensions": _dimensions(result["mqa"], datasets),
        "fair": [
            {"principle": test.split(" ")[0], "test": FAIR[test.split(" ")[0]], "met": met,
             "share": _share(met, datasets)}
            for test, met in result["fair"].items()
        ],
        "publishers": [{"name": name, **one} for name, one in result["publishers"].items()],
        "refused": [{**one, "said": causes.say(one["cause"], language)} for one in result["refused"]],
    }  # fmt: skip


def _cause(cause: dict[str, Any], language: str) -> dict[str, Any]:
    return {**cause, "text": cause["message"][language], "label": SEVERITY[cause["severity"]],
            "value": next(iter(cause["values"]), "")}  # fmt: skip


def _dimensions(score: dict[str, Any], datasets: int) -> list[dict[str, Any]]:
    listed: dict[str, list[dict[str, Any]]] = {name: [] for name in DIMENSION}
    for name, one in score["indicators"].items():
        measured = score["links_measured"] or name not in MEASURED_BY_LINKS
        listed[one["dimension"]].append(
            {"name": INDICATOR[name], "points": one["points"], "met": one["met"], "measured": measured,
             "share": _share(one["met"], datasets)}
        )  # fmt: skip
    return [{"name": DIMENSION[name], "indicators": rows} for name, rows in listed.items()]


def _share(met: int, of: int) -> int:
    return round(100 * met / of) if of else 0
