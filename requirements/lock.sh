#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
# Compiles every lock file: base first, each extra against it, hashes in, addresses out.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-.venv/bin/uv}
compile() {
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"
}
echo "uv>=0.8" | compile - -o requirements/uv.txt
compile requirements/build.in -o requirements/build.txt
compile pyproject.toml -o requirements/base.txt
sed 's/ *\\$//; /^ *--hash/d' requirements/base.txt > requirements/.constraints
for extra in hub postgres bench dev; do
  compile pyproject.toml -c requirements/.constraints --extra hub --extra "$extra" -o "requirements/$extra.txt"
  grep -v -- --hash "requirements/$extra.txt" | sed 's/ *\\$//' >> requirements/.constraints
  sort -u requirements/.constraints -o requirements/.constraints
done
compile pyproject.toml -c requirements/.constraints --extra spark -o requirements/spark.txt
rm requirements/.constraints
