# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.toolkit import views, views_desk, views_invite, views_plans, views_work

app_name = "toolkit"
urlpatterns = [
    path("toolkit", views.overview, name="overview"),
    path("toolkit/bureau", views_desk.desk, name="desk"),
    path("toolkit/bureau/nieuw/<slug:kind>", views_desk.begin_entry, name="begin-entry"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>", views_desk.work, name="work"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>/begin", views_desk.edit_begin, name="edit-begin"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>/schrijven", views_desk.edit, name="edit"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>/verschil", views_desk.difference, name="difference"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>/bevestig", views_desk.renew, name="renew"),
    path("toolkit/bureau/<slug:kind>/<slug:slug>/zet/<slug:verb>", views_desk.move_entry, name="move-entry"),
    path("veelgestelde-vragen", views.faqs, name="faqs"),
    path("veelgestelde-vragen/<slug:slug>", views.faq, name="faq"),
    path("begrippen", views.terms, name="terms"),
    path("begrippen.ttl", views.turtle, name="turtle"),
    path("begrippen/<slug:slug>", views.term, name="term"),
    path("instrumenten", views_work.instruments, name="instruments"),
    path("instrumenten/<slug:slug>", views_work.instrument, name="instrument"),
    path("instrumenten/<slug:slug>/stop", views_work.stop_offering, name="stop-offering"),
    path("instrumenten/<slug:slug>/invullen", views_work.begin_form, name="begin-form"),
    path("formulieren/verwerkingen.<slug:form>", views_work.register, name="register"),
    path("formulieren/<int:pk>", views_work.form, name="form"),
    path("formulieren/<int:pk>/document.<slug:form>", views_work.form_document, name="form-document"),
    path("formulieren/<int:pk>/bestanden/<int:file>", views_work.form_file, name="form-file"),
    path("formulieren/<int:pk>/overnieuw", views_work.start_over, name="start-over"),
    path("formulieren/<int:pk>/uitnodigen", views_invite.invite_to_form, name="invite-to-form"),
    path("formulieren/<int:pk>/zet/<slug:verb>", views_work.move_form, name="move-form"),
    path("formulieren/<int:pk>/<slug:section>", views_work.section, name="section"),
    path("toolkit/uitnodigingen/<int:pk>", views_invite.invitation, name="invitation"),
    path("toolkit/uitnodigingen/<int:pk>/einde", views_invite.end, name="end-colleague"),
    path("stappenplan", views_plans.steps, name="steps"),
    path("stappenplan/<slug:slug>", views_plans.step, name="step"),
    path("plannen/nieuw", views_plans.begin_plan, name="begin-plan"),
    path("plannen/<int:pk>", views_plans.plan, name="plan"),
    path("plannen/<int:pk>/document.<slug:form>", views_plans.plan_document, name="plan-document"),
    path("plannen/<int:pk>/uitnodigen", views_invite.invite_to_plan, name="invite-to-plan"),
    path("plannen/<int:pk>/praktijk", views_plans.propose, name="propose"),
    path("plannen/<int:pk>/<slug:slug>", views_plans.plan_step, name="plan-step"),
    path("plannen/<int:pk>/<slug:slug>/kaart", views_plans.attach, name="attach"),
]
