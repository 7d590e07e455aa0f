# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs: what they change, what anyone sees of it, and what stays when they are refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knooppunt.agenda import exporting, queries, services
from knooppunt.agenda.models import BudgetAmount, Edition
from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.models import AuditLine, Card, OutboxLine, Relation, Tombstone


def report(action, actor, status="substantial", moment=None):
    return services.report_progress(
        action,
        actor=actor,
        status=status,
        text={"text_nl": "Er is iets gedaan."},
        moment=moment or timezone.localdate(),
        evidence={"evidence_nl": "Rapport", "evidence_url": "https://example.org/r"},
    )


def status_of(key: str) -> set[str]:
    return set(
        Card.objects.get(kind="action", key=key).facets.filter(facet="status").values_list("code", flat=True)
    )


def test_a_report_is_public_at_once_with_card_outbox_and_audit(national, person):
    editor = person("editor", "cbs")
    action = national.actions.get(number="3.8")
    lines = OutboxLine.objects.count()
    report(action, editor)
    assert status_of("nl-digitaal-2019/3.8") == {"substantial"}
    assert OutboxLine.objects.count() == lines + 1
    audit = AuditLine.objects.filter(actor=editor).get()
    assert audit.detail["deed"] == "report progress"
    standing = queries.standing(queries.action("nl-digitaal-2019/3.8"))
    assert (standing.self_status, standing.reviewed_status) == ("substantial", "no_evidence")
    assert standing.months_silent == 0


@pytest.mark.parametrize(
    ("role", "organisation"), [("editor", "ezk"), ("member", "cbs"), ("connector", "cbs")]
)
def test_who_may_not_report_changes_nothing(national, person, role, organisation):
    action = national.actions.get(number="3.8")
    with pytest.raises(PermissionDenied):
        report(action, person(role, organisation))
    assert action.reports.count() == 1


def test_a_report_of_tomorrow_is_refused(national, person):
    with pytest.raises(services.NotNowError):
        report(
            national.actions.get(number="3.8"),
            person("editor", "cbs"),
            moment=timezone.localdate() + timedelta(1),
        )


def test_a_review_stands_beside_the_report_and_is_made_once(national, person):
    action = national.actions.get(number="3.8")
    made = report(action, person("editor", "cbs"))
    connector = person("connector", "bzk")
    services.review_progress(made, actor=connector, status="limited", note="Te weinig bewijs.", language="nl")
    standing = queries.standing(queries.action(str(action)))
    assert (standing.self_status, standing.reviewed_status) == ("substantial", "limited")
    with pytest.raises(services.NotNowError):
        services.review_progress(made, actor=connector, status="complete", note="Toch.", language="nl")
    made.refresh_from_db()
    assert made.reviewed_status == "limited"


def test_the_author_does_not_review(national, person):
    administrator = person("administrator", "cbs")
    made = report(national.actions.get(number="3.8"), administrator)
    with pytest.raises(PermissionDenied):
        services.review_progress(made, actor=administrator, status="complete", note="Goed.", language="nl")


def test_money_is_reported_by_the_keeper_and_empty_is_not_zero(national, person):
    amount = BudgetAmount.objects.get(line__key="B1", year=2019)
    keeper = person("editor", "bzk")
    services.report_money(amount, actor=keeper, committed=Decimal(140), spent=Decimal(0))
    total = queries.totals(queries.budget_lines(national))[0]
    assert (total.planned, total.committed, total.spent, total.complete) == (2550, 140, 0, False)
    services.report_money(amount, actor=keeper, committed=None, spent=None)
    assert queries.totals(queries.budget_lines(national))[0].spent is None
    with pytest.raises(PermissionDenied):
        services.report_money(amount, actor=person("editor", "cbs"), committed=None, spent=Decimal(1))


