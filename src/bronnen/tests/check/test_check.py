# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a check finds in small catalogues, and that each rule says what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bronnen.check import Severity, causes, conditions, mqa, quality
from bronnen.check.requirements import rules as table_rules
from bronnen.check.tables import PROFILES
from bronnen.check.vocabularies import NAMES, vocabulary
from bronnen.cli import main
from bronnen.tests.check.catalogues import PREFIXES, WHOLE, checked, rules


def every_rule():
    for profile in PROFILES:
        yield from table_rules(profile)
        for listed in conditions.conditions(profile).values():
            yield from (condition.rule for condition in listed)
    yield from (one.rule for one in mqa.indicators().values())
    yield from quality.rules().values()
    yield from causes.rules()


def test_every_rule_says_in_dutch_and_english_what_to_do():
    verbs = {
        "nl": r"geef|kies|verwijs|(be)?schrijf|noem|voeg|zet|houd|gebruik|herstel|maak|sla|neem"
        r"|haal|pak|begin|zoek|kijk|probeer",
        "en": r"give|choose|refer|write|describe|name|add|put|keep|use|repair|correct|shorten|save"
        r"|take|look|fetch|check|try|pack|begin|declare|remove",
    }
    for rule in every_rule():
        for language in ("nl", "en"):
            said = getattr(rule.message, language)
            assert said.endswith(".")
            assert re.search(rf"\b({verbs[language]})\b", said.lower()), (rule.id, said)
        assert rule.message.nl != rule.message.en, rule.id


def test_each_name_of_a_rule_means_one_thing():
    for profile in PROFILES:
        ids = [rule.id for rule in table_rules(profile)]
        assert len(ids) == len(set(ids))


def test_a_catalogue_that_is_right_has_no_findings(tmp_path):
    found = checked(tmp_path, WHOLE)
    assert found["findings"] == []
    assert found["totals"]["mqa"]["mean"] == mqa.MOST - 80
    assert found["totals"]["mqa"]["links_measured"] is False


def test_findings_have_the_documented_form(tmp_path):
    found = checked(tmp_path, PREFIXES + 'e:d a dcat:Dataset ; dct:title "T" .')
    (one,) = [one for one in found["findings"] if one["rule"] == "dcat-ap.Dataset.dct:description.min"]
    assert one["focus"] == one["dataset"] == "https://e.org/d"
    assert one["path"] == "http://purl.org/dc/terms/description"
    assert one["severity"] == "violation"
    assert one["message"]["nl"].startswith("De dataset heeft geen beschrijving. Schrijf")
    assert one["message"]["en"].startswith("The dataset has no description. Write")
    assert isinstance(one["points"], int)


ISSUED = '"2024-02-29"^^xsd:date ; dct:modified "2024-03-01T'


