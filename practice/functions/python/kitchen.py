"""The kitchen: recipes, ingredients, ovens, menus and shopping."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from functools import reduce
from itertools import chain, product
import json
import re


def scale_recipe(recipe, servings, wanted):
    """Scale the amounts of a recipe from one number of servings to another, to two places.

    >>> scale_recipe({"milk": 0.2}, 1, 10)
    {'milk': 2.0}
    """
    return {item: round(amount * wanted / servings, 2) for item, amount in recipe.items()}


def test_scale_recipe() -> None:
    assert scale_recipe({}, 4, 2) == {}
    assert scale_recipe({"flour": 500, "eggs": 3}, 4, 2) == {"flour": 250, "eggs": 1.5}
    assert scale_recipe({"salt": 1}, 3, 1) == {"salt": 0.33}
    assert scale_recipe({"milk": 0.2}, 1, 10) == {"milk": 2.0}


def parse_ingredient(line):
    """Split a line such as '1 1/2 cups brown sugar' into amount, unit and name.

    The amount may be a whole number, a decimal, a fraction or a whole number and a fraction. What follows
    is the unit if it is one of g, kg, ml, l, cup(s), tsp or tbsp, otherwise the unit is empty.

    >>> parse_ingredient("3 eggs")
    (3.0, '', 'eggs')
    """
    words = line.split()
    amount = Fraction(0)
    while words and re.fullmatch(r"\d+(\.\d+|/\d+)?", words[0]):
        amount += Fraction(words.pop(0))
    unit = ""
    if words and words[0] in {"g", "kg", "ml", "l", "cup", "cups", "tsp", "tbsp"}:
        unit = words.pop(0)
    return float(amount), unit, " ".join(words)


def test_parse_ingredient() -> None:
    assert parse_ingredient("1 1/2 cups brown sugar") == (1.5, "cups", "brown sugar")
    assert parse_ingredient("250 g flour") == (250.0, "g", "flour")
    assert parse_ingredient("0.5 l crème fraîche") == (0.5, "l", "crème fraîche")
    assert parse_ingredient("salt") == (0.0, "", "salt")
    assert parse_ingredient("3/4 tsp  nutmeg") == (0.75, "tsp", "nutmeg")


def kitchen_fraction(amount: float) -> str:
    """Write an amount with the fractions that measuring cups have: quarters, thirds and halves.

    The nearest one is taken.

    >>> kitchen_fraction(1.5)
    '1 1/2'
    """
    whole = int(amount)
    marks = {0: "", 1: "", Fraction(1, 4): "1/4", Fraction(1, 3): "1/3", Fraction(1, 2): "1/2"}
    marks.update({Fraction(2, 3): "2/3", Fraction(3, 4): "3/4"})
    nearest = min(marks, key=lambda mark: abs(mark - (amount - whole)))
    if nearest == 1:
        whole += 1
    return " ".join(part for part in (str(whole or ""), marks[nearest]) if part) or "0"


def test_kitchen_fraction() -> None:
    assert kitchen_fraction(0) == "0"
    assert kitchen_fraction(0.26) == "1/4"
    assert kitchen_fraction(2.65) == "2 2/3"
    assert kitchen_fraction(0.97) == "1"
    assert kitchen_fraction(3.0) == "3"
    assert kitchen_fraction(0.34) == "1/3"
    assert kitchen_fraction(7.5) == "7 1/2"
    assert kitchen_fraction(0.76) == "3/4"


def shopping_list(recipes, pantry):
    """What has to be bought for these recipes, given what the pantry holds? Sorted by name; nothing that is
    already there in full."""
    needed = Counter()
    for recipe in recipes:
        needed.update(recipe)
    missing = needed - Counter(pantry)
    return dict(sorted(missing.items()))


def test_shopping_list() -> None:
    assert shopping_list([], {"rice": 4}) == {}
    assert shopping_list([{"rice": 2, "eggs": 3}, {"eggs": 2}], {"rice": 5, "eggs": 1}) == {"eggs": 4}
    assert list(shopping_list([{"leek": 1, "apple": 1}], {})) == ["apple", "leek"]
    assert shopping_list([{"rice": 2}], {"rice": 2}) == {}


def oven_celsius(setting: str) -> int:
    """Understand an oven setting in °F, °C or gas marks and return whole degrees Celsius.

    Gas mark 1 is 140 °C and every further mark adds 14 degrees.

    >>> oven_celsius("350F"), oven_celsius("180 C"), oven_celsius("gas 4")
    (177, 180, 182)
    """
    text = setting.replace(" ", "").replace("°", "").lower()
    if text.startswith("gas"):
        return 140 + 14 * (int(text[3:]) - 1)
    degrees = float(text[:-1])
    return round((degrees - 32) * 5 / 9) if text.endswith("f") else round(degrees)


def test_oven_celsius() -> None:
    assert oven_celsius("32F") == 0
    assert oven_celsius("212 °F") == 100
    assert oven_celsius("220°C") == 220
    assert oven_celsius("Gas 1") == 140
    assert oven_celsius("gas 6") == 210


def start_times(dishes: dict[str, int], serve_at: str) -> list[tuple[str, str]]:
    """When must each dish go on the stove so that everything is ready together?

    Dishes map to cooking minutes, `serve_at` is HH:MM. The result is a plan in order of time; dishes that
    start together are in alphabetical order.
    """
    ready = datetime.strptime(serve_at, "%H:%M")
    plan = [(ready - timedelta(minutes=minutes), dish) for dish, minutes in dishes.items()]
    return [(moment.strftime("%H:%M"), dish) for moment, dish in sorted(plan)]


def test_start_times() -> None:
    assert start_times({}, "18:00") == []
    assert start_times({"rice": 20, "roast": 95}, "18:00") == [("16:25", "roast"), ("17:40", "rice")]
    assert start_times({"b": 5, "a": 5}, "00:30") == [("00:25", "a"), ("00:25", "b")]
    assert start_times({"soup": 60}, "00:15") == [("23:15", "soup")]


def can_cook(recipe, fridge):
    """Check that the fridge holds enough of everything the recipe asks for.

    >>> can_cook({"egg": 1, "saffron": 1}, {"egg": 9})
    False
    """
    return all(fridge.get(item, 0) >= amount for item, amount in recipe.items())


def test_can_cook() -> None:
    assert can_cook({}, {}) is True
    assert can_cook({"egg": 2}, {"egg": 2, "milk": 1}) is True
    assert can_cook({"egg": 2}, {"egg": 1}) is False
    assert can_cook({"egg": 1, "saffron": 1}, {"egg": 9}) is False


def substitute(ingredients: list[str], swaps: dict[str, str]) -> list[str]:
    """Replace ingredients by their substitutes, and substitutes by theirs, until none applies any more.

    Chains of swaps never run in a circle. An ingredient that would then be listed twice is listed where it
    first appears.
    """
    result: list[str] = []
    for item in ingredients:
        while item in swaps:
            item = swaps[item]
        if item not in result:
            result.append(item)
    return result


def test_substitute() -> None:
    assert substitute([], {"a": "b"}) == []
    assert substitute(["butter", "milk"], {"butter": "margarine"}) == ["margarine", "milk"]
    assert substitute(["cream"], {"cream": "milk", "milk": "oat drink"}) == ["oat drink"]
    assert substitute(["oil", "butter"], {"butter": "oil"}) == ["oil"]


def menus(*courses):
    """All menus that take one dish from every course, written with ' / ' between them.

    >>> menus(["soup", "salad"], ["cake"])
    ['soup / cake', 'salad / cake']
    """
    return [" / ".join(menu) for menu in product(*courses)]


def test_menus() -> None:
    assert menus(["soup"]) == ["soup"]
    assert menus(["a", "b"], ["c", "d"]) == ["a / c", "a / d", "b / c", "b / d"]
    assert menus(["a"], []) == []
    assert len(menus(["a", "b"], ["c", "d", "e"], ["f", "g"])) == 12


def safe_dishes(dishes: dict[str, set[str]], allergies: set[str]) -> list[str]:
    """Names of the dishes that contain nothing the guest is allergic to, in alphabetical order.

    >>> safe_dishes({}, {"egg"})
    []
    """
    return sorted(name for name, contents in dishes.items() if contents.isdisjoint(allergies))


def test_safe_dishes() -> None:
    card = {"satay": {"peanut", "chicken"}, "pilaf": {"rice"}, "flan": {"egg", "milk"}}
    assert safe_dishes(card, set()) == ["flan", "pilaf", "satay"]
    assert safe_dishes(card, {"peanut", "egg"}) == ["pilaf"]
    assert safe_dishes({}, {"egg"}) == []
    assert safe_dishes(card, {"rice", "milk", "chicken"}) == []


def steep_stage(seconds: int) -> str:
    """Name the stage of a pot of tea: 'weak' up to one minute, 'fine' up to four, 'strong' up to seven,
    and 'bitter' from then on. A limit belongs to the stage before it.

    >>> steep_stage(241)
    'strong'
    """
    for limit, name in ((60, "weak"), (240, "fine"), (420, "strong")):
        if seconds <= limit:
            return name
    return "bitter"


def test_steep_stage() -> None:
    assert steep_stage(0) == "weak"
    assert steep_stage(60) == "weak"
    assert steep_stage(61) == steep_stage(240) == "fine"
    assert steep_stage(241) == "strong"
    assert steep_stage(420) == "strong"
    assert steep_stage(421) == "bitter"


def bakers_percentages(weights: dict[str, float]) -> dict[str, float]:
    """Express a dough as bakers do, every ingredient as a percentage of the flour.

    All ingredients whose name contains 'flour' count together as flour. One decimal place.

    >>> bakers_percentages({"flour": 500, "water": 350})
    {'flour': 100.0, 'water': 70.0}
    """
    flour = sum(weight for name, weight in weights.items() if "flour" in name)
    if not flour:
        raise ValueError("a dough needs flour")
    return {name: round(100 * weight / flour, 1) for name, weight in weights.items()}


def test_bakers_percentages() -> None:
    assert bakers_percentages({"flour": 500, "water": 350}) == {"flour": 100.0, "water": 70.0}
    mixed = bakers_percentages({"rye flour": 100, "wheat flour": 200, "salt": 6})
    assert mixed == {"rye flour": 33.3, "wheat flour": 66.7, "salt": 2.0}
    try:
        bakers_percentages({"water": 1})
        assert False, "must refuse"
    except ValueError:
        pass


def waffle_batches(waffles: int, irons: int, minutes: int) -> int:
    """Minutes until all waffles are baked, with several irons that each bake one waffle at a time."""
    return -(-waffles // irons) * minutes


def test_waffle_batches() -> None:
    assert waffle_batches(0, 2, 4) == 0
    assert waffle_batches(5, 2, 4) == 12
    assert waffle_batches(6, 2, 4) == 12
    assert waffle_batches(1, 3, 5) == 5


def merge_notes(old: str, new: str) -> dict:
    """Combine two JSON texts of a cook's notes on dishes.

    Both are objects from dish to a list of remarks. Remarks of the new notes are appended to those of the
    old ones unless they are there already.
    """
    notes = json.loads(old)
    for dish, remarks in json.loads(new).items():
        known = notes.setdefault(dish, [])
        known.extend(remark for remark in remarks if remark not in known)
    return notes


def test_merge_notes() -> None:
    assert merge_notes("{}", "{}") == {}
    assert merge_notes('{"pie": ["hot"]}', '{"pie": ["hot", "sweet"]}') == {"pie": ["hot", "sweet"]}
    assert merge_notes('{"pie": []}', '{"dal": ["thin"]}') == {"pie": [], "dal": ["thin"]}
    assert merge_notes('{"a": ["x"]}', "{}") == {"a": ["x"]}


def order_of_steps(steps: dict[str, list[str]]) -> list[str]:
    """Bring the steps of a recipe into an order in which every step follows those it needs.

    Of the steps that are possible next, always take the alphabetically first. Steps that wait for one
    another raise ValueError.

    >>> order_of_steps({"a": ["c"], "b": [], "c": ["b"]})
    ['b', 'c', 'a']
    """
    waiting = {step: set(needs) for step, needs in steps.items()}
    order: list[str] = []
    while waiting:
        ready = [step for step, needs in waiting.items() if needs <= set(order)]
        if not ready:
            raise ValueError("steps wait for one another")
        order.append(min(ready))
        del waiting[order[-1]]
    return order


def test_order_of_steps() -> None:
    assert order_of_steps({}) == []
    assert order_of_steps({"mix": [], "bake": ["mix"], "heat": []}) == ["heat", "mix", "bake"]
    assert order_of_steps({"a": ["c"], "b": [], "c": ["b"]}) == ["b", "c", "a"]
    try:
        order_of_steps({"a": ["b"], "b": ["a"]})
        assert False, "must refuse"
    except ValueError:
        pass


def ripen(stock: list[tuple[str, int]], days: int) -> list[str]:
    """Let days pass over fruit that is still good for so many days; return what is spoiled by then.

    Fruit that is good for n days is spoiled after more than n. What spoils first is named first; fruit that
    spoils on the same day stays in the order of the stock.

    >>> ripen([("plum", 2), ("fig", 1), ("quince", 30)], 3)
    ['fig', 'plum']
    """
    spoiled = [(good_for, name) for name, good_for in stock if days > good_for]
    return [name for _, name in sorted(spoiled, key=lambda pair: pair[0])]


def test_ripen() -> None:
    assert ripen([], 5) == []
    assert ripen([("plum", 2), ("fig", 1), ("quince", 30)], 3) == ["fig", "plum"]
    assert ripen([("plum", 2)], 2) == []
    assert ripen([("b", 1), ("a", 1)], 2) == ["b", "a"]


def nutrition_summary(portions: list[tuple[str, float]], table: dict[str, dict[str, float]]) -> dict[str, float]:
    """Add up the nutrients of a meal.

    Parameters
    ----------
    portions : list of (food, grams)
    table : dict
        Nutrients of 100 g of each food. Foods that are not in it are skipped.

    Returns
    -------
    dict
        Sums by nutrient, rounded to one place.
    """
    sums: dict[str, float] = defaultdict(float)
    for food, grams in portions:
        for nutrient, per_hundred in table.get(food, {}).items():
            sums[nutrient] += per_hundred * grams / 100
    return {nutrient: round(value, 1) for nutrient, value in sums.items()}


def test_nutrition_summary() -> None:
    table = {"oats": {"protein": 13, "fat": 7}, "milk": {"protein": 3.4}}
    assert nutrition_summary([], table) == {}
    assert nutrition_summary([("oats", 50), ("milk", 200)], table) == {"protein": 13.3, "fat": 3.5}
    assert nutrition_summary([("gravel", 100)], table) == {}
    assert nutrition_summary([("milk", 10), ("milk", 10)], table) == {"protein": 0.7}


def menu_rotation(dishes, day, closed_on=6):
    """Dish of the day, counted from day 0; every seventh day (`closed_on` of each week) the kitchen is closed,
    'closed' is returned and the rotation pauses."""
    weeks, weekday = divmod(day, 7)
    if weekday == closed_on:
        return "closed"
    served_before = weeks * 6 + weekday - (weekday > closed_on)
    return dishes[served_before % len(dishes)]


def test_menu_rotation() -> None:
    card = ["stew", "curry", "pasta", "fish"]
    assert [menu_rotation(card, day) for day in range(5)] == ["stew", "curry", "pasta", "fish", "stew"]
    assert menu_rotation(card, 6) == "closed"
    assert menu_rotation(card, 7) == "pasta"
    assert menu_rotation(card, 1, closed_on=0) == "stew"
    assert menu_rotation(["tofu"], 100) == "tofu"


def make_timer_board():
    """Create the board of kitchen timers of a restaurant: returns `set_timer` and `tick`.

    `set_timer(name, seconds)` starts or restarts a timer. `tick(seconds)` lets time pass and returns the
    names of the timers that ran out, sorted; those are taken off the board.
    """
    left: dict[str, int] = {}

    def set_timer(name: str, seconds: int) -> None:
        left[name] = seconds

    def tick(seconds: int) -> list[str]:
        done = []
        for name in list(left):
            left[name] -= seconds
            if left[name] <= 0:
                done.append(name)
                del left[name]
        return sorted(done)

    return set_timer, tick


def test_make_timer_board() -> None:
    start, tick = make_timer_board()
    assert tick(10) == []
    start("pasta", 60)
    start("eggs", 30)
    assert tick(29) == []
    assert tick(1) == ["eggs"]
    start("pasta", 5)
    start("basil", 2)
    assert tick(5) == ["basil", "pasta"]
    assert tick(99) == []


def spice_level(word):
    """Read a word from a menu as a member of an enumeration of heat: mild, medium, hot, in this order.

    Case and surrounding spaces do not matter; members carry the values 1 to 3. Unknown words are mild.
    """
    Heat = Enum("Heat", ["MILD", "MEDIUM", "HOT"])
    return Heat.__members__.get(word.strip().upper(), Heat.MILD)


def test_spice_level() -> None:
    assert spice_level("hot").value == 3
    assert spice_level(" Medium ").name == "MEDIUM"
    assert spice_level("volcanic").name == "MILD"
    assert spice_level("mild").value == 1


def stack_plates(sizes: list[int]) -> int:
    """How many piles result if plates arrive one after the other and go onto the first pile whose top plate is
    at least as large, or start a new pile?"""
    tops: list[int] = []
    for size in sizes:
        for place, top in enumerate(tops):
            if top >= size:
                tops[place] = size
                break
        else:
            tops.append(size)
    return len(tops)


def test_stack_plates() -> None:
    assert stack_plates([]) == 0
    assert stack_plates([3, 2, 1]) == 1
    assert stack_plates([1, 2, 3]) == 3
    assert stack_plates([3, 3, 5, 2, 4]) == 2
    assert stack_plates([2, 4, 1, 3]) == 2
    assert stack_plates([2, 4, 3, 2, 4]) == 3


def common_ingredients(*recipes: list[str]) -> list[str]:
    """Ingredients that occur in every one of the recipes, in the order of the first; none without recipes."""
    if not recipes:
        return []
    shared = reduce(set.intersection, map(set, recipes))
    return [item for item in recipes[0] if item in shared]


def test_common_ingredients() -> None:
    assert common_ingredients() == []
    assert common_ingredients(["salt", "rice"]) == ["salt", "rice"]
    assert common_ingredients(["salt", "rice", "oil"], ["oil", "salt"], ["salt", "egg", "oil"]) == ["salt", "oil"]
    assert common_ingredients(["salt"], []) == []


def rate_recipe(stars: list[int]) -> str:
    """Show the average rating as five stars, filled up to the nearest whole star, then the number of ratings.

    >>> rate_recipe([5, 4, 4])
    '★★★★☆ (3)'
    """
    average = sum(stars) / len(stars) if stars else 0
    filled = int(average + 0.5)
    return "★" * filled + "☆" * (5 - filled) + f" ({len(stars)})"


def test_rate_recipe() -> None:
    assert rate_recipe([]) == "☆☆☆☆☆ (0)"
    assert rate_recipe([5]) == "★★★★★ (1)"
    assert rate_recipe([2, 3]) == "★★★☆☆ (2)"
    assert rate_recipe([1, 1, 2]) == "★☆☆☆☆ (3)"


def seat_orders(slips: str) -> dict[int, list[str]]:
    """Sort a waiter's slip by seat.

    Entries are separated by semicolons and look like '3: soup, tea' (seat, then dishes). A seat may occur
    more than once; its dishes are kept in the order in which they were called.

    >>> seat_orders("3: soup, tea")
    {3: ['soup', 'tea']}
    """
    orders: dict[int, list[str]] = {}
    for entry in filter(str.strip, slips.split(";")):
        seat, dishes = entry.split(":")
        orders.setdefault(int(seat), []).extend(dish.strip() for dish in dishes.split(","))
    return orders


def test_seat_orders() -> None:
    assert seat_orders("") == {}
    assert seat_orders("3: soup, tea") == {3: ["soup", "tea"]}
    assert seat_orders("1: ale; 2: rum ;1: pie") == {1: ["ale", "pie"], 2: ["rum"]}
    assert seat_orders("7:jam;") == {7: ["jam"]}


def thaw_hours(kilograms: float, in_water: bool = False) -> float:
    """Hours a frozen piece takes to thaw: ten per kilogram in the fridge, one per kilogram in water, but never
    less than half an hour, in steps of half an hour upwards."""
    hours = kilograms * (1 if in_water else 10)
    half_hours = -int(-hours * 2 // 1)
    return max(1, half_hours) / 2


def test_thaw_hours() -> None:
    assert thaw_hours(1) == 10
    assert thaw_hours(0.33) == 3.5
    assert thaw_hours(0.1, in_water=True) == 0.5
    assert thaw_hours(2.6, in_water=True) == 3.0


def leftovers_plan(portions: dict[str, int], eaters: int) -> list[str]:
    """Plan meals from leftovers, one dish a meal, always the dish of which most portions remain.

    A dish with fewer portions than there are eaters is of no use. Ties go to the dish listed first.

    >>> leftovers_plan({"a": 2, "b": 2}, 2)
    ['a', 'b']
    """
    left = dict(portions)
    plan = []
    while left:
        dish = max(left, key=left.get)
        if left[dish] < eaters:
            break
        plan.append(dish)
        left[dish] -= eaters
    return plan


def test_leftovers_plan() -> None:
    assert leftovers_plan({}, 2) == []
    assert leftovers_plan({"stew": 5, "rice": 4}, 2) == ["stew", "rice", "stew", "rice"]
    assert leftovers_plan({"stew": 1}, 2) == []
    assert leftovers_plan({"a": 2, "b": 2}, 2) == ["a", "b"]


def flatten_cookbook(book: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    """List (chapter, dish, ingredient) for everything in a nested cookbook, in its order."""
    rows = chain.from_iterable(
        ((chapter, dish, item) for item in items) for chapter, dishes in book.items() for dish, items in dishes.items()
    )
    return list(rows)


def test_flatten_cookbook() -> None:
    assert flatten_cookbook({}) == []
    book = {"soups": {"miso": ["dashi", "miso"]}, "pies": {"apple": ["apple"], "air": []}}
    assert flatten_cookbook(book) == [("soups", "miso", "dashi"), ("soups", "miso", "miso"), ("pies", "apple", "apple")]
    assert flatten_cookbook({"x": {}}) == []
