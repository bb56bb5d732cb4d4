// The live table: coarse answers while the hand is on the slider, the exact one on release. The last question wins.
"use strict";

const form = document.getElementById("table");
const both = document.getElementById("both");
const lang = document.documentElement.lang;
const asking = {};

function put(html) {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  for (const part of parts.content.querySelectorAll("template[data-swap]")) {
    const place = document.getElementById(part.dataset.swap);
    if (place) place.replaceChildren(part.content.cloneNode(true));
  }
  const table = parts.content.querySelector("template[data-address]");
  if (!table) return;
  history.replaceState(null, "", table.dataset.address);
  const differs = table.dataset.differs.split(" ");
  for (const row of form.querySelectorAll(".row")) {
    row.classList.toggle("differs", differs.includes(row.id.slice(4)));
    row.classList.toggle("off", !row.querySelector("input[type=checkbox]").checked);
  }
}

function say(words) {
  const fault = document.getElementById("fault");
  fault.textContent = words;
  fault.hidden = !words;
  both.classList.toggle("stale", Boolean(words));
}

// What the form says, without elasticities that are not one's own.
function said() {
  return new URLSearchParams([...new FormData(form)].filter(([name, words]) => words || !name.startsWith("theta.")));
}

// One question of a sort at a time: a new one drops the one before, on both ends of the wire.
async function ask(where, mode) {
  asking[where]?.abort();
  const mine = (asking[where] = new AbortController());
  const body = said();
  if (mode) body.set("mode", mode);
  try {
    const answer = await fetch(`${where}?lang=${lang}`, {
      method: "POST", body, signal: mine.signal, headers: { accept: "application/json, text/html" },
    });
    if (answer.ok) return await answer.text();
    say(((await answer.json()).faults || ["?"]).join(" "));
  } catch (error) {
    if (error.name !== "AbortError") say(String(error.message || error));
  }
  return null;
}

async function drag() {
  for (const slow of ["/worth", "/range", "/reach"]) asking[slow]?.abort();
  both.classList.add("settling");
  const answer = await ask("/answer", "coarse");
  if (answer !== null) { put(answer); say(""); }
}

async function settle() {
  const answer = await ask("/answer", "exact");
  if (answer === null) return;
  put(answer);
  say("");
  both.classList.remove("settling");
  share();
}

async function share() {
  for (const part of ["/worth", "/range"]) {
    const answer = await ask(part);
    if (answer === null) return;
    put(answer);
  }
  reach();
}

// What both can have takes a second or two, so it is asked for when it is looked at.
const line = document.getElementById("reach");
let looked = false;

async function reach() {
  if (!looked) return;
  if (!line.firstElementChild) line.textContent = line.dataset.waiting;
  const answer = await ask("/reach");
  if (answer !== null) line.innerHTML = answer;
}

if (form) {
  document.documentElement.classList.add("script");
  form.addEventListener("input", (event) => {
    const moved = event.target;
    if (moved.dataset.number) document.getElementById(moved.dataset.number).value = moved.value;
    if (moved.dataset.range) document.getElementById(moved.dataset.range).value = moved.value;
    if (moved.type === "range") drag();
  });
  const drawer = document.getElementById("assumptions");
  const change = (event) => {
    const moved = event.target;
    if (!form.reportValidity()) return;
    if ("reload" in moved.dataset) location.href = "/?" + new URLSearchParams({ deal: moved.value, on: form.elements.on.value });
    else if ("whole" in moved.dataset) location.href = "/?" + said() + (drawer.contains(moved) ? "#assumptions" : "");
    else settle();
  };
  form.addEventListener("change", change);
  drawer.addEventListener("change", change);
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.formMethod === "post") return;
    event.preventDefault();
    settle();
  });
  new IntersectionObserver((seen) => {
    if (looked || !seen.some((one) => one.isIntersecting || one.boundingClientRect.top < 0)) return;
    looked = true;
    reach();
  }).observe(line);
  share();
}

const guess = document.getElementById("guess");
if (guess) {
  guess.addEventListener("submit", (event) => {
    event.preventDefault();
    const told = document.getElementById("guessed");
    for (const box of guess.querySelectorAll("input")) {
      const head = document.getElementById(`head-${box.dataset.side}`);
      const words = told.dataset.said.replace("{guess}", box.value + " %").replace("{answer}", head.querySelector("strong").textContent);
      told.append(`${head.querySelector("h2").textContent}: ${words} `);
    }
    told.hidden = false;
    guess.hidden = true;
    both.classList.remove("guessing");
    both.scrollIntoView({ block: "start" });
  });
}
