#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

static int primes(int below) {
  bool *composite = calloc(below, sizeof(bool));
  int found = 0;
  for (int n = 2; n < below; n++) {
    if (composite[n]) continue;
    found++;
    for (int multiple = n * n; multiple < below; multiple += n) composite[multiple] = true;
  }
  free(composite);
  return found;
}

int main(void) { assert(primes(10000) == 1229); }
