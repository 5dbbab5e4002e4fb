"""Money: prices, ledgers, taxes, tips, loans and the rounding that goes with them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil
import re


def format_price(cents: int, symbol: str = "$") -> str:
    """Write an amount of cents as a price, with commas between thousands and the minus before the symbol.

    >>> format_price(-123456)
    '-$1,234.56'
    """
    sign = "-" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    return f"{sign}{symbol}{units:,}.{rest:02d}"


def test_format_price() -> None:
    assert format_price(0) == "$0.00"
    assert format_price(5) == "$0.05"
    assert format_price(-99) == "-$0.99"
    assert format_price(100000000, "€") == "€1,000,000.00"


# Turn a price as people write it into cents.
#
# A currency sign, spaces and commas between thousands are ignored; parentheses or a leading minus make the
# amount negative. Without a point the number means whole units.
def parse_price(text: str) -> int:
    negative = text.strip().startswith(("(", "-"))
    digits = re.sub(r"[^\d.]", "", text)
    cents = int((Decimal(digits) * 100).to_integral_value(ROUND_HALF_UP))
    return -cents if negative else cents


def test_parse_price() -> None:
    assert parse_price("12") == 1200
    assert parse_price("$1,234.56") == 123456
    assert parse_price(" (3.10)") == -310
    assert parse_price("-€0.05") == -5
    assert parse_price("7.005") == 701


def split_bill(cents, people):
    """Share a bill so that the parts add up to the cent; those named first pay the odd cents.

    >>> split_bill(2, ["ann", "bo", "cy"])
    {'ann': 1, 'bo': 1, 'cy': 0}
    """
    share, odd = divmod(cents, len(people))
    return {person: share + (place < odd) for place, person in enumerate(people)}


def test_split_bill() -> None:
    assert split_bill(1000, ["ann"]) == {"ann": 1000}
    assert split_bill(1000, ["ann", "bo", "cy"]) == {"ann": 334, "bo": 333, "cy": 333}
    assert split_bill(2, ["ann", "bo", "cy"]) == {"ann": 1, "bo": 1, "cy": 0}
    assert sum(split_bill(9999, list("abcdefg")).values()) == 9999


def allocate_by_weight(total: int, weights: list[int]) -> list[int]:
    """Divide a whole number of cents in proportion to weights, without losing any.

    Every part is first rounded down; the cents that remain go, one each, to the parts that lost the
    largest fraction, the earlier part first where fractions are equal.

    >>> allocate_by_weight(100, [1, 1, 1])
    [34, 33, 33]
    """
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [int(value) for value in exact]
    by_loss = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for index in by_loss[: total - sum(parts)]:
        parts[index] += 1
    return parts


def test_allocate_by_weight() -> None:
    assert allocate_by_weight(10, [1]) == [10]
    assert allocate_by_weight(10, [1, 2]) == [3, 7]
    assert allocate_by_weight(5, [3, 3, 1]) == [2, 2, 1]
    assert allocate_by_weight(0, [4, 5]) == [0, 0]
    assert allocate_by_weight(101, [50, 0, 50]) == [51, 0, 50]


# Pay out change from a till that holds only so many of each coin, large coins first.
#
# Returns how many of each coin to hand over, or None if this way of paying does not come out even. Coins of
# which none is handed over are left out.
def change_from_drawer(amount: int, drawer: dict[int, int]):
    handed = {}
    for coin in sorted(drawer, reverse=True):
        count = min(amount // coin, drawer[coin])
        if count:
            handed[coin] = count
            amount -= count * coin
    return handed if amount == 0 else None


def test_change_from_drawer() -> None:
    assert change_from_drawer(0, {5: 2}) == {}
    assert change_from_drawer(37, {20: 1, 10: 5, 5: 1, 1: 9}) == {20: 1, 10: 1, 5: 1, 1: 2}
    assert change_from_drawer(40, {20: 1, 10: 1, 5: 4}) == {20: 1, 10: 1, 5: 2}
    assert change_from_drawer(3, {2: 1}) is None
    assert change_from_drawer(9, {}) is None


def running_balance(opening: Decimal, entries: list[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """Pair each entry's text with the balance after it."""
    balances = accumulate((amount for _, amount in entries), initial=opening)
    next(balances)
    return [(text, balance) for (text, _), balance in zip(entries, balances)]


