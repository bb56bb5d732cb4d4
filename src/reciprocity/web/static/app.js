// The live table: coarse answers while the hand is on the slider, the exact one on release. The last question wins.
"use strict";

const form = document.getElementById("table");
let asking = null;

function put(html) {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  for (const part of parts.content.querySelectorAll("template[data-swap]")) {
    const place = document.getElementById(part.dataset.swap);
    if (place) place.replaceChildren(part.content.cloneNode(true));
  }
  const address = parts.content.querySelector("template[data-address]");
  if (address) history.replaceState(null, "", address.dataset.address);
}

function say(words) {
  const fault = document.getElementById("fault");
  fault.textContent = words;
  fault.hidden = !words;
  for (const side of document.querySelectorAll(".side")) side.classList.toggle("stale", Boolean(words));
}

async function ask(mode) {
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  const body = new URLSearchParams(new FormData(form));
  body.set("mode", mode);
  try {
    const answer = await fetch(form.dataset.answer + location.search.replace(/.*[?&](lang=\w+).*|.*/, (_, lang) => (lang ? "?" + lang : "")), {
      method: "POST", body, signal: mine.signal, headers: { accept: "application/json, text/html" },
    });
    if (answer.ok) { put(await answer.text()); say(""); }
    else say(((await answer.json()).faults || ["?"]).join(" "));
  } catch (error) {
    if (error.name !== "AbortError") say(String(error.message || error));
  } finally {
    if (asking === mine) asking = null;
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    const moved = event.target;
    if (moved.dataset.number) document.getElementById(moved.dataset.number).value = moved.value;
    if (moved.dataset.range) document.getElementById(moved.dataset.range).value = moved.value;
    if (moved.type === "range") ask("coarse");
  });
  form.addEventListener("change", (event) => {
    if ("reload" in event.target.dataset) {
      location.href = "/?" + new URLSearchParams({ deal: event.target.value, on: form.elements.on.value });
    } else if (event.target.checkValidity()) {
      const row = event.target.closest(".row");
      if (row) row.classList.add("differs");
      ask("exact");
    }
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.formMethod === "post") return;
    event.preventDefault();
    ask("exact");
  });
}

for (const button of document.querySelectorAll("[data-fetch]")) {
  button.addEventListener("click", async () => {
    const place = document.getElementById(button.dataset.into);
    const asked = new URLSearchParams(new FormData(form));
    asked.set("lang", document.documentElement.lang);
    button.disabled = true;
    try {
      const answer = await fetch(button.dataset.fetch + "?" + asked, { headers: { accept: "application/json, text/html" } });
      if (answer.ok) { place.innerHTML = await answer.text(); say(""); place.scrollIntoView({ block: "nearest" }); }
      else say(((await answer.json()).faults || ["?"]).join(" "));
    } finally { button.disabled = false; }
  });
}

const guess = document.getElementById("guess");
if (guess) {
  guess.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById("both").classList.remove("guessing");
  });
}
