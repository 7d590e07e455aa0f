// SPDX-FileCopyrightText: 2026 The Knooppunt contributors
// SPDX-License-Identifier: EUPL-1.2
// Every page works without this file; it only saves a page load when a filter is ticked.
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
