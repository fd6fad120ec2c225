package admin

import (
	"context"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/store/storetest"
)

const sheetHead = "登录名,姓名,职务,机关,角色\n"

// Every line is told by the number that it has in the sheet, empty ones counted.
func TestLinesAreToldByTheirNumbers(t *testing.T) {
	tree := storetest.County(t, storetest.SQLite(t))
	list := sheetHead + "zhao,赵一,科员,青川旗政务服务局,经办人、签发人\n,,,,\nqian,钱二,,没有这个局,\n\nsun,孙三,,政务公开股,国王\nli, 李四 ,,政务公开股,联络员；audit-admin\n"
	rows, err := open.New(open.Options{}).Rows(context.Background(), "人员.csv", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	entries, problems, err := readPeople(rows, tree)
	if err != nil || len(entries) != 2 || len(problems) != 2 {
		t.Fatalf("%+v %+v %v", entries, problems, err)
	}
	if entries[0].Line != 2 || len(entries[0].Roles) != 2 || entries[1].Line != 7 || entries[1].Name != "李四" {
		t.Errorf("%+v", entries)
	}
	_, both := readEntry(2, map[string]string{"登录名": "2bad", "姓名": "李二", "机关": "没有这个局", "角色": "国王"}, nil)
	for _, want := range []string{"没有这个局", "国王", "2bad"} {
		if !strings.Contains(both, want) {
			t.Errorf("%s is not among what is wrong: %s", want, both)
		}
	}
	if problems[0].Line != 4 || problems[1].Line != 6 || !strings.Contains(problems[1].Text, "国王") {
		t.Errorf("%+v", problems)
	}
}

func FuzzPeopleSheet(f *testing.F) {
	tree := storetest.County(f, storetest.SQLite(f))
	f.Add([]byte(sheetHead + "zhao,赵一,科员,青川旗政务服务局,经办人\n"))
	f.Add([]byte("\xef\xbb\xbf登录名;姓名;机关\nzhao;赵一;政务公开股\n"))
	f.Add([]byte("登录名,姓名\n\"zhao"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(sheetHead + strings.Repeat(",,,,\n", 50)))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := open.New(open.Options{MaxBytes: maxSheet}).Rows(context.Background(), "人员.csv", data)
		var entries []account.Entry
		var problems []account.Problem
		if err == nil {
			entries, problems, err = readPeople(rows, tree)
		}
		if err != nil {
			if k := errs.KindOf(err); k == errs.Internal {
				t.Errorf("nobody is told what is wrong: %v", err)
			}
			return
		}
		check := func(line int) {
			if line < 2 || line > len(rows) {
				t.Errorf("line %d of %d", line, len(rows))
			}
		}
		for _, e := range entries {
			if check(e.Line); e.Organ == "" {
				t.Errorf("an entry of no organ: %+v", e)
			}
			for _, role := range e.Roles {
				if _, ok := account.RoleNamed(string(role)); !ok {
					t.Errorf("role %q", role)
				}
			}
		}
		for _, p := range problems {
			check(p.Line)
		}
	})
}
