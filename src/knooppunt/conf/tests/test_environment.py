# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings fail loud, with a cure."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from knooppunt.conf.environment import Environment, kept_secret_key


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KNOOPPUNT", "DJANGO", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "knooppunt.cli", "doctor", "--json"],
        env=kept | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_key_or_demo_mode_nothing_starts(tmp_path):
    done = start(KNOOPPUNT_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "KNOOPPUNT_SECRET_KEY is not set" in done.stdout
    assert "KNOOPPUNT_DEMO=true" in done.stdout


def test_a_value_that_cannot_be_read_is_named(monkeypatch):
    monkeypatch.setenv("KNOOPPUNT_LEASE_SECONDS", "soon")
    with pytest.raises(
        ImproperlyConfigured, match=r"KNOOPPUNT_LEASE_SECONDS cannot be read as int.*Unset it"
    ):
        Environment().read("KNOOPPUNT_LEASE_SECONDS")


def test_the_demo_key_is_random_kept_and_private(tmp_path):
    first = kept_secret_key(tmp_path / "a", make=True)
    assert first == kept_secret_key(tmp_path / "a", make=False) != kept_secret_key(tmp_path / "b", make=True)
    assert stat.S_IMODE((tmp_path / "a" / "secret_key").stat().st_mode) == 0o600
    assert kept_secret_key(tmp_path / "c", make=False) == ""
    assert not (tmp_path / "c").exists()


def test_commands_on_a_demos_folder_need_no_environment(tmp_path):
    kept_secret_key(tmp_path, make=True)
    settings = json.loads(start(KNOOPPUNT_DATA=str(tmp_path)).stdout)[0]
    assert settings["check"] == "settings"
    assert settings["ok"]


def test_an_https_address_switches_on_what_belongs_to_it(tmp_path):
    code = (
        "from knooppunt.conf import settings as s; "
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    environment = os.environ | {
        "KNOOPPUNT_URL": "https://example.org",
        "KNOOPPUNT_DEMO": "false",
        "KNOOPPUNT_SECRET_KEY": "x" * 50,
        "KNOOPPUNT_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "31536000", "True", "True"]


def test_demo_mode_is_refused_where_others_can_come(tmp_path):
    done = start(
        KNOOPPUNT_DATA=str(tmp_path), KNOOPPUNT_DEMO="true", KNOOPPUNT_URL="https://knooppunt.example"
    )
    assert done.returncode == 1
    assert "Unset one of the two" in done.stdout
