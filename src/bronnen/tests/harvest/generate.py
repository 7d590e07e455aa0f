# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records made up by hypothesis, whose terms are valid RDF."""

from hypothesis import strategies as st

from bronnen.records import CLASSES, PROPERTY, Iri, Literal, Thing, Value, build
from bronnen.vocabulary import XSD

_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
)
_LOCAL = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
IRIS = st.builds("https://example.org/{}".format, _LOCAL)
_LANGUAGES = st.sampled_from(["nl", "en", "nl-be"])
_DATATYPES = st.sampled_from([XSD + "date", XSD + "decimal", "urn:x:own"])
_LITERALS = st.one_of(
    _TEXT.map(Literal),
    st.tuples(_TEXT, _LANGUAGES).map(lambda pair: Literal(*pair)),
    st.tuples(_TEXT, _DATATYPES).map(lambda pair: Literal(pair[0], None, pair[1])),
)
_PROPERTIES = st.one_of(
    st.sampled_from(sorted(PROPERTY.values())), st.builds("https://example.org/p#{}".format, _LOCAL)
)
_TYPES = st.lists(st.sampled_from([iri for iri, _ in CLASSES] + ["https://example.org/Own"]), max_size=2)
#: Things that catalogues list are records of their own, so none is nested.
_NESTED_TYPES = st.lists(
    st.sampled_from(["http://www.w3.org/ns/dcat#Distribution", "https://example.org/Own"]), max_size=1
)


def _nested(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Thing]:
    properties = st.dictionaries(
        _PROPERTIES, st.lists(values, min_size=1, max_size=2), min_size=1, max_size=3
    )
    return st.builds(lambda types, found: build(None, tuple(types), found), _NESTED_TYPES, properties)


_VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(_LITERALS, st.builds(Iri, IRIS)), _nested, max_leaves=5
)
_DESCRIBED = st.dictionaries(_PROPERTIES, st.lists(_VALUES, min_size=1, max_size=3), min_size=1, max_size=6)
RECORDS = st.builds(lambda id_, types, found: build(id_, tuple(types), found), IRIS, _TYPES, _DESCRIBED)
CATALOGUES = st.lists(RECORDS, min_size=1, max_size=4, unique_by=lambda record: record.id)
