#include <bits/stdc++.h>

std::vector<int> primes(int below) {
  std::vector<bool> composite(below);
  std::vector<int> found;
  for (int n = 2; n < below; n++) {
    if (composite[n]) continue;
    found.push_back(n);
    for (int multiple = n * n; multiple < below; multiple += n) composite[multiple] = true;
  }
  return found;
}

int main() { assert(primes(10'000).size() == 1229); }
