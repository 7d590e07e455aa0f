# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records: what a catalogue says about a dataset, a service, a series, in one typed form that loses nothing.

A field is a name for one property; its value is a sorted tuple of values without doubles, as RDF has sets.
What has no field is kept in `other` under the IRI of its property. A thing without an IRI lives inside the
record that points to it, as a record whose `id` is None; a thing with an IRI is a record of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Final, NamedTuple

from bronnen.vocabulary import ADMS, DCAT, DCATAP, DCT, FOAF, OWL, SPDX


class Iri(NamedTuple):
    """A reference, as given: it may hold characters that an IRI must not have."""

    iri: str


class Literal(NamedTuple):
    """A text with its language, or a value with its datatype (an IRI); plain text has neither."""

    value: str
    language: str | None = None
    datatype: str | None = None


@dataclass(slots=True)
class Thing:
    """Whatever a source describes; the base of every kind. `types` are the IRIs of its classes, as given."""

    id: str | None = None
    types: tuple[str, ...] = ()
    other: dict[str, Values] = field(default_factory=dict)


Value = Iri | Literal | Thing
Values = tuple[Value, ...]


@dataclass(slots=True)
class Agent(Thing):
    """An organisation or person that publishes or makes."""

    name: Values = ()
    identifier: Values = ()
    kind_of_agent: Values = ()
    homepage: Values = ()


@dataclass(slots=True)
class Distribution(Thing):
    """One form in which a dataset can be had."""

    title: Values = ()
    description: Values = ()
    access_url: Values = ()
    download_url: Values = ()
    access_service: Values = ()
    format: Values = ()
    media_type: Values = ()
    license: Values = ()
    rights: Values = ()
    issued: Values = ()
    modified: Values = ()
    language: Values = ()
    byte_size: Values = ()
    checksum: Values = ()
    status: Values = ()
    availability: Values = ()
    conforms_to: Values = ()
    page: Values = ()
    legislation: Values = ()


@dataclass(slots=True)
class Entry(Thing):
    """What datasets, series, services and catalogues have in common."""

    title: Values = ()
    description: Values = ()
    identifier: Values = ()
    other_identifier: Values = ()
    publisher: Values = ()
    creator: Values = ()
    contact: Values = ()
    theme: Values = ()
    keyword: Values = ()
    license: Values = ()
    rights: Values = ()
    access_rights: Values = ()
    issued: Values = ()
    modified: Values = ()
    language: Values = ()
    landing_page: Values = ()
    page: Values = ()
    spatial: Values = ()
    temporal: Values = ()
    frequency: Values = ()
    status: Values = ()
    version: Values = ()
    conforms_to: Values = ()
    legislation: Values = ()
    hvd_category: Values = ()


@dataclass(slots=True)
class Dataset(Entry):
    """A collection of data, with its distributions."""

    distribution: Values = ()
    series: Values = ()


@dataclass(slots=True)
class Series(Entry):
    """Datasets that belong together, each published on its own."""


@dataclass(slots=True)
class DataService(Entry):
    """Operations that give access to datasets."""

    endpoint_url: Values = ()
    endpoint_description: Values = ()
    serves_dataset: Values = ()


@dataclass(slots=True)
class Catalogue(Entry):
    """A list of datasets, services and other catalogues."""

    homepage: Values = ()
    dataset: Values = ()
    service: Values = ()
    catalogue: Values = ()


Record = Thing

PROPERTY: Final = {
    "name": FOAF + "name", "identifier": DCT + "identifier", "kind_of_agent": DCT + "type",
    "homepage": FOAF + "homepage", "title": DCT + "title", "description": DCT + "description",
    "access_url": DCAT + "accessURL", "download_url": DCAT + "downloadURL",
    "access_service": DCAT + "accessService", "format": DCT + "format", "media_type": DCAT + "mediaType",
    "license": DCT + "license", "rights": DCT + "rights", "issued": DCT + "issued",
    "modified": DCT + "modified", "language": DCT + "language", "byte_size": DCAT + "byteSize",
    "checksum": SPDX + "checksum", "status": ADMS + "status", "availability": DCATAP + "availability",
    "conforms_to": DCT + "conformsTo", "page": FOAF + "page",
    "legislation": DCATAP + "applicableLegislation", "other_identifier": ADMS + "identifier",
    "publisher": DCT + "publisher", "creator": DCT + "creator", "contact": DCAT + "contactPoint",
    "theme": DCAT + "theme", "keyword": DCAT + "keyword", "access_rights": DCT + "accessRights",
    "landing_page": DCAT + "landingPage", "spatial": DCT + "spatial", "temporal": DCT + "temporal",
    "frequency": DCT + "accrualPeriodicity", "version": OWL + "versionInfo",
    "hvd_category": DCATAP + "hvdCategory", "distribution": DCAT + "distribution",
    "series": DCAT + "inSeries", "endpoint_url": DCAT + "endpointURL",
    "endpoint_description": DCAT + "endpointDescription", "serves_dataset": DCAT + "servesDataset",
    "dataset": DCAT + "dataset", "service": DCAT + "service", "catalogue": DCAT + "catalog",
}  # fmt: skip

