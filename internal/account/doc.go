// Package account knows the people who work with gongkai: what they may do and
// where (role.go, right.go), how they prove who they are (password, second
// factor, identity provider) and for how long (session).
//
// A right is an act, and the table Rights says which roles may do it: in the
// organ where the role was granted, or there and below. Use cases ask
// Actor.May; nothing else decides. The three administrators of GB/T 22239
// exclude each other and every other role.
//
// Start at Rights.
package account
