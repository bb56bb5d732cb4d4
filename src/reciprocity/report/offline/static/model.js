// The model, as src/reciprocity/model has it: exact hat algebra after Caliendo and Parro (2015) with world value added
// as numeraire and deficits fixed in it. State z = (p, X / scale, u): ln prices, spending, ln wages; and where sectors
// have wages of their own (factors.js) g, ln of a sector's wage over its country's. Flat arrays; trade is (sector,
// importer, exporter), vectors are (country, sector).
"use strict";

const TOLERANCE = 1e-11;
const MOST_EVALUATIONS = 300;
const LONGEST_STEP = 0.5;

function unpacked(text) {
  const raw = atob(text.data);
  const bytes = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) bytes[k] = raw.charCodeAt(k);
  return text.kind === "f4" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}

// A horizon's world at rest: its arrays, its answer to nothing, and how its premia are steered.
function prepared(data, horizon) {
  const base = { N: data.regions.length, J: data.sectors.length, horizon, answer: data.worlds[horizon].answer };
  for (const arrays of [data.shared, data.worlds[horizon].arrays])
    for (const [name, text] of Object.entries(arrays)) base[name] = unpacked(text);
  base.world = base.value_added.reduce((sum, one) => sum + one, 0);
  const still = kernelOf(base, new Map());
  base.start = evaluate(base, still, base.deficit, atBase(base));
  if (base.stickiness.some((one) => one > 0)) base.premia = premiaAt(base, still);
  return base;
}

// The state with nothing moved.
function atBase(base) {
  const half = base.N * base.J, z = new Float64Array(2 * half + base.N + (base.premia ? half : 0));
  for (let k = 0; k < half; k++) z[half + k] = base.expenditure[k] / base.scale[k];
  return z;
}

// A = pi exp(-theta ln(cost)) and C = A / (1 + t'): only the routes that move are worked out again.
function kernelOf(base, routes) {
  const { N, J } = base;
  const spending = Float64Array.from(base.trade_share);
  const customs = new Float64Array(spending.length);
  const tariff = Float64Array.from(base.tariff);
  for (const [place, route] of routes) {
    const sector = Math.floor(place / (N * N));
    spending[place] *= Math.exp(-base.trade_elasticity[sector] * Math.log(route.cost));
    tariff[place] = route.tariff;
  }
  for (let k = 0; k < spending.length; k++) customs[k] = spending[k] / (1 + tariff[k]);
  return { spending, customs, N, J };
}

// Everything the equations say at a state: CP (2015) eqs. 10-13, and the residuals.
function evaluate(base, kernel, deficit, z) {
  const { N, J } = base, half = N * J, wages = 2 * half + N;
  const at = {
    residual: new Float64Array(z.length), cost: new Float64Array(half), output: new Float64Array(half),
    income: new Float64Array(N), revenue: new Float64Array(N),
  };
  const supply = new Float64Array(half), phi = new Float64Array(half), deflated = new Float64Array(half);
  const X = new Float64Array(half), centre = new Float64Array(J), netShare = new Float64Array(half);
  for (let k = 0; k < half; k++) X[k] = z[half + k] * base.scale[k];
  for (let n = 0; n < N; n++) { // ln c = beta (u + g) + Gamma^T p
    for (let j = 0; j < J; j++) {
      const premium = base.premia ? z[wages + n * J + j] : 0;
      at.cost[n * J + j] = base.value_added_share[n * J + j] * (z[2 * half + n] + premium);
    }
    for (let k = 0; k < J; k++) {
      const price = z[n * J + k], row = (n * J + k) * J;
      for (let j = 0; j < J; j++) at.cost[n * J + j] += base.input_share[row + j] * price;
    }
  }
  for (let j = 0; j < J; j++) {
    for (let n = 0; n < N; n++) centre[j] += at.cost[n * J + j] / N;
    for (let n = 0; n < N; n++) supply[n * J + j] = Math.exp(-base.trade_elasticity[j] * (at.cost[n * J + j] - centre[j]));
  }
  for (let j = 0; j < J; j++) for (let n = 0; n < N; n++) { // Phi, H and sales
    const row = (j * N + n) * N, here = n * J + j;
    let all = 0, net = 0;
    for (let i = 0; i < N; i++) {
      all += kernel.spending[row + i] * supply[i * J + j];
      net += kernel.customs[row + i] * supply[i * J + j];
    }
    phi[here] = all;
    netShare[here] = net / all;
    deflated[here] = X[here] / all;
    for (let i = 0; i < N; i++) at.output[i * J + j] += kernel.customs[row + i] * deflated[here];
  }
  let world = 0;
  for (let n = 0; n < N; n++) world += base.value_added[n] * Math.exp(z[2 * half + n]);
  for (let n = 0; n < N; n++) {
    const earned = base.value_added[n] * Math.exp(z[2 * half + n]);
    let paid = 0;
    for (let j = 0; j < J; j++) {
      const here = n * J + j;
      at.output[here] *= supply[here];
      at.revenue[n] += (1 - netShare[here]) * X[here];
      paid += base.value_added_share[here] * at.output[here];
    }
    at.income[n] = earned + at.revenue[n] + deficit[n];
    at.residual[2 * half + n] = (earned - paid) / base.value_added[n] + world / base.world - 1;
  }
  for (let n = 0; n < N; n++) for (let k = 0; k < J; k++) {
    const here = n * J + k, row = here * J;
    let used = base.consumption_share[here] * at.income[n];
    for (let j = 0; j < J; j++) used += base.input_share[row + j] * at.output[n * J + j];
    at.residual[here] = z[here] + Math.log(phi[here]) / base.trade_elasticity[k] - centre[k];
    at.residual[half + here] = (X[here] - used) / base.scale[here];
  }
  if (base.premia) premiumResidual(base, at, z);
  return at;
}

