package app

import (
	"context"
	"net/http"
	"testing"
)

// From nothing but the files to the first byte of the portal: the demo county
// with all its rooms, opened, served and closed.
func BenchmarkStartToFirstByte(b *testing.B) {
	o := Options{Config: configuration(b), Version: "test", Log: quiet(b)}
	o.Config.Listen = "127.0.0.1:0"
	a, err := OpenDemo(b.Context(), o, false)
	if err != nil {
		b.Fatal(err)
	}
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a, err := Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		listener, err := a.Listen(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		ctx, stop := context.WithCancel(b.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Serve(ctx, listener) }()
		resp, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		resp.Body.Close()
		http.DefaultClient.CloseIdleConnections()
		stop()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
