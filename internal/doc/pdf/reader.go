package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/tetratelabs/wazero"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Reader reads PDF files. It is safe for concurrent use and reads as many files
// at once as GOMAXPROCS; more callers wait. The sandbox is built at the first
// Read: that takes seconds the first time and a fifth of a second when a cache
// folder holds the compiled code.
type Reader struct {
	cacheDir string
	slots    chan *sandbox // nil stands for a sandbox not yet built

	mu     sync.Mutex
	cache  wazero.CompilationCache
	closed bool
}

// NewReader makes a reader that keeps compiled code in cacheDir; with "" it is
// compiled anew by each process. Nothing is started yet.
func NewReader(cacheDir string) *Reader {
	n := runtime.GOMAXPROCS(0)
	r := &Reader{cacheDir: cacheDir, slots: make(chan *sandbox, n)}
	for range n {
		r.slots <- nil
	}
	return r
}

// Close waits for the files being read and frees the sandboxes.
func (r *Reader) Close() error {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return nil
	}
	r.closed = true
	cache := r.cache
	r.mu.Unlock()

	var all error
	for range cap(r.slots) {
		if s := <-r.slots; s != nil {
			all = errors.Join(all, s.close())
		}
	}
	close(r.slots)
	if cache != nil {
		all = errors.Join(all, cache.Close(context.Background()))
	}
	return all
}

// Read reads a document. Its errors are errs.Picture for a scan without text,
// errs.Encrypted, errs.Corrupt and errs.TooLarge; when ctx ends its error is
// returned.
func (r *Reader) Read(ctx context.Context, data []byte) (*doc.Doc, error) {
	if err := accept(data); err != nil {
		return nil, err
	}
	s, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	f, err := r.readFile(ctx, s, data, asked{})
	if err != nil {
		return nil, err
	}
	return assemble(f)
}

func accept(data []byte) error {
	if len(data) > MaxBytes {
		return errs.New(errs.TooLarge, "PDF 文件有 %d MB，超过 %d MB 的上限；请压缩其中的图片或拆分后再试。", len(data)>>20, MaxBytes>>20)
	}
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return errs.New(errs.Corrupt, "文件开头没有 PDF 标记，不是 PDF 文件或已损坏；请重新下载或重新导出。")
	}
	return nil
}

// take waits for a free slot and builds its sandbox if it has none.
func (r *Reader) take(ctx context.Context) (*sandbox, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case s, open := <-r.slots:
		if !open {
			return nil, errors.New("pdf: reader is closed")
		}
		if s != nil {
			return s, nil
		}
	}
	s, err := r.build()
	if err != nil {
		r.slots <- nil
		return nil, err
	}
	return s, nil
}

func (r *Reader) build() (*sandbox, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, errors.New("pdf: reader is closed")
	}
	if r.cache == nil {
		cache, err := newCache(r.cacheDir)
		if err != nil {
			return nil, err
		}
		r.cache = cache
	}
	return newSandbox(r.cache)
}

func newCache(dir string) (wazero.CompilationCache, error) {
	if dir == "" {
		return wazero.NewCompilationCache(), nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder for compiled PDF reader: %w", err)
	}
	return cache, nil
}

// asked is what is read of a document beside its text.
type asked struct {
	beside *Beside
	places bool // where each character is seen
}

// readFile reads every page of a document. What is beside the text is gathered
// where somebody asks for it.
func (r *Reader) readFile(ctx context.Context, s *sandbox, data []byte, ask asked) (f file, err error) {
	err = r.within(ctx, s, data, MaxTime, func(ctx context.Context, o *opened) (err error) {
		f, err = o.read(ctx, ask)
		return err
	})
	if err != nil {
		return file{}, err
	}
	return f, nil
}

// opened is a document in the sandbox.
type opened struct {
	pdfium.Pdfium
	document references.FPDF_DOCUMENT
	pages    int
	box      *sandbox
}

// within opens the document in the sandbox for some work and gives the slot back,
// with the sandbox where it is still good.
func (r *Reader) within(ctx context.Context, s *sandbox, data []byte, most time.Duration, work func(context.Context, *opened) error) error {
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	stop := context.AfterFunc(limited, s.kill)

	err := s.open(limited, data, work)

	s.used++
	if stop() && !s.worn && s.used < longestUse {
		r.slots <- s
	} else {
		_ = s.close() // no one is left to tell
		r.slots <- nil
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return errs.Wrap(err, errs.TooLarge, "读取 PDF 超过 %d 秒，已停止；文件可能损坏或过于复杂，请改用 docx，或重新导出后再试。", int(most.Seconds()))
	}
	return err
}

// openError says why PDFium did not open a document.
func openError(err error) error {
	if errors.Is(err, pdfium_errors.ErrPassword) || errors.Is(err, pdfium_errors.ErrSecurity) {
		return errs.Wrap(err, errs.Encrypted, "PDF 文件设有打开密码，无法读取；请提供不加密的文件。")
	}
	return errs.Wrap(err, errs.Corrupt, "PDF 文件已损坏或不完整，无法打开；请重新下载或重新导出。")
}

// ordinaryRefusal tells the answers that PDFium gives while it is well; others
// come from a sandbox that may be damaged.
func ordinaryRefusal(err error) bool {
	for _, known := range []error{pdfium_errors.ErrPassword, pdfium_errors.ErrSecurity, pdfium_errors.ErrFormat, pdfium_errors.ErrFile, pdfium_errors.ErrPage} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// open opens a document, lets it be worked on, and closes it.
func (s *sandbox) open(ctx context.Context, data []byte, work func(context.Context, *opened) error) error {
	in, err := s.pool.GetInstanceWithContext(ctx)
	if err != nil {
		s.worn = true
		return fmt.Errorf("start PDF instance: %w", err)
	}
	defer func() {
		if in.Close() != nil {
			s.worn = true
		}
	}()
	got, err := in.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		s.worn = !ordinaryRefusal(err)
		return openError(err)
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: got.Document})
	if err != nil {
		return openError(err)
	}
	if count.PageCount > MaxPages {
		return errs.New(errs.TooLarge, "PDF 文件有 %d 页，超过 %d 页的上限；请只提交报告本身。", count.PageCount, MaxPages)
	}
	if count.PageCount == 0 {
		return errs.New(errs.Corrupt, "PDF 文件里没有一页可读，可能已损坏；请重新导出后再试。")
	}
	return work(ctx, &opened{in, got.Document, count.PageCount, s})
}

// read reads every page of a document.
func (o *opened) read(ctx context.Context, ask asked) (file, error) {
	if ask.beside != nil {
		ask.beside.document(o, o.document)
	}
	f := file{title: title(o, o.document), pages: make([]page, 0, o.pages)}
	for i := range o.pages {
		if err := ctx.Err(); err != nil {
			return file{}, err
		}
		p, err := readPage(o, o.document, i, ask)
		if err != nil {
			return file{}, o.damaged(err, i)
		}
		f.pages = append(f.pages, p)
	}
	return f, nil
}

// damaged says that a page cannot be read; the sandbox may be damaged, too.
func (o *opened) damaged(err error, index int) error {
	o.box.worn = true
	return errs.Wrap(err, errs.Corrupt, "PDF 第 %d 页无法读取，文件可能已损坏；请重新导出后再试。", index+1)
}

// title is the title among the document's properties, "" where it has none.
func title(p pdfium.Pdfium, document references.FPDF_DOCUMENT) string {
	got, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: document, Tag: "Title"})
	if err != nil {
		return ""
	}
	return got.Value
}
