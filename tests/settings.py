# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of the tests: the real ones, in a folder that goes away, with static files unhashed."""

import atexit
import os
import shutil
import tempfile

# Never the data folder of whoever runs the tests.
_given = os.environ.get("KNOOPPUNT_TEST_DATA")
os.environ["KNOOPPUNT_DATA"] = _given or tempfile.mkdtemp(prefix="knooppunt-tests-")
if not _given:
    atexit.register(shutil.rmtree, os.environ["KNOOPPUNT_DATA"], ignore_errors=True)
os.environ["KNOOPPUNT_DEMO"] = "true"
# Playwright keeps an event loop in the process, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["KNOOPPUNT_URL"] = "http://testserver"

from knooppunt.conf.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A kind of thing that only the tests know: one folder and this line.
KINDS = [*KINDS, "tests.toykind"]  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "tests.toykind"]  # noqa: F405
