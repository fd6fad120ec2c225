package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/errs"
	"gongkai/internal/ident"
)

// Keys are the keys of a deployment, as they were read from their file. They may
// be used from many goroutines. What another process has changed in the file is
// found before the next value is sealed, and when an unknown key is met.
type Keys struct {
	path string
	mu   sync.RWMutex
	file keyFile
	seen stamp // of the file as it was read
}

// stamp tells whether a file is still the one that was read.
type stamp struct {
	modified time.Time
	size     int64
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.ModTime(), info.Size()} }

// keyFile is the file: JSON that a person can read and lock away.
type keyFile struct {
	Schema    string    `json:"schema"`
	Keys      []dataKey `json:"keys"` // the last one seals; the others only open
	Blind     []byte    `json:"blind"`
	BlindHash string    `json:"blindHash"` // sha256 or sm3
	Log       string    `json:"log"`       // note's signer key
	LogPublic string    `json:"logPublic"` // note's verifier key, which everybody may know
}

type dataKey struct {
	ID        string    `json:"id"`
	Algorithm Algorithm `json:"algorithm"`
	Made      string    `json:"made"` // 2026-11-23
	Secret    []byte    `json:"secret"`
}

const (
	schema  = "gongkai-keys-1"
	maxFile = 1 << 20
)

// Create makes a new key file, readable by its owner only, and refuses to touch
// one that is there. The name stands in the log's heads, as zwgk.example.gov.cn.
func Create(path, name string, algorithm Algorithm, now time.Time) (*Keys, error) {
	signer, public, err := note.GenerateKey(rand.Reader, name)
	if err == nil {
		_, err = note.NewSigner(signer) // GenerateKey takes any name
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "日志签名的名称“%s”不能使用：不能有空格和加号。", name)
	}
	k := &Keys{path: path, file: keyFile{Schema: schema, Blind: ident.Bytes(32), BlindHash: "sha256", Log: signer, LogPublic: public}}
	if algorithm == SM4 {
		k.file.BlindHash = "sm3"
	}
	if err := k.add(algorithm, now); err != nil {
		return nil, err
	}
	raw, err := k.encode()
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, errs.New(errs.Conflict, "密钥文件 %s 已经存在，没有覆盖。", path)
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "密钥文件 %s 不能建立，请检查目录和权限。", path)
	}
	_, err = f.Write(raw)
	return k, errors.Join(err, f.Sync(), f.Close(), syncFolder(path), k.stamp())
}

// Load reads a key file; NotFound when there is none.
func Load(path string) (*Keys, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.New(errs.NotFound, "没有密钥文件 %s。", path)
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "密钥文件 %s 打不开，请检查权限。", path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := private(path, info); err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, err
	}
	k := &Keys{path: path, seen: stampOf(info)}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&k.file); err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "密钥文件 %s 不是规定的格式，请从保管的副本恢复。", path)
	}
	return k, k.check()
}

// private refuses a file that others than its owner may read. Windows has no such
// bits; there the folder's access list has to do it.
func private(path string, info fs.FileInfo) error {
	if runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return errs.New(errs.Forbidden, "密钥文件 %s 的权限是 %04o，别的用户也能读写，没有使用；请执行 chmod 600 %s 后重试，并检查它是否已经泄露。", path, info.Mode().Perm(), path)
}

func (k *Keys) check() error {
	wrong := func(format string, args ...any) error {
		return errs.New(errs.Corrupt, "密钥文件 %s 不完整（%s），请从保管的副本恢复。", k.path, fmt.Sprintf(format, args...))
	}
	if k.file.Schema != schema || len(k.file.Keys) == 0 || len(k.file.Blind) < 32 {
		return wrong("版本或者密钥")
	}
	seen := map[string]bool{}
	for _, key := range k.file.Keys {
		if key.ID == "" || len(key.ID) > 64 || seen[key.ID] {
			return wrong("密钥编号")
		}
		seen[key.ID] = true
		if _, err := key.gcm(); err != nil {
			return wrong("密钥 %s", key.ID)
		}
	}
	if _, err := k.LogSigner(); err != nil {
		return wrong("日志签名密钥")
	}
	return nil
}

func (k *Keys) content() keyFile {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.file
}

func (k *Keys) active() dataKey {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.file.Keys[len(k.file.Keys)-1]
}

func (k *Keys) named(id string) (dataKey, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, key := range k.file.Keys {
		if key.ID == id {
			return key, true
		}
	}
	return dataKey{}, false
}

