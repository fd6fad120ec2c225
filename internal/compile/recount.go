package compile

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Recount is a night on which all figures were counted anew from the records, one by
// one, and held against what is kept.
type Recount struct {
	ID      string
	At      time.Time
	First   int // years, both included
	Last    int
	Organs  int
	Records int        // that were read
	Cells   int        // that were compared
	Wrong   []Mismatch // where both differ
}

// Mismatch is a figure that is kept otherwise than the records count.
type Mismatch struct {
	Organ string `json:"organ"`
	Year  int    `json:"year"`
	Cell  string `json:"cell"` // an annual.Ref, or the name of a figure
	Kept  int64  `json:"kept"`
	Real  int64  `json:"real"`
	// Counting is the convention that is not the default, as foi.Conventions has it.
	Counting string `json:"counting,omitempty"`
}

// FiguresDiffer is that a night found figures that differ.
const FiguresDiffer event.Kind = "figures.differ"

// recountSubject is what the work item and the event are about.
func recountSubject() event.Subject { return event.Subject{Type: "figures", ID: "recount"} }

// Recounts keeps what the nights found.
type Recounts interface {
	// Recount reads every record and compares.
	Recount(ctx context.Context, first, last int) (Recount, error)
	// Keep keeps what a night found, and opens or closes the work about it.
	Keep(ctx context.Context, r Recount, pen event.Pen, events []event.Event, a Alarm) error
	// Recounted gives the latest nights.
	Recounted(ctx context.Context, most int) ([]Recount, error)
}

// Alarm is what is to be done about figures that differ: at the organ at the top, by
// its supervisors.
type Alarm struct {
	About event.Subject
	Organ string // "" for nothing
	Title string
	Due   calendar.Date
}

// alarmTitle names the work item: one stands until a night finds nothing.
const alarmTitle = "统计数与逐件清点不符，请查明"

// Recount counts the figures of this and the last year anew, for all organs, and keeps
// what it found. Where figures differ it says so: in the log, and on the list of work of
// the supervisors at the top.
func (d *Desk) Recount(ctx context.Context) (Recount, error) {
	now := d.Clock.Now()
	r, err := d.Recounts.Recount(ctx, now.Year()-1, now.Year())
	if err != nil {
		return r, err
	}
	r.ID, r.At, r.First, r.Last = d.IDs.New(), now, now.Year()-1, now.Year()
	pen := event.Pen{Actor: event.System, At: now, IDs: d.IDs}
	alarm := Alarm{About: recountSubject()}
	var events []event.Event
	if len(r.Wrong) > 0 {
		tree, err := d.Trees.Tree(ctx)
		if err != nil {
			return r, err
		}
		for _, root := range tree.Children("") {
			alarm.Organ, alarm.Title, alarm.Due = root.ID, alarmTitle, calendar.On(now.Year(), now.Month(), now.Day())
			events = append(events, pen.Write(root.ID, recountSubject(), FiguresDiffer, map[string]any{"recount": r.ID, "cells": r.Cells, "wrong": len(r.Wrong)}))
			break
		}
	}
	return r, d.Recounts.Keep(ctx, r, pen, events, alarm)
}

// Recounted gives what the last nights found, of the organs that somebody watches.
func (d *Desk) Recounted(ctx context.Context, actor account.Actor, most int) ([]Recount, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.WatchReports, actor.Organ, tree); err != nil {
		return nil, err
	}
	all, err := d.Recounts.Recounted(ctx, most)
	for i, r := range all {
		all[i].Wrong = nil
		for _, m := range r.Wrong {
			if actor.May(account.WatchReports, m.Organ, tree) == nil {
				all[i].Wrong = append(all[i].Wrong, m)
			}
		}
	}
	return all, err
}

// Ref gives the cell that the mismatch is about; false for a figure of texts.
func (m Mismatch) Ref() (annual.Ref, bool) {
	parts := strings.Split(m.Cell, "/")
	if len(parts) != 3 {
		return annual.Ref{}, false
	}
	return annual.Ref{Table: parts[0], Row: parts[1], Column: parts[2]}, true
}
