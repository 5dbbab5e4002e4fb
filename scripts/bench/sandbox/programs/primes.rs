fn primes(below: usize) -> Vec<usize> {
    let mut composite = vec![false; below];
    let mut found = vec![];
    for n in 2..below {
        if composite[n] {
            continue;
        }
        found.push(n);
        for multiple in (n * n..below).step_by(n) {
            composite[multiple] = true;
        }
    }
    found
}

fn main() {
    assert_eq!(primes(10_000).len(), 1229);
}