// reload reads the file again, for a key that is not known.
func (k *Keys) reload() error {
	fresh, err := Load(k.path)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.file, k.seen = fresh.file, fresh.seen
	return nil
}

// refresh reads the file again when it has changed, so that nothing is sealed
// with a key that another process has replaced. While the file cannot be reached
// the keys of before go on.
func (k *Keys) refresh() {
	info, err := os.Stat(k.path)
	if err != nil {
		return
	}
	k.mu.RLock()
	same := k.seen == stampOf(info)
	k.mu.RUnlock()
	if !same {
		_ = k.reload() // one that is broken is found at the next start
	}
}

// stamp notes the file as it is now.
func (k *Keys) stamp() error {
	info, err := os.Stat(k.path)
	if err == nil {
		k.seen = stampOf(info)
	}
	return err
}

// Rotate adds a key that seals from now on; the others only open. What is sealed
// stays as it is until it is sealed anew.
func (k *Keys) Rotate(algorithm Algorithm, now time.Time) error {
	return k.rewrite(func() error { return k.add(algorithm, now) })
}

// Retire takes keys out of the file that nothing is sealed with any more, used
// says of which something is. The active one stays, and so does one whose
// successor is of today: a change that began before may still be on its way.
func (k *Keys) Retire(used map[string]bool, now time.Time) (gone []Info, err error) {
	today := now.Format(dayForm)
	err = k.rewrite(func() error {
		gone = nil
		var left []dataKey
		for i, key := range k.file.Keys {
			if last := i == len(k.file.Keys)-1; last || used[key.ID] || k.file.Keys[i+1].Made >= today {
				left = append(left, key)
				continue
			}
			gone = append(gone, Info{key.ID, key.Algorithm, key.Made, false})
		}
		k.file.Keys = left
		return nil
	})
	return gone, err
}

// rewrite changes the file as it is now, not as it was when it was read.
func (k *Keys) rewrite(change func() error) error {
	if err := k.reload(); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	before := k.file
	err := change()
	var raw []byte
	if err == nil {
		raw, err = k.encode()
	}
	if err == nil {
		err = replace(k.path, raw)
	}
	if err != nil {
		k.file = before
		return err
	}
	return k.stamp()
}

func (k *Keys) add(algorithm Algorithm, now time.Time) error {
	size := map[Algorithm]int{AES: 32, SM4: 16}[algorithm]
	if size == 0 {
		return errs.New(errs.Invalid, "没有“%s”这种算法：请用 %s 或者 %s。", algorithm, AES, SM4)
	}
	day, number := now.Format(dayForm), 1
	for _, key := range k.file.Keys { // numbers go on where keys were retired
		if _, last, ok := strings.Cut(key.ID, "-"); ok {
			if n, err := strconv.Atoi(last); err == nil {
				number = max(number, n+1)
			}
		}
	}
	k.file.Keys = append(slices.Clone(k.file.Keys), dataKey{
		ID: fmt.Sprintf("%s-%d", strings.ReplaceAll(day, "-", ""), number), Algorithm: algorithm, Made: day, Secret: ident.Bytes(size),
	})
	return nil
}

const dayForm = "2006-01-02"

func (k *Keys) encode() ([]byte, error) {
	raw, err := json.MarshalIndent(k.file, "", "  ")
	return append(raw, '\n'), err
}

// replace writes a file so that it is there wholly, the old or the new.
func replace(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return syncFolder(path)
}

// syncFolder makes the file's name durable: what is sealed with a new key must
// not outlive it. Windows cannot do it to a folder.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Info is what may be told of a key.
type Info struct {
	ID        string
	Algorithm Algorithm
	Made      string
	Active    bool
}

// List tells which keys there are, the oldest first.
func (k *Keys) List() []Info {
	k.mu.RLock()
	defer k.mu.RUnlock()
	var all []Info
	for i, key := range k.file.Keys {
		all = append(all, Info{key.ID, key.Algorithm, key.Made, i == len(k.file.Keys)-1})
	}
	return all
}

// Active tells which key seals.
func (k *Keys) Active() Info {
	all := k.List()
	return all[len(all)-1]
}

// LogSigner gives what signs the log's heads.
func (k *Keys) LogSigner() (note.Signer, error) { return note.NewSigner(k.content().Log) }

// PublicKey gives what everybody checks them with.
func (k *Keys) PublicKey() string { return k.content().LogPublic }

// LogVerifiers gives the same for programs.
func (k *Keys) LogVerifiers() (note.Verifiers, error) {
	v, err := note.NewVerifier(k.content().LogPublic)
	if err != nil {
		return nil, err
	}
	return note.VerifierList(v), nil
}
