// Package documents holds the pages on which government information is made public
// (主动公开): the list, a new document with its openness attribute first, the page of
// a document, and a short form for everything that can happen to it.
//
// What may be done, by whom and under which article is read from the table of
// package publish; a page adds the questions. Forms in act.go name the form of each
// row of the table. Start at Pages.
package documents
