package blob

import (
	"path"
	"strings"
)

// maxName is how many characters the name of a file has at most.
const maxName = 100

// FileName is the name that a file goes by: without folders, not too long.
func FileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[len(runes)-maxName:])
	}
	if name == "" || name == "." {
		return "文件"
	}
	return name
}