def test_running_balance() -> None:
    assert running_balance(Decimal(5), []) == []
    rows = [("rent", Decimal("-700.50")), ("pay", Decimal("1200"))]
    assert running_balance(Decimal("800"), rows) == [("rent", Decimal("99.50")), ("pay", Decimal("1299.50"))]
    assert running_balance(Decimal(0), [("fee", Decimal(-1))]) == [("fee", Decimal(-1))]


def progressive_tax(income: float, bands: list[tuple[float, float]]) -> float:
    """Compute a tax by bands, to the cent.

    Args:
        income: yearly income.
        bands: (lower bound, rate) pairs, ascending; a rate applies to that part of the income which lies
            above its bound and below the next one.

    Returns:
        The tax, rounded to two places.
    """
    tax = 0.0
    ceiling = income
    for bound, rate in reversed(bands):
        if ceiling > bound:
            tax += (ceiling - bound) * rate
            ceiling = bound
    return round(tax, 2)


def test_progressive_tax() -> None:
    bands = [(0, 0.0), (10_000, 0.2), (40_000, 0.5)]
    assert progressive_tax(0, bands) == 0
    assert progressive_tax(10_000, bands) == 0
    assert progressive_tax(15_000, bands) == 1000
    assert progressive_tax(50_000, bands) == 11_000
    assert progressive_tax(333.33, [(0, 0.1)]) == 33.33


