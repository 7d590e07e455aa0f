# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The challenges that come with the hub: in shape, in both languages, each with its table of data."""

from __future__ import annotations

import pytest

from knooppunt.challenges.contentcheck import CONTENT, load

FILES = sorted(CONTENT.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_a_challenge_named_after_its_file(file):
    data = load(file).data
    assert data["challenge"] == file.stem
    assert len(data["data"]) >= 3


def test_their_order_is_a_line():
    assert sorted(load(file).data["position"] for file in FILES) == list(range(1, len(FILES) + 1))
