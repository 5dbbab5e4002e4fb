"""Inventory: stock, orders, parcels, shelves, suppliers and warehouses."""

from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, combinations, groupby
from operator import attrgetter, itemgetter
import bisect
import heapq
import re


def apply_movements(stock: dict[str, int], movements: list[tuple[str, int]]) -> dict[str, int]:
    """Book deliveries (positive) and sales (negative) on a copy of the stock.

    An article that would fall below zero raises ValueError naming it; articles that reach zero stay listed.
    """
    after = dict(stock)
    for article, change in movements:
        after[article] = after.get(article, 0) + change
        if after[article] < 0:
            raise ValueError(f"not enough {article}")
    return after


def test_apply_movements() -> None:
    stock = {"nails": 10}
    assert apply_movements(stock, []) == {"nails": 10}
    assert apply_movements(stock, [("nails", -10), ("glue", 3)]) == {"nails": 0, "glue": 3}
    assert stock == {"nails": 10}
    try:
        apply_movements(stock, [("nails", -11), ("nails", 5)])
        assert False, "must refuse"
    except ValueError as error:
        assert "nails" in str(error)


def reorder_list(stock: dict[str, tuple[int, int, int]]) -> list[str]:
    """Which articles must be ordered, and how many packs?

    For every article the stock, the minimum and the pack size are given. Order as few whole packs as bring it
    to at least the minimum; lines read '3 packs of screws' or '1 pack of glue', by name.
    """
    lines = []
    for article, (on_hand, minimum, pack) in sorted(stock.items()):
        packs = -((on_hand - minimum) // pack)
        if packs > 0:
            lines.append(f"{packs} pack{'s' if packs > 1 else ''} of {article}")
    return lines


def test_reorder_list() -> None:
    assert reorder_list({}) == []
    assert reorder_list({"glue": (5, 5, 10)}) == []
    assert reorder_list({"screws": (10, 95, 30), "glue": (4, 5, 10)}) == ["1 pack of glue", "3 packs of screws"]
    assert reorder_list({"tape": (0, 20, 10)}) == ["2 packs of tape"]


def abc_classes(sales: dict[str, float]) -> dict[str, str]:
    """Classify articles by what they sell: going down from the best seller, those that together make up to 80 %
    of all sales are A, those up to 95 % are B, and the rest is C.

    Articles of equal sales are taken by name; an article belongs to the class in which its own share ends.
    """
    total = sum(sales.values())
    classes = {}
    running = 0.0
    for article in sorted(sales, key=lambda name: (-sales[name], name)):
        running += sales[article]
        classes[article] = "A" if running <= 0.8 * total else "B" if running <= 0.95 * total else "C"
    return classes


def test_abc_classes() -> None:
    assert abc_classes({}) == {}
    assert abc_classes({"a": 80, "b": 15, "c": 5}) == {"a": "A", "b": "B", "c": "C"}
    assert abc_classes({"y": 50, "x": 50}) == {"x": "A", "y": "C"}
    assert abc_classes({"p": 10, "q": 60, "r": 20, "s": 10}) == {"q": "A", "r": "A", "p": "B", "s": "C"}


def fit_parcels(weights, limit):
    """Pack things into parcels, heaviest first, each into the first parcel in which it still fits."""
    parcels: list[list[float]] = []
    for weight in sorted(weights, reverse=True):
        parcel = next((p for p in parcels if sum(p) + weight <= limit), None)
        if parcel is None:
            parcels.append([weight])
        else:
            parcel.append(weight)
    return parcels


def test_fit_parcels() -> None:
    assert fit_parcels([], 10) == []
    assert fit_parcels([4, 6], 10) == [[6, 4]]
    assert fit_parcels([2, 5, 4, 7, 1, 3], 10) == [[7, 3], [5, 4, 1], [2]]
    assert fit_parcels([10, 10], 10) == [[10], [10]]


# Batches (name, ISO date of expiry) that expire from the given day on within so many days, soonest first; what
# expired before that day is marked with '!' in front.
def expiring(batches: list[tuple[str, str]], on: str, within: int) -> list[str]:
    start = date.fromisoformat(on)
    end = (start + timedelta(days=within)).isoformat()
    due = sorted((day, name) for name, day in batches if day <= end)
    return [f"!{name}" if day < on else name for day, name in due]


def test_expiring() -> None:
    batches = [("milk", "2024-05-03"), ("rice", "2025-01-01"), ("eggs", "2024-04-30"), ("ham", "2024-05-01")]
    assert expiring([], "2024-05-01", 9) == []
    assert expiring(batches, "2024-05-01", 0) == ["!eggs", "ham"]
    assert expiring(batches, "2024-05-01", 2) == ["!eggs", "ham", "milk"]
    assert expiring(batches, "2024-02-01", 30) == []


def pick_path(order: list[str]) -> list[str]:
    """Sort shelf codes for a walk through the warehouse.

    Codes look like 'B12-3': aisle, bay, level. Aisles go by letter; in the first aisle that is visited bays
    go up, in the next one down, and so on in turns; at a bay, levels go from low to high.
    """

    def parts(code):
        aisle, bay, level = re.fullmatch(r"([A-Z]+)(\d+)-(\d+)", code).groups()
        return aisle, int(bay), int(level), code

    path = []
    for turn, (_, stops) in enumerate(groupby(sorted(map(parts, order)), key=itemgetter(0))):
        direction = -1 if turn % 2 else 1
        path += sorted(stops, key=lambda stop: (direction * stop[1], stop[2]))
    return [code for *_, code in path]


def test_pick_path() -> None:
    assert pick_path([]) == []
    assert pick_path(["A10-1", "A2-1", "A2-0"]) == ["A2-0", "A2-1", "A10-1"]
    assert pick_path(["C1-1", "B1-2", "A3-1", "B12-1", "B1-1", "A1-1"]) == [
        "A1-1", "A3-1", "B12-1", "B1-1", "B1-2", "C1-1",
    ]  # fmt: skip
    assert pick_path(["D5-1", "Z9-9", "Z1-1"]) == ["D5-1", "Z9-9", "Z1-1"]


def split_sku(sku: str) -> dict[str, str]:
    """Explain an article number such as 'TSH-BLU-XL-0042': kind, colour, size and serial, the size being
    optional.

    >>> split_sku("MUG-RED-0007")
    {'kind': 'MUG', 'colour': 'RED', 'size': '', 'serial': '0007'}
    """
    kind, colour, *size, serial = sku.split("-")
    return {"kind": kind, "colour": colour, "size": "".join(size), "serial": serial}


def test_split_sku() -> None:
    assert split_sku("TSH-BLU-XL-0042")["size"] == "XL"
    assert split_sku("TSH-BLU-XL-0042")["serial"] == "0042"
    assert split_sku("MUG-RED-0007") == {"kind": "MUG", "colour": "RED", "size": "", "serial": "0007"}


def ean_check_digit(digits: str) -> str:
    """Complete the first twelve digits of an article number with its check digit.

    Digits count once and three times in turns; the check digit brings the sum up to a multiple of ten.
    """
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighted % 10)


