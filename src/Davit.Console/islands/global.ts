import htmx from "htmx.org";

// The extension for server-sent events looks for it there.
window.htmx = htmx;

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