// P^-1 r: home input-output, a correction by country, tied together by wages; then the premia.
function precondition(base, r) {
  const { N, J } = base, half = N * J, both = 2 * half, step = new Float64Array(r.length);
  for (let block = 0; block < 2; block++) {
    const sums = new Float64Array(N);
    for (let n = 0; n < N; n++) for (let j = 0; j < J; j++) {
      const row = ((block * N + n) * J + j) * J, from = block * half + n * J;
      let y = 0;
      for (let k = 0; k < J; k++) y += base.home[row + k] * r[from + k];
      step[from + j] = y;
      sums[n] += base.weight[n * J + j] * y;
    }
    for (let n = 0; n < N; n++) {
      let more = 0;
      for (let m = 0; m < N; m++) more += base.coarse[(block * N + n) * N + m] * sums[m];
      for (let j = 0; j < J; j++) step[block * half + n * J + j] += more;
    }
  }
  const wage = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    wage[n] = r[both + n];
    for (let k = 0; k < both; k++) wage[n] -= base.to_wage[n * both + k] * r[k];
  }
  for (let n = 0; n < N; n++) for (let m = 0; m < N; m++) step[both + n] += base.schur[n * N + m] * wage[m];
  for (let k = 0; k < both; k++) for (let n = 0; n < N; n++) step[k] += base.from_wage[k * N + n] * step[both + n];
  if (base.premia) premiumStep(base, r, step);
  return step;
}

function largest(v, from = 0, to = v.length) {
  let most = 0;
  for (let k = from; k < to; k++) { const size = Math.abs(v[k]); if (!(size <= most)) most = size; }
  return most;
}

function dot(a, b) { let sum = 0; for (let k = 0; k < a.length; k++) sum += a[k] * b[k]; return sum; }

// Least squares by normal equations scaled to unit diagonal.
function mix(turns, target) {
  const m = turns.length, size = turns.map((one) => Math.sqrt(dot(one, one)) || 1);
  const rows = turns.map((one, a) => [...turns.map((two, b) => dot(one, two) / size[a] / size[b] + (a === b ? 1e-12 : 0)),
    dot(one, target) / size[a]]);
  for (let c = 0; c < m; c++) {
    let pivot = c;
    for (let k = c + 1; k < m; k++) if (Math.abs(rows[k][c]) > Math.abs(rows[pivot][c])) pivot = k;
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let k = 0; k < m; k++) if (k !== c) {
      const factor = rows[k][c] / rows[c][c];
      for (let q = c; q <= m; q++) rows[k][q] -= factor * rows[c][q];
    }
  }
  return rows.map((row, k) => row[m] / row[k] / size[k]);
}

// The next state: no step longer than LONGEST_STEP in logarithms, spending within a tenth and ten times its last value.
function guarded(base, z, step) {
  const half = base.N * base.J, wages = 2 * half + base.N, next = new Float64Array(z.length);
  const within = (long) => (long > LONGEST_STEP ? LONGEST_STEP / long : 1);
  const share = within(Math.max(largest(step, 0, half), largest(step, 2 * half, wages)));
  for (let k = 0; k < wages; k++) next[k] = z[k] + share * step[k];
  const own = within(largest(step, wages));
  for (let k = wages; k < z.length; k++) next[k] = z[k] + own * step[k];
  for (let k = half; k < 2 * half; k++) next[k] = Math.min(Math.max(next[k], 0.1 * z[k]), 10 * z[k]);
  return next;
}

