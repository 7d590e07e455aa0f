# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key in the link that an asker gets: unguessable, and only good with the secret of this hub."""

from __future__ import annotations

from django.core import signing

from knooppunt.helpdesk.models import Question

_signer = signing.Signer(salt="helpdesk.question")
_tags = signing.Signer(salt="helpdesk.reply")


def key_of(question: Question) -> str:
    return _signer.sign(question.code)


def question_of(key: str) -> Question | None:
    """The question that the key opens; None for a key that is not ours."""
    try:
        code = _signer.unsign(key)
    except signing.BadSignature:
        return None
    return Question.objects.filter(code=code).first()


def tag_of(question: Question) -> str:
    """What a mail carries in its subject, so that a reply finds its question; it opens no page."""
    return _tags.sign(str(question.pk))


def question_of_tag(tag: str) -> Question | None:
    try:
        number = _tags.unsign(tag)
    except signing.BadSignature:
        return None
    return Question.objects.filter(pk=int(number)).first()
