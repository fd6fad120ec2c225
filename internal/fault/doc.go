// Package fault is 我为政府网站找错: a visitor marks a fault on a page of the site; it
// becomes work with a last day on somebody's list, and is answered under a number by
// which the visitor follows it (国办秘函〔2019〕19号).
//
// How to reach the visitor is a personal datum: it is sealed in the vault of package
// personal, and neither the record nor an event holds it. Start at Office.
package fault
