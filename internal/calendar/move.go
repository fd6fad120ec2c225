package calendar

// Move is an open deadline that a new holiday notice moves.
type Move struct {
	Organ   string // key of the organ whose deadline it is
	Subject string // type/id of the record
	Title   string
	From    Date // the last day so far
	To      Date // the last day by the new notice
}
