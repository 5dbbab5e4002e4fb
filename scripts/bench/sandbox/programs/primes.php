<?php
function primes(int $below): array {
    $composite = array_fill(0, $below, false);
    $found = [];
    for ($n = 2; $n < $below; $n++) {
        if ($composite[$n]) continue;
        $found[] = $n;
        for ($multiple = $n * $n; $multiple < $below; $multiple += $n) $composite[$multiple] = true;
    }
    return $found;
}

assert(count(primes(10_000)) === 1229);
