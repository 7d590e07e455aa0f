# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages as mail programs, ticket systems and lists write them, with what should be read in them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.helpdesk.mailreading import Mail, Verdict, read

FIELD = Path(__file__).resolve().parents[4].parent / "shared" / "field" / "mail"


def mail(body: str | bytes = "Mag dit?", sender: str = "a@x.nl", subject: str = "Vraag", **more: str) -> Mail:
    headers = {"From": sender, "Subject": subject} | {k.replace("_", "-"): v for k, v in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    return read(head + b"\r\n" + (body.encode() if isinstance(body, str) else body))


def parts(*inner: tuple[str, str], kind: str = "mixed") -> Mail:
    body = "".join(f"--b\r\n{head}\r\n\r\n{text}\r\n" for head, text in inner) + "--b--\r\n"
    return mail(body, Content_Type=f'multipart/{kind}; boundary="b"')


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("a@x.nl", "a@x.nl"),
        ("<a@x.nl>", "a@x.nl"),
        ("Piet Jansen <p@x.nl>", "p@x.nl"),
        ('"Jansen, Piet" <p@x.nl>', "p@x.nl"),
        ("Jansen, Zoe <z@x.nl>", "z@x.nl"),
        ("=?utf-8?q?Jansen=2C_Zo=C3=AB?= <z@x.nl>", "z@x.nl"),
        ("=?utf-8?b?" + base64.b64encode("Müller, René".encode()).decode() + "?= <r@x.nl>", "r@x.nl"),
        ("=?iso-8859-1?Q?Ren=E9_=28FG=29?= <r@x.nl>", "r@x.nl"),
        ("=?utf-8?q?Zo=C3=AB_=3Cz=40x=2Enl=3E?=", "z@x.nl"),
        ("=?no-such?q?Jansen=2C?= <z@x.nl>", "z@x.nl"),
        ("z@x.nl (Zoë, FG)", "z@x.nl"),
        ("Jansen (FG) <z@x.nl>", "z@x.nl"),
        ('"other@y.nl" <z@x.nl>', "z@x.nl"),
        ("other@y.nl <z@x.nl>", "z@x.nl"),
        ('"<other@y.nl>" <z@x.nl>', "z@x.nl"),
        ('"never closed <z@x.nl>', "z@x.nl"),
        ("Zoë <z@x.nl>", "z@x.nl"),
        ("a@x.nl, b@x.nl", "a@x.nl"),
        ("Piet\r\n Jansen\r\n <p@x.nl>", "p@x.nl"),
        ("", ""),
        ("niemand", ""),
        ("(" * 3_000, ""),
    ],
)
def test_senders(sender, address):
    found = mail(sender=sender)
    assert found.sender == address
    assert (found.verdict == Verdict.UNREADABLE) == (not address)
    assert address or found.notes


