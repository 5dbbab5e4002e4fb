# %%
def is_palindrome(text: str) -> bool:
    """Whether it reads the same backwards."""
    cleaned = [c.lower() for c in text if c.isalnum()]
    return cleaned == cleaned[::-1]

# %%
def is_palindrome(text: str) -> bool:
    left, right = 0, len(text) - 1
    while left < right:
        if text[left] != text[right]:
            return False
        left += 1
        right -= 1
    return True

# %%
def run_length(text: str) -> list[tuple[str, int]]:
    runs = []
    for c in text:
        if runs and runs[-1][0] == c:
            runs[-1] = (c, runs[-1][1] + 1)
        else:
            runs.append((c, 1))
    return runs

# %%
def run_length(text: str) -> str:
    if not text:
        return ""
    result = ""
    previous = text[0]
    count = 1
    for c in text[1:]:
        if c == previous:
            count += 1
        else:
            result += previous + str(count)
            previous = c
            count = 1
    return result + previous + str(count)

# %%
def title_case(name: str) -> str:
    return " ".join(word[0].upper() + word[1:].lower() for word in name.split())

# %%
def count_vowels(text: str) -> int:
    vowels = set("aeiou")
    return sum(1 for c in text.lower() if c in vowels)

# %%
def count_vowels(text: str) -> int:
    return sum(c in "aeiouAEIOU" for c in text)

# %%
def digits_sum(n: int) -> int:
    return sum(int(d) for d in str(abs(n)))

# %%
def to_binary(n: int) -> str:
    if n == 0:
        return "0"
    bits = []
    while n > 0:
        bits.append(str(n % 2))
        n //= 2
    return "".join(reversed(bits))

# %%
def to_base(n: int, base: int) -> str:
    symbols = "0123456789abcdef"
    result = ""
    while n > 0:
        n, r = divmod(n, base)
        result = symbols[r] + result
    return result if result else "0"

# %%
def roman(n: int) -> str:
    values = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
              (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    result = ""
    for value, letters in values:
        while n >= value:
            result += letters
            n -= value
    return result

# %%
def try_parse(texts: list[str]) -> list[int]:
    numbers = []
    for t in texts:
        try:
            n = int(t)
        except ValueError:
            continue
        numbers.append(n)
    return numbers

# %%
def hanoi(n: int, a: str, b: str, c: str) -> list[tuple[str, str]]:
    if n == 0:
        return []
    return hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)

# %%
def caesar(text: str, shift: int) -> str:
    shifted = []
    for c in text:
        if c.isupper():
            shifted.append(chr((ord(c) - 65 + shift) % 26 + 65))
        elif c.islower():
            shifted.append(chr((ord(c) - 97 + shift) % 26 + 97))
        else:
            shifted.append(c)
    return "".join(shifted)

# %%
def vigenere(text: str, key: str) -> str:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    out = ""
    k = 0
    for c in text.lower():
        if c in alphabet:
            out += alphabet[(alphabet.index(c) + alphabet.index(key[k % len(key)])) % 26]
            k += 1
        else:
            out += c
    return out

# %%
def anagrams(a: str, b: str) -> bool:
    return sorted(a.replace(" ", "").lower()) == sorted(b.replace(" ", "").lower())

# %%
def longest_word(text: str) -> str:
    return max(text.split(), key=len)

# %%
def acronym(phrase: str) -> str:
    return "".join(w[0] for w in phrase.upper().split())

# %%
def zigzag(text: str, rows: int) -> str:
    lines = [""] * rows
    row, step = 0, 1
    for c in text:
        lines[row] += c
        if row == 0:
            step = 1
        elif row == rows - 1:
            step = -1
        row += step
    return "".join(lines)

# %%
def humanise(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"

# %%
def grade(points: int) -> str:
    if points >= 90:
        letter = "A"
    elif points >= 80:
        letter = "B"
    else:
        letter = "F"
    return letter

# %%
def lcs(a: str, b: str) -> int:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]

# %%
def edit_distance(a: str, b: str) -> int:
    previous = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        current = [i]
        for j, cb in enumerate(b, start=1):
            cost = 0 if ca == cb else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[len(b)]

# %%
def tokenize(text: str) -> list[str]:
    tokens = []
    number = ""
    for c in text:
        if c.isdigit() or c == ".":
            number += c
        else:
            if number:
                tokens.append(number)
                number = ""
            if not c.isspace():
                tokens.append(c)
    if number:
        tokens.append(number)
    return tokens

# %%
def compare_versions(a: str, b: str) -> int:
    left = [int(p) for p in a.split(".")]
    right = [int(p) for p in b.split(".")]
    while len(left) < len(right):
        left.append(0)
    right += [0] * (len(left) - len(right))
    return (left > right) - (left < right)

# %%
def compare_versions(a: str, b: str) -> int:
    left = [int(p) for p in a.split(".")]
    right = [int(p) for p in b.split(".")]
    if left < right:
        return -1
    return 1 if left > right else 0

# %%
def luhn(number: str) -> bool:
    total = 0
    for i, d in enumerate(reversed(number)):
        n = int(d)
        if i % 2 == 1:
            n *= 2
            if n > 9:
                n -= 9
        total += n
    return total % 10 == 0

