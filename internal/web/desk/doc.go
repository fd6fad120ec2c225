// Package desk holds the pages on which officers do their work: what is due, the
// notices they got, and their own account. Everybody who has signed in gets here;
// what a page shows and does is judged by the use cases behind it.
//
// A page is one Go file and one template of the same name in ui/templates/desk.
package desk