@pytest.mark.parametrize(
    ("subject", "meant"),
    [
        ("=?utf-8?q?co=C3=B6rdinatie?=", "coördinatie"),
        ("=?UTF-8?Q? Personal=C3=A4nderung?=", "Personaländerung"),
        ("=?utf-8?b?Y2Fmw6k=?=", "café"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("Re: =?utf-8?q?caf=C3=A9?= en meer", "Re: café en meer"),
        ("=?x-none?q?caf=C3=A9?=", "café"),
        ("=?gb2312?b?xOO6ww==?=", "你好"),
        ("over coördinatie", "over coördinatie"),
        ("=?utf-8?q?", "=?utf-8?q?"),
        ("twee\r\n regels", "twee regels"),
    ],
)
def test_subjects(subject, meant):
    assert mail(subject=subject).subject == meant


def test_a_subject_in_raw_latin_1():
    assert (
        read("From: a@x.nl\nSubject: over coördinatie\n\nhoi".encode("latin-1")).subject == "over coördinatie"
    )


@pytest.mark.parametrize(
    ("label", "data", "text", "is_right"),
    [
        ("utf-8", "café €".encode(), "café €", True),
        ("iso-8859-1", b"caf\xe9 \x80", "café €", True),
        ("us-ascii", b"caf\xe9", "café", True),
        ("windows-1252", b"m\x92a", "m’a", True),
        ("windows-1258", b"m\x92a", "m’a", True),
        ("iso-8859-15", b"\xa4", "€", True),
        ("gb2312", "你好".encode("gbk"), "你好", True),
        ("koi8-r", "да".encode("koi8-r"), "да", True),
        ("iso-2022-jp", "日本".encode("iso-2022-jp"), "日本", True),
        ("utf-8", b"caf\xe9", "café", False),
        ("iso-8859-1", "café".encode(), "café", False),
        ("no-such", "café".encode(), "café", False),
        ("punycode", b"tekst", "tekst", False),
        ("base64", b"tekst", "tekst", False),
        ("unicode_escape", rb"\u0041", r"\u0041", False),
    ],
)
def test_charsets(label, data, text, is_right):
    found = mail(data, Content_Type=f"text/plain; charset={label}")
    assert found.text == text
    assert (not found.notes) == is_right


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Een</p><p>Twee</p>", "Een\n\nTwee"),
        ("Een<br>Twee", "Een\nTwee"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<style>p{}</style><script>x()</script><p>Tekst</p>", "Tekst"),
        ("<p>5 &lt; 6 &amp; caf&eacute;</p>", "5 < 6 & café"),
        ('<a href="https://x.nl/a">wet</a>', "wet (https://x.nl/a)"),
        ('<a href="https://x.nl/">x.nl</a>', "x.nl"),
        (
            "<p>De wet:</p><blockquote>Artikel 6</blockquote><p>Klopt dat?</p>",
            "De wet:\n\nArtikel 6\nKlopt dat?",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<div>" * 300 + "diep", "diep"),
        ("<!-- weg -->Tekst", "Tekst"),
        ('<?xml version="1.0" encoding="latin-1"?><p>é</p>', "é"),
    ],
)
def test_html_is_read_as_text(markup, text):
    assert mail(markup, Content_Type="text/html; charset=utf-8").text == text


QUOTED = "> oude tekst\n> meer"
OUTLOOK = "Van: Desk <d@x.nl>\nVerzonden: woensdag\nAan: Piet\nOnderwerp: x\n\noud"


@pytest.mark.parametrize(
    ("body", "own", "folded"),
    [
        (f"Ja.\n\nOp wo 5 aug 2026 om 17:00 schreef Desk <d@x.nl>:\n\n{QUOTED}", "Ja.", "Op wo"),
        (f"Ja.\n\nOn Wed, Aug 5, 2026 at 5 PM Desk <d@x.nl> wrote:\n{QUOTED}", "Ja.", "On Wed"),
        (f"Ja.\n\nOp 5 aug 2026 heeft Desk <d@x.nl> het volgende geschreven:\n{QUOTED}", "Ja.", "Op 5"),
        (f"Ja.\n\nOn Wed, Aug 5, 2026 at 5 PM Desk\n<d@x.nl> wrote:\n{QUOTED}", "Ja.", "On Wed"),
        (f"Ja.\n\nDesk <d@x.nl> schreef op 5 augustus 2026:\n{QUOTED}", "Ja.", "Desk"),
        ("Ja.\n\nOp 5 aug 2026 schreef Desk <d@x.nl>:\noud zonder tekens", "Ja.", "Op 5"),
        (f"Ja.\n\n________________________________\n{OUTLOOK}", "Ja.", "____"),
        (f"Ja.\n\n{OUTLOOK}", "Ja.", "Van:"),
        ("Yes.\n\nFrom: Desk\nSent: Wednesday\nTo: Piet\nSubject: x\n\nold", "Yes.", "From:"),
        ("Ja.\n\n-----Oorspronkelijk bericht-----\nVan: Desk\n\noud", "Ja.", "-----"),
        ("Yes.\n\n-----Original Message-----\nold", "Yes.", "-----"),
        (f"{QUOTED}\n\nOnderaan beantwoord.", "Onderaan beantwoord.", "> oude"),
        ("> een?\nJa.\n> twee?\nNee.", "Ja.\nNee.", "> een?"),
    ],
)
def test_quotations_are_folded_and_kept(body, own, folded):
    found = mail(body, subject="Re: x")
    assert found.text == own
    assert found.folded.startswith(folded)
    said = f"{found.text}\n{found.folded}"
    assert all(line in said for line in body.splitlines())


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Alleen cellen\n>10 personen\nmag dat?", "Re: x"),
        ("Alleen bedragen\n> € 100\nmag dat?", "Re: x"),
        ("De wet zegt\n> Artikel 6\nklopt dat?", "Vraag"),
        ("Van: ons team\nmag dit?", "Re: x"),
        ("On Monday he wrote:\nmag dit?", "Re: x"),
        ("Op 3 plekken staat geschreven:\nniets", "Re: x"),
        (f"Zie hieronder.\n\n{OUTLOOK}", "FW: x"),
        (QUOTED, "Re: x"),
        ("Groet\n-- \nPiet", "Re: x"),
    ],
)
def test_what_is_the_writers_own_stays(body, subject):
    found = mail(body, subject=subject)
    assert (found.text, found.folded) == (body, "")


def test_a_quotation_in_html_is_folded():
    markup = (
        '<div>Ja.</div><div class="gmail_quote"><div class="gmail_attr">'
        "Op wo 5 aug 2026 schreef Desk &lt;d@x.nl&gt;:"
        '<br></div><blockquote class="gmail_quote"><p>oud</p></blockquote></div>'
    )
    found = mail(markup, subject="Re: x", Content_Type="text/html")
    assert found.text == "Ja."
    assert found.folded.endswith("> oud\n>")


