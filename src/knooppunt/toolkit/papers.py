# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form and a plan as documents to take along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from knooppunt.catalogue.wording import words
from knooppunt.people import services as people
from knooppunt.toolkit import answering
from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.models import Form, Plan, Step
from knooppunt.web.documents import Document, Heading, Items, Paragraph, Part


def shown_answer(question: dict[str, Any], value: Any) -> str:
    """An answer in words."""
    if isinstance(value, dict):
        return value["name"] if "file" in value else signature(value)
    if isinstance(value, bool):
        return _("Yes") if value else ""
    labels = {o["value"]: words(o["label"]).text for o in question.get("options", [])}
    chosen = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(one, str(one)) for one in chosen if one not in (None, ""))


def signature(value: dict[str, Any]) -> str:
    """Who signed, by the name of today, and on which day."""
    user = get_user_model().objects.filter(pk=value["by"]).select_related("profile").first()
    name = people.account_name(user)
    return _("Signed by %(name)s on %(day)s") % {"name": name, "day": value["day"]}


def because(form: Form, outcome: dict[str, Any]) -> str:
    """Which answers made the outcome so; empty when it always holds or follows from the score."""
    if "because" in outcome:
        return "; ".join(words(text).text for text in outcome["because"])
    told = (
        f"{words(q['text']).text} {shown_answer(q, form.answers.get(q['id']))}"
        for q in answering.reasons(form.content, form.answers, outcome)
    )
    return "; ".join(told)


def form_document(form: Form, organisation: str, language: str) -> Document:
    """Every question that is asked with its answer, then what follows."""
    content = form.content
    asked = answering.visible(content, form.answers)
    parts: list[Part] = []
    for section in content["sections"]:
        parts.append(Heading(words(section["title"]).text))
        part = ""
        for question in section["questions"]:
            if question["id"] in asked:
                if (now := words(question.get("part")).text) != part:
                    part = now
                    parts += [Heading(part, 2)] if part else []
                answer = shown_answer(question, form.answers.get(question["id"]))
                parts.append(Paragraph(answer or "…", label=words(question["text"]).text))
    parts.append(Heading(_("What follows")))
    for outcome in answering.outcomes(content, form.answers):
        parts.append(Paragraph(words(outcome["text"]).text, label=words(outcome["title"]).text))
        if why := because(form, outcome):
            parts.append(Paragraph(why, label=_("Because")))
    parts.append(Paragraph(f"{FormState(form.state).label}. {form.note}".strip(), label=_("State")))
    title = words(content["title"]).text
    footer = f"{title} {form.version.version}"
    return Document(f"{title}: {form.title}", language, tuple(parts), organisation, footer)


def plan_document(
    plan: Plan, steps: list[Step], names: dict[tuple[str, str], str], organisation: str, language: str
) -> Document:
    """What is done, then each step with what it asks, what the team noted, and cards with their reason."""
    done = [plan.steps.get(step.slug, {}).get("done", False) for step in steps]
    titles = tuple(words(step.content["title"]).text for step in steps)
    parts: list[Part] = [Heading(_("The steps")), Items(titles, done=tuple(done))]
    for step, title in zip(steps, titles, strict=True):
        content = step.content
        parts += [Heading(f"{step.number}. {title}"), Paragraph(words(content["why"]).text)]
        parts += [Heading(_("What to do"), 2), Items(tuple(words(t).text for t in content["do"]))]
        parts += [Heading(_("Questions to ask"), 2), Items(tuple(words(t).text for t in content["ask"]))]
        note = plan.steps.get(step.slug, {}).get("note", "")
        parts += [Heading(_("What we noted"), 2), Paragraph(note or "…")]
        attached = [c for c in plan.cards.all() if c.step == step.slug]
        if attached:
            lines = tuple(f"{names.get((c.kind, c.key), c.key)}: {c.reason}" for c in attached)
            parts += [Heading(_("Of use here"), 2), Items(lines)]
    return Document(plan.title, language, tuple(parts), organisation, _("Step plan"))
