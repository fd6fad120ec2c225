package docx

// Limits on what a file may ask of the machine. They are far above any report
// and are counted on the bytes really unpacked, never taken from headers.
const (
	// MaxEntries is the number of files in the package.
	MaxEntries = 10_000
	// MaxDocumentBytes is the unpacked size of the main text.
	MaxDocumentBytes = 64 << 20
	// MaxPartBytes is the unpacked size of any other part that is read.
	MaxPartBytes = 8 << 20
	// MaxRatio is how many times larger a part may become by unpacking, once
	// it is larger than RatioFloor: deflate alone reaches 1032.
	MaxRatio = 200
	// RatioFloor is the unpacked size in bytes below which the ratio is not
	// looked at.
	RatioFloor = 4 << 20
	// MaxColumns is the width of a table in grid columns; Word allows 63.
	MaxColumns = 1024
	// MaxCells is the number of cells and rows of all tables together.
	MaxCells = 1_000_000
	// MaxParagraphs is the number of paragraphs, those in cells included.
	MaxParagraphs = 1_000_000
	// MaxText is the length of the visible text in bytes of UTF-8, automatic
	// numbering included.
	MaxText = 32 << 20
	// MaxNotices is the number of notices; a Truncated notice follows the last.
	MaxNotices = 10_000
	// MaxNoticeText is the length of the text of a notice in characters.
	MaxNoticeText = 300
	// MaxDefinitions is the number of styles, of lists, of list instances and
	// of comments that are looked at.
	MaxDefinitions = 20_000
)
