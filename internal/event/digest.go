package event

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Digest gives the hexadecimal SHA-256 of a value's JSON. Structs keep the order
// of their fields and maps are sorted, so equal values have equal digests. What
// cannot be encoded is a bug and panics.
func Digest(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("event: digest: %v", err))
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
