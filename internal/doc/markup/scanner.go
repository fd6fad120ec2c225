// Package markup is a fast and strict reader of the XML in office files: no
// document type, no entities but the five of XML, bounded nesting, and every
// token with its place in the bytes, so that a part can be changed without
// being written anew. It knows no format.
//
// Start at Decode and Scanner.
package markup

import (
	"bytes"
	"errors"
	"strconv"

	"gongkai/internal/errs"
)

// MaxDepth is the nesting of elements beyond which a part is refused.
const MaxDepth = 256

// Scanner is a pull parser for the XML of a document part. It is as strict as
// encoding/xml about structure (tags match, attributes are quoted, nothing but
// the five predefined entities), knows no DTD and refuses one, and allocates
// nothing per element: name, attrs and text are windows into src, valid until
// the next call. Names are local names; the prefix is not looked up, so that
// transitional and strict documents read the same.
//
// The first error sticks: from then on every call answers EOF.
type Scanner struct {
	src  []byte
	pos  int
	from int // where the current token begins
	Err  error
	open []tag // elements that are open, outermost first

	Name    []byte // local name at start and end
	attrs   []byte // raw attributes at start
	chars   []byte // raw characters at text
	escaped bool   // chars may hold entities and carriage returns
	empty   bool   // the element just started was <a/>: its end is still to be told
}

// tag is the qualified name of an open element as a window into src.
type tag struct{ from, to int32 }

// Token is what the Scanner stands on.
type Token uint8

// The tokens.
const (
	EOF Token = iota
	Start
	End
	Text
)

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("--")
	cdataOpen    = []byte("<![CDATA[")
	cdataClose   = []byte("]]>")
	piClose      = []byte("?>")
)

// NewScanner reads UTF-8, with or without a byte order mark, which src must
// already be known to be (see Decode).
func NewScanner(src []byte) *Scanner {
	return &Scanner{src: src, open: make([]tag, 0, 32)}
}

// Fail stops the Scanner with an error, unless it has stopped already.
func (s *Scanner) Fail(err error) {
	if s.Err == nil {
		s.Err = err
	}
	s.pos = len(s.src)
	s.empty = false
}

// broken stops the Scanner because the XML is not well formed.
func (s *Scanner) broken(what string) Token {
	s.Fail(corrupt("XML: " + what + " near byte " + strconv.Itoa(s.pos)))
	return EOF
}

// Span tells where in the part the current token stands: the bytes from up to,
// not including, to. The end of an empty element takes no room.
func (s *Scanner) Span() (from, to int) { return s.from, s.pos }

// Empty tells whether the element that just started is written <a/>.
func (s *Scanner) Empty() bool { return s.empty }

// Depth is the number of open elements.
func (s *Scanner) Depth() int { return len(s.open) }

// Next moves to the next token; comments and processing instructions are
// passed over.
func (s *Scanner) Next() Token {
	s.from = s.pos
	if s.empty {
		s.empty = false
		s.open = s.open[:len(s.open)-1]
		return End
	}
	for s.pos < len(s.src) {
		s.from = s.pos
		rest := s.src[s.pos:]
		if rest[0] != '<' {
			n := bytes.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			s.pos += n
			s.chars, s.escaped = rest[:n], true
			return Text
		}
		if len(rest) < 3 {
			return s.broken("unfinished tag")
		}
		switch rest[1] {
		case '/':
			return s.endTag(rest)
		case '?':
			n := bytes.Index(rest, piClose)
			if n < 0 {
				return s.broken("unfinished processing instruction")
			}
			s.pos += n + len(piClose)
		case '!':
			if bytes.HasPrefix(rest, cdataOpen) {
				return s.cdata(rest)
			}
			if !s.comment(rest) {
				return EOF
			}
		default:
			return s.startTag(rest)
		}
	}
	if s.Err == nil && len(s.open) > 0 {
		return s.broken("unclosed element")
	}
	return EOF
}

func (s *Scanner) cdata(rest []byte) Token {
	n := bytes.Index(rest, cdataClose)
	if n < 0 {
		return s.broken("unfinished CDATA")
	}
	s.chars, s.escaped = rest[len(cdataOpen):n], false
	s.pos += n + len(cdataClose)
	return Text
}

