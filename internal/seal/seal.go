// Package seal keeps what must not be readable at rest: it encrypts values with
// the keys of a key file, finds them again by a blind index, and holds the key
// that signs the log's heads.
//
// A sealed value says which key it was sealed with, so that keys can be changed
// by command while old values stay readable. It is bound to its place (a name as
// personal/<id>): moved to another row it does not open. Which algorithm a key
// is for stands with the key: AES-256-GCM, or SM4-GCM (GB/T 32907) where the
// office asks for the national algorithms.
//
// The key file is the one thing that a backup does not hold. Whoever loses it
// loses what is sealed. Start at Keys.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"regexp"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"

	"gongkai/internal/errs"
	"gongkai/internal/ident"
)

// Algorithm is how values are sealed.
type Algorithm string

// The algorithms.
const (
	AES Algorithm = "aes-256-gcm"
	SM4 Algorithm = "sm4-gcm"
)

// A sealed value is: version, length of the key's name, name, nonce, ciphertext
// with its tag.
const (
	version   = 1
	nonceSize = 12
)

// keyName is how a key is named: the day it was made, and its number.
var keyName = regexp.MustCompile(`^\d{8}-\d{1,6}$`)

var errSealed = errs.New(errs.Corrupt, "加密保存的内容不能解开：内容被改动过，或者密钥文件不对。")

// Seal makes a value unreadable. The place is where it will be kept.
func (k *Keys) Seal(place string, plain []byte) ([]byte, error) {
	k.refresh()
	key := k.active()
	gcm, err := key.gcm()
	if err != nil {
		return nil, err
	}
	out := append([]byte{version, byte(len(key.ID))}, key.ID...)
	nonce := ident.Bytes(nonceSize)
	out = append(out, nonce...)
	return gcm.Seal(out, nonce, plain, []byte(place)), nil
}

// Open makes it readable again; Corrupt when it was changed, moved, or sealed
// with a key that the file does not have.
func (k *Keys) Open(place string, sealed []byte) ([]byte, error) {
	key, rest, err := k.keyOf(sealed)
	if err != nil {
		return nil, err
	}
	gcm, err := key.gcm()
	if err != nil {
		return nil, err
	}
	if len(rest) < nonceSize {
		return nil, errSealed
	}
	plain, err := gcm.Open(nil, rest[:nonceSize], rest[nonceSize:], []byte(place))
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "%s", errSealed.Public)
	}
	return plain, nil
}

// Stale tells whether a value was sealed with another key than the active one.
func (k *Keys) Stale(sealed []byte) bool {
	key, _, err := k.keyOf(sealed)
	return err != nil || key.ID != k.active().ID
}

// KeyOf names the key that a value was sealed with; "" for what is none of ours.
func (k *Keys) KeyOf(sealed []byte) string {
	name, _, _ := split(sealed)
	return name
}

// split takes a sealed value apart: the name of its key, and what follows.
func split(sealed []byte) (name string, rest []byte, ok bool) {
	if len(sealed) < 2 || sealed[0] != version || len(sealed) < 2+int(sealed[1]) {
		return "", nil, false
	}
	end := 2 + int(sealed[1])
	return string(sealed[2:end]), sealed[end:], true
}

func (k *Keys) keyOf(sealed []byte) (dataKey, []byte, error) {
	name, rest, whole := split(sealed)
	if !whole {
		return dataKey{}, nil, errSealed
	}
	key, ok := k.named(name)
	if !ok && keyName.MatchString(name) {
		k.refresh()
		key, ok = k.named(name)
	}
	if !ok {
		return dataKey{}, nil, errs.Wrap(errors.New("no key "+name), errs.Corrupt, "%s", errSealed.Public)
	}
	return key, rest, nil
}

func (d dataKey) gcm() (cipher.AEAD, error) {
	var (
		block cipher.Block
		err   error
	)
	switch d.Algorithm {
	case AES:
		block, err = aes.NewCipher(d.Secret)
	case SM4:
		block, err = sm4.NewCipher(d.Secret)
	default:
		err = errors.New("no algorithm " + string(d.Algorithm))
	}
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Blind gives the index by which a sealed value is found: a keyed hash of its
// kind and its normalised text, in hexadecimal. Equal values have equal indexes;
// without the key nobody can try values out.
func (k *Keys) Blind(kind, text string) string {
	file := k.content()
	h := hmac.New(file.hash(), file.Blind)
	h.Write([]byte(kind + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil))
}

func (f keyFile) hash() func() hash.Hash {
	if f.BlindHash == "sm3" {
		return sm3.New
	}
	return sha256.New
}