def test_ean_check_digit() -> None:
    assert ean_check_digit("000000000000") == "0000000000000"
    assert ean_check_digit("400638133393") == "4006381333931"
    assert ean_check_digit("590123412345") == "5901234123457"
    assert ean_check_digit("100000000000") == "1000000000009"


# Builds a label printer. Each call returns the next label of its prefix, such as 'BOX-003'; every prefix has its
# own count.
def make_labeller(digits=3):
    counts = Counter()

    def label(prefix):
        counts[prefix] += 1
        return f"{prefix}-{counts[prefix]:0{digits}d}"

    return label


def test_make_labeller() -> None:
    label = make_labeller()
    assert label("BOX") == "BOX-001"
    assert label("BOX") == "BOX-002"
    assert label("CAN") == "CAN-001"
    assert make_labeller(1)("BOX") == "BOX-1"


def stock_value(lots: list[tuple[str, int, float]]) -> dict[str, float]:
    """Value of all lots (article, count, unit price) by article, in descending order of value, two places."""
    values: dict[str, float] = defaultdict(float)
    for article, count, price in lots:
        values[article] += count * price
    ranked = sorted(values.items(), key=itemgetter(1), reverse=True)
    return {article: round(value, 2) for article, value in ranked}


def test_stock_value() -> None:
    assert stock_value([]) == {}
    lots = [("nut", 100, 0.05), ("saw", 2, 19.99), ("nut", 50, 0.06)]
    assert stock_value(lots) == {"saw": 39.98, "nut": 8.0}
    assert list(stock_value(lots)) == ["saw", "nut"]
    assert list(stock_value([("b", 1, 1.0), ("a", 1, 1.0)])) == ["b", "a"]


