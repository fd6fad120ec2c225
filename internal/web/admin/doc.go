// Package admin holds the pages by which a deployment is kept: organs, people and
// roles, calendar, settings, jobs, log and backups. Each of the three
// administrators sees the part that is theirs (account.Rights); the use cases
// behind the pages judge every act again, with the organ it concerns.
//
// A page is one Go file and one template of the same name in ui/templates/admin.
// The page to imitate is organs.go.
package admin
