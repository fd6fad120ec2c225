// Package takeover takes over the ledger of requests that an office kept before
// (导入台账): a spreadsheet is looked at line by line, and, when nothing is wrong with
// it and whoever brought it has said so, its requests are kept, all or none.
//
// Ten thousand lines take longer than a page may: so the file is kept sealed, and two
// jobs do the work, Look and Keep, which tell how far they are and may be broken off and
// begun again. A ledger becomes requests once, however often the button is pressed:
// foi.Change.Ledger is part of the change that keeps them.
//
// What it refuses to do: to keep a part of a ledger, and to show one to anybody but who
// brought it. Names stand in no payload of a job. Start at Office.
package takeover
