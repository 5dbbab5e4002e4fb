# %%
@dataclass
class Tree:
    value: int
    left: "Tree | None"
    right: "Tree | None"

def depth(tree: Tree | None) -> int:
    if tree is None:
        return 0
    return 1 + max(depth(tree.left), depth(tree.right))

def insert(tree: Tree | None, value: int) -> Tree:
    if tree is None:
        return Tree(value, None, None)
    if value < tree.value:
        tree.left = insert(tree.left, value)
    elif value > tree.value:
        tree.right = insert(tree.right, value)
    return tree

def in_order(tree: Tree | None) -> list[int]:
    if tree is None:
        return []
    return in_order(tree.left) + [tree.value] + in_order(tree.right)

def build(values: list[int]) -> list[int]:
    root = None
    for v in values:
        root = insert(root, v)
    return in_order(root)

# %%
class Account:
    def __init__(self, owner: str, balance: float = 0.0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount: float) -> None:
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(amount)

    def withdraw(self, amount: float) -> bool:
        if amount > self.balance:
            return False
        self.balance -= amount
        self.history.append(-amount)
        return True

def simulate(moves: list[float]) -> tuple[float, int]:
    account = Account("me")
    refused = 0
    for move in moves:
        if move >= 0:
            account.deposit(move)
        elif not account.withdraw(-move):
            refused += 1
    return account.balance, refused

# %%
class LruCache:
    def __init__(self, capacity: int):
        self.capacity = capacity
        self.values: dict[str, int] = {}
        self.order: list[str] = []

    def get(self, key: str) -> int | None:
        if key not in self.values:
            return None
        self.order.remove(key)
        self.order.append(key)
        return self.values[key]

    def put(self, key: str, value: int) -> None:
        if key in self.values:
            self.order.remove(key)
        elif len(self.order) >= self.capacity:
            oldest = self.order.pop(0)
            del self.values[oldest]
        self.values[key] = value
        self.order.append(key)

# %%
class Queue:
    def __init__(self):
        self.inbox: list[int] = []
        self.outbox: list[int] = []

    def _shift(self) -> None:
        while self.inbox:
            self.outbox.append(self.inbox.pop())

    def push(self, x: int) -> None:
        self.inbox.append(x)

    def pop(self) -> int | None:
        if not self.outbox:
            self._shift()
        return self.outbox.pop() if self.outbox else None

# %%
@dataclass
class Point:
    x: float
    y: float

    def distance(self, other: "Point") -> float:
        return math.hypot(self.x - other.x, self.y - other.y)

def perimeter(points: list[Point]) -> float:
    total = 0.0
    for i in range(len(points)):
        total += points[i].distance(points[(i + 1) % len(points)])
    return total

# %%
@dataclass
class Employee:
    name: str
    department: str
    salary: int

def payroll(staff: list[Employee]) -> dict[str, int]:
    totals = {}
    for person in staff:
        totals[person.department] = totals.get(person.department, 0) + person.salary
    return totals

def best_paid(staff: list[Employee]) -> Employee | None:
    return max(staff, key=lambda e: e.salary, default=None)

# %%
@dataclass
class Task:
    name: str
    needs: list[str]

def order(tasks: list[Task]) -> list[str]:
    done: list[str] = []
    waiting = list(tasks)
    while waiting:
        ready = [t for t in waiting if all(n in done for n in t.needs)]
        if not ready:
            raise ValueError("a circle")
        done += sorted(t.name for t in ready)
        waiting = [t for t in waiting if t.name not in done]
    return done

# %%
class Matrix:
    def __init__(self, rows: list[list[float]]):
        self.rows = rows
        self.height = len(rows)
        self.width = len(rows[0]) if rows else 0

    def transposed(self) -> "Matrix":
        return Matrix([[self.rows[r][c] for r in range(self.height)] for c in range(self.width)])

    def times(self, other: "Matrix") -> "Matrix":
        result = []
        for row in self.rows:
            result.append([sum(a * b for a, b in zip(row, column)) for column in other.transposed().rows])
        return Matrix(result)

# %%
class Counter2:
    def __init__(self):
        self.counts = {}

    def add(self, word: str) -> None:
        self.counts[word] = self.counts.get(word, 0) + 1

    def top(self, n: int) -> list[str]:
        return sorted(self.counts, key=lambda w: (-self.counts[w], w))[:n]

# %%
class Trie:
    def __init__(self):
        self.children: dict[str, "Trie"] = {}
        self.ends = False

    def insert(self, word: str) -> None:
        node = self
        for c in word:
            if c not in node.children:
                node.children[c] = Trie()
            node = node.children[c]
        node.ends = True

    def has(self, word: str) -> bool:
        node = self
        for c in word:
            child = node.children.get(c)
            if child is None:
                return False
            node = child
        return node.ends

# %%
class Node:
    def __init__(self, value: int, next: "Node | None" = None):
        self.value = value
        self.next = next

def reverse(head: Node | None) -> Node | None:
    previous = None
    while head is not None:
        following = head.next
        head.next = previous
        previous = head
        head = following
    return previous

def length(head: Node | None) -> int:
    return 0 if head is None else 1 + length(head.next)
