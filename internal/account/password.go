package account

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"gongkai/internal/errs"
)

// MaxPassword bounds what is hashed.
const MaxPassword = 200

// commonList are words that passwords are made of all over the world and in
// Chinese offices; an attacker's list begins with them.
//
//go:embed common.txt
var commonList string

var commonWords = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(commonList) {
		words[word] = true
	}
	return words
}()

// CheckPassword tells what is wrong with a new password, as an error on the
// field "password".
func (p Policy) CheckPassword(password string, of Person) error {
	var f errs.Fields
	length, lower := len([]rune(password)), strings.ToLower(password)
	switch {
	case length < p.Length:
		f.Add("password", "口令只有%d个字符，至少要%d个。", length, p.Length)
	case length > MaxPassword:
		f.Add("password", "口令太长，最多%d个字符。", MaxPassword)
	case classes(password) < p.Classes:
		f.Add("password", "口令要有小写字母、大写字母、数字、其他符号中的%d种，现在有%d种。", p.Classes, classes(password))
	case of.Login != "" && strings.Contains(lower, of.Login):
		f.Add("password", "口令不能包含登录名。")
	case common(lower):
		f.Add("password", "这个口令太常见，容易被猜到，请换一个。")
	case run(lower) || walk(lower):
		f.Add("password", "口令中有连续或者重复的字符（如 abcd、1234、aaaa），或者键盘上相邻的一串（如 1qaz、qwert），请换一个。")
	}
	return f.Err()
}

func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// unleet reads signs that stand for letters as those letters.
var unleet = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "@", "a", "$", "s", "!", "i")

// common tells whether what is left without digits and signs is on the list of
// common passwords, or one of its words again and again.
func common(lower string) bool {
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, word := range []string{lower, core, unleet.Replace(core), letters(lower), letters(unleet.Replace(core))} {
		if commonWords[word] || commonWords[once(word)] {
			return true
		}
	}
	return false
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// once gives the part of which a word is made by repeating it; the word itself
// when there is none.
func once(word string) string {
	for n := 1; n <= len(word)/2; n++ {
		if len(word)%n == 0 && strings.Repeat(word[:n], len(word)/n) == word {
			return word[:n]
		}
	}
	return word
}

// Rows and columns of a keyboard, and how much of one makes a password easy to
// guess: of a row of letters more, for words hold bits of them (liberty).
var (
	letterRows = []string{"qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"}
	otherLines = []string{"1234567890-=", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"}
	unshift    = strings.NewReplacer("!", "1", "@", "2", "#", "3", "$", "4", "%", "5", "^", "6", "&", "7", "*", "8", "(", "9", ")", "0", "_", "-", "+", "=",
		"{", "[", "}", "]", ":", ";", "\"", "'", "<", ",", ">", ".", "?", "/")
)

// walk tells whether the password goes along a line of the keyboard, there or
// back, with Shift or without.
func walk(lower string) bool {
	keys := unshift.Replace(lower)
	return along(keys, letterRows, 5) || along(keys, otherLines, 4)
}

func along(keys string, lines []string, most int) bool {
	for _, line := range lines {
		for i := 0; i+most <= len(line); i++ {
			part := []byte(line[i : i+most])
			if strings.Contains(keys, string(part)) {
				return true
			}
			slices.Reverse(part)
			if strings.Contains(keys, string(part)) {
				return true
			}
		}
	}
	return false
}

// run tells whether four characters in a row repeat, or count up or down.
func run(s string) bool {
	runes := []rune(s)
	same, up, down := 1, 1, 1
	for i := 1; i < len(runes); i++ {
		same, up, down = grow(same, runes[i]-runes[i-1] == 0), grow(up, runes[i]-runes[i-1] == 1), grow(down, runes[i-1]-runes[i] == 1)
		if same == 4 || up == 4 || down == 4 {
			return true
		}
	}
	return false
}

func grow(n int, goesOn bool) int {
	if goesOn {
		return n + 1
	}
	return 1
}