#: In order of precedence: a series is also a dataset, a catalogue may be called one.
CLASSES: Final[tuple[tuple[str, type[Thing]], ...]] = (
    (DCAT + "Catalog", Catalogue),
    (DCAT + "DatasetSeries", Series),
    (DCAT + "DataService", DataService),
    (DCAT + "Dataset", Dataset),
    (DCAT + "Distribution", Distribution),
    (FOAF + "Agent", Agent),
    (FOAF + "Organization", Agent),
    (FOAF + "Person", Agent),
    ("http://www.w3.org/ns/org#Organization", Agent),
)
KINDS: Final[dict[str, type[Thing]]] = {
    kind.__name__: kind for kind in (Catalogue, Series, DataService, Dataset, Distribution, Agent, Thing)
}
_NAMES: Final = {
    name: tuple(f.name for f in fields(kind) if f.name in PROPERTY) for name, kind in KINDS.items()
}
_FIELDS: Final = {name: {PROPERTY[field]: field for field in names} for name, names in _NAMES.items()}
#: What a catalogue lists; these are what a harvest counts.
LISTED: Final = (Dataset, Series, DataService)


def field_names(kind: type[Thing]) -> tuple[str, ...]:
    """The fields of a kind that stand for a property, in the order in which they are written."""
    return _NAMES[kind.__name__]


def field_of(kind: type[Thing]) -> dict[str, str]:
    """From the IRI of a property to the field of this kind that holds it."""
    return _FIELDS[kind.__name__]


@lru_cache(maxsize=4096)
def kind_of(types: tuple[str, ...]) -> type[Thing]:
    """The kind of a thing with these classes; Thing when none of them is known."""
    return next((kind for iri, kind in CLASSES if iri in types), Thing)


def build(id_: str | None, types: tuple[str, ...], properties: Mapping[str, list[Value]]) -> Thing:
    """A record from the IRI, classes and properties of a thing: known ones in fields, the rest in `other`."""
    kind = kind_of(types)
    names = _FIELDS[kind.__name__]
    record = kind(id_, types if len(types) < 2 else tuple(sorted(set(types))))
    other: dict[str, Values] = {}
    for iri, given in properties.items():
        values = tuple(given) if len(given) < 2 else tidy(given)
        if (name := names.get(iri)) is not None:
            setattr(record, name, values)
        elif values:
            other[iri] = values
    if other:
        record.other = dict(sorted(other.items()))
    return record


def tidy(values: list[Value]) -> Values:
    """Values as a set in a fixed order: the same statements give the same record, whatever their order."""
    if len(values) < 2:
        return tuple(values)
    unique = {_order(value): value for value in values}
    return tuple(unique[key] for key in sorted(unique))


def _order(value: Value) -> tuple[str, ...]:
    """References first, then texts, then things; two values share a key only when they are the same."""
    if isinstance(value, Iri):
        return "1", value.iri
    if isinstance(value, Literal):
        text, language, datatype = value
        return "2", text, "" if language is None else f"@{language}", datatype or ""
    return "3", json.dumps(value_to_json(value), sort_keys=True)


def properties(record: Thing) -> Iterator[tuple[str, Values]]:
    """All properties with their values: first the fields in their order, then the others by IRI."""
    for name in field_names(type(record)):
        if values := getattr(record, name):
            yield PROPERTY[name], values
    yield from record.other.items()


def text(values: Values, language: str = "nl") -> str | None:
    """The text in this language, else in one without or any language; None when there is none."""
    literals = [value for value in values if isinstance(value, Literal)]
    rank = {language: 0, None: 1}
    return min(literals, key=lambda one: rank.get(one.language, 2)).value if literals else None


def to_json(record: Thing) -> dict[str, Any]:
    """The documented JSON form; empty fields are left out."""
    result: dict[str, Any] = {"kind": type(record).__name__}
    if record.id is not None:
        result["id"] = record.id
    if record.types:
        result["types"] = list(record.types)
    for name in field_names(type(record)):
        if values := getattr(record, name):
            result[name] = [value_to_json(value) for value in values]
    if record.other:
        result["other"] = {iri: [value_to_json(v) for v in record.other[iri]] for iri in sorted(record.other)}
    return result


def value_to_json(value: Value) -> Any:
    """Plain text as a string; `{"iri"}`, `{"value", "language" or "datatype"}`, or a record without id."""
    if isinstance(value, Iri):
        return {"iri": value.iri}
    if isinstance(value, Thing):
        return to_json(value)
    if value.language is not None:
        return {"value": value.value, "language": value.language}
    if value.datatype is not None:
        return {"value": value.value, "datatype": value.datatype}
    return value.value


def from_json(form: Mapping[str, Any]) -> Thing:
    """The record of a JSON form; KeyError when its kind is unknown."""
    kind = KINDS[form["kind"]]
    record = kind(id=form.get("id"), types=tuple(form.get("types", ())))
    for name in field_names(kind):
        if name in form:
            setattr(record, name, tuple(value_from_json(value) for value in form[name]))
    for iri, values in form.get("other", {}).items():
        record.other[iri] = tuple(value_from_json(value) for value in values)
    return record


def value_from_json(form: Any) -> Value:
    """The value of a JSON form."""
    if isinstance(form, str):
        return Literal(form)
    if "iri" in form:
        return Iri(form["iri"])
    if "kind" in form:
        return from_json(form)
    return Literal(form["value"], form.get("language"), form.get("datatype"))


def to_line(record: Thing) -> str:
    """One line of NDJSON, with its newline."""
    return json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":")) + "\n"
