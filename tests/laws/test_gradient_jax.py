"""A second opinion on gradients: the equations written again, differentiated by jax (the extra of that name)."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity.model import Outcome, gradient, solve

jax = pytest.importorskip("jax", reason="needs the jax extra, which is not installed")


def test_gradient_is_what_automatic_differentiation_finds() -> None:
    """dW = W_x - W_z K^-1 R_x, every derivative by jax, for a weighted sum of ln real incomes and outputs."""
    import jax.numpy as jnp
    from jax.flatten_util import ravel_pytree

    jax.config.update("jax_enable_x64", True)
    economy = random_economy(5)
    n, j = economy.shape
    draw = np.random.default_rng(5)
    abroad = (1 - np.eye(n))[:, :, None]
    tariff = draw.uniform(0, 0.5, (n, n, j)) * abroad
    log_cost = draw.uniform(-0.2, 0.3, (n, n, j)) * abroad
    by_welfare, by_output = draw.normal(size=n), draw.normal(size=(n, j)) / economy.value_added.sum()
    theta0, base = economy.trade_elasticity, economy
    revenue0 = (base.expenditure * (1 - (base.trade_share / (1 + base.tariff)).sum(axis=1))).sum(axis=1)
    income0 = base.value_added + revenue0 + base.deficit

    def world(z, parameters):
        t, ice, theta, deficit = parameters
        u, p, X = z
        cost = base.value_added_share * u[:, None] + jnp.einsum("ikj,ik->ij", base.input_share, p)
        dearer = jnp.log1p(t) - jnp.log1p(base.tariff) + ice + cost[None]
        weight = base.trade_share * jnp.exp(-theta * dearer)
        share = weight / weight.sum(axis=1, keepdims=True)
        sold = share / (1 + t) * X[:, None, :]
        output = sold.sum(axis=0)
        income = base.value_added * jnp.exp(u) + (sold * t).sum(axis=(1, 2)) + deficit
        return weight, output, income

    def residual(z, parameters):
        u, p, X = z
        weight, output, income = world(z, parameters)
        prices = p + jnp.log(weight.sum(axis=1)) / parameters[2]
        use = jnp.einsum("nkj,nj->nk", base.input_share, output) + base.consumption_share * income[:, None]
        paid = base.value_added * jnp.exp(u)
        wages = paid - (base.value_added_share * output).sum(axis=1)
        numeraire = base.value_added * (paid.sum() / base.value_added.sum() - 1)
        return wages + numeraire, prices, X - use

    def outcome(z, parameters):
        _, output, income = world(z, parameters)
        welfare = jnp.log(income / income0) - (base.consumption_share * z[1]).sum(axis=1)
        return by_welfare @ welfare + (by_output * output).sum()

    e = solve(economy, tariff=tariff, iceberg_hat=np.exp(log_cost), tolerance=1e-13)
    z = (e.point.u, e.point.p, e.point.X)
    parameters = (tariff, log_cost, theta0, economy.deficit)
    flat, rebuild = ravel_pytree(z)
    K = jax.jacfwd(lambda v: ravel_pytree(residual(rebuild(v), parameters))[0])(flat)
    assert np.abs(ravel_pytree(residual(z, parameters))[0]).max() < 1e-9
    by_state = ravel_pytree(jax.grad(outcome)(z, parameters))[0]
    worth = np.linalg.solve(np.asarray(K).T, -np.asarray(by_state))
    direct = jax.grad(outcome, argnums=1)(z, parameters)
    _, pull = jax.vjp(lambda x: ravel_pytree(residual(z, x))[0], parameters)
    exact = [np.asarray(a + b) for a, b in zip(direct, pull(worth)[0], strict=True)]

    ours = gradient(e, Outcome(welfare=by_welfare, output=by_output), tolerance=1e-13)
    for name, mine, theirs in zip(
        ("tariff", "iceberg", "elasticity", "deficit"),
        (ours.tariff, ours.iceberg, ours.elasticity, ours.deficit),
        exact,
        strict=True,
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-11 * np.abs(theirs).max(), err_msg=name)
