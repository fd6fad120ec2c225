package collected

import (
	"net/http"

	"gongkai/internal/collect"
	"gongkai/internal/job"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

const (
	batchPath = Path + "/batch/"

	// refreshAfter is after how many seconds a page that waits is asked for again, also
	// without a script.
	refreshAfter = "2"
)

// batchData is how far a job is with the files that were brought at once, and what became
// of each.
type batchData struct {
	Path, Keeper, At, By   string
	State, Tone            string
	Busy, Read             bool
	Doing, Failed, Trouble string
	Done, Total            int
	Taken, Refused         int
	Outcomes               *outcomes
	Again                  *web.Form
}

var batchTemplate = web.Define[batchData]("desk/collected_batch")

func (p Pages) batch(w http.ResponseWriter, r *http.Request) error {
	ctx, say := r.Context(), p.Kit.Say(r)
	b, err := p.Desk.Progress(ctx, web.Actor(r), r.PathValue("bringing"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	names, err := p.Names.Names(ctx, []string{b.Person})
	if err != nil {
		return err
	}
	d := batchData{
		Path: batchPath + b.ID, Keeper: tree.Name(b.Keeper), At: b.At.Format("2006-01-02 15:04"), By: names[b.Person],
		Read: b.Read, Trouble: b.Trouble, Done: len(b.Settled), Total: max(b.Total, len(b.Settled)),
	}
	d.State, d.Tone = batchState(say, b.Batch)
	var lines []outcome
	for _, f := range b.Settled {
		if f.Refused() {
			d.Refused++
		} else {
			d.Taken++
		}
		lines = append(lines, outcomeOf(say, tree, f))
	}
	if web.Format(r) == "xlsx" {
		return exportBatch(w, say, lines)
	}
	d.Outcomes = outcomesOf(say, say.T("collected.outcomes", d.Taken, len(lines)), lines)
	if !b.Read {
		d.wait(say, b.Work)
	}
	if d.Busy {
		w.Header().Set("Refresh", refreshAfter)
	}
	return batchTemplate.Show(p.Kit, w, r, say.T("collected.batch"), d)
}

// wait tells how far the job is.
func (d *batchData) wait(say *locale.Catalogue, j job.Job) {
	d.Failed, d.Doing = j.Error, say.T("collected.batch-reading-text")
	if j.State == job.Waiting && j.Attempts == 0 {
		d.Doing = say.T("takeover.waiting")
	}
	if d.Busy = j.Unfinished(); !d.Busy {
		d.Doing = ""
		d.Again = &web.Form{Action: d.Path, Submit: say.T("takeover.again")}
	}
}

func batchState(say *locale.Catalogue, b collect.Batch) (text, tone string) {
	switch {
	case !b.Read:
		return say.T("collected.batch-reading"), "amber"
	case b.Trouble != "":
		return say.T("collected.batch-broken"), "red"
	}
	return say.T("collected.batch-read"), "green"
}

// outcomeOf says what became of a file.
func outcomeOf(say *locale.Catalogue, tree *org.Tree, f collect.Fate) outcome {
	line := outcome{Name: f.Name, Organ: tree.Name(f.Organ), Path: receivedPath + f.Received, Text: f.Why}
	switch {
	case f.Refused():
		line.Path, line.Tone = "", "red"
	case f.Organ == "":
		line.Tone = "amber"
	case f.Doubts > 0:
		line.Text, line.Tone = say.T("collected.taken-doubts", f.Year, f.Version, f.Doubts), "amber"
	default:
		line.Text, line.Tone = say.T("collected.taken", f.Year, f.Version), "green"
	}
	line.Says = say.T(map[string]string{"red": "collected.refused", "amber": "collected.to-look-at", "green": "collected.came"}[line.Tone])
	return line
}

func exportBatch(w http.ResponseWriter, say *locale.Catalogue, all []outcome) error {
	heads := []string{say.T("collected.file"), say.T("reports.organ"), say.T("collected.outcome"), say.T("collected.outcome-text")}
	return web.WriteXLSX(w, say.T("collected.batch"), heads, func(yield func([]string, error) bool) {
		for _, o := range all {
			if !yield([]string{o.Name, o.Organ, o.Says, o.Text}, nil) {
				return
			}
		}
	})
}

// readAgain lets a batch go on whose job was given up.
func (p Pages) readAgain(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("bringing")
	if err := p.Desk.ReadAgain(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return web.Redirect(w, r, batchPath+id)
}

// latest are the batches that somebody brought last.
type latest struct{ Path, At, Keeper, State, Tone, Files string }

func (p Pages) latest(r *http.Request) ([]latest, error) {
	say := p.Kit.Say(r)
	batches, err := p.Desk.LatestBatches(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	var all []latest
	for _, b := range batches {
		one := latest{Path: batchPath + b.ID, At: b.At.Format("2006-01-02 15:04"), Keeper: tree.Name(b.Keeper), Files: say.T("collected.batch-progress", len(b.Settled), max(b.Total, len(b.Settled)))}
		one.State, one.Tone = batchState(say, b)
		all = append(all, one)
	}
	return all, nil
}
