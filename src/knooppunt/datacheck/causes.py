# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a source could not be read, in the reader's language, with what to do.

bronnen says causes in English; those that visitors meet have their sentences here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Said:
    """What happened and what to do; `detail` is bronnen's own sentence, in English, or empty."""

    happened: Promise | str
    cure: Promise | str
    detail: str = ""


_KNOWN = (
    (r"private network", _("The address leads into a private network."),
     _("Give an address that everyone on the internet can open.")),
    (r"web page \(HTML\)", _("The address gives a web page and no catalogue."),
     _("Look on that page for the link to the catalogue in DCAT, or to the API, and paste that.")),
    (r"an empty file", _("The file is empty."), _("Fetch it again; the source may have failed.")),
    (r"format that is not known|neither RDF nor|another shape|not a list of datasets",
     _("This is no catalogue in a form that we know."),
     _("Give DCAT in Turtle, RDF/XML or JSON-LD, CKAN JSON, an answer of a CSW, data.json or CSV.")),
    (r"the server answered 40[13]", _("The server does not let us in."),
     _("Give an address that can be opened without signing in.")),
    (r"the server answered 4", _("The server says that there is nothing at this address."),
     _("Check the address: open it in a browser.")),
    (r"the server answered", _("The server has a fault."), _("Try again later, or drop the file here.")),
    (r"no answer", _("The server does not answer."), _("Check the address, or try again later.")),
    (r"more than \d+ MiB|grows beyond|File too large", _("The catalogue is larger than 50 MB."),
     _("Give a part of it, or use the command line, which has no limit.")),
    (r"not complete|too long|too much", _("The check was not ready in time."),
     _("Give a part of the catalogue, or use the command line, which has no limit.")),
    (r"redirects", _("The address leads from one to the next without end."),
     _("Give the address where the catalogue itself is.")),
    (r"compressed file", _("The compressed file is broken."), _("Pack or fetch it again.")),
    (r"entities", _("The XML is built from entities, which we do not unfold."),
     _("Write the text itself in the XML.")),
    (r"not an http", _("This is no address on the web."),
     _("Begin with https:// and give the whole address.")),
)  # fmt: skip


def say(cause: str) -> Said:
    """The sentences for a cause; for an unknown one a general one with the cause itself."""
    for pattern, happened, cure in _KNOWN:
        if re.search(pattern, cause):
            return Said(happened, cure)
    return Said(_("The catalogue could not be read."), _("Correct it at this place and check again:"), cause)
