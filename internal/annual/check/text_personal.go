package check

import (
	"strings"
	"time"
)

// personalKind is a sort of personal number.
type personalKind string

const (
	identityNumber    personalKind = "居民身份证号码"
	oldIdentityNumber personalKind = "15位居民身份证号码"
	mobileNumber      personalKind = "手机号码"
	bankCard          personalKind = "银行卡号"
)

// personalNumber is a personal number found in a text.
type personalNumber struct {
	kind   personalKind
	start  int    // byte
	masked string // as it may be shown: 138****1234
}

// findPersonal finds identity numbers, mobile numbers and bank cards in a tidy
// text. Numbers in addresses on the net, amounts and longer numbers are none.
func findPersonal(s string) []personalNumber {
	var found []personalNumber
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		digits, end := digitRun(s, i)
		start := i
		i = end
		if len(digits) < 11 {
			continue
		}
		if len(digits) == 17 && end < len(s) && (s[end] == 'X' || s[end] == 'x') {
			digits, end = digits+"X", end+1
		}
		if !standsAlone(s, start, end) {
			continue
		}
		if kind := personalOf(digits); kind != "" {
			found = append(found, personalNumber{kind, start, mask(kind, digits)})
		}
	}
	return found
}

// standsAlone tells numbers that are no part of an address, an amount or a
// longer string.
func standsAlone(s string, start, end int) bool {
	before, after := runeBefore(s, start), runeAt(s, end)
	if isASCIIWord(before) || strings.ContainsRune("./=?&#%+-", before) && !isSeparator(s, start) || isASCIIWord(after) {
		return false
	}
	if after == '.' && isDigitAt(s, end+1) || after == '/' && !isDigitAt(s, end+1) {
		return false
	}
	return after == 0 || !strings.ContainsRune("元万亿件条份次人户个亩吨页", after)
}

// isSeparator tells a slash or dash between two telephone numbers.
func isSeparator(s string, start int) bool {
	return start >= 2 && (s[start-1] == '/' || s[start-1] == '-') && isDigit(s[start-2])
}

func isDigitAt(s string, i int) bool { return i < len(s) && isDigit(s[i]) }

func personalOf(digits string) personalKind {
	switch n := len(digits); {
	case n == 18 && validIdentity(digits):
		return identityNumber
	case n == 15 && validOldIdentity(digits):
		return oldIdentityNumber
	case n == 11 && digits[0] == '1' && digits[1] >= '3':
		return mobileNumber
	case n >= 16 && n <= 19 && cardPrefix(digits) && luhn(digits):
		return bankCard
	}
	return ""
}

// validIdentity checks region, birthday and check digit of an identity number
// (GB 11643-1999).
func validIdentity(id string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(id[i]-'0') * w
	}
	return "10X98765432"[sum%11] == id[17] && validRegion(id) && validBirthday(id[6:14])
}

func validOldIdentity(id string) bool { return validRegion(id) && validBirthday("19"+id[6:12]) }

// validRegion checks that the number begins with a province: 11 to 65, 71, 81, 82.
func validRegion(id string) bool {
	p := int(id[0]-'0')*10 + int(id[1]-'0')
	return p >= 11 && p <= 65 && id[1] != '0' || p == 71 || p == 81 || p == 82
}

func validBirthday(d string) bool {
	t, err := time.Parse("20060102", d)
	return err == nil && t.Year() >= 1900 && t.Year() < 2100
}

// cardPrefix tells numbers that begin as bank cards in use in China do.
func cardPrefix(digits string) bool {
	return strings.HasPrefix(digits, "62") || strings.HasPrefix(digits, "9558") ||
		len(digits) == 16 && (digits[0] == '4' || digits[0] == '5' && digits[1] >= '1' && digits[1] <= '5' || strings.HasPrefix(digits, "35"))
}

// luhn checks the check digit of a card number (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := 0; i < len(digits); i++ {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// mask hides the middle of a number: findings must not spread what they found.
func mask(kind personalKind, digits string) string {
	head, tail := 3, 4
	switch kind {
	case identityNumber, oldIdentityNumber:
		head, tail = 2, 3
	case bankCard:
		head = 0
	}
	return digits[:head] + strings.Repeat("*", len(digits)-head-tail) + digits[len(digits)-tail:]
}
