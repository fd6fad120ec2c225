// Package requests holds the pages on which a disclosure office handles requests
// (依申请公开): the list, the registration of what came in on paper, the page of a
// request, a short form for everything that can happen to it, and what a section
// sees that was asked to search.
//
// What may be done, by whom and under which article is read from the table of
// package foi; a page adds the questions. acts.go names the form of each row of
// the table. Start at Pages.
package requests
