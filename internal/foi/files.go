package foi

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// What happens to the files of a request beside its course.
const (
	FileOpened   event.Kind = "request.file-opened"   // on the desk; one that holds personal data
	FileTaken    event.Kind = "request.file-taken"    // by the applicant, from the portal
	PapersErased event.Kind = "request.papers-erased" // their time was over
	OwnErased    event.Kind = "request.own-erased"    // that of the organ's own was
)

// released is what goes out with a reply.
const released = "released"

// ErasedName stands where a file had its name, which may have been a person's.
func ErasedName() Word { return Word{"（已按期限删除）", "(erased on schedule)"} }

// Papers gives what applicants and third parties handed in, and what proves that
// a reply reached them: files that hold their data. Those erased are not among
// them.
func (r Request) Papers() []File {
	all := slices.Clone(r.Files)
	for _, s := range r.Services {
		all = append(all, s.Proof...)
	}
	return slices.DeleteFunc(all, func(f File) bool { return !f.Erased.IsZero() })
}

// Evidence gives what was found in searches: it stays inside. What is erased is not
// among it.
func (r Request) Evidence() []File {
	var all []File
	for _, q := range r.Searches {
		all = append(all, q.Files...)
	}
	return slices.DeleteFunc(all, func(f File) bool { return !f.Erased.IsZero() })
}

// Records gives the files that were released.
func (r Request) Records() []File {
	var all []File
	decisions := r.Decisions
	if r.Draft != nil {
		decisions = append(slices.Clone(decisions), r.Draft.Decision)
	}
	for _, d := range decisions {
		all = append(all, d.released()...)
	}
	return all
}

// ErasePapers notes that the papers are gone, and takes their names with them
// (个人信息保护法§19, §47). It gives their hashes.
func (r *Request) ErasePapers(on calendar.Date) (hashes []string) {
	for _, f := range r.Papers() {
		if !slices.Contains(hashes, f.Hash) {
			hashes = append(hashes, f.Hash)
		}
	}
	*r = r.copied() // the slices may be another's too
	r.Files = erased(r.Files, on)
	for i := range r.Services {
		r.Services[i].Proof = erased(r.Services[i].Proof, on)
	}
	return hashes
}

// EraseEvidence notes that what was found in searches is gone, names included. It
// gives the hashes.
func (r *Request) EraseEvidence(on calendar.Date) (hashes []string) {
	for _, f := range r.Evidence() {
		if !slices.Contains(hashes, f.Hash) {
			hashes = append(hashes, f.Hash)
		}
	}
	*r = r.copied()
	for i := range r.Searches {
		r.Searches[i].Files = erased(r.Searches[i].Files, on)
	}
	return hashes
}

func erased(files []File, on calendar.Date) []File {
	files = slices.Clone(files)
	for i := range files {
		if files[i].Erased.IsZero() {
			files[i].Erased, files[i].Name = on, ""
		}
	}
	return files
}

// Gone is the event of ErasePapers (PapersErased) and EraseEvidence (OwnErased).
func (r Request) Gone(pen event.Pen, kind event.Kind, hashes []string) event.Event {
	var short []string
	for _, hash := range hashes {
		short = append(short, shortHash(hash))
	}
	gone := pen.Write(r.Organ, Subject(r.ID), kind, map[string][]string{"files": short})
	gone.State = r.Digest()
	return gone
}

// MayOpen tells with nil whether somebody may open a file of a request that they
// may see. What an applicant handed in holds their data unmasked: it is for those
// who may see these whole (个人信息保护法§6).
func (r Request) MayOpen(actor account.Actor, f File, h account.Hierarchy) error {
	if f.What == released {
		return nil
	}
	return actor.May(account.RevealPersonal, r.Organ, h)
}

// OpenFile judges and records that somebody opens a file: what is not on record is
// not handed out. Of what is released there is nothing to record.
func (d *Desk) OpenFile(ctx context.Context, actor account.Actor, r Request, f File) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := r.MayOpen(actor, f, tree); err != nil {
		return err
	}
	if !f.Erased.IsZero() {
		return errs.New(errs.NotFound, "这份材料已于%s按期限删除（个人信息保护法§19）。", f.Erased)
	}
	if f.What == released {
		return nil
	}
	return d.fileEvent(ctx, actor.ID, FileOpened, r, f)
}

// TakeFile records that the applicant takes a released file away.
func (d *Desk) TakeFile(ctx context.Context, r Request, f File) error {
	return d.fileEvent(ctx, event.Public, FileTaken, r, f)
}

// fileEvent names the file by the beginning of its hash: its own name may be that
// of a person.
func (d *Desk) fileEvent(ctx context.Context, actor string, kind event.Kind, r Request, f File) error {
	pen := event.Pen{Actor: actor, At: d.Clock.Now(), IDs: d.IDs}
	return d.Store.Append(ctx, pen.Write(r.Organ, Subject(r.ID), kind, map[string]string{"file": shortHash(f.Hash), "what": f.What}))
}

func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// fileKinds gives the words for what happens to files.
func fileKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: FileOpened, Chinese: "打开材料", English: "paper opened"},
		{Kind: FileTaken, Chinese: "申请人下载公开的文件", English: "released file taken by the applicant"},
		{Kind: PapersErased, Chinese: "按期限删除申请材料", English: "papers erased on schedule"},
		{Kind: OwnErased, Chinese: "按期限删除机关内部材料", English: "the organ's own papers erased on schedule"},
	}
}

// FileMeaning gives the words for what happened to a file.
func FileMeaning(kind event.Kind) (event.Meaning, bool) {
	all := fileKinds()
	i := slices.IndexFunc(all, func(m event.Meaning) bool { return m.Kind == kind })
	if i < 0 {
		return event.Meaning{}, false
	}
	return all[i], true
}
