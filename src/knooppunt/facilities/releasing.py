# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outputs: checked by the program, decided by two people, and given out as a copy that we write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.audit import audit
from knooppunt.facilities import letters, outputs, permissions, policies
from knooppunt.facilities.models import Decision, Enquiry, Output
from knooppunt.facilities.outputstates import FLOW, WAITING, State
from knooppunt.facilities.requesting import hold
from knooppunt.flow import history
from knooppunt.web.answers import require


def upload(enquiry: Enquiry, name: str, content: bytes, context: str, *, actor: Any) -> Output:
    """Check a file against the policy of the facility, as it is today, and put it before the checkers.

    ValueError, with a cure, for what is no table. What left before for the same request counts in the check.
    """
    enquiry = Enquiry.objects.select_related("request", "facility").get(pk=enquiry.pk)
    require(permissions.may(actor, "upload-output", enquiry))
    policies.check_can_upload(enquiry)
    output = Output(enquiry=enquiry, name=_plain(name), context=context, uploaded_by=actor)
    output.path.parent.mkdir(parents=True, mode=0o700)
    try:
        output.path.write_bytes(content)
        output.policy = dict(enquiry.facility.policy or {})
        report = _check(output)
        output.report = report.as_json()
        with transaction.atomic():
            policies.check_can_upload(hold(enquiry))
            output.save()
            audit("upload output", "output", str(output.pk), actor=actor, detail={"status": report.status})
            what = gettext_lazy("An output waits for a decision")
            letters.tell_output(output, what, letters.lab(enquiry), actor=actor)
    except BaseException:
        shutil.rmtree(output.path.parent, ignore_errors=True)
        raise
    return output


def _plain(name: str) -> str:
    """The name of the file without folders and signs that mean something elsewhere."""
    kept = "".join(sign for sign in Path(name.replace("\\", "/")).name if sign.isprintable())
    return kept[-120:] or "output"


def _beside(output: Output) -> QuerySet[Output]:
    """The outputs of the same request at the same facility whose files are there."""
    return Output.objects.filter(enquiry=output.enquiry, files_removed=False)


def _check(output: Output) -> outputs.Report:
    policy = outputs.OutputPolicy.of(output.policy)
    left = _beside(output).filter(state=State.RELEASED).order_by("decided")
    earlier = [(old.name, outputs.read_tables(old.path)) for old in left if old.path.is_file()]
    return outputs.check_tables(outputs.read_tables(output.path), policy, earlier)


@transaction.atomic
def decide(output: Output, verb: str, note: str, *, actor: Any) -> Output:
    """Make a move of the table for a person. With the second yes, the copy that leaves is written."""
    hold(output.enquiry)
    output = Output.objects.select_related("enquiry__request", "enquiry__facility").get(pk=output.pk)
    require(permissions.may_see_output(actor, output))
    target = FLOW.check(verb, output.state, permissions.output_parties(actor, output), note)
    source, output.state = output.state, target
    if target == State.RELEASED:
        output.copy.write_bytes(outputs.released_workbook(_check(output)))
    if target != State.APPROVED:
        output.decided = timezone.now()
    output.save()
    if target == State.RELEASED:
        _look_again(output)
    Decision.objects.create(output=output, person=actor, verb=verb, note=note)
    history.record(FLOW, output, verb, source, actor=actor)
    readers = letters.lab if target in (State.APPROVED, State.WITHDRAWN) else letters.asker
    letters.tell_output(output, FLOW.label(verb), readers(output.enquiry), actor=actor, note=note)
    return output


def _look_again(left: Output) -> None:
    """Hold what still waits beside what just left, so that who decides next sees what follows from both."""
    for output in _beside(left).filter(state__in=WAITING).exclude(pk=left.pk):
        output.report = _check(output).as_json()
        output.save(update_fields=["report"])
        detail = {"status": output.report["status"]}
        audit("check output again", "output", str(output.pk), actor=None, detail=detail)


def record(output: Output) -> dict[str, Any]:
    """The record of an output for an auditor: what was checked by which rules, and what was decided when.

    People stand in it by the part they played, not by name.
    """
    return {
        "output": output.pk,
        "name": output.name,
        "context": output.context,
        "state": output.state,
        "uploaded": output.uploaded.isoformat(),
        "policy": output.policy,
        "report": output.report,
        "decisions": [
            {"decision": d.verb, "at": d.at.isoformat(), "note": d.note} for d in output.decisions.all()
        ],
    }
