# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail of the desk: to who asked, with the link to the page of the question, and to the experts."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from knooppunt.helpdesk.keys import key_of, tag_of
from knooppunt.helpdesk.models import Question
from knooppunt.jobs import letters


def tell_asker(question: Question, template: str) -> None:
    """The key stands in the query of the link, which no log keeps; the page takes it out of the address."""
    with override(question.language):
        address = f"{settings.PUBLIC_URL}{reverse('helpdesk:open')}?sleutel={key_of(question)}"
        state = question.get_state_display()
    context = {"address": address, "state": state, "tag": tag_of(question)}
    letters.write(question.email, f"helpdesk/mail/{template}", context, question.language)


def tell_expert(question: Question, template: str = "waits") -> None:
    """The expert who has the question hears of it ("waits", "soon"); what was asked stays in the hub.

    The link is to the queue, which asks to sign in: the page of a question does not exist for strangers.
    """
    if question.expert is None:
        return
    language = question.expert.language
    with override(language):
        address = settings.PUBLIC_URL + reverse("helpdesk:queue")
    letters.write(question.expert.email, f"helpdesk/mail/{template}", {"address": address}, language)


def tell_sender(email: str, refused: list[tuple[str, str]], *, language: str) -> None:
    """Which files of a mail were not kept and why; without names: the mail as a whole was too large."""
    letters.write(email, "helpdesk/mail/refused", {"refused": refused}, language)
