// The desk works without this file; it sends a turn without leaving the page, and adds keys: Enter takes the phrase that is due, 1 to 5 go to slots, F9 calls for help.
"use strict";
const saying = document.querySelector("#say");
const field = document.querySelector("#text");
const speaker = () => saying.querySelector('[name="role"]:checked')?.value;
const parts = ["turns", "rail", "closing"];
const last = () => document.querySelector(".talk li:last-child")?.scrollIntoView({ block: "nearest" });
const typing = () => {
  const light = document.querySelector("#light");
  if (!light) return;
  const words = light.querySelector("strong");
  light.dataset.before ??= words.textContent;
  const theirs = speaker() === "customer" && field.value !== "";
  words.textContent = theirs ? light.dataset.typing : light.dataset.before;
  light.classList.toggle("open", !theirs);
};
const take = () => {
  const words = document.querySelector(".phrase:not(.withheld) .say");
  if (!words) return;
  field.value = words.textContent;
  saying.querySelector('[name="role"][value="agent"]').checked = true;
  field.focus();
  typing();
};
saying.addEventListener("submit", async (event) => {
  if (field.value.trim() === "" && document.querySelector(".phrase:not(.withheld) .say")) { event.preventDefault(); take(); return; }
  // The first turn begins the conversation, and the whole page with it.
  if (!document.querySelector(".talk") || field.value.trim() === "") return;
  event.preventDefault();
  const sent = new FormData(saying);
  try {
    const answer = await fetch(`${saying.action}?part=1`, { method: "POST", body: sent });
    if (!answer.ok || answer.redirected) { saying.submit(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      const here = document.getElementById(id);
      if (!here.contains(document.activeElement)) here.replaceWith(page.getElementById(id));
    }
  } catch {
    saying.submit();
    return;
  }
  field.value = "";
  saying.querySelector(`[name="role"][value="${sent.get("role") === "customer" ? "agent" : "customer"}"]`).checked = true;
  field.focus();
  last();
});
saying.addEventListener("input", typing);
document.addEventListener("click", (event) => {
  if (event.target.closest("#accept")) { event.preventDefault(); take(); }
});
addEventListener("keydown", (event) => {
  if (event.key === "F9") {
    event.preventDefault();
    document.querySelector("#help").open = true;
    document.querySelector("#help-words").focus();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (/^[1-5]$/.test(event.key)) document.getElementById(`slot-${event.key}`)?.focus();
});
last();
