package procedure

import "gongkai/internal/event"

// These are other names of plain structs, so that the lists of the rooms can
// be written as tables, without the names of the fields in every line.
type (
	// Word is something in words.
	Word = struct{ Chinese, English string }

	// Choice is a value that is chosen from a list.
	Choice = struct {
		Value string
		Word
	}

	// Act is what a person reads of a kind of event.
	Act = struct {
		Event   event.Kind
		Chinese string // on the button and in the timeline
		Do      string // English, on the button
		Done    string // English, in the timeline
	}
)

// WordOf gives the words for a value of a list.
func WordOf(value string, from []Choice) (Word, bool) {
	for _, c := range from {
		if c.Value == value {
			return c.Word, true
		}
	}
	return Word{}, false
}

// Meanings gives what the log says of acts.
func Meanings(acts []Act) []event.Meaning {
	var all []event.Meaning
	for _, a := range acts {
		all = append(all, event.Meaning{Kind: a.Event, Chinese: a.Chinese, English: a.Done})
	}
	return all
}
