// Moves the map through the weeks without asking the server again; without this file the form asks it.
"use strict";
const range = document.getElementById("week");
if (range) {
  const tiles = [...document.querySelectorAll(".tile[data-weeks]")];
  const names = [...document.querySelectorAll("#ends option")].map((one) => one.label);
  const shape = (state) => document.querySelector(`#shapes [data-state="${state}"] .state`).cloneNode(true);
  const shown = document.getElementById("shown");
  const play = document.getElementById("play");
  const name = play.textContent;
  let ticking = 0;

  const show = (step) => {
    const counts = {};
    for (const tile of tiles) {
      const weeks = tile.dataset.weeks.split(" ");
      counts[weeks[step]] = (counts[weeks[step]] || 0) + 1;
      tile.className = `tile ${weeks[step]}${step && weeks[step - 1] !== weeks[step] ? " changed" : ""}`;
      tile.querySelector(":scope > .state").replaceWith(shape(weeks[step]));
    }
    for (const one of document.querySelectorAll("#legend [data-state] .n")) one.textContent = counts[one.parentElement.dataset.state] || 0;
    let changes = 0;
    for (const one of document.querySelectorAll("#weeks [data-step]")) {
      const here = one.dataset.step === String(step);
      one.classList.toggle("here", here);
      if (here) changes = one.querySelectorAll("ul > li").length;
    }
    document.getElementById("main").classList.toggle("elsewhere", String(step) !== range.dataset.here);
    shown.textContent = changes ? `${names[step]} · ${changes} ${shown.dataset.changes}` : names[step];
    range.setAttribute("aria-valuetext", names[step]);
  };
  const pause = () => { clearInterval(ticking); ticking = 0; play.textContent = name; };
  const next = () => {
    range.value = Number(range.value) + 1;
    show(Number(range.value));
    if (range.value === range.max) pause();
  };

  range.setAttribute("aria-valuetext", names[Number(range.value)]);
  range.addEventListener("input", () => { pause(); show(Number(range.value)); });
  play.hidden = false;
  play.addEventListener("click", () => {
    if (ticking) { pause(); return; }
    if (range.value === range.max) range.value = 0;
    show(Number(range.value));
    play.textContent = play.dataset.pause;
    ticking = setInterval(next, 1200);
  });
}