@pytest.mark.parametrize(
    ("headers", "verdict", "is_doubtful"),
    [
        ({}, "question", False),
        ({"Auto_Submitted": "no"}, "question", False),
        ({"X_Auto_Response_Suppress": "All"}, "question", False),
        ({"Auto_Submitted": "auto-generated"}, "question", True),
        ({"List_Id": "<vragen.x.nl>"}, "question", True),
        ({"Precedence": "list", "List_Post": "<mailto:l@x.nl>"}, "question", True),
        ({"Auto_Submitted": "auto-replied; owner=x"}, "machine", False),
        ({"X_Autoreply": "yes"}, "machine", False),
        ({"X_Autorespond": "vacation"}, "machine", False),
        ({"Precedence": "auto_reply"}, "machine", False),
        ({"Return_Path": "<>"}, "machine", False),
        ({"From": "MAILER-DAEMON@x.nl"}, "machine", False),
        ({"Content_Type": "multipart/report; boundary=b"}, "machine", False),
        ({"Precedence": "bulk"}, "list", False),
        ({"List_Unsubscribe_Post": "List-Unsubscribe=One-Click"}, "list", False),
        ({"Content_Type": "application/pkcs7-mime; smime-type=enveloped-data"}, "unreadable", False),
        ({"Subject": f"Re: x [#1:{'x' * 43}]"}, "reply", False),
    ],
)
def test_verdicts(headers, verdict, is_doubtful):
    found = mail(
        **{"sender": headers.pop("From", "a@x.nl"), "subject": headers.pop("Subject", "x")} | headers
    )
    assert (found.verdict, found.doubtful) == (verdict, is_doubtful)
    assert bool(found.notes) == (is_doubtful or verdict not in ("question", "reply"))


def test_all_texts_in_order_and_the_files_between_them():
    png = ('Content-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: base64', "iVBORw0KGgo=")
    found = parts(("Content-Type: text/plain", "een"), png, ("Content-Type: text/html", "<p>twee</p>"))
    assert found.text == "een\n\ntwee"
    assert found.attachments == (("a.png", b"\x89PNG\r\n\x1a\n"),)


def test_of_two_forms_the_one_that_says_all_is_read():
    both = [("Content-Type: text/plain", "Mag dit?"), ("Content-Type: text/html", "<p>Mag dit?</p>")]
    assert parts(*both, kind="alternative").text == "Mag dit?"
    stub = [both[0], ("Content-Type: text/html", f"<p>{'lang ' * 100}</p>")]
    assert parts(*stub, kind="alternative").text == ("lang " * 100).strip()
    assert parts(("Content-Type: text/plain", ""), both[1], kind="alternative").text == "Mag dit?"
    meeting = parts(both[0], ("Content-Type: text/calendar", "BEGIN:VCALENDAR"), kind="alternative")
    assert (meeting.text, meeting.attachments) == ("Mag dit?", (("text/calendar", b"BEGIN:VCALENDAR"),))


def test_a_forwarded_message_is_a_file():
    head = 'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="oud.eml"'
    found = parts(("Content-Type: text/plain", "Zie bijlage."), (head, "From: b@x.nl\r\n\r\nOud."))
    assert found.text == "Zie bijlage."
    ((name, content),) = found.attachments
    assert name == "oud.eml"
    assert content.split() == b"From: b@x.nl Oud.".split()


def test_a_body_without_the_parts_that_it_promises_is_a_text():
    assert mail("Mag dit?", Content_Type="multipart/mixed").text == "Mag dit?"
    assert mail("Mag dit?", Content_Type="multipart/mixed; boundary=b").text == "Mag dit?"


def test_another_address_for_answers_is_told():
    assert "p@x.nl" in mail(Reply_To="Piet <p@x.nl>").notes[0]
    assert not mail(Reply_To="A@X.nl").notes


def test_a_mail_of_parts_in_parts_without_end_is_unreadable_and_says_so():
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(600))
    for body in (f"From: a@x.nl\n{nested}", "From: a@x.nl\n\n" + "--b\n" * 10_001):
        found = read(body.encode())
        assert (found.verdict, len(found.notes)) == ("unreadable", 1)


PIECES = [
    b"From: ", b"Subject: ", b"Content-Type: ", b"text/html", b"multipart/mixed; boundary=b", b"\n--b\n",
    b"a@x.nl", b"message/rfc822", b"multipart/alternative; boundary=b",
    b"Content-Transfer-Encoding: base64\n", b"; charset=", b"=?utf-8?q?", b"?=", b"\n", b"\r", b"\n\n",
    b"\xff", b"\x00", b"<", b"(", b'"', b"<blockquote type=cite>", b"> ", b"Op 1 schreef x@x:\n",
    b"filename*0*=", b"utf-16''%", b"Content-Disposition: attachment; ", b"x-uuencode\n", b"Date: ",
    b"Message-ID: <", b"Reply-To: ", b"--b--", b"begin 644 x\n", b":", b";", b",",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=40))
