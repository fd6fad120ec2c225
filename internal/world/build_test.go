package world

import (
	"testing"

	"gongkai/internal/account"
)

// The county must never fail to be built because of a password.
func TestPasswordsPassThePolicy(t *testing.T) {
	policy := account.Policy{Length: 8, Classes: 3}
	for range 20_000 {
		if made := password(); policy.CheckPassword(made, account.Person{}) != nil {
			t.Fatalf("%s is refused", made)
		}
	}
}
