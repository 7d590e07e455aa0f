# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the help desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.texts import showable
from knooppunt.helpdesk.models import LONGEST, Desk, Question
from knooppunt.helpdesk.suggesting import Suggestion
from knooppunt.toolkit.services import Theme, laws
from knooppunt.web.filechecks import MOST_BYTES, Checked, sort_out

LONGEST_QUESTION = 400
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
MOST_OTHERS = 100


def area(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by its content; what is refused is named with the reason."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        given = [super(FilesField, self).clean(one, initial) for one in data or []]
        kept, refused = sort_out((file.name, file.read(MOST_BYTES + 1)) for file in given)
        if refused:
            raise forms.ValidationError([f"{name}: {reason}." for name, reason in refused])
        return kept


class ShowableForm(forms.Form):
    """A form whose texts lose the signs that no page can show."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return {k: showable(v) if isinstance(v, str) else v for k, v in values.items()}


class FilesForm(ShowableForm):
    """A form with files. A browser keeps none for a second try, so every error asks for them again."""

    files = FilesField(
        label=_("Files"), required=False, allow_empty_file=True,
        help_text=_(
            "At most 5, of 10 MB each: PDF, DOCX, XLSX, ODT, CSV, text or images. Name no persons in them."
        ),
    )  # fmt: skip

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if self.files and "files" in self.fields and "files" not in self.errors:
            super().add_error("files", _("Choose your files again: a browser does not keep them."))


class AskForm(FilesForm):
    text = area(
        _("Your question"), _("Name no persons. A few sentences are enough; you can tell more later.")
    )
    theme = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("I do not know")), *Theme.choices], required=False
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        help_text=_("For the answer and the link to your question. It is removed after a year."),
    )  # fmt: skip
    organisation = forms.ChoiceField(
        label=_("For your organisation?"), required=False,
        help_text=_("If so, its privacy officer sees the question and how it stands, without your name."),
    )  # fmt: skip
    field_order = ("text", "theme", "organisation", "email", "files")

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("No, for myself")), *organisations]
        if not organisations:
            del self.fields["organisation"]


class TextForm(FilesForm):
    """A text on a question, and the revision it was written on."""

    text = area(_("Your text"))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    field_order = ("text", "files")


class AnswerForm(TextForm):
    """An answer, which may point to one that is here already."""

    points_to = forms.ChoiceField(
        label=_("Is the answer here already? Then point to it"), required=False, widget=forms.RadioSelect,
        help_text=_("The asker gets the link with your text."),
    )  # fmt: skip
    field_order = ("text", "points_to", "files")

    def __init__(self, *args: Any, suggestions: list[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(f"{s.kind}:{s.key}", s.title) for s in suggestions]
        self.fields["points_to"].choices = [("", _("None of these")), *found]


class MergeForm(TextForm):
    """The other question, by its number: those of the same theme first, then the newest."""

    into = forms.TypedChoiceField(
        label=_("The other question"), coerce=int, empty_value=None,
        help_text=_("Who asked this gets the answer to the other question, and sees nothing else of it."),
    )  # fmt: skip
    field_order = ("into", "text")

    def __init__(self, *args: Any, others: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [
            (q.pk, f"#{q.pk} · {Truncator(q.text).words(14)}") for q in others[:MOST_OTHERS]
        ]


class RouteForm(TextForm):
    """Where a question belongs: a theme, and a desk if it is not the one for that theme."""

    theme = forms.ChoiceField(label=_("Theme"), choices=[("", _("No theme")), *Theme.choices], required=False)
    desk = forms.ChoiceField(label=_("Desk"), required=False)
    field_order = ("theme", "desk", "text")

    def __init__(self, *args: Any, desks: QuerySet[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {desk.slug: desk for desk in desks}
        named = [(slug, desk.title) for slug, desk in self.desks.items()]
        self.fields["desk"].choices = [("", _("The one for the theme")), *named]

    def clean_desk(self) -> Desk | None:
        return self.desks.get(self.cleaned_data["desk"])


class NoteForm(ShowableForm):
    text = area(_("Internal note: the asker does not see it"), rows=3)


class ProposalForm(ShowableForm):
    """What becomes public: redacted, with law and review date."""

    question = forms.CharField(
        label=_("Question"), max_length=LONGEST_QUESTION, widget=forms.Textarea({"rows": 3})
    )
    answer = forms.CharField(label=_("Answer"), max_length=8000, widget=forms.Textarea({"rows": 8}))
    laws = forms.MultipleChoiceField(label=_("Articles of law"), required=False)
    review_months = forms.IntegerField(
        label=_("Look at it again after how many months?"), min_value=1, max_value=60, initial=12
    )
    checked = forms.BooleanField(label=_("I read it, and it names no person"))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["laws"].choices = [
            (slug, law.get(get_language() or "nl", law["nl"])) for slug, law in laws().items()
        ]


class DeskForm(ShowableForm):
    """A desk: about what, from when until when, and who answers."""

    FIELDS = ("title", "about", "language", "theme", "starts", "ends")
    title = forms.CharField(label=_("Name of the desk"), max_length=150)
    about = forms.CharField(
        label=_("What can people ask here?"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("No theme")), *Theme.choices], required=False,
        help_text=_("Other questions on this theme come here as well while the desk is open."),
    )  # fmt: skip
    starts = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    ends = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Leave it empty for a desk that stays."),
    )  # fmt: skip
    team = forms.CharField(
        label=_("Who answers"), required=False, max_length=5000, widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Account names or e-mail addresses, one per line. They see the questions to this desk as long as "
            "it is open. Without names the staff of the hub answers."
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("starts") and values.get("ends") and values["ends"] < values["starts"]:
            self.add_error("ends", _("Give a last day that is not before the first day."))
        return values
