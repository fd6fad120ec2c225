package intake

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/org"
	"gongkai/internal/personal"
)

// How often a number may be tried: four digits are guessed in ten thousand tries.
const (
	triesByBoth    = 5  // an address with one number, in an hour
	triesByAddress = 40 // an address, in an hour
	triesByNumber  = 20 // a number, in an hour
	triesADay      = 60 // a number, in a day
)

// Tracked is the kind of event of somebody coming to look at their request.
const Tracked event.Kind = "personal.compared"

var (
	errNoMatch = errs.New(errs.NotFound, "申请编号、受理机关和验证信息对不上，请逐项核对。验证信息是申请时填写的电话或者证件号码的最后四位，也可以是回执上的查询码。")
	tooOften   = "试错次数太多，为保护申请人的个人信息，请在%s以后再试。也可以持身份证明到受理机关当面查询，或者打电话询问。"
)

// Number gives a number as it is kept: brackets and blanks as people type them
// are understood.
func Number(text string) string {
	text = strings.Join(strings.Fields(text), "")
	text = strings.NewReplacer("(", "〔", ")", "〕", "（", "〔", "）", "〕", "[", "〔", "]", "〕", "【", "〔", "】", "〕").Replace(text)
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}

// Track gives the request with a number to whoever knows the last four characters
// of a telephone or identity number in it, or the code of its receipt. What is
// wrong it does not tell.
func (c *Counter) Track(ctx context.Context, address, organ, number, proof string) (id string, err error) {
	number, proof = Number(number), strings.ToUpper(strings.Join(strings.Fields(proof), ""))
	limits, err := c.tries(ctx, "track", address, organ, number, len([]rune(proof)) != codeLength)
	if err != nil {
		return "", err
	}
	r, err := c.Store.Numbered(ctx, organ, number)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return "", err
	}
	ok, err := c.proves(ctx, r, proof)
	switch {
	case err != nil:
		return "", err
	case !ok || r.ID == "":
		return "", errNoMatch
	}
	if err := c.Vault.Note(ctx, r.Organ, foi.Subject(r.ID), Tracked); err != nil {
		return "", err // what is not on record is not shown
	}
	return r.ID, c.Store.Forgive(ctx, c.Clock.Now(), limits)
}

// tries counts a try with a number, of which there may be none. A short proof is
// counted for the number as well, from wherever it is tried; a code is too long to
// be guessed, and nobody can lock out whoever has it.
func (c *Counter) tries(ctx context.Context, what, address, organ, number string, short bool) ([]Limit, error) {
	now := c.Clock.Now()
	from, at := c.Seals.Blind("address", address), c.Seals.Blind("number", organ+"/"+number)
	limits := []Limit{{what + "-both", c.Seals.Blind("both", from+at), triesByBoth, time.Hour}, {what + "-address", from, triesByAddress, time.Hour}}
	if short {
		limits = append(limits, Limit{what + "-number", at, triesByNumber, time.Hour}, Limit{what + "-day", at, triesADay, 24 * time.Hour})
	}
	used, err := c.Store.Try(ctx, now, limits)
	if err == nil && used != nil {
		err = errs.New(errs.TooMany, tooOften, until(*used, now))
	}
	return limits, err
}

func until(l Limit, now time.Time) string {
	if l.Per > time.Hour {
		return l.Since(now).Add(l.Per).In(now.Location()).Format("1月2日15:04")
	}
	return over(l, now)
}

// proofLength is how many last characters are asked for.
const proofLength = 4

// proves compares. For a request that is not there the same is done.
func (c *Counter) proves(ctx context.Context, r foi.Request, proof string) (bool, error) {
	if same(proof, c.TrackCode(r.ID)) {
		return true, nil
	}
	if len([]rune(proof)) != proofLength {
		return false, nil
	}
	owners := []event.Subject{foi.Subject("none")}
	for _, p := range r.Parties {
		if p.Role == foi.IsApplicant || p.Role == foi.IsAgent { // one who joined in must not withdraw for all
			kind, id, _ := strings.Cut(p.Owner, "/")
			owners = append(owners, event.Subject{Type: kind, ID: id})
		}
	}
	for _, owner := range owners {
		ok, err := c.Vault.Ends(ctx, owner, []personal.Kind{personal.Phone, personal.IDNumber, personal.Other}, proof)
		if ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// codeLetters are letters and digits that nobody takes for each other.
const codeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// codeLength is how long a code is: a million million, which nobody tries out.
const codeLength = 8

// code makes a code that only the key file can make.
func (c *Counter) code(kind, text string) string {
	digest := c.Seals.Blind(kind, text)
	var b strings.Builder
	for i := range codeLength {
		n := strings.IndexByte("0123456789abcdef", digest[2*i])<<4 + strings.IndexByte("0123456789abcdef", digest[2*i+1])
		b.WriteByte(codeLetters[n%len(codeLetters)])
	}
	return b.String()
}

// TrackCode gives the code of a receipt, for applicants without telephone or
// identity number.
func (c *Counter) TrackCode(request string) string { return c.code("request-track", request) }

// Public gives the organs that take requests (条例§27): those that act in their
// own name.
func Public(t *org.Tree) []org.Node {
	var all []org.Node
	for _, root := range t.Children("") {
		for _, n := range t.Subtree(root.ID) {
			if !n.Ended && n.Nature != org.Internal {
				all = append(all, n)
			}
		}
	}
	return all
}