def test_an_effect_is_measured_by_who_does_the_action(national, person):
    effect = national.actions.get(number="4.3").effects.get()
    services.measure_effect(
        effect, actor=person("editor", "bzk"), value=Decimal(310), moment=date(2020, 6, 1)
    )
    effect.refresh_from_db()
    assert (effect.baseline, effect.value) == (250, 310)
    with pytest.raises(PermissionDenied):
        services.measure_effect(
            effect, actor=person("editor", "ezk"), value=Decimal(1), moment=date(2020, 6, 1)
        )


@pytest.fixture
def own(national, person):
    """A draft of an organisation's own agenda with one action that follows up a national one."""
    editor = person("editor", "breda")
    edition = services.start_agenda(
        actor=editor, name="Gemeente Breda", title="Data-agenda", language="nl", year=2026
    )
    values = {
        "title_nl": "Riolen meten",
        "description_nl": "Wij meten.",
        "start": 2026,
        "end": None,
        "tentative": False,
    }
    follows_up = [national.actions.get(number="1.1")]
    services.add_action(edition, actor=editor, values=values, follows_up=follows_up)
    return edition


def keeper(edition):
    from knooppunt.people.models import User

    return User.objects.get(memberships__organisation__slug=edition.agenda.organisation.slug)


def test_a_draft_has_no_card(own):
    assert not Card.objects.filter(key__startswith="breda").exists()


def test_publishing_makes_cards_and_the_relation_to_the_national_action(own):
    services.move(own, "publish", actor=keeper(own))
    card = Card.objects.get(kind="action", key="breda-2026/1")
    assert (card.language, card.title_nl, card.title_en) == ("nl", "Riolen meten", "")
    relation = Relation.objects.get(source_key="breda-2026/1")
    assert (relation.target_key, relation.type) == ("nl-digitaal-2019/1.1", "follows-up")


def test_withdrawing_leaves_tombstones_and_publishing_again_lifts_them(own, client):
    services.move(own, "publish", actor=keeper(own))
    services.move(own, "withdraw", actor=keeper(own))
    assert not Card.objects.filter(key__startswith="breda").exists()
    assert set(Tombstone.objects.values_list("key", flat=True)) == {"breda-2026", "breda-2026/1"}
    assert client.get("/nl/agenda/breda-2026/1").status_code == 410
    services.move(own, "publish", actor=keeper(own))
    assert client.get("/nl/agenda/breda-2026/1").status_code == 200
    assert not Tombstone.objects.exists()


def test_an_administrator_of_the_hub_may_only_withdraw(own, person):
    services.move(own, "publish", actor=keeper(own))
    administrator = person("administrator", "")
    with pytest.raises(PermissionDenied):
        services.move(own, "close", actor=administrator)
    assert services.move(own, "withdraw", actor=administrator).state == "withdrawn"


def test_an_organisation_has_one_agenda_and_goes_on_with_editions(own):
    with pytest.raises(services.NotNowError):
        services.start_agenda(actor=keeper(own), name="", title="Nog een", language="nl", year=2027)
    services.move(own, "publish", actor=keeper(own))
    draft = services.next_edition(own, actor=keeper(own), year=2027)
    (copy,) = queries.actions(draft)
    (original,) = queries.actions(own)
    assert (draft.key, draft.number, draft.state) == ("breda-2027", 2, "draft")
    assert copy.pk != original.pk
    assert [str(a) for a in copy.contributes_to.all()] == ["breda-2026/1"]
    assert [o.slug for o in copy.owners_in("lead")] == ["breda"]
    assert [str(a) for a in original.contributes_to.all()] == ["nl-digitaal-2019/1.1"]
    with pytest.raises(services.NotNowError):
        services.next_edition(own, actor=keeper(own), year=2028)


def test_actions_that_ended_do_not_go_on(own):
    editor = keeper(own)
    values = {"title_nl": "Kort", "description_nl": "Kort.", "start": 2026, "end": 2026, "tentative": False}
    services.add_action(own, actor=editor, values=values, follows_up=[])
    services.move(own, "publish", actor=editor)
    draft = services.next_edition(own, actor=editor, year=2027)
    assert [a.title_nl for a in draft.actions.all()] == ["Riolen meten"]


