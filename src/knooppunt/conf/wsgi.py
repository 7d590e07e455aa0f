# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The application that any WSGI server can run."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from bronnen.language import analyse_query

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.conf.settings")
application = get_wsgi_application()

# Reading the dictionaries takes half a second: the server waits for it, not its first visitor.
for _language in ("nl", "en"):
    analyse_query("begin", _language)
# They stay for ever: no garbage collection need walk through them, which took a third of a second.
gc.collect()
gc.freeze()
