"""What instruments must obey: nothing at their slack, each equal to the tariff or tax it stands for, kinks held."""

from __future__ import annotations

import numpy as np
import pytest

from economies import random_economy
from reciprocity import Economy, InputError, solve
from reciprocity.economy import default, economy_at
from reciprocity.model import effective_labour_hat, output_volume, trade_volume
from reciprocity.model.instruments import (
    Ban,
    Cap,
    ExportTax,
    Floor,
    Instrument,
    Investment,
    InvestmentPath,
    PreferenceUse,
    ProductionSubsidy,
    Remission,
    RouteCapacity,
    Scope,
    SectorCapacity,
    Tariff,
    TariffQuota,
    TradeCost,
    export_quota,
    import_quota,
    solve_policy,
)

SEEDS = range(3)
ROUTE = Scope("R0", "R1", "S1")
SPOT = (0, 1, 1)


def shocked(economy: Economy, seed: int, most: float = 0.3) -> np.ndarray:
    n, j = economy.shape
    return np.random.default_rng(90 + seed).uniform(0.0, most, (n, n, j)) * (1.0 - np.eye(n))[:, :, None]


def same(one, other, tolerance: float = 1e-9) -> None:
    for name in ("welfare_hat", "wage_hat", "price_hat", "output", "income"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=tolerance, err_msg=name)


@pytest.mark.parametrize("mobility", [np.inf, 0.5])
@pytest.mark.parametrize("seed", SEEDS)
def test_slack_instruments_are_no_instruments(seed: int, mobility: float) -> None:
    economy = random_economy(seed)
    slack: list[Instrument] = [
        import_quota(ROUTE, 1.5),
        export_quota(Scope("R2", "R3", "S0"), 2.0),
        TariffQuota(Scope("R1", "R2", "S2"), 1.7, over_quota=3.0, exporter_share=0.4),
        RouteCapacity(Scope("R3", "R0", "S1"), 1.4),
        SectorCapacity("R2", "S0", 1.2),
        Cap(Scope("R0"), 5.0),
        Floor(Scope("R0"), 0.0),
        ExportTax(ROUTE, 0.0),
        ProductionSubsidy("R1", "S2", 0.0),
        Remission(ROUTE, 0.0),
        TradeCost(ROUTE, 0.0),
        Investment("R0", "R1", 0.0),
    ]
    found = solve_policy(economy, slack, mobility=mobility)
    same(found.equilibrium, solve(economy, mobility=mobility, tolerance=1e-11))
    assert found.complementarity == 0.0
    assert {state.state for state in found.bounds} == {"slack"}


