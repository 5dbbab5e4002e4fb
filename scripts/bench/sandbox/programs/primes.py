def primes(below):
    sieve = [True] * below
    for n in range(2, below):
        if sieve[n]:
            yield n
            for multiple in range(n * n, below, n):
                sieve[multiple] = False


assert sum(1 for _ in primes(10_000)) == 1229