def test_nothing_raises_and_each_gets_a_verdict(pieces):
    found = read(b"".join(pieces))
    assert found.verdict in Verdict
    assert found.verdict != Verdict.UNREADABLE or found.notes or not (found.text or found.attachments)


@settings(deadline=None)
@given(st.lists(st.text("ab>€ :1@", min_size=1, max_size=12), max_size=12), st.booleans())
def test_no_line_is_lost(lines, is_answer):
    body = "\n".join(lines)
    found = mail(body, subject="Re: x" if is_answer else "x", Content_Type="text/plain; charset=utf-8")
    kept = sorted(line.strip() for line in f"{found.text}\n{found.folded}".splitlines() if line.strip())
    assert kept == sorted(line.strip() for line in lines if line.strip())


FIELD_CASES = {
    "apple-mail-text-image-text": (
        "question",
        "Beste helpdesk, zie het plaatje:\n\nMijn eigenlijke vraag: mogen wij",
    ),
    "at-start-is-a-number-comparison": ("question", "Wij delen alleen cellen\n>10 personen\nmag dat?"),
    "bileto-815-x-autoreply": ("machine", "Ik ben afwezig."),
    "forwarded-as-attachment-message-rfc822": ("question", "Zie de mail van onze inwoner in de bijlage."),
    "freescout-4460-blockquote-own": ("question", "De wet zegt:\n\nArtikel 6: verwerking is rechtmatig"),
    "freescout-4629-gmail-reply-nl": ("question", "Ja, akkoord."),
    "freescout-5545-461-outlook-reply": ("question", "Ja, dat is akkoord.\n\nMet vriendelijke groet,\nPiet"),
    "from-encoded-name-dpo-parens": ("question", "x y z?"),
    "from-encoded-name-with-comma-exchange": ("question", "Mag ik BRP-gegevens koppelen?"),
    "from-quoted-comma": ("question", "x y z?"),
    "from-unquoted-comma": ("question", "x y z?"),
    "osticket-4114-meeting-invite": ("question", "Einen schönen Tag"),
    "osticket-6380-servicenow-human": ("question", "Goedemiddag, moeten wij een DPIA doen?"),
    "reply-to-differs": ("question", "Mogen wij dit?"),
    "rfc2231-filename": ("question", "zie bijlage"),
    "tine20-4485-raw-latin1-subject": ("question", "hoi"),
    "tine20-4485-raw-utf8-subject": ("question", "hoi"),
    "via-group-list-list-id": ("question", "Goedemiddag, moeten wij een DPIA doen?"),
    "x-auto-response-suppress-only-human-exchange": ("question", "Mogen wij dit?"),
    "zammad-2456-subject-utf-8-q": ("question", "hoi"),
    "zammad-3951-windows-1258": ("question", "Merci de m’établir un devis"),
    "zammad-6221-html-utf8": ("question", "Здравствуйте coördinatie"),
}


def field(name: str) -> Mail:
    path = FIELD / f"{name}.eml"
    if not path.exists():
        pytest.skip("not run: the cases from the field are not here")
    return read(path.read_bytes())


@pytest.mark.parametrize("name", FIELD_CASES)
def test_cases_from_the_field(name):
    found = field(name)
    verdict, begins = FIELD_CASES[name]
    assert found.verdict == verdict
    assert found.text.startswith(begins)
    assert found.sender


def test_what_else_the_cases_from_the_field_hold():
    assert [n for n, _content in field("forwarded-as-attachment-message-rfc822").attachments] == [
        "vraag inwoner.eml"
    ]
    assert [n for n, _content in field("rfc2231-filename").attachments] == ["coördinatie plan.pdf"]
    assert field("freescout-4629-gmail-reply-nl").folded.endswith("> oude tekst")
    assert field("freescout-5545-461-outlook-reply").folded.endswith("Het oude bericht staat hier.")
    assert field("freescout-4460-blockquote-own").text.endswith("Klopt dat?")
    assert "piet@gemeente.nl" in field("reply-to-differs").notes[0]
    for name in ("osticket-6380-servicenow-human", "via-group-list-list-id"):
        assert field(name).doubtful
        assert field(name).notes
    for name in ("tine20-4485-raw-latin1-subject", "tine20-4485-raw-utf8-subject"):
        assert field(name).subject == "Vraag over coördinatie"
    assert field("from-encoded-name-with-comma-exchange").sender == "r.muller@gemeente.nl"
    assert field("from-unquoted-comma").sender == "p.jansen@gemeente.nl"