def allocate_orders(stock, orders):
    """Decide what happens with each customer's order, first come, first served.

    An order is 'shipped' if everything is there (it is then taken from the stock), 'waiting' if at least
    something is there, and 'refused' if nothing of it is.

    >>> allocate_orders({}, [])
    {}
    """
    left = Counter(stock)
    verdict = {}
    for customer, wanted in orders:
        if all(left[article] >= count for article, count in wanted.items()):
            left.subtract(wanted)
            verdict[customer] = "shipped"
        else:
            verdict[customer] = "waiting" if any(left[article] for article in wanted) else "refused"
    return verdict


def test_allocate_orders() -> None:
    orders = [("ann", {"pen": 3}), ("bo", {"pen": 2, "ink": 1}), ("cy", {"pen": 3}), ("di", {"pad": 1})]
    assert allocate_orders({}, []) == {}
    assert allocate_orders({"pen": 5, "ink": 1}, orders) == {
        "ann": "shipped", "bo": "shipped", "cy": "refused", "di": "refused",
    }  # fmt: skip
    assert allocate_orders({"pen": 4}, orders)["bo"] == "waiting"
    assert allocate_orders({"pen": 4}, orders)["cy"] == "waiting"


def compare_counts(expected: dict[str, int], counted: dict[str, int]) -> dict[str, list[str]]:
    """After stocktaking: which articles are missing (none counted), short, in surplus or unexpected (not in the
    books)? Every list is sorted; an article with an expected count of zero is in the books.

    >>> compare_counts({"a": 1, "z": 0}, {"a": 1})
    {'missing': [], 'short': [], 'surplus': [], 'unexpected': []}
    """
    report: dict[str, list[str]] = {"missing": [], "short": [], "surplus": [], "unexpected": []}
    for article in sorted(set(expected) | set(counted)):
        found = counted.get(article, 0)
        if article not in expected:
            report["unexpected"].append(article)
        elif found > expected[article]:
            report["surplus"].append(article)
        elif found < expected[article]:
            report["short" if found else "missing"].append(article)
    return report


def test_compare_counts() -> None:
    nothing = {"missing": [], "short": [], "surplus": [], "unexpected": []}
    assert compare_counts({}, {}) == nothing
    assert compare_counts({"a": 1, "z": 0}, {"a": 1}) == nothing
    found = compare_counts({"a": 5, "b": 5, "c": 5, "d": 1}, {"b": 4, "c": 6, "x": 1, "d": 0})
    assert found == {"missing": ["a", "d"], "short": ["b"], "surplus": ["c"], "unexpected": ["x"]}


def shipping_fee(weight: float, table: list[tuple[float, float]]) -> float:
    """Fee for a parcel from a table of (heaviest weight, fee), sorted by weight.

    A parcel heavier than the whole table allows raises ValueError.
    """
    place = bisect.bisect_left([limit for limit, _ in table], weight)
    if place == len(table):
        raise ValueError(f"{weight} kg is too heavy")
    return table[place][1]


def test_shipping_fee() -> None:
    table = [(1, 3.5), (5, 6), (10, 9.9)]
    assert shipping_fee(0.2, table) == 3.5
    assert shipping_fee(1, table) == 3.5
    assert shipping_fee(1.01, table) == 6
    assert shipping_fee(10, table) == 9.9
    try:
        shipping_fee(10.5, table)
        assert False, "must refuse"
    except ValueError:
        pass


