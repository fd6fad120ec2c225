package event

import (
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/errs"
)

// The schema of a consistency proof file.
const (
	consistencySchema  = "gongkai consistency"
	consistencyVersion = 1
)

// Consistency is a file that proves to anybody that the log of one head is the
// beginning of the log of a later one: nothing was changed or removed between.
type Consistency struct {
	Schema  string      `json:"schema"`
	Version int         `json:"version"`
	From    string      `json:"from"`  // the earlier signed note
	To      string      `json:"to"`    // the later
	Proof   []tlog.Hash `json:"proof"` // RFC 6962 2.1.2
}

// NewConsistency puts a consistency proof together.
func NewConsistency(from, to Head, proof tlog.TreeProof) Consistency {
	return Consistency{consistencySchema, consistencyVersion, from.Note, to.Note, append([]tlog.Hash{}, proof...)}
}

// JSON gives the proof as a file.
func (c Consistency) JSON() []byte { return file(c) }

// VerifyConsistency checks a consistency proof against keys that the caller
// trusts and gives the two heads.
func VerifyConsistency(raw []byte, keys note.Verifiers) (from, to Head, err error) {
	var c Consistency
	if err := readFile(raw, &c, "一致性证明", consistencySchema, consistencyVersion); err != nil {
		return from, to, err
	}
	if from, err = OpenHead(c.From, keys); err != nil {
		return from, to, err
	}
	if to, err = OpenHead(c.To, keys); err != nil {
		return from, to, err
	}
	if from.Size > to.Size || from.Size == 0 {
		return from, to, errs.New(errs.Invalid, "一致性证明的两个签名摘要次序不对：前一个有%d条，后一个有%d条。", from.Size, to.Size)
	}
	if err := tlog.CheckTree(c.Proof, to.Size, to.Root, from.Size, from.Root); err != nil {
		return from, to, errs.Wrap(err, errs.Invalid, "一致性证明不成立：证明被改动过，或者日志在两个签名摘要（%d条和%d条）之间被改写过。", from.Size, to.Size)
	}
	return from, to, nil
}
