package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"

	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// sarif writes the results in the Static Analysis Results Interchange Format
// 2.1.0 (OASIS), which editors and review tools read: one run, the rules with
// it, a result for each finding, a notification for each file that could not be
// read. Results are written as they come.
type sarif struct {
	w      io.Writer
	list   []ruleJSON
	rules  map[string]int // index by id
	n      int
	begun  bool
	failed []sarifNotification
}

type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifRule struct {
		ID               string         `json:"id"`
		Name             string         `json:"name,omitempty"`
		ShortDescription sarifText      `json:"shortDescription"`
		Help             sarifText      `json:"help"`
		Configuration    sarifLevel     `json:"defaultConfiguration"`
		Properties       map[string]any `json:"properties,omitempty"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifLogical struct {
		FullName string `json:"fullyQualifiedName"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifResult struct {
		RuleID     string            `json:"ruleId"`
		RuleIndex  *int              `json:"ruleIndex,omitempty"`
		Level      string            `json:"level"`
		Message    sarifText         `json:"message"`
		Locations  []sarifLocation   `json:"locations"`
		Properties map[string]string `json:"properties,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
)

func newSARIF(w io.Writer, rules []ruleJSON) *sarif {
	return &sarif{w: w, list: rules, rules: map[string]int{}}
}

// begin writes everything before the results.
func (s *sarif) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	var rules []sarifRule
	for i, r := range s.list {
		s.rules[r.ID] = i
		rules = append(rules, sarifRule{
			ID: r.ID, Name: r.TitleEN,
			ShortDescription: sarifText{r.Title},
			Help:             sarifText{r.Title + "（" + r.Cite + "）"},
			Configuration:    sarifLevel{sarifLevelOf(rule.Severity(r.Severity))},
			Properties:       map[string]any{"cite": r.Cite},
		})
	}
	text, err := compactJSON(rules)
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.w, `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"gongkai","version":"`+
		Version+`","language":"zh-CN","rules":`+text+"}},\n\"results\":[")
	return err
}

func (s *sarif) add(c *checked) error {
	if err := s.begin(); err != nil {
		return err
	}
	if c.err != nil {
		s.fail(c.file, c.err)
		return nil
	}
	for i := range c.result.Findings {
		if err := s.result(c.file, &c.result.Findings[i], ""); err != nil {
			return err
		}
	}
	return nil
}

// fail notes a file that could not be read.
func (s *sarif) fail(file string, err error) {
	s.failed = append(s.failed, sarifNotification{
		Level: "error", Message: sarifText{errs.Public(err)},
		Locations: []sarifLocation{{Physical: sarifPhysical{Artifact: sarifArtifact{fileURI(file)}}}},
	})
}

// result writes a finding; inside names the file within the file.
func (s *sarif) result(file string, f *rule.Finding, inside string) error {
	message := f.Message
	if f.Expected != "" {
		message += "应为：" + f.Expected + "。"
	}
	if f.Actual != "" {
		message += "现为：" + f.Actual + "。"
	}
	loc := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{fileURI(file)}}}
	if f.Place.Line > 0 {
		loc.Physical.Region = &sarifRegion{f.Place.Line}
	}
	if f.Where.Table != "" {
		loc.Logical = []sarifLogical{{whereName(f.Where)}}
	}
	if inside != "" {
		loc.Logical = append(loc.Logical, sarifLogical{inside})
	}
	res := sarifResult{
		RuleID: f.Rule, Level: sarifLevelOf(f.Severity), Message: sarifText{message}, Locations: []sarifLocation{loc},
		Properties: map[string]string{"cite": f.Cite, "place": f.Place.String(), "fix": f.Fix},
	}
	if i, ok := s.rules[f.Rule]; ok {
		res.RuleIndex = &i
	}
	text, err := compactJSON(res)
	if err != nil {
		return err
	}
	separator := "\n"
	if s.n > 0 {
		separator = ",\n"
	}
	s.n++
	_, err = io.WriteString(s.w, separator+text)
	return err
}

func (s *sarif) end(sum *tally) error { return s.finish(sum.unreadable == 0) }

func (s *sarif) finish(allRead bool) error {
	if err := s.begin(); err != nil {
		return err
	}
	text, err := compactJSON([]sarifInvocation{{allRead, s.failed}})
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.w, "\n],\n\"invocations\":"+text+"}]}\n")
	return err
}

// whereName is table3/R3.1/C7, without what is not known.
func whereName(w rule.Where) string {
	name := w.Table
	for _, part := range []string{w.Row, w.Column} {
		if part != "" {
			name += "/" + part
		}
	}
	return name
}

func sarifLevelOf(s rule.Severity) string {
	if s == rule.Info {
		return "note"
	}
	return string(s)
}

// fileURI is a path as a URI reference: relative paths stay relative.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if filepath.IsAbs(path) {
		return (&url.URL{Scheme: "file", Path: path}).String()
	}
	return (&url.URL{Path: path}).String()
}

func compactJSON(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return string(bytes.TrimRight(b.Bytes(), "\n")), err
}
