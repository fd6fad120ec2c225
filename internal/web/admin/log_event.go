package admin

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"

	"gongkai/internal/audit"
	"gongkai/internal/web"
)

// logEvent is an event with everything that is known of it.
type logEvent struct {
	Line        audit.Line
	What        string
	Who         string
	Organ       string
	Facts       []logFact
	SubjectPath string // the log of the same subject
	ActorPath   string
}

// logFact is a line of an event's data.
type logFact struct{ Name, Value string }

var logEventTemplate = web.Define[logEvent]("admin/log_event")

func (p Log) event(w http.ResponseWriter, r *http.Request) error {
	line, err := p.Office.Event(r.Context(), web.Actor(r), r.PathValue("event"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	what := p.what(r, line)
	return logEventTemplate.Show(p.Kit, w, r, what, logEvent{
		Line: line, What: what, Who: p.who(r, line), Organ: tree.Name(line.Organ), Facts: facts(line.Data),
		SubjectPath: "/admin/log?subject=" + url.QueryEscape(line.Subject.String()), ActorPath: "/admin/log?actor=" + url.QueryEscape(line.Actor),
	})
}

// facts puts an event's data into lines, in the order in which it was written.
func facts(data json.RawMessage) []logFact {
	in := json.NewDecoder(bytes.NewReader(data))
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return []logFact{{"", string(data)}}
	}
	var all []logFact
	for in.More() {
		name, err := in.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			break
		}
		text := string(value)
		if s := ""; json.Unmarshal(value, &s) == nil {
			text = s
		}
		key, _ := name.(string)
		all = append(all, logFact{key, text})
	}
	return all
}
