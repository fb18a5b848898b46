// Parts of a page that are replaced while it is looked at, and the bar that says when they cannot be.
import "./global";
import "htmx-ext-sse";

const cut = new Set<EventTarget>();

function mark(source: EventTarget | null, isCut: boolean): void {
  if (!source) return;
  if (isCut) cut.add(source);
  else cut.delete(source);
  const bar = document.getElementById("reconnecting");
  if (bar) bar.hidden = cut.size === 0;
}

document.addEventListener("htmx:sseError", (event) => mark(event.target, true));
document.addEventListener("htmx:sseOpen", (event) => mark(event.target, false));
document.addEventListener("htmx:sseClose", (event) => mark(event.target, false));

// A log is read at its end, until somebody scrolls away from there.
document.addEventListener("htmx:sseBeforeMessage", (event) => {
  const log = event.target;
  if (!(log instanceof HTMLElement) || !log.classList.contains("log")) return;
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  if (isAtEnd) requestAnimationFrame(() => (log.scrollTop = log.scrollHeight));
});
