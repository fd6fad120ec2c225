package doc

// Area is a rectangle on a page, in parts of the page as it is seen: 0 is its left
// and upper edge, 1 its right and lower one. A picture is a page.
type Area struct {
	Page   int     `json:"page"` // from 1
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
}

// Good tells an area that lies on a page and has an extent.
func (a Area) Good() bool {
	return a.Page >= 1 && a.Left >= 0 && a.Top >= 0 && a.Right <= 1 && a.Bottom <= 1 && a.Left < a.Right && a.Top < a.Bottom
}

// Holds tells whether a point of the same page lies in the area.
func (a Area) Holds(x, y float64) bool {
	return x >= a.Left && x <= a.Right && y >= a.Top && y <= a.Bottom
}

// Share is how much of another area of the same page lies in this one, from 0 to 1.
func (a Area) Share(of Area) float64 {
	w, h := min(a.Right, of.Right)-max(a.Left, of.Left), min(a.Bottom, of.Bottom)-max(a.Top, of.Top)
	whole := (of.Right - of.Left) * (of.Bottom - of.Top)
	if w <= 0 || h <= 0 || whole <= 0 {
		return 0
	}
	return w * h / whole
}

// Join is the smallest area around two of one page.
func (a Area) Join(b Area) Area {
	return Area{a.Page, min(a.Left, b.Left), min(a.Top, b.Top), max(a.Right, b.Right), max(a.Bottom, b.Bottom)}
}

// Paper is the size of a page as it is seen: points, or the pixels of a picture.
type Paper struct{ Width, Height float64 }
