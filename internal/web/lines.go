package web

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/locale"
)

// Lines are figures over the years as the part "chart-lines" draws them: a line for each, told
// apart by its dashes and marks and not by colour alone. A table beside it says the same.
type Lines struct {
	Title  string
	Points []string // along the bottom: 2021, 2022 …
	All    []Line
}

// Line is one of them. Where a figure is not known the line has a gap.
type Line struct {
	Label  string
	Values []int64
	Known  []bool
}

// Sizes of the drawing, in pixels.
const (
	linesWidth  = 640
	linesHeight = 220
	linesLeft   = 56
	linesRight  = 16
	linesTop    = 14
	linesBottom = 28
	linesSteps  = 4 // of the scale
)

// drawnLines are lines with everything in its place.
type drawnLines struct {
	Title, Says   string
	Width, Height int
	Left, Right   int
	Ticks         []linesTick
	Points        []clockText
	PointsAt      int
	Lines         []drawnLine
}

type linesTick struct {
	Y, TextY int
	Text     string
}

type drawnLine struct {
	Label, Class string
	Paths        []string
	Marks        []linesMark
	Last         string
}

type linesMark struct {
	X, Y int
	Says string
}

func (l Lines) draw(say *locale.Catalogue) drawnLines {
	d := drawnLines{
		Title: l.Title, Width: linesWidth, Height: linesHeight, Left: linesLeft, Right: linesWidth - linesRight, PointsAt: linesHeight - 8,
		Says: say.T("lines.says", l.Title, strings.Join(l.Points, "、")),
	}
	top := l.top()
	y := func(v int64) int {
		return linesHeight - linesBottom - int(v*int64(linesHeight-linesBottom-linesTop)/top)
	}
	x := func(i int) int {
		return linesLeft + 20 + i*(linesWidth-linesLeft-linesRight-40)/max(1, len(l.Points)-1)
	}
	for i := range int64(linesSteps + 1) {
		v := top * i / linesSteps
		d.Ticks = append(d.Ticks, linesTick{y(v), y(v) + 4, strconv.FormatInt(v, 10)})
	}
	for i, p := range l.Points {
		d.Points = append(d.Points, clockText{x(i), p})
	}
	for n, one := range l.All {
		line := drawnLine{Label: one.Label, Class: "line-" + strconv.Itoa(n%linesSorts)}
		path := ""
		for i, v := range one.Values {
			if !one.Known[i] || v < 0 {
				line.Paths, path = ended(line.Paths, path), ""
				continue
			}
			path += fmt.Sprintf(" %d,%d", x(i), y(v))
			line.Marks = append(line.Marks, linesMark{x(i), y(v), l.Points[i] + " " + one.Label + " " + strconv.FormatInt(v, 10)})
			line.Last = strconv.FormatInt(v, 10)
		}
		line.Paths = ended(line.Paths, path)
		d.Lines = append(d.Lines, line)
	}
	return d
}

// linesSorts is how many lines can be told apart.
const linesSorts = 3

func ended(paths []string, path string) []string {
	if path == "" {
		return paths
	}
	return append(paths, strings.TrimSpace(path))
}

// top gives the end of the scale: a round number that its steps divide.
func (l Lines) top() int64 {
	most := int64(1)
	for _, one := range l.All {
		for i, v := range one.Values {
			if one.Known[i] {
				most = max(most, v)
			}
		}
	}
	step := int64(1)
	for {
		for _, n := range []int64{1, 2, 5} {
			if step*n*linesSteps >= most {
				return step * n * linesSteps
			}
		}
		if step > most {
			return most
		}
		step *= 10
	}
}

// LinesPart is what the part "chart-lines" needs.
type LinesPart struct {
	Chrome
	Lines drawnLines
}

// DrawLines gives what the part "chart-lines" needs: {{template "chart-lines" (.DrawLines .)}}.
func (c Chrome) DrawLines(l Lines) LinesPart { return LinesPart{c, l.draw(c.say)} }
