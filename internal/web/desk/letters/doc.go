// Package letters holds the desk's pages about letters and about files that go out:
// the letters of a request with their versions and files, the templates of an
// organ, and what is handed out with a reply, with what the guard found in it.
//
// A page is one Go file and one template of the same name in ui/templates/desk,
// which begins with letter_.
package letters
