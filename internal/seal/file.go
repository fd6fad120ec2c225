package seal

import (
	"bytes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"

	"gongkai/internal/errs"
	"gongkai/internal/ident"
)

// A sealed file is: a head, and the content in chunks. The head holds the file's
// own key, sealed under the hash of the content, so that a file that was put in
// the place of another does not open. Each chunk is sealed with its number and
// with whether it is the last, so that what was cut off, added or moved is
// noticed.
const (
	fileMagic = "GKF1"
	headSize  = 192 // magic, length of the sealed key, sealed key, zeros
	chunkSize = 64 << 10
	tagSize   = 16
)

var errFile = errs.New(errs.Corrupt, "文件不能解开：内容被改动过，或者密钥文件不对。请运行 gongkai verify 查明，并从备份恢复。")

// filePlace is what the key of a file is bound to.
func filePlace(hash string) string { return "file/" + hash }

// fileKinds are the algorithms of files, by the byte before their keys.
var fileKinds = map[byte]Algorithm{1: AES, 2: SM4}

// SealFile gives a writer of a sealed file, which begins with an empty head.
// Close writes the last chunk; head then gives what is to stand in the place of
// the empty one, once the hash of the content is known.
func (k *Keys) SealFile(to io.Writer) (w io.WriteCloser, head func(hash string) ([]byte, error), err error) {
	key := dataKey{Algorithm: k.active().Algorithm}
	kind, size := byte(1), 32
	if key.Algorithm == SM4 {
		kind, size = 2, 16
	}
	key.Secret = ident.Bytes(size)
	gcm, err := key.gcm()
	if err != nil {
		return nil, nil, err
	}
	if _, err := to.Write(make([]byte, headSize)); err != nil {
		return nil, nil, err
	}
	head = func(hash string) ([]byte, error) { return k.head(hash, append([]byte{kind}, key.Secret...)) }
	return &fileWriter{to: to, gcm: gcm}, head, nil
}

// head makes the head of a file out of its key.
func (k *Keys) head(hash string, secret []byte) ([]byte, error) {
	sealed, err := k.Seal(filePlace(hash), secret)
	if err != nil {
		return nil, err
	}
	out := make([]byte, headSize)
	start := copy(out, fileMagic)
	binary.BigEndian.PutUint16(out[start:], uint16(len(sealed)))
	if copy(out[start+2:], sealed) < len(sealed) {
		return nil, errors.New("the sealed key of a file is too long")
	}
	return out, nil
}

// FileKey gives the sealed key out of a file's beginning; Corrupt when that is
// none of ours. It opens at the place file/<hash>.
func (*Keys) FileKey(sealed io.ReaderAt) ([]byte, error) {
	head := make([]byte, headSize)
	if _, err := sealed.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(head, []byte(fileMagic))
	if !ok {
		return nil, errFile
	}
	size := int(binary.BigEndian.Uint16(rest))
	if size > len(rest)-2 {
		return nil, errFile
	}
	return rest[2 : 2+size], nil
}

// ResealFile gives the head that a file is to have in the place of its own; nil
// when the active key has sealed it already.
func (k *Keys) ResealFile(hash string, sealed io.ReaderAt) ([]byte, error) {
	wrapped, err := k.FileKey(sealed)
	if err != nil || !k.Stale(wrapped) {
		return nil, err
	}
	secret, err := k.Open(filePlace(hash), wrapped)
	if err != nil {
		return nil, err
	}
	return k.head(hash, secret)
}

// OpenFile gives the content of a sealed file of so many bytes; Corrupt when it
// is not what was sealed under the hash. What was changed in its middle is found
// when it is read.
func (k *Keys) OpenFile(hash string, sealed io.ReaderAt, size int64) (io.ReadSeeker, error) {
	wrapped, err := k.FileKey(sealed)
	if err != nil {
		return nil, err
	}
	secret, err := k.Open(filePlace(hash), wrapped)
	if err != nil || len(secret) < 1 {
		return nil, errs.Wrap(err, errs.Corrupt, "%s", errFile.Public)
	}
	gcm, err := dataKey{Algorithm: fileKinds[secret[0]], Secret: secret[1:]}.gcm()
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "%s", errFile.Public)
	}
	body := size - headSize
	chunks := (body + chunkSize + tagSize - 1) / (chunkSize + tagSize)
	f := &fileReader{from: sealed, gcm: gcm, chunks: chunks, size: body - chunks*tagSize, at: -1}
	if chunks < 1 || f.size < 0 {
		return nil, errFile
	}
	return f, f.load(chunks - 1) // a file that was cut is told before any of it is handed out
}

// nonce is that of a chunk: whether it is the last, and its number.
func nonce(n int64, last bool) []byte {
	out := make([]byte, nonceSize)
	if last {
		out[0] = 1
	}
	binary.BigEndian.PutUint64(out[4:], uint64(n))
	return out
}

type fileWriter struct {
	to    io.Writer
	gcm   cipher.AEAD
	chunk []byte
	n     int64
}

// Write seals whole chunks when it is known that more follows.
func (f *fileWriter) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		if len(f.chunk) == chunkSize {
			if err := f.flush(false); err != nil {
				return done, err
			}
		}
		more := min(len(p)-done, chunkSize-len(f.chunk))
		f.chunk = append(f.chunk, p[done:done+more]...)
		done += more
	}
	return done, nil
}

func (f *fileWriter) flush(last bool) error {
	_, err := f.to.Write(f.gcm.Seal(nil, nonce(f.n, last), f.chunk, nil))
	f.n, f.chunk = f.n+1, f.chunk[:0]
	return err
}

// Close seals the last chunk.
func (f *fileWriter) Close() error { return f.flush(true) }

type fileReader struct {
	from         io.ReaderAt
	gcm          cipher.AEAD
	chunks, size int64
	place        int64 // in the content
	at           int64 // which chunk is loaded; -1: none
	chunk        []byte
}

func (f *fileReader) load(n int64) error {
	if f.at == n {
		return nil
	}
	size := min(chunkSize, f.size-n*chunkSize)
	sealed := make([]byte, size+tagSize)
	if read, err := f.from.ReadAt(sealed, headSize+n*(chunkSize+tagSize)); err != nil && read < len(sealed) {
		return errs.Wrap(err, errs.Corrupt, "%s", errFile.Public)
	}
	plain, err := f.gcm.Open(sealed[:0], nonce(n, n == f.chunks-1), sealed, nil)
	if err != nil {
		f.at = -1
		return errs.Wrap(err, errs.Corrupt, "%s", errFile.Public)
	}
	f.chunk, f.at = plain, n
	return nil
}

// Read gives what follows.
func (f *fileReader) Read(p []byte) (int, error) {
	if f.place >= f.size {
		return 0, io.EOF
	}
	if err := f.load(f.place / chunkSize); err != nil {
		return 0, err
	}
	n := copy(p, f.chunk[f.place%chunkSize:])
	f.place += int64(n)
	return n, nil
}

// Seek goes to another place.
func (f *fileReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.place
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return 0, errors.New("a place before the beginning of a file")
	}
	f.place = offset
	return offset, nil
}
