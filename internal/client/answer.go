package client

import "context"

// Answer is what the first call with an idempotency key got, kept for those who
// ask again.
type Answer struct {
	Request string            // digest of method, address and body: another request may not use the same key
	Status  int               // 0 while the first call runs
	Header  map[string]string // Content-Type, ETag
	Body    []byte
}

// Answers keeps what calls with an idempotency key were answered.
type Answers interface {
	// Claim notes that a caller's call with a key begins. It gives the answer that
	// is kept when the key was used before, and whether this call is the first.
	Claim(ctx context.Context, caller, key, request string) (kept Answer, first bool, err error)
	// Keep keeps the answer of the first call.
	Keep(ctx context.Context, caller, key string, a Answer) error
	// Release forgets a call that failed, so that it can be tried again.
	Release(ctx context.Context, caller, key string) error
}
