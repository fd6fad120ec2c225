package event

import (
	"encoding/binary"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// leafVersion is the first byte of every leaf.
const leafVersion = 1

// Leaf gives the canonical bytes of an event, over which the log is made.
// Anybody can make them again in any language:
//
//	byte 01                     version of the form
//	then eight fields, each as  its length in bytes (4 bytes, big-endian), its bytes:
//	  id                        the event's key, 26 letters
//	  at                        microseconds since 1970-01-01 UTC, in decimal
//	  actor                     UTF-8
//	  organ                     UTF-8, empty when it is no organ's business
//	  subject                   type, "/", id
//	  kind                      UTF-8
//	  data                      the JSON text exactly as it was written
//	  state                     64 hexadecimal digits, or empty
//
// The hash of a leaf is SHA-256 over the byte 00 and these bytes (RFC 6962 2.1).
// Two different events never have the same leaf.
func Leaf(e Event) []byte {
	fields := [...]string{
		e.ID, strconv.FormatInt(e.At.UnixMicro(), 10), e.Actor, e.Organ, e.Subject.String(), string(e.Kind), string(e.Data), e.State,
	}
	size := 1
	for _, f := range fields {
		size += 4 + len(f)
	}
	leaf := append(make([]byte, 0, size), leafVersion)
	for _, f := range fields {
		leaf = binary.BigEndian.AppendUint32(leaf, uint32(len(f)))
		leaf = append(leaf, f...)
	}
	return leaf
}

// LeafHash gives the hash of an event's leaf.
func LeafHash(e Event) tlog.Hash { return tlog.RecordHash(Leaf(e)) }
