package storetest

import (
	"strings"
	"testing"

	"gongkai/internal/org"
	"gongkai/internal/store"
)

// Organs of the little county that County makes: a county government, two of
// its bureaus, and a section below the first.
const (
	CountyID  = "county"
	BureauID  = "bureau"
	OtherID   = "other"
	SectionID = "section"
)

// County writes a little county, past all rules, for tests of other rooms than
// org. It gives the tree.
func County(tb testing.TB, db *store.DB) *org.Tree {
	tb.Helper()
	nodes := []org.Node{
		{ID: CountyID, Path: "county/", Name: "青川旗人民政府", Nature: org.Administrative, Level: org.County, Region: "150899"},
		{ID: BureauID, Parent: CountyID, Path: "county/bureau/", Name: "青川旗政务服务局", Nature: org.Administrative, Level: org.County, Region: "150899"},
		{ID: OtherID, Parent: CountyID, Path: "county/other/", Name: "青川旗民政局", Nature: org.Administrative, Level: org.County, Region: "150899"},
		{ID: SectionID, Parent: BureauID, Path: "county/bureau/section/", Name: "政务公开股", Nature: org.Internal, Level: org.County, Region: "150899"},
	}
	for _, n := range nodes {
		Exec(tb, db, "INSERT INTO organ (id, parent_id, path, name, nature, level, region, created_at) VALUES ($1, NULLIF($2, ''), $3, $4, $5, $6, $7, 1)",
			n.ID, n.Parent, n.Path, n.Name, string(n.Nature), string(n.Level), n.Region)
		Exec(tb, db, "INSERT INTO organ_version (organ_id, valid_from, name, parent_id, nature, level, region) VALUES ($1, '2020-01-01', $2, NULLIF($3, ''), $4, $5, $6)",
			n.ID, n.Name, n.Parent, string(n.Nature), string(n.Level), n.Region)
	}
	return org.NewTree(nodes)
}

// Person writes a person with roles in the organ, past all rules; a role may
// name another organ as role@organ.
func Person(tb testing.TB, db *store.DB, id, organ string, roles ...string) {
	tb.Helper()
	Exec(tb, db, "INSERT INTO person (id, organ_id, login, name, created_at) VALUES ($1, $2, $3, $4, 1)", id, organ, strings.ToLower(id), "人员"+id)
	for _, role := range roles {
		role, at, found := strings.Cut(role, "@")
		if !found {
			at = organ
		}
		Exec(tb, db, "INSERT INTO role_grant (person_id, organ_id, role, granted_by, granted_at) VALUES ($1, $2, $3, 'test', 1)", id, at, role)
	}
}
