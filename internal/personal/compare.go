package personal

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// Ends tells whether one of an owner's data of some kinds ends with what somebody
// says it does. Nothing is handed out, and all are compared, so that the time it
// takes tells nothing.
func (v *Vault) Ends(ctx context.Context, owner event.Subject, kinds []Kind, end string) (bool, error) {
	data, err := v.Store.OfOwner(ctx, owner)
	if err != nil || end == "" {
		return false, err
	}
	found := 0
	for _, d := range data {
		if d.Sealed == nil || !slices.Contains(kinds, d.Kind) {
			continue
		}
		plain, err := v.Seals.Open(place(d.ID), d.Sealed)
		if err != nil {
			return false, err
		}
		text := strings.ToUpper(string(plain))
		found |= subtle.ConstantTimeCompare([]byte(text[max(0, len(text)-len(end)):]), []byte(end))
	}
	return found == 1, nil
}

// Note records that the public was let at an owner's data by what it knew of them.
func (v *Vault) Note(ctx context.Context, organ string, owner event.Subject, kind event.Kind) error {
	return v.Store.Append(ctx, v.pen(account.Actor{ID: event.Public}).Write(organ, owner, kind, map[string]string{}))
}