# Take the value-added tax out of a gross price; both the net price and the tax come in whole cents and add up
# to the gross price again.
def net_from_gross(gross: Decimal, vat_percent: Decimal) -> tuple[Decimal, Decimal]:
    net = (gross * 100 / (100 + vat_percent)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return net, gross - net


def test_net_from_gross() -> None:
    assert net_from_gross(Decimal("119.00"), Decimal(19)) == (Decimal("100.00"), Decimal("19.00"))
    assert net_from_gross(Decimal("10.00"), Decimal(7)) == (Decimal("9.35"), Decimal("0.65"))
    assert net_from_gross(Decimal("5.00"), Decimal(0)) == (Decimal("5.00"), Decimal("0.00"))
    assert net_from_gross(Decimal("0.01"), Decimal(20)) == (Decimal("0.01"), Decimal("0.00"))


def settle_debts(paid: dict[str, int]) -> list[tuple[str, str, int]]:
    """Find who owes whom after a trip for which people paid different sums of whole cents.

    The total must divide evenly. Repeatedly the one with the greatest debt pays the one with the greatest
    claim (alphabetically first on ties) as much as both allow; list these payments as (from, to, cents).
    """
    fair = sum(paid.values()) // max(1, len(paid))
    saldo = {name: amount - fair for name, amount in paid.items()}
    payments = []
    while any(saldo.values()):
        debtor = min(saldo, key=lambda name: (saldo[name], name))
        creditor = min(saldo, key=lambda name: (-saldo[name], name))
        sum_due = min(-saldo[debtor], saldo[creditor])
        saldo[debtor] += sum_due
        saldo[creditor] -= sum_due
        payments.append((debtor, creditor, sum_due))
    return payments


def test_settle_debts() -> None:
    assert settle_debts({}) == []
    assert settle_debts({"ann": 30, "bo": 30}) == []
    assert settle_debts({"ann": 30, "bo": 0}) == [("bo", "ann", 15)]
    assert settle_debts({"ann": 0, "bo": 90, "cy": 0}) == [("ann", "bo", 30), ("cy", "bo", 30)]
    assert settle_debts({"ann": 100, "bo": 60, "cy": 10, "di": 30}) == [("cy", "ann", 40), ("di", "ann", 10), ("di", "bo", 10)]


def tip_options(bill: float, percents: list[int]) -> dict[str, float]:
    """What would the total be for each of these tips, rounded up to half a unit?

    >>> tip_options(21.30, [10, 15])
    {'10%': 23.5, '15%': 24.5}
    """
    totals = {}
    for percent in percents:
        exact = bill * (100 + percent) / 100
        totals[f"{percent}%"] = ceil(exact * 2) / 2
    return totals


def test_tip_options() -> None:
    assert tip_options(20, []) == {}
    assert tip_options(20, [0, 5, 10]) == {"0%": 20.0, "5%": 21.0, "10%": 22.0}
    assert tip_options(9.99, [0]) == {"0%": 10.0}
    assert tip_options(30.10, [20]) == {"20%": 36.5}


# Months until a debt is paid off with a fixed monthly payment. Interest (percent a month) is added first,
# then the payment is made. None where the payment never even covers the interest.
def months_to_repay(debt, payment, percent):
    months = 0
    while debt > 0:
        grown = debt * (1 + percent / 100)
        if grown - payment >= debt:
            return None
        debt = grown - payment
        months += 1
    return months


def test_months_to_repay() -> None:
    assert months_to_repay(0, 50, 1) == 0
    assert months_to_repay(100, 50, 0) == 2
    assert months_to_repay(100, 50, 1) == 3
    assert months_to_repay(1000, 10, 1) is None
    assert months_to_repay(1000, 9, 1) is None


def compound(principal: float, yearly_percent: float, years: int, times_a_year: int = 1) -> float:
    """Value of savings after some years, with interest credited several times a year; to two places."""
    factor = 1 + yearly_percent / 100 / times_a_year
    return round(principal * factor ** (years * times_a_year), 2)


def test_compound() -> None:
    assert compound(1000, 5, 0) == 1000
    assert compound(1000, 10, 2) == 1210
    assert compound(1000, 12, 1, 12) == 1126.83
    assert compound(0, 9, 9) == 0


# Apply a café's loyalty rule: every tenth visit is free, otherwise every third costs half.
def loyalty_price(price: float, visits: int) -> float:
    if visits % 10 == 0:
        return 0.0
    return price / 2 if visits % 3 == 0 else price


def test_loyalty_price() -> None:
    assert loyalty_price(4.0, 1) == 4.0
    assert loyalty_price(4.0, 3) == 2.0
    assert loyalty_price(4.0, 10) == 0.0
    assert loyalty_price(4.0, 30) == 0.0
    assert loyalty_price(4.0, 27) == 2.0


def make_account(owner, limit=0):
    """Open an account and return its `deposit` and `withdraw` functions.

    Each returns the new balance. A withdrawal that would take the balance below minus `limit` is refused
    with a ValueError that names the owner, and changes nothing.
    """
    balance = 0

    def deposit(amount: int) -> int:
        nonlocal balance
        balance += amount
        return balance

    def withdraw(amount: int) -> int:
        nonlocal balance
        if balance - amount < -limit:
            raise ValueError(f"{owner} cannot withdraw {amount}")
        balance -= amount
        return balance

    return deposit, withdraw


def test_make_account() -> None:
    put, take = make_account("Ida", 20)
    assert put(50) == 50
    assert take(70) == -20
    try:
        take(1)
        assert False, "must refuse"
    except ValueError as error:
        assert "Ida" in str(error)
    assert put(0) == -20
    other_put, _ = make_account("Jo")
    assert other_put(3) == 3


def monthly_totals(entries: list[tuple[str, float]]) -> dict[str, float]:
    """Sum amounts by month.

    Entries are (ISO date, amount); keys of the result look like '2024-05' and come in order of time. Sums
    are rounded to two places.
    """
    totals: dict[str, float] = defaultdict(float)
    for day, amount in entries:
        totals[day[:7]] += amount
    return {month: round(totals[month], 2) for month in sorted(totals)}


def test_monthly_totals() -> None:
    assert monthly_totals([]) == {}
    rows = [("2024-05-02", 1.1), ("2023-12-31", 4), ("2024-05-30", 2.2)]
    assert monthly_totals(rows) == {"2023-12": 4, "2024-05": 3.3}
    assert list(monthly_totals(rows)) == ["2023-12", "2024-05"]


# Which shop is cheapest per gram? Offers give the price and the grams one gets; on a tie take the larger pack,
# then the name that comes first.
def cheapest_offer(offers: dict[str, tuple[float, float]]) -> str:

    def rank(shop):
        price, grams = offers[shop]
        return price / grams, -grams, shop

    return min(offers, key=rank)


def test_cheapest_offer() -> None:
    assert cheapest_offer({"Nord": (2.0, 500)}) == "Nord"
    assert cheapest_offer({"Nord": (2.0, 500), "Sud": (3.0, 1000)}) == "Sud"
    assert cheapest_offer({"Nord": (2.0, 500), "Sud": (4.0, 1000)}) == "Sud"
    assert cheapest_offer({"b": (1.0, 100), "a": (1.0, 100)}) == "a"


def three_for_two(prices: list[float]) -> float:
    """Price of a basket when of every full three articles, taken from the dearest down, the cheapest is free."""
    ordered = sorted(prices, reverse=True)
    return sum(price for place, price in enumerate(ordered, 1) if place % 3)


def test_three_for_two() -> None:
    assert three_for_two([]) == 0
    assert three_for_two([4, 4]) == 8
    assert three_for_two([1, 5, 3]) == 8
    assert three_for_two([1, 2, 3, 4, 5, 6]) == 16
    assert three_for_two([10, 1, 1, 1]) == 12


def convert_currency(amount: Decimal, source: str, target: str, per_euro: dict[str, Decimal]) -> Decimal:
    """Change money by way of the euro.

    :param per_euro: how much of a currency one euro buys; the euro itself need not be listed.
    :raises KeyError: if a currency has no rate.
    :returns: the amount in the target currency, cut (not rounded) to whole cents.
    """
    rates = {"EUR": Decimal(1), **per_euro}
    exact = amount / rates[source] * rates[target]
    return exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def test_convert_currency() -> None:
    rates = {"USD": Decimal("1.25"), "JPY": Decimal("160")}
    assert convert_currency(Decimal(10), "EUR", "USD", rates) == Decimal("12.50")
    assert convert_currency(Decimal(10), "USD", "EUR", rates) == Decimal("8.00")
    assert convert_currency(Decimal("0.99"), "JPY", "USD", rates) == Decimal("0.00")
    assert convert_currency(Decimal(5), "EUR", "EUR", {}) == Decimal("5.00")
    try:
        convert_currency(Decimal(1), "CHF", "EUR", rates)
        assert False, "must refuse"
    except KeyError:
        pass


def cash_rounding(total: Decimal, step: Decimal = Decimal("0.05")) -> Decimal:
    """Round a till's total to the smallest coin in use, halves up.

    >>> cash_rounding(Decimal("7.92"))
    Decimal('7.90')
    """
    return (total / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def test_cash_rounding() -> None:
    assert cash_rounding(Decimal("0.00")) == 0
    assert cash_rounding(Decimal("1.03")) == Decimal("1.05")
    assert cash_rounding(Decimal("1.02")) == Decimal("1.00")
    assert cash_rounding(Decimal("1.025")) == Decimal("1.05")
    assert cash_rounding(Decimal("12.50"), Decimal(1)) == Decimal(13)


def amount_in_words(cents: int) -> str:
    """Write the amount of a cheque below one hundred dollars in words.

    >>> amount_in_words(4205)
    'forty-two dollars and five cents'
    """
    small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    small += "sixteen seventeen eighteen nineteen".split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()

    def words(number: int, unit: str) -> str:
        if number < 20:
            text = small[number]
        else:
            text = tens[number // 10 - 2] + (f"-{small[number % 10]}" if number % 10 else "")
        return f"{text} {unit}" + ("" if number == 1 else "s")

    dollars, rest = divmod(cents, 100)
    return words(dollars, "dollar") + (f" and {words(rest, 'cent')}" if rest else "")


def test_amount_in_words() -> None:
    assert amount_in_words(0) == "zero dollars"
    assert amount_in_words(101) == "one dollar and one cent"
    assert amount_in_words(1999) == "nineteen dollars and ninety-nine cents"
    assert amount_in_words(2000) == "twenty dollars"
    assert amount_in_words(7050) == "seventy dollars and fifty cents"


# Add up an invoice by tax rate.
#
# A line has 'quantity', 'price' (text) and 'rate' (percent). The result has 'net', 'tax' and 'gross'; the tax
# of a rate is rounded up to the cent once, on the sum of its lines.
def invoice_total(lines: list[dict]) -> dict[str, Decimal]:
    net_by_rate: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        net_by_rate[line["rate"]] += line["quantity"] * Decimal(line["price"])
    cent = Decimal("0.01")
    net = sum(net_by_rate.values(), Decimal(0))
    tax = sum(((value * rate / 100).quantize(cent, ROUND_UP) for rate, value in net_by_rate.items()), Decimal(0))
    return {"net": net, "tax": tax, "gross": net + tax}


def test_invoice_total() -> None:
    assert invoice_total([]) == {"net": 0, "tax": 0, "gross": 0}
    one = {"quantity": 3, "price": "1.99", "rate": 20}
    assert invoice_total([one]) == {"net": Decimal("5.97"), "tax": Decimal("1.20"), "gross": Decimal("7.17")}
    both = invoice_total([one, {"quantity": 1, "price": "0.03", "rate": 20}, {"quantity": 2, "price": "5", "rate": 0}])
    assert both == {"net": Decimal("16.00"), "tax": Decimal("1.20"), "gross": Decimal("17.20")}


def mask_card(number):
    """Hide a card number for display: digits become bullets but for the last four, in groups of four.

    Spaces and hyphens in the input are ignored.

    >>> mask_card("4000 1234 5678 9010")
    '•••• •••• •••• 9010'
    """
    digits = [char for char in number if char.isdigit()]
    shown = ["•"] * (len(digits) - 4) + digits[-4:]
    return " ".join("".join(shown[i : i + 4]) for i in range(0, len(shown), 4))


def test_mask_card() -> None:
    assert mask_card("4000 1234 5678 9010") == "•••• •••• •••• 9010"
    assert mask_card("4000-12") == "••00 12"
    assert mask_card("123") == "123"
    assert mask_card("") == ""


# How many pieces must be sold before a product earns back its fixed costs? None if it never does.
def break_even_units(fixed: float, price: float, cost: float):
    margin = price - cost
    if margin <= 0:
        return None if fixed > 0 else 0
    return ceil(fixed / margin)


def test_break_even_units() -> None:
    assert break_even_units(1000, 5, 3) == 500
    assert break_even_units(1001, 5, 3) == 501
    assert break_even_units(0, 5, 3) == 0
    assert break_even_units(10, 3, 3) is None
    assert break_even_units(0, 2, 3) == 0


def fifo_profit(trades: list[tuple[str, int, float]]) -> float:
    """Realised profit of a series of trades when the shares bought first are sold first.

    Trades are ("buy" or "sell", count, price). Selling more than one holds raises ValueError.
    """
    lots: list[list[float]] = []
    profit = 0.0
    for side, count, price in trades:
        if side == "buy":
            lots.append([count, price])
            continue
        while count:
            if not lots:
                raise ValueError("sold more than was held")
            taken = min(count, lots[0][0])
            profit += taken * (price - lots[0][1])
            lots[0][0] -= taken
            count -= taken
            if not lots[0][0]:
                lots.pop(0)
    return profit


def test_fifo_profit() -> None:
    assert fifo_profit([]) == 0
    assert fifo_profit([("buy", 10, 2.0)]) == 0
    assert fifo_profit([("buy", 10, 2.0), ("sell", 4, 3.0), ("sell", 1, 4.0)]) == 6
    assert fifo_profit([("buy", 2, 1.0), ("buy", 2, 5.0), ("sell", 3, 4.0)]) == 5
    try:
        fifo_profit([("buy", 1, 1.0), ("sell", 2, 9.0)])
        assert False, "must refuse"
    except ValueError:
        pass


def make_money_class(currency: str):
    """Build a frozen data class for amounts of one currency.

    Its objects have `cents`, add up with `+`, print like '12.05 EUR' and compare by their value.
    """

    @dataclass(frozen=True, order=True)
    class Money:
        cents: int

        def __add__(self, other):
            return Money(self.cents + other.cents)

        def __str__(self):
            return f"{self.cents // 100}.{self.cents % 100:02d} {currency}"

    return Money


def test_make_money_class() -> None:
    Euro = make_money_class("EUR")
    assert str(Euro(1205)) == "12.05 EUR"
    assert Euro(5) + Euro(6) == Euro(11)
    assert Euro(5) < Euro(6)
    assert str(make_money_class("NOK")(7)) == "0.07 NOK"


def expense_report(lines: str) -> list[str]:
    """Total a traveller's notes by category.

    A note is 'category amount', anything after the amount is a remark; blank lines and lines that start with
    # are skipped. Output lines look like 'food: 12.50', the most expensive category first and categories of
    equal cost by name.

    >>> expense_report("")
    []
    """
    sums: dict[str, float] = {}
    for line in lines.splitlines():
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        category, amount = fields[:2]
        sums[category] = sums.get(category, 0) + float(amount)
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [f"{category}: {total:.2f}" for category, total in ranked]


def test_expense_report() -> None:
    assert expense_report("") == []
    assert expense_report("# trip\n\nfood 3\ntaxi 20.5 to the harbour\nfood 9.5") == ["taxi: 20.50", "food: 12.50"]
    assert expense_report("b 1\na 1\nc 2") == ["c: 2.00", "a: 1.00", "b: 1.00"]


def yearly_depreciation(cost: int, scrap: int, years: int) -> list[int]:
    """Book values at the end of each year when a machine loses the same amount every year; in whole units,
    rounded down, the last one being the scrap value.

    >>> yearly_depreciation(100, 0, 3)
    [66, 33, 0]
    """
    loss = Fraction(cost - scrap, years)
    return [int(cost - loss * year) for year in range(1, years + 1)]


def test_yearly_depreciation() -> None:
    assert yearly_depreciation(1000, 100, 3) == [700, 400, 100]
    assert yearly_depreciation(100, 0, 3) == [66, 33, 0]
    assert yearly_depreciation(50, 50, 2) == [50, 50]
    assert yearly_depreciation(9, 2, 1) == [2]


def auction_winner(bids, reserve):
    """Decide a sealed auction in which the winner pays what the second-best bidder offered.

    Only a bidder's highest bid counts. Bids under the reserve are ignored; with a single bidder left, the
    reserve is the price. Earlier bidders win ties. Returns (winner, price), or None without any valid bid.
    """
    best: dict[str, int] = {}
    for bidder, amount in bids:
        if amount >= reserve:
            best[bidder] = max(amount, best.get(bidder, amount))
    ranking = sorted(best, key=best.get, reverse=True)
    if not ranking:
        return None
    price = best[ranking[1]] if len(ranking) > 1 else reserve
    return ranking[0], price


def test_auction_winner() -> None:
    assert auction_winner([], 10) is None
    assert auction_winner([("ann", 9)], 10) is None
    assert auction_winner([("ann", 30), ("ann", 50)], 10) == ("ann", 10)
    assert auction_winner([("ann", 30), ("bo", 45), ("cy", 40)], 10) == ("bo", 40)
    assert auction_winner([("bo", 20), ("ann", 20), ("cy", 10)], 10) == ("bo", 20)
    assert auction_winner([("cy", 10)], 10) == ("cy", 10)


def bonus_points(purchases, threshold=50.0):
    """Count bonus points: one for every full unit spent, doubled for purchases of at least the threshold."""
    return sum(int(amount) * (2 if amount >= threshold else 1) for amount in purchases)


def test_bonus_points() -> None:
    assert bonus_points([]) == 0
    assert bonus_points([0.99, 1.01]) == 1
    assert bonus_points([49.99, 50.0]) == 149
    assert bonus_points([10.5], threshold=10) == 20