@pytest.mark.parametrize("measure", ["volume", "value"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_quota_is_the_tariff_that_lets_in_as_much(seed: int, measure) -> None:
    """The equivalence of tariffs and quotas: with licences auctioned, rent is revenue."""
    economy = random_economy(seed)
    tariff = shocked(economy, seed)
    by_tariff = solve(economy, tariff=tariff, tolerance=1e-12)
    flow = (trade_volume(by_tariff) if measure == "volume" else by_tariff.trade_flow)[SPOT]
    start = tariff.copy()
    start[SPOT] = 0.0
    quota = TariffQuota(ROUTE, float(flow), in_quota=0.0, over_quota=9.0, unit="money", measure=measure)
    found = solve_policy(economy, [quota], tariff=start)
    same(found.equilibrium, by_tariff, 1e-8)
    (state,) = found.bounds
    assert state.state == "binding"
    assert state.premium == pytest.approx(tariff[SPOT], abs=1e-8)
    assert state.importer_rent == pytest.approx(tariff[SPOT] * by_tariff.trade_flow[SPOT], rel=1e-7)
    assert found.steps <= 6


@pytest.mark.parametrize("seed", SEEDS)
def test_an_export_quota_is_the_export_tax_that_lets_out_as_much(seed: int) -> None:
    economy = random_economy(seed)
    by_tax = solve_policy(economy, [ExportTax(ROUTE, 0.17)]).equilibrium
    flow = float(trade_volume(by_tax)[SPOT])
    found = solve_policy(economy, [export_quota(ROUTE, flow, unit="money")])
    same(found.equilibrium, by_tax, 1e-8)
    assert found.bounds[0].exporter_rent == pytest.approx(by_tax.export_revenue[1], rel=1e-7)
    assert found.bounds[0].importer_rent == 0.0


@pytest.mark.parametrize("exporter_share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("mobility", [np.inf, 0.0])
def test_complementarity_below_at_and_above_both_kinks(exporter_share: float, mobility: float) -> None:
    """Through the two kinks: no premium while there is room, then the flow held, then the over-quota rate."""
    economy = random_economy(1)
    t0, t1 = 0.1, 0.4

    def at(quantity: float):
        quota = TariffQuota(ROUTE, quantity, t0, t1, exporter_share, unit="money")
        return solve_policy(economy, [quota], mobility=mobility)

    free = solve_policy(economy, [Tariff(ROUTE, t0)], mobility=mobility).equilibrium
    upper = float(trade_volume(free)[SPOT])
    closed = solve_policy(economy, [Tariff(ROUTE, t1)], mobility=mobility).equilibrium
    lower = float(trade_volume(closed)[SPOT]) if exporter_share == 0.0 else 0.4 * upper
    before = None
    for share in (1.2, 1.0 + 1e-7, 1.0, 1.0 - 1e-7, 0.9, 0.5, 0.1, 1e-3):
        found = at(lower + share * (upper - lower) if share > 0.05 else share * lower)
        (state,) = found.bounds
        assert found.complementarity < 1e-9
        assert 0.0 <= state.premium <= t1 - t0 + 1e-12
        if state.state == "slack":
            assert state.premium == 0.0
            assert state.flow < state.quantity
        elif state.state == "binding":
            assert state.flow == pytest.approx(state.quantity, rel=1e-9)
        else:
            assert state.premium == pytest.approx(t1 - t0, abs=1e-12)
            assert state.flow > state.quantity
        if before is not None:
            assert state.premium >= before - 1e-9
        before = state.premium
    assert at(1.0001 * upper).bounds[0].state == "slack"
    assert at(0.999 * upper).bounds[0].state == "binding"
    assert at(1e-4 * upper).bounds[0].state == "over"


def test_revenue_is_the_low_rate_inside_and_the_high_rate_beyond() -> None:
    economy = random_economy(2)
    t0, t1 = 0.05, 0.3
    at_t1 = solve_policy(economy, [Tariff(ROUTE, t1)]).equilibrium
    quantity = 0.6 * float(trade_volume(at_t1)[SPOT])
    found = solve_policy(economy, [TariffQuota(ROUTE, quantity, t0, t1, unit="money")])
    (state,) = found.bounds
    assert state.state == "over"
    same(found.equilibrium, at_t1)  # with rents at home only the marginal rate counts
    flow = at_t1.trade_flow[SPOT]
    assert state.importer_rent == pytest.approx((t1 - t0) * 0.6 * flow, rel=1e-8)
    gone = solve_policy(economy, [TariffQuota(ROUTE, quantity, t0, t1, 1.0, unit="money")])
    assert gone.bounds[0].state == "over"
    e = gone.equilibrium
    inside = quantity / gone.bounds[0].flow
    producer = e.trade_flow[SPOT] / (1.0 + e.shock.export_tax[SPOT])
    high = (1.0 + t1) / (1.0 + t0)
    assert gone.bounds[0].exporter_rent == pytest.approx(inside * (high - 1.0) * producer, rel=1e-9)
    duty = t0 * high * inside * producer + t1 * (1.0 - inside) * producer
    assert e.tariff[SPOT] * e.trade_flow[SPOT] == pytest.approx(duty, rel=1e-9)


def test_who_keeps_the_rent_decides_who_gains() -> None:
    """Steel and autos at 80% of volume: the importer gains where it auctions the licences and loses where exporters
    keep the rent."""
    economy = default()
    us = economy.regions.index("USA")
    abroad = tuple(region for region in economy.regions if region != "USA")
    for at in (economy, economy_at(economy, "1y")):
        welfare = []
        for exporter_share in (0.0, 1.0):
            quotas = [
                import_quota(Scope("USA", abroad, sector), 0.8, exporter_share=exporter_share)
                for sector in ("STEEL", "AUTO")
            ]
            found = solve_policy(at, quotas)
            assert found.complementarity < 1e-9
            assert found.steps <= 5
            welfare.append(found.equilibrium.welfare_hat[us])
        assert welfare[0] > 1.0 > welfare[1]


def test_dozens_of_quotas_at_once() -> None:
    economy = default()
    exporters = ("CAN", "MEX", "EU27", "JPN", "KOR", "CHN", "BRA", "IND")
    known = [name for name in exporters if name in economy.regions]
    quotas = [
        import_quota(Scope("USA", exporter, sector), 0.85, exporter_share=0.5)
        for exporter in known
        for sector in ("STEEL", "ALUM", "AUTO")
    ]
    found = solve_policy(economy, quotas)
    assert len(quotas) >= 18
    assert found.complementarity < 1e-9
    assert all(state.flow <= state.quantity * (1.0 + 1e-8) for state in found.bounds)


def test_a_ban_is_the_limit_of_a_tariff_and_of_a_quota() -> None:
    economy = random_economy(0)
    banned = solve_policy(economy, [Ban(ROUTE)]).equilibrium
    assert banned.trade_flow[SPOT] == 0.0
    same(solve_policy(economy, [Tariff(ROUTE, 1e7)]).equilibrium, banned, 1e-7)
    same(solve_policy(economy, [import_quota(ROUTE, 0.0)]).equilibrium, banned)
    small = [abs(solve_policy(economy, [import_quota(ROUTE, q)]).equilibrium.welfare_hat[0] - banned.welfare_hat[0])
             for q in (1e-2, 1e-4, 1e-6)]  # fmt: skip
    assert small[0] > small[1] > small[2]
    assert small[2] < 1e-5


def test_outcomes_are_continuous_in_the_quantity() -> None:
    economy = random_economy(3)
    quantities = np.linspace(0.02, 1.1, 28)
    welfare = np.array([
        solve_policy(economy, [TariffQuota(ROUTE, q, over_quota=0.8, exporter_share=0.5)]).equilibrium.welfare_hat[0]
        for q in quantities
    ])  # fmt: skip
    assert np.abs(np.diff(welfare)).max() < 0.2 * np.ptp(welfare) + 1e-9
    beside = [
        solve_policy(economy, [TariffQuota(ROUTE, q, over_quota=0.8, exporter_share=0.5)]).equilibrium.welfare_hat[0]
        for q in (0.5, 0.5 + 1e-8)
    ]
    assert abs(beside[1] - beside[0]) < 1e-7


def test_caps_above_the_rate_and_floors_below_it_change_nothing() -> None:
    economy = random_economy(1)
    tariff = shocked(economy, 1)
    plain = solve(economy, tariff=tariff, tolerance=1e-11)
    same(solve_policy(economy, [Cap(Scope(), 0.3), Floor(Scope(), 0.0)], tariff=tariff).equilibrium, plain)
    capped = solve_policy(economy, [Cap(Scope(), 0.1)], tariff=tariff).equilibrium
    assert capped.tariff.max() == pytest.approx(0.1)
    same(capped, solve(economy, tariff=np.minimum(tariff, 0.1), tolerance=1e-11))


def test_a_subsidy_on_all_markets_is_a_production_subsidy() -> None:
    """Buyers everywhere pay 1 - s of cost, and the treasury pays s of what producers receive."""
    economy = random_economy(2)
    rate = 0.12
    e = solve_policy(economy, [ProductionSubsidy("R1", "S2", rate)]).equilibrium
    paid = e.export_revenue[1]
    assert paid == pytest.approx(-rate * e.output[1, 2], rel=1e-9)
    earned = (economy.value_added_share * e.output).sum(axis=1)
    np.testing.assert_allclose(e.income, earned + e.tariff_revenue + e.export_revenue + e.deficit, rtol=1e-9)
    assert output_volume(e)[1, 2] > economy.value_added[1] * 0 + solve(economy).output[1, 2]
    abroad = solve_policy(economy, [ExportTax(Scope((), "R1", "S2"), -rate)]).equilibrium
    assert abroad.export_revenue[1] > paid


@pytest.mark.parametrize("mobility", [np.inf, 0.3])
def test_a_sector_makes_no_more_than_its_capacity(mobility: float) -> None:
    economy = random_economy(0)
    tariff = economy.tariff.copy()
    tariff[1, [0, 2, 3], 1] += 0.5  # protection makes the home sector grow
    free = solve(economy, tariff=tariff, mobility=mobility)
    base = solve(economy).output[1, 1]
    assert output_volume(free)[1, 1] > 1.01 * base
    found = solve_policy(economy, [SectorCapacity("R1", "S1", 1.0)], tariff=tariff, mobility=mobility)
    assert output_volume(found.equilibrium)[1, 1] == pytest.approx(base, rel=1e-9)
    (state,) = found.bounds
    assert state.state == "binding"
    e = found.equilibrium
    earned = (economy.value_added_share * e.output).sum(axis=1)
    assert e.income[1] == pytest.approx(earned[1] + e.tariff_revenue[1] + state.exporter_rent + e.deficit[1], rel=1e-9)
    assert e.certificate.walras_gap < 1e-9


def test_route_capacity_holds_the_volume_and_cheapens_the_rest() -> None:
    economy = random_economy(3)
    cheaper = solve_policy(economy, [RouteCapacity(ROUTE, 10.0, -0.05)])
    assert cheaper.bounds[0].state == "slack"
    same(cheaper.equilibrium, solve_policy(economy, [TradeCost(ROUTE, -0.05)]).equilibrium)
    tight = solve_policy(economy, [RouteCapacity(ROUTE, 1.02, -0.05)])
    assert tight.bounds[0].state == "binding"
    assert trade_volume(tight.equilibrium)[SPOT] == pytest.approx(1.02 * solve(economy).trade_flow[SPOT], rel=1e-9)


def test_preference_use_answers_to_the_margin() -> None:
    economy = random_economy(1)
    quiet = PreferenceUse(ROUTE, duty=0.0, base_claim_share=0.4, elasticity=20.0)
    assert quiet.claim_share == pytest.approx(0.4)
    assert quiet.log_price_change == pytest.approx(0.0, abs=1e-15)
    sharp = PreferenceUse(ROUTE, duty=0.25, base_claim_share=0.4, elasticity=20.0)
    assert 0.9 < sharp.claim_share < 1.0
    assert sharp.duty_collected == pytest.approx((1 - sharp.claim_share) * 0.25)
    assert sharp.log_price_change < np.log1p(0.25)
    assert sharp.log_price_change > np.log1p(sharp.duty_collected)  # paperwork costs something
    zero = economy.tariff.copy()
    zero[SPOT] = 0.0
    unclaimed = solve_policy(economy, [PreferenceUse(ROUTE, 0.0, 0.4, 20.0)], tariff=zero).equilibrium
    same(unclaimed, solve(economy, tariff=zero, tolerance=1e-11))
    for content in (1.0, 0.6):
        h = 1e-5
        up, down = (
            PreferenceUse(ROUTE, 0.2 + s * h, 0.4, 8.0, base_duty=0.03, qualifying_content=content) for s in (1, -1)
        )
        here = PreferenceUse(ROUTE, 0.2, 0.4, 8.0, base_duty=0.03, qualifying_content=content)
        collected, price = here.slopes
        assert (up.duty_collected - down.duty_collected) / (2 * h) == pytest.approx(collected, rel=1e-6)
        assert (up.log_price_change - down.log_price_change) / (2 * h) == pytest.approx(price, rel=1e-6)
    nobody = PreferenceUse(ROUTE, 0.2, 1e-12, 1e-6)
    everybody = PreferenceUse(ROUTE, 0.2, 1 - 1e-12, 1e-6)
    assert nobody.duty_collected == pytest.approx(0.2)
    assert everybody.duty_collected == pytest.approx(0.0, abs=1e-9)


def test_investment_now_and_its_capital_later() -> None:
    economy = random_economy(0)
    path = InvestmentPath("R0", "R1", 2.0, 4, gross_return=0.15, depreciation=0.05, owner_share=0.5)
    first, fifth = path.at(1), path.at(5)
    assert (first.inflow, first.capital, first.paid) == (0.5, 0.0, 0.0)
    assert fifth.inflow == 0.0
    assert fifth.capital == pytest.approx(0.5 * (1 + 0.95 + 0.95**2 + 0.95**3))
    assert fifth.paid == pytest.approx(0.5 * 0.1 * fifth.capital)
    now = solve_policy(economy, [path]).equilibrium
    assert now.deficit[0] - economy.deficit[0] == pytest.approx(0.5, rel=1e-9)
    assert now.welfare_hat[0] > 1.0 > now.welfare_hat[1]
    later = solve_policy(economy, [fifth]).equilibrium
    made = (economy.value_added_share * later.output).sum(axis=1)
    np.testing.assert_allclose(later.income, made + later.tariff_revenue + later.deficit, rtol=1e-9)
    assert later.wage_hat[0] < made[0] / economy.value_added[0]  # more factors, each paid less than income grew


@pytest.mark.parametrize("mobility", [np.inf, 1.0, 0.0])
def test_twice_the_factors_everywhere_is_twice_the_world(mobility: float) -> None:
    """Scale: every country's factors doubled, deficits with them, doubles quantities and leaves prices alone."""
    economy = random_economy(1)
    ones = [Investment(economy.regions[k], economy.regions[(k + 1) % 4], 0.0, economy.value_added[k], 1.0)
            for k in range(4)]  # fmt: skip
    e = solve_policy(economy, ones, mobility=mobility).equilibrium
    np.testing.assert_allclose(e.welfare_hat, 2.0, rtol=1e-9)
    np.testing.assert_allclose(output_volume(e) / solve(economy).output, 2.0, rtol=1e-9)
    np.testing.assert_allclose(effective_labour_hat(e), 2.0, rtol=1e-9)
    np.testing.assert_allclose(e.wage_hat, 0.5, rtol=1e-9)


def test_remission_lowers_the_average_duty() -> None:
    economy = random_economy(2)
    e = solve_policy(economy, [Remission(ROUTE, 0.4)]).equilibrium
    assert e.tariff[SPOT] == pytest.approx(0.6 * economy.tariff[SPOT])


def test_every_fault_of_every_instrument_at_once() -> None:
    with pytest.raises(InputError) as caught:
        solve_policy(
            random_economy(0),
            [
                import_quota(Scope("R9", "R1", "S1"), 0.8),
                TariffQuota(ROUTE, -1.0, in_quota=0.2, over_quota=0.1, exporter_share=2.0),
                ExportTax(Scope("R0", "R0"), 0.1),
                SectorCapacity("R1", "S7", 1.0),
                PreferenceUse(ROUTE, 25.0, 0.0, -1.0),
            ],
        )
    text = str(caught.value)
    for words in (
        "instruments[0].importers: 'R9' is not a region",
        "instruments[1].quantity: -1 is not a quantity",
        "instruments[1].over_quota: 0.1 is below",
        "instruments[1].exporter_share: 2 is not a share",
        "instruments[2]: holds no route",
        "instruments[3].sector: 'S7'",
        "instruments[4].base_claim_share: 0 has no odds",
        "instruments[4].elasticity: -1",
    ):
        assert words in text, words


def test_two_quotas_on_one_route_are_the_tighter_one() -> None:
    economy = random_economy(2)
    tight, loose = import_quota(ROUTE, 0.5, exporter_share=0.3), RouteCapacity(ROUTE, 0.7)
    both = solve_policy(economy, [tight, loose])
    same(both.equilibrium, solve_policy(economy, [tight]).equilibrium)
    assert [state.state for state in both.bounds] == ["binding", "slack"]


def test_a_random_walk_among_bounds_loses_none() -> None:
    """Quotas from nearly shut to slack, capacities, all rents, on top of one another: each held to 1e-9."""
    draw = np.random.default_rng(11)
    for seed in range(15):
        economy = random_economy(seed, 5, 4)
        instruments: list[Instrument] = []
        for _ in range(int(draw.integers(2, 10))):
            n, i = draw.choice(5, 2, replace=False)
            j = int(draw.integers(4))
            scope = Scope(economy.regions[n], economy.regions[i], economy.sectors[j])
            quantity, share = float(np.exp(draw.uniform(-4, 0.3))), float(draw.choice([0.0, 0.5, 1.0]))
            rate = float(economy.tariff[n, i, j])
            instruments += [
                import_quota(scope, quantity, exporter_share=share),
                TariffQuota(scope, quantity, rate, rate + float(draw.uniform(0, 1)), share),
                RouteCapacity(scope, quantity, float(draw.uniform(-0.2, 0.2))),
                SectorCapacity(economy.regions[i], economy.sectors[j], float(draw.uniform(0.8, 1.1))),
            ][int(draw.integers(4)) :][:1]
        found = solve_policy(economy, instruments, mobility=float(draw.choice([0.0, 1.0, np.inf])))
        assert found.complementarity < 1e-9
        assert found.equilibrium.certificate.walras_gap < 1e-9
