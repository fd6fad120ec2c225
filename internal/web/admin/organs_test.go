package admin_test

import (
	"gongkai/internal/account"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/webtest"
)

// organPeople are an administrator of the county, one of a bureau, and others.
var organPeople = webtest.People{
	"county":  organPerson("county", storetest.CountyID, account.SystemAdmin),
	"bureau":  organPerson("bureau", storetest.BureauID, account.SystemAdmin),
	"other":   organPerson("other", storetest.OtherID, account.SystemAdmin),
	"clerk":   organPerson("clerk", storetest.BureauID, account.Clerk),
	"auditor": organPerson("auditor", storetest.CountyID, account.AuditAdmin),
}

func organPerson(id, organ string, role account.Role) account.Actor {
	return account.Actor{ID: id, Name: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}
