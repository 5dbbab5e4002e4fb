set -e
primes() {
  local below=$1 n multiple count=0
  local -a composite=()
  for ((n = 2; n < below; n++)); do
    [[ ${composite[n]} ]] && continue
    count=$((count + 1))
    for ((multiple = n * n; multiple < below; multiple += n)); do composite[multiple]=1; done
  done
  echo "$count"
}

[[ $(primes 1000) == 168 ]]
