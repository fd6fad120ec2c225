package pdf

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// A sandbox is one WebAssembly runtime with PDFium in it. Each has its own
// context, so that a document that hangs is stopped without touching others.
// A sandbox is thrown away with the first document that made it fail, which may
// have left it damaged, and after longestUse documents, because its
// memory never shrinks.
type sandbox struct {
	pool pdfium.Pool
	kill context.CancelFunc
	used int  // documents read
	worn bool // not to be used again
}

const longestUse = 100

// newSandbox builds a sandbox without a file system but for fonts, whose calls end
// when it is killed. Exceptions are PDFium's own need.
func newSandbox(cache wazero.CompilationCache) (*sandbox, error) {
	ctx, kill := context.WithCancel(context.Background())
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCompilationCache(cache).
		WithMemoryLimitPages(maxSandboxPages).
		WithCloseOnContextDone(true)
	pool, err := webassembly.Init(webassembly.Config{
		Context:       ctx,
		MaxIdle:       1,
		MaxTotal:      1,
		ReuseWorkers:  true,
		FSConfig:      wazero.NewFSConfig().WithFSMount(fontFiles{}, "/"),
		RuntimeConfig: config,
		RandomSource:  rand.Reader,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		kill()
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	return &sandbox{pool: pool, kill: kill}, nil
}

func (s *sandbox) close() error {
	err := s.pool.Close()
	s.kill()
	return err
}
