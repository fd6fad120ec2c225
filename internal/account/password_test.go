package account_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"gongkai/internal/account"
)

func TestPasswordsThatAreGood(t *testing.T) {
	p := account.DefaultPolicy()
	for _, password := range []string{good, "Other#Words77", "liberty Bell 88", "政务公开2026aB", "Xk9-mQ2-vT7w", "Tr0ub4dor&3x"} {
		if err := p.CheckPassword(password, account.Person{Login: "lina"}); err != nil {
			t.Errorf("%s: %v", password, err)
		}
	}
}

// Whatever is taken keeps every rule, and a stricter policy takes no more.
func FuzzPassword(f *testing.F) {
	for _, s := range []string{good, "Password#2026", "1qaz2wsx", "", "aaaa", "Lina#20267xyz", "\xff\xfe", "政务公开2026aB", strings.Repeat("aB3#", 60)} {
		f.Add(s, "lina")
	}
	lax, strict := account.DefaultPolicy(), account.DefaultPolicy()
	strict.Length, strict.Classes = 14, 4
	f.Fuzz(func(t *testing.T, password, login string) {
		of := account.Person{Login: account.CleanLogin(login)}
		err := lax.CheckPassword(password, of)
		if err != nil {
			if strict.CheckPassword(password, of) == nil {
				t.Errorf("the stricter policy takes %q", password)
			}
			return
		}
		n := len([]rune(password))
		if n < lax.Length || n > account.MaxPassword {
			t.Errorf("%q has %d characters", password, n)
		}
		if of.Login != "" && strings.Contains(strings.ToLower(password), of.Login) {
			t.Errorf("%q holds the login", password)
		}
		letters := strings.IndexFunc(password, unicode.IsLetter) >= 0
		if digits := strings.IndexFunc(password, unicode.IsDigit) >= 0; !letters && !digits {
			t.Errorf("%q has no three classes", password)
		}
	})
}

// A common word stays common however it is dressed up at its ends.
func TestCommonWordsInDisguise(t *testing.T) {
	p := account.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"password", "guanliyuan", "zhengwugongkai", "welcome", "chushimima", "admin"}).Draw(t, "word")
		word = strings.ToUpper(word[:1]) + word[1:]
		front := rapid.StringMatching(`[#$%&*2-9]{0,6}`).Draw(t, "front")
		behind := rapid.StringMatching(`[#%&*@0-9]{4,8}`).Draw(t, "behind")
		times := rapid.IntRange(1, 2).Draw(t, "times")
		if err := p.CheckPassword(front+strings.Repeat(word, times)+behind, account.Person{}); err == nil {
			t.Fatalf("%s%s%s is taken", front, word, behind)
		}
	})
}
