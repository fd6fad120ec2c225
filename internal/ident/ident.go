// Package ident makes the keys of records and the secrets of sessions and
// tokens. It is the only place that asks the machine for randomness.
//
// A key is 26 characters of Crockford's base 32: 48 bits of milliseconds, then
// 80 random bits, so that keys sort by the time they were made and nobody can
// guess one. The letters I, L, O and U do not occur; a person can read a key
// over the telephone.
package ident

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
	"sync"
	"sync/atomic"

	"gongkai/internal/clock"
)

// Is tells whether a text has the form of a key.
func Is(text string) bool {
	return len(text) == Size && strings.Trim(text, alphabet) == ""
}

// Source makes keys that never repeat.
type Source interface {
	New() string
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var crockford = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// Size is the length of a key.
const Size = 26

// Random makes keys from the clock and the machine's randomness.
type Random struct{ Clock clock.Clock }

// New makes a key.
func (r Random) New() string { return encode(r.raw()) }

func (r Random) raw() (raw [16]byte) {
	binary.BigEndian.PutUint64(raw[:8], uint64(r.Clock.Now().UnixMilli())<<16)
	rand.Read(raw[6:]) // never fails: the program ends when there is no randomness
	return raw
}

func encode(raw [16]byte) string { return crockford.EncodeToString(raw[:])[:Size] }

// Ordered makes keys as Random does, each greater than the one before, so that
// what one act writes keeps its order also within a millisecond. It may be used
// from many goroutines; it must not be copied.
type Ordered struct {
	Clock clock.Clock

	mu   sync.Mutex
	last [16]byte
}

// New makes a key.
func (o *Ordered) New() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	raw := Random{o.Clock}.raw()
	if bytes.Compare(raw[:], o.last[:]) <= 0 {
		raw = after(o.last)
	}
	o.last = raw
	return encode(raw)
}

// after gives a greater key by a random step of at most 64 bits, which nobody
// can guess either.
func after(last [16]byte) [16]byte {
	step := binary.BigEndian.Uint64(Bytes(8)) | 1
	low, carry := bits.Add64(binary.BigEndian.Uint64(last[8:]), step, 0)
	high, _ := bits.Add64(binary.BigEndian.Uint64(last[:8]), 0, carry)
	binary.BigEndian.PutUint64(last[8:], low)
	binary.BigEndian.PutUint64(last[:8], high)
	return last
}

// Counting makes keys that count up from 1, for tests whose results are
// compared with files. It may be used from many goroutines.
type Counting struct{ n atomic.Int64 }

// New makes the next key.
func (c *Counting) New() string { return fmt.Sprintf("%026d", c.n.Add(1)) }

// Valid tells whether a string looks like a key.
func Valid(key string) bool {
	if len(key) != Size {
		return false
	}
	for i := range len(key) {
		c := key[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// Secret makes a secret of 160 random bits in the same letters: session tokens,
// API tokens, invitations.
func Secret() string {
	var raw [20]byte
	rand.Read(raw[:])
	return crockford.EncodeToString(raw[:])
}

// Bytes gives n random bytes: keys, nonces, salts.
func Bytes(n int) []byte {
	raw := make([]byte, n)
	rand.Read(raw)
	return raw
}
