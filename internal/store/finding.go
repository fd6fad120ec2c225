package store

// Finding is something that verification found to be wrong.
type Finding struct {
	Room    string // database, event, log, head, state, personal, file
	ID      string // the key, hash or size that it is about
	Chinese string // complete sentence: what is wrong with what
	English string
}
