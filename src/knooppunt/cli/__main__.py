# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
import sys

from knooppunt.cli import main

sys.exit(main())