def best_bundle(prices: dict[str, int], budget: int) -> tuple[str, ...]:
    """Choose two different articles whose prices together come as close to the budget as possible without
    exceeding it.

    Both names are sorted; of equally good pairs take the alphabetically first, and () if no pair is cheap
    enough.

    >>> best_bundle({}, 100)
    ()
    """
    pairs = [pair for pair in combinations(sorted(prices), 2) if prices[pair[0]] + prices[pair[1]] <= budget]
    return max(pairs, key=lambda pair: sum(map(prices.get, pair)), default=())


def test_best_bundle() -> None:
    shop = {"kite": 12, "ball": 5, "drum": 20, "yoyo": 3}
    assert best_bundle(shop, 17) == ("ball", "kite")
    assert best_bundle(shop, 24) == ("drum", "yoyo")
    assert best_bundle(shop, 7) == ()
    assert best_bundle({}, 100) == ()
    assert best_bundle({"c": 5, "a": 5, "b": 5}, 10) == ("a", "b")


# Simulate a shelf near the counter with few places.
#
# Every article that is asked for is put there; when the shelf is full, the one whose last request is the
# longest ago goes back to the store room. Returns how often an article was on the shelf already, and the
# shelf's content from the least to the most recently asked for.
def lru_shelf(requests: list[str], places: int) -> tuple[int, list[str]]:
    shelf: OrderedDict = OrderedDict()
    hits = 0
    for article in requests:
        if article in shelf:
            hits += 1
            shelf.move_to_end(article)
        else:
            shelf[article] = True
            if len(shelf) > places:
                shelf.popitem(last=False)
    return hits, list(shelf)


def test_lru_shelf() -> None:
    assert lru_shelf([], 2) == (0, [])
    assert lru_shelf(["a", "b", "a", "c", "b"], 2) == (1, ["c", "b"])
    assert lru_shelf(["a", "b", "a", "c", "a"], 2) == (2, ["c", "a"])
    assert lru_shelf(["a", "a"], 0) == (0, [])


def consolidate(lines: list[str]) -> list[str]:
    """Merge order lines '2 x lamp' for the same article (written in any case), keeping its first spelling and
    the order of first appearance.

    >>> consolidate(["2 x Lamp", "1x bulb", " 3 x lamp "])
    ['5 x Lamp', '1 x bulb']
    """
    counts: dict[str, int] = {}
    spelling: dict[str, str] = {}
    for line in lines:
        count, article = re.match(r"(\d+)\s*x\s*(.+)", line.strip()).groups()
        key = article.casefold()
        spelling.setdefault(key, article)
        counts[key] = counts.get(key, 0) + int(count)
    return [f"{count} x {spelling[key]}" for key, count in counts.items()]


def test_consolidate() -> None:
    assert consolidate([]) == []
    assert consolidate(["2 x Lamp", "1x bulb", " 3 x lamp "]) == ["5 x Lamp", "1 x bulb"]
    assert consolidate(["1 x axe x", "1 x Axe X"]) == ["2 x axe x"]
    assert consolidate(["0 x Öl", "4 x öl"]) == ["4 x Öl"]


def discount_price(product_price: float, quantity: int, steps: dict[int, float]) -> float:
    """Total for a quantity with discounts for many pieces.

    Parameters
    ----------
    product_price : float
        Price of one piece.
    quantity : int
        Pieces ordered.
    steps : dict
        Percent of discount from a quantity on; the largest step reached applies to all pieces.

    Returns
    -------
    float
        Total, rounded to two places.
    """
    reached = [step for step in steps if step <= quantity]
    percent = steps[max(reached)] if reached else 0
    return round(product_price * quantity * (100 - percent) / 100, 2)


def test_discount_price() -> None:
    steps = {10: 5, 100: 20}
    assert discount_price(2.0, 9, steps) == 18
    assert discount_price(2.0, 10, steps) == 19
    assert discount_price(2.0, 99, steps) == 188.1
    assert discount_price(2.0, 100, steps) == 160
    assert discount_price(1.99, 3, {}) == 5.97


