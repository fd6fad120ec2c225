package limits

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// MaxLine is the most bytes of one line. A longer one is answered with an error.
const MaxLine = 1 << 20

// Deadlines answers lines of DeadlineQuery. It returns when the input ends, when
// ctx is done (noticed between lines, not while it waits for one), or when
// reading or writing fails.
func Deadlines(ctx context.Context, r io.Reader, w io.Writer, cal *calendar.Calendar) error {
	return eachLine(ctx, r, w, func(b, line []byte) []byte {
		q, err := parseDeadline(line)
		if err != nil {
			return appendError(b, err)
		}
		a, err := Deadline(q, cal)
		if err != nil {
			return appendError(b, err)
		}
		return a.AppendJSON(b)
	})
}

// Fees answers lines of FeeQuery, as Deadlines does.
func Fees(ctx context.Context, r io.Reader, w io.Writer) error {
	return eachLine(ctx, r, w, func(b, line []byte) []byte {
		q, err := parseFee(line)
		if err != nil {
			return appendError(b, err)
		}
		a, err := Fee(q)
		if err != nil {
			return appendError(b, err)
		}
		return a.AppendJSON(b)
	})
}

func eachLine(ctx context.Context, r io.Reader, w io.Writer, answer func(b, line []byte) []byte) error {
	out := bufio.NewWriterSize(w, 64<<10)
	in := bufio.NewReaderSize(flushing{r, out}, 64<<10)
	var long, b []byte
	for {
		if err := ctx.Err(); err != nil {
			return errors.Join(out.Flush(), err)
		}
		line, tooLong, end := readLine(in, &long)
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		b = b[:0]
		switch {
		case tooLong:
			b = appendError(b, errs.New(errs.TooLarge, "这一行超过 1 MiB，未作计算；请每行只写一个问题。"))
		case len(line) > 0:
			b = answer(b, line)
		}
		if len(b) > 0 {
			if _, err := out.Write(append(b, '\n')); err != nil {
				return err
			}
		}
		if errors.Is(end, io.EOF) {
			return out.Flush()
		}
		if end != nil {
			return errors.Join(out.Flush(), end)
		}
	}
}

// flushing writes out what has been answered before it waits for more input, so
// that a program that asks line by line gets its answers line by line.
type flushing struct {
	r   io.Reader
	out *bufio.Writer
}

func (f flushing) Read(p []byte) (int, error) {
	if err := f.out.Flush(); err != nil {
		return 0, err
	}
	return f.r.Read(p)
}

// readLine gives the next line, which is good until the next call. Of a line
// longer than MaxLine it keeps nothing.
func readLine(in *bufio.Reader, long *[]byte) (line []byte, tooLong bool, err error) {
	*long = (*long)[:0]
	for {
		part, err := in.ReadSlice('\n')
		full := errors.Is(err, bufio.ErrBufferFull)
		if !full && len(*long) == 0 && !tooLong {
			return part, false, err
		}
		if len(*long)+len(part) > MaxLine+1 {
			tooLong, *long = true, (*long)[:0]
		}
		if !tooLong {
			*long = append(*long, part...)
		}
		if !full {
			return *long, tooLong, err
		}
	}
}
