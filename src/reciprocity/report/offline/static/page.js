// The page: levers in, both sides' answer out. Everything it shows was solved here; a failed solve keeps the last answer.
"use strict";

const data = JSON.parse(document.getElementById("payload").textContent);
const words = data.words;
const base = prepared(data, "long");
const sooner = data.worlds["1y"] ? prepared(data, "1y") : null;
const french = document.documentElement.lang === "fr";
const settings = settingsAt(data, 1);
const byId = (id) => document.getElementById(id);

function number(value, digits, signed = true) {
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, french ? "\u202f" : ",");
  const text = part ? grouped + (french ? "," : ".") + part : grouped;
  const zero = !/[1-9]/.test(text);
  return (zero ? "" : value < 0 ? "\u2212" : signed ? "+" : "") + text;
}
const unit = french ? "\u202f%" : "%";
function percent(value) {
  const size = Math.abs(100 * value);
  return number(100 * value, size < 0.00005 || size >= 0.00995 ? 2 : size >= 0.000995 ? 3 : 4) + unit;
}
const scales = [[1e6, french ? "billion" : "trillion"], [1e3, french ? "milliard" : "billion"], [1, "million"]];
function money(musd) {
  const [scale, name] = scales.find(([one]) => Math.abs(musd) >= 0.9995 * one) || scales[2], size = Math.abs(musd) / scale;
  const digits = size < 99.95 && (scale > 1 || size < 9.95) ? 1 : 0, amount = number(musd / scale, digits);
  if (french) return `${amount}\u202f${name}${Number(size.toFixed(digits)) >= 2 ? "s" : ""} $\u00a0US`;
  return `${/^[+\u2212]/.test(amount) ? amount[0] + "US$" + amount.slice(1) : "US$" + amount}\u00a0${name}`;
}
function small(value) {
  const [lead, power] = value.toExponential(0).split("e");
  return `${lead}\u00a0×\u00a010${[...String(Number(power))].map((one) => (one === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[one])).join("")}`;
}
const rate = (value) => number(100 * value, 1, false) + unit;

function show(found, took) {
  data.sides.forEach((side) => {
    const n = data.regions.indexOf(side), box = byId(`side-${side}`);
    box.querySelector(".way").textContent = found.real[n] > 0 ? "▲" : found.real[n] < 0 ? "▼" : "◆";
    box.querySelector(".change").textContent = percent(found.real[n]);
    box.querySelector(".change").dataset.exact = found.real[n];
    box.querySelector(".money").textContent = words.a_year.replace("{money}", money(found.real[n] * base.real_income[n]));
    box.querySelector(".wage").textContent = percent(found.wage[n]);
    box.querySelector(".revenue").textContent = money(found.revenue[n]);
  });
  byId("sectors").replaceChildren(...sectorRows(found));
  byId("others").replaceChildren(...otherRows(found));
  byId("status").textContent = words.solved.replace("{evaluations}", found.evaluations).replace("{time}", number(took, 0, false))
    .replace("{residual}", small(found.size));
  document.querySelector("main").classList.remove("stale");
}

// The first year of the same terms, in a line of its own: it may have no answer where the long run has one.
function showYear(found) {
  data.sides.forEach((side) => {
    const change = found && found.real[data.regions.indexOf(side)], box = byId(`side-${side}`).querySelector(".sooner strong");
    box.textContent = found ? percent(change) : "–";
    box.dataset.year = found ? change : "";
  });
}

function answered(world) {
  try { return outcome(world, data, settings); } catch (error) { return null; }
}

function row(cells, head = "th") {
  const line = document.createElement("tr");
  cells.forEach((words, at) => {
    const cell = document.createElement(at ? "td" : head);
    if (at) cell.className = "number"; else cell.scope = "row";
    cell.append(words);
    line.append(cell);
  });
  return line;
}

function bar(value, most, hue) {
  const cell = document.createElement("span");
  cell.className = `bar ${hue} ${value < 0 ? "loss" : "gain"}`;
  cell.style.setProperty("--size", `${(46 * Math.abs(value)) / (most || 1)}%`);
  return cell;
}

function sectorRows(found) {
  const J = base.J, places = data.sides.map((side) => data.regions.indexOf(side));
  const moved = data.sectors.map((_, j) => places.map((n) => base.real_output[n * J + j] * found.output[n * J + j]));
  const order = moved.map((_, j) => j).sort((a, b) => Math.max(...moved[b].map(Math.abs)) - Math.max(...moved[a].map(Math.abs)));
  const most = Math.max(...moved.flat().map(Math.abs));
  return order.slice(0, 12).map((j) => row([words.sectors[j], ...moved[j].flatMap((value, k) =>
    [bar(value, most, data.hues[k]), number(value, Math.abs(value) < 9.95 ? 1 : 0)])]));
}

function otherRows(found) {
  const others = data.regions.map((_, n) => n).filter((n) => !data.sides.includes(data.regions[n]));
  return others.sort((a, b) => found.real[a] - found.real[b])
    .map((n) => row([words.regions[n], percent(found.real[n]), money(found.real[n] * base.real_income[n])]));
}

let waiting = 0;
function solveSoon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    const start = performance.now(), found = answered(base);
    if (found) show(found, performance.now() - start);
    else {
      document.querySelector("main").classList.add("stale");
      byId("status").textContent = words.failed;
    }
    if (found && sooner) showYear(answered(sooner));
  });
}

function set(k, value) {
  const lever = data.levers[k], box = byId(`lever-${k}`);
  settings[k] = value;
  if (!box) return;
  const shown = 100 * value;
  box.querySelector("input[type=range]").value = shown;
  box.querySelector("input[type=number]").value = Number(shown.toFixed(2));
  box.querySelector("output").textContent = lever.kind === "rate" ? rate(value) : number(shown, 0, false) + unit;
}

function setAll(share) {
  settingsAt(data, share).forEach((value, k) => set(k, value));
  byId("share").value = 100 * share;
  byId("share-shown").textContent = number(100 * share, 0, false) + unit;
  solveSoon();
}

document.addEventListener("input", (event) => {
  const box = event.target.closest("[id^=lever-]");
  if (event.target.id === "share") return setAll(event.target.valueAsNumber / 100);
  if (!box || !Number.isFinite(event.target.valueAsNumber)) return undefined;
  const value = Math.min(Math.max(event.target.valueAsNumber, 0), 400) / 100;
  set(Number(box.id.slice(6)), value);
  return solveSoon();
});
byId("law").addEventListener("click", () => setAll(0));
byId("deal").addEventListener("click", () => setAll(1));

// The file checks itself on opening: its own answers for the deal beside those it was written with.
{
  const start = performance.now(), found = answered(base), took = performance.now() - start;
  const year = sooner && answered(sooner), check = byId("check");
  const apart = (answer, world) => (answer ? Math.max(...data.regions.map((code, n) => Math.abs(answer.real[n] - world.answer[code]))) : Infinity);
  const gap = Math.max(apart(found, base), sooner ? apart(year, sooner) : 0);
  if (found) show(found, took); else byId("status").textContent = words.failed;
  if (sooner) showYear(year);
  check.dataset.gap = gap;
  check.textContent = (gap < 1e-6 ? words.agrees : words.differs).replace("{gap}", small(gap));
  check.className = gap < 1e-6 ? "agrees" : "differs";
}