def test_changing_and_removing_an_action_updates_what_anyone_finds(own):
    editor = keeper(own)
    services.move(own, "publish", actor=editor)
    action = own.actions.get()
    services.change_action(action, actor=editor, values={"title_nl": "Gemalen meten"}, follows_up=[])
    assert Card.objects.get(key="breda-2026/1").title_nl == "Gemalen meten"
    assert not Relation.objects.filter(source_key="breda-2026/1").exists()
    services.remove_action(action, actor=editor)
    assert Tombstone.objects.get().key == "breda-2026/1"


def test_others_may_not_touch_an_agenda(own, person):
    stranger = person("editor", "tilburg")
    with pytest.raises(PermissionDenied):
        services.move(own, "publish", actor=stranger)
    with pytest.raises(PermissionDenied):
        services.remove_action(own.actions.get(), actor=stranger)
    with pytest.raises(PermissionDenied):
        services.next_edition(own, actor=stranger, year=2027)


def test_the_national_agenda_is_not_edited_here(national, person):
    editor = person("editor", "bzk")
    with pytest.raises(services.NotNowError):
        services.remove_action(national.actions.first(), actor=editor)
    with pytest.raises(services.NotNowError):
        services.next_edition(national, actor=editor, year=2027)


def test_upload_writes_the_own_edition(own):
    editor = keeper(own)
    text = exporting.as_yaml(own).replace("Riolen meten", "Riolen beter meten")
    edition = services.upload("breda.yaml", text.encode(), actor=editor)
    assert edition.pk == own.pk
    assert edition.actions.get().title_nl == "Riolen beter meten"
    assert not Card.objects.filter(key__startswith="breda").exists()
    services.upload("breda.yaml", text.replace("state: draft", "state: current").encode(), actor=editor)
    assert Card.objects.get(key="breda-2026/1").title_nl == "Riolen beter meten"
    services.upload("breda.yaml", text.encode(), actor=editor)
    assert set(Tombstone.objects.values_list("key", flat=True)) == {"breda-2026", "breda-2026/1"}


def test_a_closed_edition_is_not_overwritten_by_a_file(own):
    editor = keeper(own)
    services.move(own, "publish", actor=editor)
    text = exporting.as_yaml(Edition.objects.get(pk=own.pk))
    services.move(own, "close", actor=editor)
    with pytest.raises(services.NotNowError):
        services.upload("breda.yaml", text.encode(), actor=editor)


def test_upload_for_another_organisation_is_refused_with_its_lines(own, person):
    text = exporting.as_yaml(own)
    with pytest.raises(ContentError) as caught:
        services.upload("x.yaml", text.encode(), actor=person("editor", "tilburg"))
    assert [problem.line for problem in caught.value.problems] == [2, 3, 7]
    assert Edition.objects.get(key="breda-2026").state == "draft"


def test_what_a_page_read_before_undoes_nothing(example, person):
    """The page with the form was opened while the edition was public; meanwhile it was withdrawn."""
    keeper = person("editor", example.agenda.organisation.slug)
    action = queries.actions(example).first()
    amount = BudgetAmount.objects.select_related("line__edition").filter(line__edition=example).first()
    services.move(Edition.objects.get(pk=example.pk), "withdraw", actor=keeper)
    lines = OutboxLine.objects.count()
    for deed in (
        lambda: report(action, keeper),
        lambda: services.report_money(amount, actor=keeper, committed=Decimal(1), spent=None),
        lambda: services.add_action(example, actor=keeper, values={}, follows_up=[]),
        lambda: services.change_action(action, actor=keeper, values={}, follows_up=[]),
        lambda: services.remove_action(action, actor=keeper),
    ):
        with pytest.raises(services.NotNowError):
            deed()
    assert Edition.objects.get(pk=example.pk).state == "withdrawn"
    assert not Card.objects.filter(key__startswith=example.key).exists()
    assert OutboxLine.objects.count() == lines