def days_of_cover(stock: int, daily_sales: list[int]) -> int:
    """Through how many days does the stock last, if the sales of a week (seven numbers) repeat for ever?

    Only days on which the whole demand can be met count. -1 if nothing is ever sold.
    """
    if not any(daily_sales):
        return -1
    days = 0
    while stock >= daily_sales[days % len(daily_sales)]:
        stock -= daily_sales[days % len(daily_sales)]
        days += 1
    return days


def test_days_of_cover() -> None:
    assert days_of_cover(10, [0] * 7) == -1
    assert days_of_cover(10, [2, 2, 2, 2, 2, 2, 2]) == 5
    assert days_of_cover(9, [2, 2, 2, 2, 2, 2, 2]) == 4
    assert days_of_cover(0, [0, 0, 1, 0, 0, 0, 0]) == 2
    assert days_of_cover(7, [1, 1, 1, 1, 1, 0, 0]) == 9


def cheapest_supplier(quotes):
    """For every article the supplier with the lowest price; of equal prices the one who delivers sooner, then
    the one quoted first. Quotes have 'article', 'supplier', 'price' and 'days'.

    >>> cheapest_supplier([])
    {}
    """
    best: dict[str, dict] = {}
    for quote in quotes:
        known = best.get(quote["article"])
        if known is None or (quote["price"], quote["days"]) < (known["price"], known["days"]):
            best[quote["article"]] = quote
    return {article: quote["supplier"] for article, quote in best.items()}


def test_cheapest_supplier() -> None:
    def quote(article, supplier, price, days):
        return {"article": article, "supplier": supplier, "price": price, "days": days}

    assert cheapest_supplier([]) == {}
    offers = [quote("oil", "Nord", 5, 3), quote("oil", "West", 4, 9), quote("rag", "Nord", 1, 1)]
    assert cheapest_supplier(offers) == {"oil": "West", "rag": "Nord"}
    assert cheapest_supplier([quote("oil", "A", 5, 3), quote("oil", "B", 5, 2)]) == {"oil": "B"}
    assert cheapest_supplier([quote("oil", "A", 5, 3), quote("oil", "B", 5, 3)]) == {"oil": "A"}


def transfer_plan(stores: dict[str, int], target: int) -> list[tuple[str, str, int]]:
    """Plan transfers that bring stores up to a target.

    Stores in need are served in order of name, from stores with more than the target, also in order of name;
    nobody gives below the target. Needs that cannot be met stay open.
    """
    spare = {name: count - target for name, count in sorted(stores.items()) if count > target}
    moves = []
    for needy in sorted(name for name, count in stores.items() if count < target):
        need = target - stores[needy]
        for giver in spare:
            amount = min(need, spare[giver])
            if amount:
                moves.append((giver, needy, amount))
                spare[giver] -= amount
                need -= amount
    return moves


def test_transfer_plan() -> None:
    assert transfer_plan({}, 5) == []
    assert transfer_plan({"oslo": 5, "bonn": 5}, 5) == []
    assert transfer_plan({"oslo": 9, "bonn": 2}, 5) == [("oslo", "bonn", 3)]
    plan = transfer_plan({"rome": 0, "oslo": 7, "bonn": 6, "lima": 4}, 5)
    assert plan == [("bonn", "lima", 1), ("oslo", "rome", 2)]


