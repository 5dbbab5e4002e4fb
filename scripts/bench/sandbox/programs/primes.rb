def primes(below)
  composite = Array.new(below, false)
  (2...below).select do |n|
    next false if composite[n]
    (n * n).step(below - 1, n) { |multiple| composite[multiple] = true }
    true
  end
end

raise unless primes(10_000).size == 1229