# %%
def snake(name: str) -> str:
    out = ""
    for i, c in enumerate(name):
        if c.isupper():
            if i > 0:
                out += "_"
            out += c.lower()
        else:
            out += c
    return out

# %%
def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(r.title() for r in rest)

# %%
def camel(name: str) -> str:
    parts = name.split("_")
    return parts[0] + "".join(p.capitalize() for p in parts[1:])

# %%
def wrap(text: str, width: int) -> list[str]:
    lines = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        lines.append(line)
    return lines

# %%
def mask(card: str) -> str:
    return "*" * (len(card) - 4) + card[-4:]

# %%
def first_unique(text: str) -> str | None:
    for c in text:
        if text.count(c) == 1:
            return c
    return None

# %%
def password_ok(p: str) -> bool:
    has_digit = any(c.isdigit() for c in p)
    has_upper = any(map(str.isupper, p))
    return len(p) >= 8 and has_digit and has_upper

# %%
def password_ok(p: str) -> bool:
    has_digit = has_upper = False
    for c in p:
        has_digit = has_digit or c.isdigit()
    return has_digit

# %%
def password_ok(p: str) -> bool:
    has_digit = False
    has_upper = False
    for c in p:
        has_digit = has_digit or c.isdigit()
        has_upper |= c.isupper()
    return has_digit and has_upper

# %%
def email_parts(email: str) -> tuple[str, str]:
    if email.count("@") != 1:
        raise ValueError(f"no address: {email}")
    user, host = email.split("@")
    return user, host

# %%
def vowels_removed(s: str) -> str:
    for v in "aeiou":
        s = s.replace(v, "")
    return s

# %%
def index_of(xs: list[str], wanted: str) -> int:
    for i in range(len(xs)):
        if xs[i] == wanted:
            return i
    return -1

# %%
def index_of(xs: list[str], wanted: str) -> int:
    try:
        return xs.index(wanted)
    except ValueError:
        return -1

# %%
def find_all(text: str, part: str) -> list[int]:
    found = []
    at = text.find(part)
    while at != -1:
        found.append(at)
        at = text.find(part, at + 1)
    return found

# %%
def f(text: str) -> str:
    chars = list(text)
    i, j = 0, len(chars) - 1
    while i < j:
        chars[i], chars[j] = chars[j], chars[i]
        i += 1
        j -= 1
    return "".join(chars)

# %%
def f(text: str) -> list[str]:
    chars = sorted(set(text.lower()))
    return chars

# %%
def f(text: str) -> int:
    a, b = map(int, text.split())
    return a + b

# %%
def f(text: str) -> str:
    return "".join(filter(str.isdigit, text))

# %%
def f(text: str) -> bool:
    return bool(text) and text[0].isupper() and not text.endswith(".")

# %%
def f(text: str) -> str:
    result = []
    for word in text.split(" "):
        if word and word[0] in "aeiou":
            result.append(word + "way")
        else:
            result.append(word[1:] + word[:1] + "ay")
    return " ".join(result)

# %%
def f(s: str) -> bool:
    stack: list[str] = []
    opening = "([{"
    closing = ")]}"
    for c in s:
        if c in opening:
            stack.append(c)
        elif c in closing:
            if len(stack) == 0:
                return False
            if opening.index(stack.pop()) != closing.index(c):
                return False
    return len(stack) == 0

# %%
def f(a: str, b: str) -> str:
    carry = 0
    digits = []
    for x, y in zip(reversed(a.zfill(len(b))), reversed(b.zfill(len(a)))):
        carry, d = divmod(int(x) + int(y) + carry, 10)
        digits.append(str(d))
    if carry > 0:
        digits.append(str(carry))
    return "".join(digits[::-1])

# %%
def f(a: int, b: int, op: str) -> float:
    if op == "+":
        return a + b
    elif op == "/":
        if b == 0:
            raise ValueError("division by zero")
        return a / b
    else:
        raise ValueError(f"unknown operator {op}")

# %%
def f(s: str) -> str:
    out = ""
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out += s[i] if j - i == 1 else f"{s[i]}{j - i}"
        i = j
    return out

# %%
def f(s: str) -> str:
    best = ""
    for i in range(len(s)):
        for j in range(i + 1, len(s) + 1):
            part = s[i:j]
            if part == part[::-1] and len(part) > len(best):
                best = part
    return best

# %%
def f(s: str) -> int:
    total = 0
    sign = 1
    for c in s:
        if c == "-":
            sign = -1
        elif c in "0123456789":
            total = total * 10 + (ord(c) - ord("0"))
    return sign * total

# %%
def f(text: str, old: str, new: str) -> str:
    parts = text.split(old)
    return new.join(parts)

# %%
def f(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]

# %%
def f(x: int) -> str:
    return "even" if x % 2 == 0 else "odd"

# %%
def f(x: int) -> str:
    return ["even", "odd"][x % 2]

# %%
def f(name: str, times: int = 2, mark: str = "!") -> str:
    return name * times + mark
def g(name: str) -> str:
    return f(name, mark="?")