// comment passes over a comment; any other declaration would define entities
// or name outside files, and no office program writes one.
func (s *Scanner) comment(rest []byte) bool {
	if !bytes.HasPrefix(rest, commentOpen) {
		s.broken("document type declaration")
		return false
	}
	n := bytes.Index(rest[len(commentOpen):], commentClose)
	closing := len(commentOpen) + n + len(commentClose)
	if n < 0 || closing >= len(rest) || rest[closing] != '>' {
		s.broken("unfinished comment")
		return false
	}
	s.pos += closing + 1
	return true
}

// startTag finds the end of the tag, checking the quoting of the attributes on
// the way; the values are looked at only when asked for.
func (s *Scanner) startTag(rest []byte) Token {
	nameEnd := 1
	for nameEnd < len(rest) && !nameStop[rest[nameEnd]] {
		nameEnd++
	}
	if nameEnd == 1 {
		return s.broken("tag without a name")
	}
	i := nameEnd
	for {
		for i < len(rest) && blank(rest[i]) {
			i++
		}
		if i+1 >= len(rest) {
			if i < len(rest) && rest[i] == '>' {
				break
			}
			return s.broken("unfinished tag")
		}
		if rest[i] == '>' || rest[i] == '/' {
			break
		}
		n := attribute(rest[i:])
		if n == 0 {
			return s.broken("bad attribute")
		}
		i += n
	}
	if len(s.open) >= MaxDepth {
		s.Fail(errs.New(errs.TooLarge, "文件内部结构嵌套超过 %d 层，不像正常文稿，未予读取；请用办公软件打开后另存再试。", MaxDepth))
		return EOF
	}
	s.open = append(s.open, tag{int32(s.pos + 1), int32(s.pos + nameEnd)})
	s.Name = local(rest[1:nameEnd])
	s.attrs = rest[nameEnd:i]
	if rest[i] == '/' {
		if rest[i+1] != '>' {
			return s.broken("bad empty tag")
		}
		s.empty = true
		i++
	}
	s.pos += i + 1
	return Start
}

func (s *Scanner) endTag(rest []byte) Token {
	n := bytes.IndexByte(rest, '>')
	if n < 0 || len(s.open) == 0 {
		return s.broken("end tag without start")
	}
	name := rest[2:n]
	for len(name) > 0 && blank(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	top := s.open[len(s.open)-1]
	if !bytes.Equal(name, s.src[top.from:top.to]) {
		return s.broken("end tag does not match")
	}
	s.open = s.open[:len(s.open)-1]
	s.Name = local(name)
	s.pos += n + 1
	return End
}

// Child moves to the next child of the element that was open at depth d, and
// tells false at its end. What the caller did not read of the last child is
// passed over.
func (s *Scanner) Child(d int) bool {
	for {
		switch s.Next() {
		case Start:
			if len(s.open) == d+1 {
				return true
			}
		case End:
			if len(s.open) < d {
				return false
			}
		case EOF:
			return false
		}
	}
}

// AppendText adds the characters of the current text token to b, entities
// resolved and line ends made \n.
func (s *Scanner) AppendText(b []byte) []byte {
	if !s.escaped || bytes.IndexByte(s.chars, '&') < 0 && bytes.IndexByte(s.chars, '\r') < 0 {
		if s.escaped || bytes.IndexByte(s.chars, '\r') < 0 {
			return append(b, s.chars...)
		}
	}
	out, ok := unescape(b, s.chars, s.escaped)
	if !ok {
		s.broken("unknown entity")
	}
	return out
}

// local is a qualified name without its prefix.
func local(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// nameStop marks the bytes that end a name.
var nameStop = [256]bool{
	' ': true, '\t': true, '\n': true, '\r': true, '/': true, '>': true,
	'<': true, '=': true, '"': true, '\'': true, '&': true,
}

// corrupt is a broken part; the detail is for the log.
func corrupt(detail string) error {
	return errs.Wrap(errors.New(detail), errs.Corrupt, "文件内部已损坏，不是完好的办公文件，无法读取；请用办公软件打开检查，另存后再试。")
}
