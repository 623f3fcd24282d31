// The page works without this file; it adds keys: J and K go from finding to finding, A and D judge the one at hand, G opens its clause, . its words.
"use strict";
const notes = [...document.querySelectorAll(".note[data-finding]")];
const keys = document.querySelector(".keys");
if (keys && notes.length) keys.hidden = false;
let at = notes.findIndex((note) => `#${note.id}` === location.hash);
const show = (place) => {
  if (!notes.length) return;
  at = Math.min(Math.max(place, 0), notes.length - 1);
  for (const one of document.querySelectorAll("[data-finding][aria-current]")) one.removeAttribute("aria-current");
  const note = notes[at];
  for (const one of document.querySelectorAll(`[data-finding="${note.dataset.finding}"]`)) one.setAttribute("aria-current", "true");
  note.tabIndex = -1;
  note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "center" });
};
const acts = {
  j: () => show(at + 1),
  k: () => show(at - 1),
  a: () => notes[at]?.querySelector('[data-key="a"]')?.click(),
  d: () => notes[at]?.querySelector('[data-key="d"]')?.click(),
  g: () => notes[at]?.closest(".line")?.querySelector(".clause")?.click(),
  ".": () => notes[at]?.querySelector("a.words")?.click(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const act = acts[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
for (const mark of document.querySelectorAll("mark[data-finding]")) {
  mark.addEventListener("click", (event) => {
    event.stopPropagation();
    show(notes.findIndex((note) => note.dataset.finding === mark.dataset.finding));
  });
}
