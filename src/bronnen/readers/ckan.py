# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""CKAN: packages from `package_search`, `package_show`, a list of packages, or JSON lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bronnen.readers.draft import Draft, plain
from bronnen.records import Thing
from bronnen.vocabulary import DCAT, DCT, FOAF, VCARD

_PACKAGE = (
    "id", "name", "title", "notes", "license_url", "license_id", "license_title", "license",
    "metadata_created", "metadata_modified", "version", "url", "tags", "extras",
    "resources", "organization", "author", "maintainer", "maintainer_email",
)  # fmt: skip
_RESOURCE = (
    "id", "url", "name", "description", "format", "mimetype", "size", "created", "last_modified", "license",
)  # fmt: skip
#: Extras that the DCAT extension of CKAN writes, by the field that they mean.
_EXTRA_LINKS = {
    "theme": "theme", "access_rights": "access_rights", "frequency": "frequency", "language": "language",
    "spatial_uri": "spatial", "conforms_to": "conforms_to", "documentation": "page",
}  # fmt: skip
_EXTRA_DATES = {"issued": "issued", "modified": "modified"}
_EXTRA_TEXTS = {"identifier": "identifier", "dcat_version": "version"}


def is_package(form: Any) -> bool:
    """Whether a JSON object looks like a CKAN package."""
    return isinstance(form, Mapping) and "title" in form and bool({"resources", "notes", "tags"} & set(form))


def record(package: Mapping[str, Any], catalogue: str) -> Thing:
    """The dataset of a package; resources become its distributions."""
    draft = Draft(DCAT + "Dataset")
    extras = _extras(package.get("extras"))
    for name, value in (("title", "title"), ("description", "notes"), ("version", "version")):
        draft.text(name, package.get(value))
    if not extras.get("identifier"):
        draft.text("identifier", package.get("id") or package.get("name"))
    draft.link("landing_page", package.get("url"))
    draft.link("license", _first(package, "license_url", "license_id", "license", "license_title"))
    if not extras.get("issued"):
        draft.date("issued", package.get("metadata_created"))
    if not extras.get("modified"):
        draft.date("modified", package.get("metadata_modified"))
    for tag in _listed(package.get("tags")):
        draft.text("keyword", tag.get("display_name") or tag.get("name") if isinstance(tag, Mapping) else tag)
    _people(draft, package)
    _put_extras(draft, extras)
    for resource in _listed(package.get("resources")):
        draft.put(
            "distribution", _distribution(resource) if isinstance(resource, Mapping) else plain(resource)
        )
    draft.keep("ckan", package, _PACKAGE)
    for key in ("id", "name", "license_id", "license_title", "license", "author"):
        draft.keep("ckan", {key: package.get(key)}, ())
    uri = extras.get("uri")
    return draft.record(uri if isinstance(uri, str) and uri.startswith("http") else None, catalogue)


def _people(draft: Draft, package: Mapping[str, Any]) -> None:
    organisation = package.get("organization")
    if isinstance(organisation, Mapping):
        agent = Draft(FOAF + "Agent", FOAF + "Organization")
        agent.text("name", organisation.get("title") or organisation.get("name"))
        agent.keep("ckan", organisation, ("title",))
        draft.put("publisher", agent.nested())
    elif author := package.get("author") or organisation:
        agent = Draft(FOAF + "Agent")
        agent.text("name", author)
        draft.put("publisher", agent.nested())
    if package.get("maintainer") or package.get("maintainer_email"):
        contact = Draft(VCARD + "Kind")
        contact.text(VCARD + "fn", package.get("maintainer"))
        contact.text(VCARD + "hasEmail", package.get("maintainer_email"))
        draft.put("contact", contact.nested())


def _put_extras(draft: Draft, extras: Mapping[str, Any]) -> None:
    for key, value in extras.items():
        if key in _EXTRA_LINKS:
            draft.link(_EXTRA_LINKS[key], value)
        elif key in _EXTRA_DATES:
            draft.date(_EXTRA_DATES[key], value)
        elif key in _EXTRA_TEXTS:
            draft.text(_EXTRA_TEXTS[key], value)
        else:
            draft.keep("ckan-extra", {key: value}, ())


def _extras(extras: Any) -> dict[str, Any]:
    """Extras are a list of keys and values, or in older dumps one object."""
    if isinstance(extras, Mapping):
        return {str(key): value for key, value in extras.items()}
    pairs = [one for one in _listed(extras) if isinstance(one, Mapping)]
    return {str(one.get("key")): one.get("value") for one in pairs}


def _distribution(resource: Mapping[str, Any]) -> Thing:
    draft = Draft(DCAT + "Distribution")
    draft.text("title", resource.get("name"))
    draft.text("description", resource.get("description"))
    draft.link("access_url", resource.get("url"))
    draft.link("format", resource.get("format"))
    draft.link("media_type", resource.get("mimetype"))
    draft.link("license", resource.get("license"))
    draft.text("byte_size", resource.get("size"))
    draft.date("issued", resource.get("created"))
    draft.date("modified", resource.get("last_modified"))
    draft.text(DCT + "identifier", resource.get("id"))
    draft.keep("ckan", resource, _RESOURCE)
    return draft.nested()


def _first(form: Mapping[str, Any], *keys: str) -> Any:
    return next((form[key] for key in keys if form.get(key)), None)


def _listed(value: Any) -> list[Any]:
    if value in (None, "", {}):
        return []
    return value if isinstance(value, list) else [value]
