// Pages work without this file; it moves the focus to a mistake, keeps what is being typed from being lost by accident, and fetches what others change anew.
"use strict";
const mistake = document.querySelector(".error-summary");
if (mistake) mistake.focus();
let typed = false;
addEventListener("input", (event) => { if (event.target.matches("textarea")) typed = true; });
addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
// Every so many seconds, but not while somebody works in it or reads what they opened there.
for (const { id, dataset } of document.querySelectorAll("[data-living]")) {
  setInterval(async () => {
    const here = document.getElementById(id);
    if (!here || document.hidden || here.matches(":focus-within") || here.querySelector("details[open]")) return;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.getElementById(id) && !here.matches(":focus-within")) here.replaceWith(page.getElementById(id));
    } catch { /* the server is away: what stands there stays until it is back */ }
  }, dataset.living * 1000);
}
