// Factors that stay in their sector, as src/reciprocity/model/factors.py and sectoral.py have them: g, the premium of a
// sector's wage over its country's, obeys R_g = g - rho (ln(Y'/Y) - u), where rho is the stickiness. Measured from the
// law's own premia, so that g is nothing where nothing moves.
"use strict";

// What steers the premia: shares bought and sold at rest, rho where a sector makes something, and for each sector the
// inverse of K_gg = 1 + rho theta (1 - S pi) beta, which ties its premia across countries.
function premiaAt(base, still) {
  const { N, J } = base, premia = { rho: new Float64Array(N * J), sold: new Float64Array(J * N * N), inverse: [] };
  for (let k = 0; k < N * J; k++) if (base.start.output[k] > 0) premia.rho[k] = base.stickiness[Math.floor(k / J)];
  for (let j = 0; j < J; j++) {
    for (let n = 0; n < N; n++) for (let i = 0; i < N; i++) {
      const made = base.start.output[i * J + j], spot = (j * N + n) * N + i;
      if (made > 0) premia.sold[spot] = (still.customs[spot] * base.expenditure[n * J + j]) / made;
    }
    premia.inverse.push(inverted(tied(base, premia, j), N));
  }
  return premia;
}

function tied(base, premia, j) {
  const { N, J } = base, from = j * N * N, K = new Float64Array(N * N);
  for (let i = 0; i < N; i++) for (let m = 0; m < N; m++) {
    let through = 0;
    for (let n = 0; n < N; n++) through += premia.sold[from + n * N + i] * base.trade_share[from + n * N + m];
    const own = i === m ? 1 : 0, weight = base.trade_elasticity[j] * premia.rho[i * J + j];
    K[i * N + m] = own + weight * (own - through) * base.value_added_share[m * J + j];
  }
  return K;
}

// The inverse of a small matrix, by Gauss and Jordan with pivots.
function inverted(matrix, size) {
  const left = Float64Array.from(matrix), right = new Float64Array(size * size);
  for (let k = 0; k < size; k++) right[k * size + k] = 1;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let k = c + 1; k < size; k++) if (Math.abs(left[k * size + c]) > Math.abs(left[pivot * size + c])) pivot = k;
    for (const one of [left, right]) for (let q = 0; q < size; q++)
      [one[c * size + q], one[pivot * size + q]] = [one[pivot * size + q], one[c * size + q]];
    const scale = left[c * size + c];
    for (const one of [left, right]) for (let q = 0; q < size; q++) one[c * size + q] /= scale;
    for (let k = 0; k < size; k++) if (k !== c) {
      const factor = left[k * size + c];
      for (const one of [left, right]) for (let q = 0; q < size; q++) one[k * size + q] -= factor * one[c * size + q];
    }
  }
  return right;
}

// R_g = g - rho (ln(Y'/Y) - u), into the residual.
function premiumResidual(base, at, z) {
  const { N, J } = base, half = N * J, wages = 2 * half + N;
  for (let k = 0; k < half; k++) {
    const made = base.start.output[k] > 0 && at.output[k] > 0;
    const growth = made ? Math.log(at.output[k] / base.start.output[k]) - z[2 * half + Math.floor(k / J)] : 0;
    at.residual[wages + k] = z[wages + k] - base.premia.rho[k] * growth;
  }
}

// The premia's step, with what prices, spending and mean wages moved taken out of their residual.
function premiumStep(base, r, step) {
  const { N, J, premia } = base, half = N * J, wages = 2 * half + N;
  const cost = new Float64Array(half), left = new Float64Array(half);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) cost[n * J + j] = base.value_added_share[n * J + j] * step[2 * half + n];
    for (let k = 0; k < J; k++) {
      const price = step[n * J + k], row = (n * J + k) * J;
      for (let j = 0; j < J; j++) cost[n * J + j] += base.input_share[row + j] * price;
    }
  }
  for (let j = 0; j < J; j++) {
    const theta = base.trade_elasticity[j], growth = new Float64Array(N);
    for (let n = 0; n < N; n++) {
      const row = (j * N + n) * N, here = n * J + j;
      let spending = base.expenditure[here] > 0 ? (step[half + here] * base.scale[here]) / base.expenditure[here] : 0;
      for (let i = 0; i < N; i++) spending += theta * base.trade_share[row + i] * cost[i * J + j];
      for (let i = 0; i < N; i++) growth[i] += premia.sold[row + i] * spending;
    }
    for (let i = 0; i < N; i++) {
      const here = i * J + j, moved = growth[i] - theta * cost[here] - step[2 * half + i];
      left[i * J + j] = r[wages + here] + premia.rho[here] * moved;
    }
    for (let i = 0; i < N; i++) for (let m = 0; m < N; m++)
      step[wages + i * J + j] += premia.inverse[j][i * N + m] * left[m * J + j];
  }
}
