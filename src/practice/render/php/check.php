// Calls renderings with their examples. Before this text stands `$renderings`: the code, the entry's name, and the source
// of a list of [arguments, expected], where an expected error is `RAISED` and nothing expected `NOTHING`.
const RAISED = "\0raised";
const NOTHING = "\0nothing";

set_error_handler(static function (int $level, string $message): bool {
    throw new ErrorException($message);
});
pcntl_async_signals(true);
pcntl_signal(SIGALRM, static function (): void {
    throw new Error('out of time');
});

function same(mixed $a, mixed $b): bool
{
    if (is_float($b)) {
        return (is_float($a) || is_int($a)) && ($a == $b || abs($a - $b) <= 1e-9 * max(1, abs($a), abs($b)) || (is_nan((float) $a) && is_nan($b)));
    }
    if (is_array($b)) {
        if (!is_array($a) || count($a) !== count($b) || array_is_list($a) !== array_is_list($b)) {
            return false;
        }
        foreach ($b as $key => $value) {
            if (!array_key_exists($key, $a) || !same($a[$key], $value)) {
                return false;
            }
        }
        return true;
    }
    if ($b instanceof DateTimeInterface) {
        return $a == $b;
    }
    if (is_object($b)) {
        return is_object($a) && $a::class === $b::class && same(get_object_vars($a), get_object_vars($b));
    }
    return $a === $b;
}

function firstDifference(int $index, string $code, string $entry, string $cases): string
{
    $uses = 'use DateTimeImmutable; use InvalidArgumentException;';
    $strict = str_contains($code, 'strict_types') ? 'declare(strict_types=1);' : '';
    $plain = str_replace(['<?php', 'declare(strict_types=1);'], '', $code);
    eval("$strict namespace P$index; $uses $plain");
    $all = eval("namespace P$index; $uses return $cases;");
    foreach ($all as [$arguments, $expected]) {
        $shown = $entry . '(' . substr(json_encode($arguments), 1, -1) . ')';
        try {
            $result = ("P$index\\$entry")(...$arguments);
        } catch (Throwable $error) {
            if ($expected === RAISED) {
                continue;
            }
            return "$shown raised {$error->getMessage()}, expected " . json_encode($expected);
        }
        if ($expected === RAISED) {
            return "$shown is " . json_encode($result) . ', expected an error';
        }
        if ($expected !== NOTHING && !same($result, $expected)) {
            return "$shown is " . json_encode($result) . ', expected ' . json_encode($expected);
        }
    }
    return 'ok';
}

foreach ($renderings as $index => [$code, $entry, $cases]) {
    ob_start();
    pcntl_alarm(5);
    try {
        $answer = firstDifference($index, $code, $entry, $cases);
    } catch (Throwable $error) {
        $answer = $error::class . ': ' . $error->getMessage();
    }
    pcntl_alarm(0);
    ob_end_clean();
    echo $index, ' ', preg_replace('/\s+/', ' ', substr($answer, 0, 500)), "\n";
}
