package main

import "fmt"

func primes(below int) []int {
	composite := make([]bool, below)
	found := []int{}
	for n := 2; n < below; n++ {
		if composite[n] {
			continue
		}
		found = append(found, n)
		for multiple := n * n; multiple < below; multiple += n {
			composite[multiple] = true
		}
	}
	return found
}

func main() {
	if count := len(primes(10_000)); count != 1229 {
		panic(fmt.Sprint(count))
	}
}