@pytest.mark.parametrize(
    ("change", "rule", "path"),
    [
        (('dct:identifier "trees"', 'dct:identifier "a", "b"'),
         "dcat-ap-nl.Dataset.dct:identifier.max", "identifier"),
        (("dct:creator e:town ;", ""), "dcat-ap-nl.Dataset.dct:creator.min", "creator"),
        (("dcat:keyword", "dcat:keyword e:k ; dcat:keyword"),
         "dcat-ap.Dataset.dcat:keyword.literal", "keyword"),
        (("dct:spatial e:place", 'dct:spatial "hier"'), "dcat-ap.Dataset.dct:spatial.resource", "spatial"),
        ((ISSUED, ISSUED.replace("2024-02-29", "2023-02-29")),
         "dcat-ap.Dataset.dct:issued.temporal", "issued"),
        ((ISSUED, ISSUED.replace('"2024-02-29"^^xsd:date', '"31-02-2024"')),
         "dcat-ap.Dataset.dct:issued.temporal", "issued"),
        (('"1000"^^xsd:nonNegativeInteger', '"1 kB"^^xsd:nonNegativeInteger'),
         "dcat-ap.Distribution.dcat:byteSize.datatype", "byteSize"),
        (("data-theme/ENVI", "data-theme/TREES"), "dcat-ap.Dataset.dcat:theme.vocabulary", "theme"),
        (("dct:publisher e:town", "dct:publisher e:csv"), "dcat-ap.Dataset.dct:publisher.range", "publisher"),
        (("dct:spatial e:place", 'dct:spatial e:place ; <http://www.w3.org/2002/07/owl#versionInfo> "1"'),
         "dcat-ap.Dataset.owl:versionInfo.deprecated", "versionInfo"),
        (("2024-12-31", "2019-12-31"), "quality.Dataset.temporal.order", "temporal"),
        (("2024-03-01T10", "2023-03-01T10"), "quality.Dataset.modified.order", "modified"),
        (("dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;", ""),
         "dcat-ap-nl.Distribution.media-type-when-download", "mediaType"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_violation_of_the_rule_about_it(tmp_path, change, rule, path):
    assert change[0] in WHOLE
    found = checked(tmp_path, WHOLE.replace(*change, 1))
    heavy = [one for one in found["findings"] if one["severity"] != "info"]
    assert [one["rule"] for one in heavy] == [rule]
    assert heavy[0]["path"].endswith(path)


def test_dcat_ap_does_not_ask_what_only_the_dutch_profile_asks(tmp_path):
    text = WHOLE.replace("dct:creator e:town ;", "")
    assert checked(tmp_path, text, profile="eu")["findings"] == []


def test_a_nested_thing_is_found_through_the_record_that_holds_it(tmp_path):
    text = WHOLE.replace(
        "[ a dct:PeriodOfTime ;", '[ a dct:PeriodOfTime ; <http://schema.org/startDate> "2020" ;'
    )
    (one,) = checked(tmp_path, text)["findings"]
    assert one["focus"] == "https://e.org/trees"
    assert one["within"] == ["http://purl.org/dc/terms/temporal"]


def test_no_value_of_a_contact_point_is_told(tmp_path):
    text = WHOLE.replace("dcat:contactPoint [", 'dcat:contactPoint "j.jansen@e.org", [')
    found = checked(tmp_path, text)
    assert rules(found) == ["dcat-ap.Dataset.dcat:contactPoint.resource"]
    assert "jansen" not in json.dumps(found)


def test_one_distribution_of_two_datasets_is_told_once(tmp_path):
    two = WHOLE.replace("e:trees a", "e:shrubs a") + WHOLE.replace(
        "dcat:accessURL e:get", 'dcat:accessURL "x"'
    )
    found = checked(tmp_path, two.replace("dcat:accessURL e:get ;", ""))
    assert [one for one in rules(found) if "accessURL" in one] == [
        "dcat-ap.Distribution.dcat:accessURL.resource"
    ]


HVD = "dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> ;"
CATEGORY = "dcatap:hvdCategory <http://data.europa.eu/bna/c_dd313021> ;"
SERVICE = """e:api a dcat:DataService ; dct:title "API"@nl ; dcat:endpointURL e:root ;
  dcat:servesDataset e:trees ."""


def hvd(dataset: str = HVD + CATEGORY, distribution: str = HVD, service: str = "") -> str:
    text = WHOLE.replace("e:trees a dcat:Dataset ;", f"e:trees a dcat:Dataset ; {dataset}")
    return (
        text.replace("e:csv a dcat:Distribution ;", f"e:csv a dcat:Distribution ; {distribution}") + service
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (hvd(), []),
        (hvd(dataset=HVD), ["hvd.Dataset.category"]),
        (hvd(dataset=CATEGORY), ["hvd.Dataset.legislation"]),
        (hvd(distribution=""), ["hvd.Distribution.legislation"]),
        (hvd().replace("dcat:accessService e:api ;", ""), ["hvd.Dataset.api"]),
        (hvd().replace("dcat:downloadURL e:file ;", ""), ["hvd.Dataset.download"]),
        (hvd().replace("publicdomain/zero/1.0/", "licenses/by-nc/4.0/"), ["hvd.Distribution.open-licence"]),
        (hvd().replace("publicdomain/zero/1.0/", "licenses/by/4.0/deed.nl"), []),
        (hvd(service=SERVICE), [
            "dcat-ap-nl.DataService.standard-when-hvd", "hvd.DataService.category", "hvd.DataService.contact",
            "hvd.DataService.legislation", "hvd.DataService.licence", "hvd.DataService.page",
        ]),
        (hvd(service=SERVICE).replace("dcat:accessService e:api ;", ""), "no hvd.Dataset.api"),
    ],
)  # fmt: skip
def test_what_high_value_datasets_must_have(tmp_path, text, expected):
    found = [one for one in rules(checked(tmp_path, text)) if one.startswith("hvd.") or "hvd" in one]
    if isinstance(expected, str):
        assert "hvd.Dataset.api" not in found
    else:
        assert found == expected


def test_the_data_governance_act_asks_size_format_and_rights(tmp_path):
    act = "dcatap:applicableLegislation <http://data.europa.eu/eli/reg/2022/868/oj> ;"
    text = hvd(dataset=act, distribution="").replace('dcat:byteSize "1000"^^xsd:nonNegativeInteger ;', "")
    found = checked(tmp_path, text.replace("dct:rights e:rights ;", ""))
    assert [one for one in rules(found) if one.endswith("dga")] == [
        "dcat-ap-nl.Distribution.rights-when-dga", "dcat-ap-nl.Distribution.size-when-dga",
    ]  # fmt: skip
    assert checked(tmp_path, text, profile="eu")["totals"]["violation"] == 0


def test_exact_asks_that_values_are_described_as_the_shapes_do(tmp_path):
    found = checked(tmp_path, WHOLE, exact=True)
    assert "dcat-ap.Dataset.dcat:theme.range" in rules(found)
    assert not any(one.endswith(".vocabulary") for one in rules(found))


def test_descriptions_are_judged_as_a_reader_would():
    long = "Tegemoetkomingsregelingen betreffende klimaatadaptatiemaatregelen worden overeenkomstig " * 6
    assert quality._of_text("Bomen.", "bomen") == "title"
    assert quality._of_text("Bomen in de stad", "Groen") == "short"
    assert quality._of_text(long, "Regels") == "hard"
    assert (
        quality._of_text("Dit zijn de bomen van de stad. Elke boom heeft een soort en een jaar.", "B") == ""
    )
    # 5 words per sentence and 20 per cent of long words: 5 + 20.
    assert quality.readability("De bomen in de gemeenten. " * 6) == 25


def test_value_lists_are_whole_and_known_by_their_other_addresses():
    sizes = {name: len(vocabulary(name).labels) for name in NAMES}
    assert (sizes["data-theme"], sizes["hvd-category"]) == (14, 96)
    assert sizes["media-type"] > 2000
    licence = vocabulary("licence")
    cc0 = licence.find("http://publications.europa.eu/resource/authority/licence/CC0")
    assert cc0 == licence.find("https://creativecommons.org/publicdomain/zero/1.0/deed.nl")
    assert licence.find("https://e.org/my-licence") is None
    assert vocabulary("language").find("http://publications.europa.eu/resource/authority/language/PAP")
    assert vocabulary("language").find("http://publications.europa.eu/resource/authority/language/nl") is None


def test_the_command_can_be_used_by_someone_elses_pipeline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    good, bad, none = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "none.ttl"
    good.write_text(WHOLE)
    bad.write_text(WHOLE.replace("dct:creator e:town ;", ""))
    none.write_text("<html><body>Not found</body></html>")
    assert main(["check", str(good), "--profile", "nl", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["findings"] == 0
    assert main(["check", str(bad), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["totals"]["violation"] == 1
    assert main(["check", str(bad), "--fail-on", "never", "--lang", "en"]) == 0
    assert "1. [violation] 1 datasets" in capsys.readouterr().out
    assert main(["check", str(none), "--format", "json"]) == 2
    said = capsys.readouterr()
    assert "web page" in said.err
    (one,) = json.loads(said.out)["findings"]
    assert (one["rule"], one["focus"]) == ("source.refused", str(none))
    assert "webpagina" in one["message"]["nl"]
    assert main(["check", str(good), "--to", str(tmp_path / "no" / "where")]) == 2
    assert "--to" in capsys.readouterr().err
    assert main(["harvest", str(bad), "--to", str(tmp_path / "harvest"), "--json"]) == 0
    capsys.readouterr()
    assert (
        main(["check", str(tmp_path / "harvest"), "--format", "json", "--to", str(tmp_path / "out.json")])
        == 1
    )
    assert json.loads((tmp_path / "out.json").read_text())["totals"]["violation"] == 1


@pytest.mark.parametrize(
    ("agent", "public", "name"),
    [
        ("[ a foaf:Agent ; foaf:name 'Pietje' ]", False, {"Pietje"}),
        ("[ a foaf:Agent ; foaf:name 'Pietje' ]", True, set()),
        ("[ a foaf:Agent, foaf:Organization ; foaf:name 'Stad' ]", True, {"Stad"}),
        ("[ a foaf:Person ; foaf:name 'Pietje' ]", False, set()),
        ("e:town", True, {"Gemeente Voorbeeld"}),
    ],
)
def test_no_person_is_named_as_publisher(tmp_path, agent, public, name):
    found = checked(tmp_path, WHOLE.replace("dct:publisher e:town", f"dct:publisher {agent}"), public=public)
    assert set(found["totals"]["publishers"]) == name


def test_an_address_of_a_person_is_no_focus_for_strangers(tmp_path):
    text = PREFIXES + "<mailto:pietje@e.org> a foaf:Agent ."
    assert "pietje" in json.dumps(checked(tmp_path, text))
    assert "pietje" not in json.dumps(checked(tmp_path, text, public=True))


@pytest.mark.parametrize("form", ["turtle", "rdfxml", "jsonld"])
def test_what_was_right_is_right_after_export(tmp_path, capsys, form):
    (source := tmp_path / "in.ttl").write_text(WHOLE)
    assert main(["harvest", str(source), "--to", str(tmp_path / "records")]) == 0
    out = str(tmp_path / f"out.{form}")
    assert main(["export", str(tmp_path / "records"), "--format", form, "--to", out]) == 0
    capsys.readouterr()
    assert main(["check", out, "--format", "json", "--fail-on", "info"]) == 0


def test_catalogues_of_one_folder_are_told_apart(tmp_path, capsys):
    (tmp_path / "a.ttl").write_text(WHOLE)
    (tmp_path / "b.ttl").write_text(
        WHOLE.replace("e:trees", "e:shrubs").replace('dcat:keyword "boom"@nl ;', "")
    )
    assert main(["check", str(tmp_path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["totals"]["catalogues"]
    assert [(name[:5], one["datasets"], one["mean"]) for name, one in sorted(found.items())] == [
        ("a-ttl", 1, 325.0), ("b-ttl", 1, 295.0),
    ]  # fmt: skip


def test_severities_are_told_from_heavy_to_light():
    assert list(Severity) == ["violation", "warning", "info"]