def merge_price_lists(*lists: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Merge price lists that are each sorted by article into one sorted list; of equal articles keep the lowest
    price."""
    merged: list[tuple[str, float]] = []
    for article, price in heapq.merge(*lists):
        if not merged or merged[-1][0] != article:
            merged.append((article, price))
    return merged


def test_merge_price_lists() -> None:
    assert merge_price_lists() == []
    assert merge_price_lists([("a", 2), ("c", 1)], [("b", 9)]) == [("a", 2), ("b", 9), ("c", 1)]
    assert merge_price_lists([("a", 2)], [("a", 1)], [("a", 3), ("b", 1)]) == [("a", 1), ("b", 1)]


def reprice(catalogue, percent):
    """Raise prices by a percentage, working on immutable records.

    Each article becomes a frozen data class `Article` with `name` and `price`; return the records after the
    rise, sorted by their new price, which is rounded to full tens of cents.

    >>> reprice([("x", 1.04)], 0)[0].price
    1.0
    """

    @dataclass(frozen=True)
    class Article:
        name: str
        price: float

    before = [Article(name, price) for name, price in catalogue]
    after = [replace(article, price=round(article.price * (1 + percent / 100), 1)) for article in before]
    return sorted(after, key=attrgetter("price"))


def test_reprice() -> None:
    assert reprice([], 5) == []
    raised = reprice([("vase", 20.0), ("cup", 4.25)], 10)
    assert [(article.name, article.price) for article in raised] == [("cup", 4.7), ("vase", 22.0)]
    assert reprice([("x", 1.0)], -50)[0].price == 0.5
    assert reprice([("x", 1.04)], 0)[0].price == 1.0


# How many boxes lie on each layer of a pallet, from the floor up? Only the topmost layer may be incomplete.
def carton_layers(boxes: int, per_row: int, rows: int) -> list[int]:
    capacity = per_row * rows
    full, rest = divmod(boxes, capacity)
    return [capacity] * full + [rest] * bool(rest)


def test_carton_layers() -> None:
    assert carton_layers(0, 4, 3) == []
    assert carton_layers(12, 4, 3) == [12]
    assert carton_layers(30, 4, 3) == [12, 12, 6]
    assert carton_layers(1, 1, 2) == [1]


def queue_wait(arrivals: list[int], serving: int) -> list[int]:
    """How long does each truck wait at the only ramp, if unloading one takes `serving` minutes and they are
    served in the order of arrival?"""
    waits = []
    free_at = 0
    for arrival in arrivals:
        begin = max(arrival, free_at)
        waits.append(begin - arrival)
        free_at = begin + serving
    return waits


def test_queue_wait() -> None:
    assert queue_wait([], 5) == []
    assert queue_wait([3], 5) == [0]
    assert queue_wait([0, 2, 4, 30], 5) == [0, 3, 6, 0]
    assert queue_wait([10, 10, 15], 5) == [0, 5, 5]


def unpack_bill_of_materials(parts: dict[str, dict[str, int]], product: str, count: int = 1) -> dict[str, int]:
    """Raw materials needed to build a product.

    `parts` says what each assembled thing consists of; things not listed there are raw materials.

    >>> unpack_bill_of_materials({"bike": {"wheel": 2}, "wheel": {"spoke": 30, "rim": 1}}, "bike")
    {'spoke': 60, 'rim': 2}
    """
    needed: Counter = Counter()
    waiting = deque([(product, count)])
    while waiting:
        thing, times = waiting.popleft()
        if thing in parts:
            waiting.extend((part, times * each) for part, each in parts[thing].items())
        else:
            needed[thing] += times
    return dict(needed)


def test_unpack_bill_of_materials() -> None:
    parts = {"table": {"leg": 4, "top": 1}, "leg": {"wood": 2, "screw": 3}, "top": {"wood": 5}}
    assert unpack_bill_of_materials({}, "stone", 3) == {"stone": 3}
    assert unpack_bill_of_materials(parts, "table") == {"wood": 13, "screw": 12}
    assert unpack_bill_of_materials(parts, "leg", 2) == {"wood": 4, "screw": 6}


# Current price of every article from several feeds of (article, ISO timestamp, price); the newest timestamp
# wins wherever it comes from, and the later feed wins where timestamps are equal.
def latest_prices(*feeds: list[tuple[str, str, float]]) -> dict[str, float]:
    rows = sorted(chain(*feeds), key=itemgetter(1))
    return {article: price for article, _, price in rows}


def test_latest_prices() -> None:
    assert latest_prices() == {}
    old, new = [("tea", "2024-01-01", 3.0)], [("tea", "2024-02-01", 4.0), ("jam", "2023-01-01", 2.0)]
    assert latest_prices(old, new) == latest_prices(new, old) == {"tea": 4.0, "jam": 2.0}
    assert latest_prices(old, [("tea", "2024-01-01", 9.0)]) == {"tea": 9.0}
