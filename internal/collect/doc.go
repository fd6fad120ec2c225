// Package collect is how a competent department (主管部门) gathers the annual reports of
// all organs below it (条例§49, 条例§50): those compiled in the same deployment, those
// that another gongkai sends signed, and those that come as files. It checks them against
// each other, sends notices about what was found (通知整改), and sums what counts.
//
// What was read out of a file is never corrected. Where the reader was in doubt a person
// sets the cell by hand, beside the text; who, when, and what the reader had said stay.
// A newer file takes the place of the older one, which stays as well.
//
// Of an organ and a year at most one report counts: the one signed in this deployment,
// else the newest one received. Start at Received and Desk; notices begin at Notice.
package collect
