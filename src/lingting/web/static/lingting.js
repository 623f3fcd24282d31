// Pages work without this file; it moves the focus to a mistake and keeps what is being typed from being lost by accident.
"use strict";
const mistake = document.querySelector(".error-summary");
if (mistake) mistake.focus();
let typed = false;
addEventListener("input", (event) => { if (event.target.matches("textarea")) typed = true; });
addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
