# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of the tests: the real ones, in a folder that goes away, with static files unhashed."""

import os
import tempfile

os.environ.setdefault("KNOOPPUNT_DATA", tempfile.mkdtemp(prefix="knooppunt-tests-"))
os.environ["KNOOPPUNT_DEMO"] = "true"
os.environ["KNOOPPUNT_URL"] = "http://testserver"

from knooppunt.conf.settings import *  # noqa: F403

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A kind of thing that only the tests know: one folder and this line.
KINDS = [*KINDS, "tests.toykind"]  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "tests.toykind"]  # noqa: F405
