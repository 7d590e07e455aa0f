# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands of the help desk: propose redactions, and measure what it is worth."""

from __future__ import annotations

import sys
from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from knooppunt.cli.output import result

MOST_SIGNS = 2_000_000


def add_commands(commands: _SubParsersAction) -> None:
    redact = commands.add_parser("redact", help="propose which personal data to take out of a text")
    redact.add_argument("--text", required=True, metavar="TEXT", help='the text; "-" reads it from stdin')
    redact.add_argument("--json", action="store_true", help='{"redacted", "findings"}')
    redact.add_argument(
        "--lang", choices=["nl", "en"], help="language of labels and reasons (default: the text's)"
    )
    redact.set_defaults(run=run_redact)
    mail = commands.add_parser("mail-in", help="take in mail for the help desk: one from stdin, or a mailbox")
    mail.add_argument("--imap", action="store_true", help="what is unseen in the mailbox of the settings")
    mail.add_argument(
        "--json",
        action="store_true",
        help='{"outcome", "why", "question", "verdict", "text", "folded", "files", "notes"}; '
        "with --imap a list of them",
    )
    mail.set_defaults(run=run_mail_in)


def add_evaluations(what: _SubParsersAction) -> None:
    """What `knooppunt evaluate` can measure of the help desk."""
    questions = what.add_parser(
        "questions", help="the help desk's answers to questions, with plain BM25 beside it"
    )
    questions.add_argument("--answers", type=Path, required=True, metavar="FILE.jsonl")
    questions.add_argument("--questions", type=Path, required=True, metavar="FILE.jsonl")
    questions.add_argument("--json", action="store_true")
    questions.set_defaults(run=run_evaluate_questions)
    redaction = what.add_parser(
        "redaction", help="precision and recall of proposed redactions on the labelled set of the project"
    )
    redaction.add_argument("--json", action="store_true")
    redaction.set_defaults(run=run_evaluate_redaction)


def run_redact(options: Namespace) -> int:
    from bronnen.language import guess_language
    from knooppunt.redaction import find, redact

    text = sys.stdin.read() if options.text == "-" else options.text
    if len(text) > MOST_SIGNS:
        raise ValueError(f"the text has {len(text)} signs; give at most {MOST_SIGNS} at a time")
    lang = options.lang or guess_language(text) or "nl"
    findings = find(text)
    redacted = redact(text, findings, lang)
    shown = {"redacted": redacted, "findings": [finding.as_json(lang) for finding in findings]}
    result(shown, as_json=options.json, text=redacted)
    return 0


def run_mail_in(options: Namespace) -> int:
    """A mail that is not taken in is an outcome, not an error: a mail server would send it again."""
    import django

    django.setup()
    from knooppunt.cli.migrating import ready
    from knooppunt.helpdesk import mailfetch, mailin

    ready()
    if options.imap:
        return _fetch_mail(mailfetch, as_json=options.json)
    received = mailin.receive(sys.stdin.buffer.read(mailin.MOST_BYTES + 1))
    result(received.as_json(), as_json=options.json, text=f"{received.outcome}: {received.why}")
    return 0


def _fetch_mail(mailfetch: Any, *, as_json: bool) -> int:
    if not mailfetch.is_set():
        raise ValueError("no mailbox is set; give KNOOPPUNT_IMAP_HOST, _USER and _PASSWORD_FILE")
    try:
        found = mailfetch.fetch()
    except mailfetch.MailboxError as error:
        raise ValueError(str(error)) from error
    lines = [f"{received.outcome}: {received.why}" for received in found]
    result([received.as_json() for received in found], as_json=as_json, text="\n".join(lines) or "no mail")
    return 0


def run_evaluate_questions(options: Namespace) -> int:
    from bronnen import evaluate

    figures = evaluate.questions(options.answers, options.questions)
    lines = [f"{figures['n']} questions"]
    for name in ("ours", "bm25"):
        lines.append(f"{name:5}" + "".join(f"  {k} {v:.3f}" for k, v in figures[name].items()))
    lines += ["confidence  questions  said  right"]
    for row in figures["calibration"]:
        lines.append(
            f"{row['from']:.1f}-{row['to']:.1f}     {row['n']:9}  {row['said']:.2f}  {row['right']:.2f}"
        )
    result(figures, as_json=options.json, text="\n".join(lines))
    return 0


def run_evaluate_redaction(options: Namespace) -> int:
    from knooppunt.redaction.measure import HELD_OUT, measure

    figures = measure() | {"held_out": measure(HELD_OUT)}
    lines = []
    for title, part in (("texts", figures), ("texts, held out", figures["held_out"])):
        lines.append(f"{part['cases']} {title}")
        for kind, row in [("all", part["all"]), *part["kinds"].items()]:
            lines.append(f"{kind:15}" + "".join(f"  {k} {v}" for k, v in row.items()))
    result(figures, as_json=options.json, text="\n".join(lines))
    return 0
