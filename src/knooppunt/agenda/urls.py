# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path, register_converter

from knooppunt.agenda import downloads, views, views_keep, views_report


class NumberConverter:
    """An action's or chapter's number: `3.10`, `B1`. Never a word, so words are free for pages."""

    regex = r"[A-Za-z]{0,2}[0-9]+(?:[.-][A-Za-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "number")

app_name = "agenda"
urlpatterns = [
    path("agenda", views.overview, name="overview"),
    path("agenda/begin", views_keep.start, name="start"),
    path("agenda/uploaden", views_keep.upload, name="upload"),
    path("agenda/beoordelen", views_report.queue, name="queue"),
    path("agenda/beoordelen/<int:pk>", views_report.review, name="review"),
    path("agenda/<slug:edition>", views.edition, name="edition"),
    path("agenda/<slug:edition>/tijdlijn", views.timeline, name="timeline"),
    path("agenda/<slug:edition>/begroting", views.budget, name="budget"),
    path("agenda/<slug:edition>/verschil", views.difference, name="difference"),
    path("agenda/<slug:edition>/hoofdstuk/<number:chapter>", views.chapter, name="chapter"),
    path("agenda/<slug:edition>/organisatie/<slug:owner>", views.owner, name="owner"),
    path("agenda/<slug:edition>/acties.csv", downloads.actions_csv, name="actions-csv"),
    path("agenda/<slug:edition>/begroting.csv", downloads.budget_csv, name="budget-csv"),
    path("agenda/<slug:edition>/kennismakingen.csv", downloads.introductions_csv, name="introductions-csv"),
    path("agenda/<slug:edition>/agenda.yaml", downloads.content_file, name="content-file"),
    path("agenda/<slug:edition>/verslag-<int:year>.pdf", downloads.yearly_report, name="report"),
    path("agenda/<slug:edition>/nieuwe-actie", views_keep.new_action, name="new-action"),
    path("agenda/<slug:edition>/volgende-editie", views_keep.next_edition, name="next-edition"),
    path("agenda/<slug:edition>/stand/<slug:verb>", views_keep.move, name="move"),
    path("agenda/<slug:edition>/begroting/<number:line>/<int:year>", views_report.money, name="report-money"),
    path("agenda/<slug:edition>/<number:number>", views.action, name="action"),
    path("agenda/<slug:edition>/<number:number>/voortgang", views_report.report, name="report-progress"),
    path(
        "agenda/<slug:edition>/<number:number>/effect/<int:position>",
        views_report.effect,
        name="measure-effect",
    ),
    path("agenda/<slug:edition>/<number:number>/wijzigen", views_keep.change_action, name="change-action"),
    path("agenda/<slug:edition>/<number:number>/verwijderen", views_keep.remove_action, name="remove-action"),
]
