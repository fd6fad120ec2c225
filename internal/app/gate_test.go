package app

import (
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/work"
)

// The gate knows what the organs of the register publish of themselves, and in the
// demo county only letters of this day wait, each on somebody's list.
func TestTheGateAndTheLettersOfTheCounty(t *testing.T) {
	s, ctx := openSite(t), t.Context()
	tree, err := s.rooms.book.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	today := s.rooms.requests.Today()
	bureau := s.people["jingban"].Organ
	contacts, err := store.Organs{DB: s.db}.Contacts(ctx, today, []string{bureau})
	if err != nil || contacts[bureau].Address == "" || contacts[bureau].Phone == "" {
		t.Fatalf("%+v, %v of %s", contacts, err, tree.Name(bureau))
	}
	for written, want := range map[string]bool{
		"申请人递交，" + contacts[bureau].Address:             true,
		"家庭电话" + contacts[bureau].Phone:                 true,
		"申请人张海燕，" + contacts[bureau].Address + "3单元401": false,
		"张海燕住青川镇团结路12号3单元401":                           false,
		"申请人张海燕，青川旗城关镇幸福路8号，要求公开低保名单":                   false,
	} {
		res, err := s.rooms.release.Guard.Scan(ctx, "a.txt", []byte(written))
		if err != nil || (len(res.Findings) == 0) != want {
			t.Errorf("%s: %v, %v", written, res, err)
		}
	}

	var waiting, listed int
	root, _ := tree.Node(bureau)
	page, err := store.Requests{DB: s.db}.List(ctx, []account.Place{{Organ: root.Parent, Below: true}}, paging.Query{Size: paging.MaxSize}, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		papers, err := s.rooms.letters.Store.Papers(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range papers {
			if !p.Waits() {
				continue
			}
			if waiting++; p.On.Before(today.Add(-3)) {
				t.Errorf("%s of %s waits since %s", p.Title, r.Number, p.On)
			}
		}
	}
	items, err := store.Work{DB: s.db}.DueBy(ctx, calendar.On(2040, 1, 1), work.Mark{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		if i.Subject.Type == "letter" {
			listed++
		}
	}
	if waiting == 0 || waiting != listed {
		t.Errorf("%d letters wait, %d are on lists", waiting, listed)
	}
}
