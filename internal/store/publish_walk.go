package store

import (
	"context"

	"gongkai/internal/publish"
)

// CatalogueAfter gives lines of the catalogue in the order of their keys, from the one
// after a key, so that all of it can be read a part at a time, however long it is.
func (s Documents) CatalogueAfter(ctx context.Context, after string, most int) ([]publish.Listed, error) {
	return collect(ctx, s.DB.read, scanListed, "SELECT "+listedColumns+" FROM catalogue WHERE NOT gone AND document_id > $1 ORDER BY document_id LIMIT $2", after, most)
}
