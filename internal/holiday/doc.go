// Package holiday keeps the holiday notices that come after the program was
// built: each autumn the General Office of the State Council announces the next
// year's holidays, and now and then a running year is changed. Regions announce
// festivals of their own (全国年节及纪念日放假办法§4).
//
// Read (read.go) takes a notice's text apart, sentence by sentence, and tells
// every doubt; nothing that it is unsure of is used unseen. A person corrects
// what was read (draft.go), looks at the open deadlines that would move
// (Keeper.Preview), and puts the notice in force (Keeper.Apply). From then on
// Keeper.Calendar counts by it, in every process.
//
// A notice in force is not taken back: a later notice replaces the holidays of
// the same name, as in real life. Deadlines that have been met or missed before
// do not move.
//
// Start at Keeper.
package holiday
