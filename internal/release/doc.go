// Package release is the gate through which files leave the house with a reply
// (条例§14 to §17). A file that is uploaded stays inside; what goes out is the file
// itself when the guard finds nothing in it, else a copy from which pieces are
// taken out, each for a reason, and which is looked through again. A finding that
// stays needs a reason and two people.
//
// As long as something is open, the reply cannot be approved, cleared or signed:
// Gate is asked by foi.Desk before each of these.
//
// What was found is kept by the content of the file, said masked; what is taken
// out is never written down. Start at Office.
package release