// Preconditioned Anderson acceleration; throws where there is no answer, because a solve that fails is no outcome.
function solve(base, kernel, deficit) {
  const half = base.N * base.J;
  let z = atBase(base), last = null;
  const steps = [], turns = [];
  for (let count = 1; count <= MOST_EVALUATIONS; count++) {
    const residual = evaluate(base, kernel, deficit, z).residual, size = largest(residual);
    if (!Number.isFinite(size)) break;
    const r = precondition(base, residual).map((one) => -one);
    if (size < TOLERANCE && largest(r) < 10 * TOLERANCE) {
      const end = guarded(base, z, r), at = evaluate(base, kernel, deficit, end);
      const u = end.slice(2 * half, 2 * half + base.N), p = end.slice(0, half);
      for (let n = 0; n < base.N; n++) if (!(at.income[n] > 0)) throw new Error("income");
      return { ...at, u, p, evaluations: count, size: largest(at.residual) };
    }
    let step = r;
    if (last) {
      steps.push(z.map((one, k) => one - last.z[k]));
      turns.push(r.map((one, k) => one - last.r[k]));
      if (steps.length > (count < 30 ? 5 : 10)) { steps.shift(); turns.shift(); }
      const g = mix(turns, r);
      step = r.map((one, k) => one - g.reduce((sum, share, q) => sum + share * (steps[q][k] + turns[q][k]), 0));
    }
    last = { z, r };
    z = guarded(base, z, step);
  }
  throw new Error("convergence");
}

// The duty felt by buyers, or collected, where the duty shown is moved: in proportion from law to deal, and beyond.
function movedDuty(lever, [law, deal], rate) {
  const [from, to] = lever.shown, span = to - from;
  return Math.max(Math.abs(span) > 1e-12 ? law + ((rate - from) / span) * (deal - law) : law + rate - from, 0);
}

// What the levers do to each country against the law, at the base's horizon. A duty's setting is its rate; any other's is its share of the deal.
function outcome(base, data, settings) {
  const { N } = base, routes = new Map(), deficit = Float64Array.from(base.deficit);
  data.levers.forEach((lever, k) => {
    if (lever.kind === "capital") {
      deficit[data.regions.indexOf(lever.host)] += settings[k] * lever.musd;
      deficit[data.regions.indexOf(lever.investor)] -= settings[k] * lever.musd;
      return;
    }
    const [n, i, j] = lever.cell, spot = (j * N + n) * N + i;
    const route = routes.get(spot) || { cost: 1, tariff: base.tariff[spot] };
    if (lever.kind === "rate") {
      const felt = lever.felt[base.horizon];
      route.tariff = movedDuty(lever, lever.collected[base.horizon], settings[k]);
      route.cost *= (1 + movedDuty(lever, felt, settings[k])) / (1 + felt[0]);
    } else if (lever.kind === "ban") {
      if (lever.forbidden && settings[k] >= 1) route.cost = Infinity;
    } else route.cost *= 1 + settings[k] * lever.change;
    routes.set(spot, route);
  });
  const found = solve(base, kernelOf(base, routes), deficit);
  return { ...found, ...changes(base, found) };
}

function settingsAt(data, share) {
  return data.levers.map((lever) => (lever.kind === "rate" ? lever.shown[0] + share * (lever.shown[1] - lever.shown[0]) : share));
}

function changes(base, found) {
  const { N, J, start } = base, real = [], wage = [], output = [];
  for (let n = 0; n < N; n++) {
    let price = 0;
    for (let j = 0; j < J; j++) price += base.consumption_share[n * J + j] * found.p[n * J + j];
    real.push(found.income[n] / start.income[n] / Math.exp(price) - 1);
    wage.push(Math.exp(found.u[n] - price) - 1);
    found.revenue[n] = (found.revenue[n] / Math.exp(price) - start.revenue[n]) / base.price_level[n];
    for (let j = 0; j < J; j++) {
      const here = n * J + j, before = start.output[here];
      output.push(before > 0 ? found.output[here] / before / Math.exp(found.cost[here]) - 1 : 0);
    }
  }
  return { real, wage, output };
}
