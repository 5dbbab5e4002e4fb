package helpers

// abs returns the absolute value of n.
func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// capitalize returns text with its first letter in upper case and the rest in lower case.
func capitalize(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + strings.ToLower(text[1:])
}

// bound returns an index of a sequence as one from its start: negative ones count from the end.
func bound(index, length int) int {
	if index < 0 {
		index += length
	}
	return max(0, min(index, length))
}

// center pads text on both sides to the given width. An odd blank is on the left if the width is odd.
func center(text string, width int, fill string) string {
	missing := width - len(text)
	if missing <= 0 {
		return text
	}
	left := missing/2 + missing&width&1
	return strings.Repeat(fill, left) + text + strings.Repeat(fill, missing-left)
}

// centered pads text on both sides to the given width. An odd blank is on the right.
func centered(text string, width int, fill string) string {
	missing := width - len(text)
	if missing <= 0 {
		return text
	}
	left := missing / 2
	return strings.Repeat(fill, left) + text + strings.Repeat(fill, missing-left)
}

// contains reports whether target is among items.
func contains[T comparable](items []T, target T) bool {
	for _, item := range items {
		if item == target {
			return true
		}
	}
	return false
}

// equal reports whether a and b hold the same items in the same order.
func equal[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// floatDiv returns a / b rounded toward negative infinity.
func floatDiv(a, b float64) float64 {
	return math.Round((a - floatMod(a, b)) / b)
}

// floatMod returns the remainder of a / b with the sign of b.
func floatMod(a, b float64) float64 {
	rest := math.Mod(a, b)
	if rest != 0 && (rest < 0) != (b < 0) {
		rest += b
	}
	return rest
}

// floatText returns the shortest text that reads back as x, with a point or an exponent.
func floatText(x float64) string {
	if size := math.Abs(x); size != 0 && (size < 1e-4 || size >= 1e16) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// floorDiv returns a / b rounded toward negative infinity.
func floorDiv(a, b int) int {
	quotient := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		quotient--
	}
	return quotient
}

// floorMod returns the remainder of a / b with the sign of b.
func floorMod(a, b int) int {
	rest := a % b
	if rest != 0 && (rest < 0) != (b < 0) {
		rest += b
	}
	return rest
}

// gcd returns the greatest common divisor of a and b.
func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

// indexFrom returns the index of part in text at or after start, or -1.
func indexFrom(text, part string, start int) int {
	if start > len(text) {
		return -1
	}
	i := strings.Index(text[start:], part)
	if i < 0 {
		return -1
	}
	return start + i
}

// isAlphanumeric reports whether text consists of letters and digits only.
func isAlphanumeric(text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return text != ""
}

// isDigits reports whether text consists of digits only.
func isDigits(text string) bool {
	for _, r := range text {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return text != ""
}

// isLetters reports whether text consists of letters only.
func isLetters(text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return text != ""
}

// lines splits text at its line breaks.
func lines(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// max returns the larger of a and b.
func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// min returns the smaller of a and b.
func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

// newDate returns the day, or an error if there is no such day.
func newDate(year, month, day int) (time.Time, error) {
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Year() != year || int(date.Month()) != month || date.Day() != day {
		return time.Time{}, fmt.Errorf("no such date: %d-%d-%d", year, month, day)
	}
	return date, nil
}

// padLeft fills text up on its left to the given width.
func padLeft(text string, width int, fill string) string {
	if len(text) >= width {
		return text
	}
	return strings.Repeat(fill, width-len(text)) + text
}

// padRight fills text up on its right to the given width.
func padRight(text string, width int, fill string) string {
	if len(text) >= width {
		return text
	}
	return text + strings.Repeat(fill, width-len(text))
}

// pow returns base raised to a non-negative exponent.
func pow(base, exponent int) int {
	result := 1
	for ; exponent > 0; exponent-- {
		result *= base
	}
	return result
}

// powMod returns base raised to exponent, modulo modulus.
func powMod(base, exponent, modulus int) int {
	result := 1 % modulus
	base %= modulus
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % modulus
		}
		base = base * base % modulus
	}
	if result < 0 {
		result += modulus
	}
	return result
}

// reverse returns the characters of text in reverse order.
func reverse(text string) string {
	runes := []rune(text)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// roundTo rounds x to the given number of decimal places, ties to the even digit.
func roundTo(x float64, places int) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', places, 64), 64)
	return rounded
}

// swapCase turns upper case into lower case and the other way round.
func swapCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}

// titleCase puts the first letter of each word in upper case and the rest in lower case.
func titleCase(text string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		isLetter := unicode.IsLetter(r)
		defer func() { inWord = isLetter }()
		if isLetter && !inWord {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, text)
}

// withCommas groups the digits before the decimal point in threes.
func withCommas(number string) string {
	whole, fraction := number, ""
	if i := strings.IndexByte(number, '.'); i >= 0 {
		whole, fraction = number[:i], number[i:]
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + fraction
}

// zeroFill puts zeros between the sign and the digits of text to reach the given width.
func zeroFill(text string, width int) string {
	sign := ""
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		sign, text = text[:1], text[1:]
	}
	for len(sign)+len(text) < width {
		text = "0" + text
	}
	return sign + text
}
