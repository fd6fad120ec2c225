package diff

// stretch is a run of items that are the same in both lists, or a run that
// differs; either side of the latter may be empty.
type stretch struct {
	oldStart, oldEnd, newStart, newEnd int
	same                               bool
}

// align finds a longest common subsequence of two lists with Myers' algorithm
// in linear space. It takes what it needs off work; when nothing is left, the
// rest is one differing stretch.
func align[T comparable](old, now []T, work *int) []stretch {
	*work -= len(old) + len(now)
	ids := make(map[T]int32, len(old)+len(now))
	a := &aligner{old: number(ids, old), now: number(ids, now), work: work}
	size := len(old) + len(now) + 3
	a.forward, a.backward = make([]int, 2*size+1), make([]int, 2*size+1)
	a.run(0, len(old), 0, len(now))
	return a.out
}

// number gives each item the number of its value, so that comparing is cheap.
func number[T comparable](ids map[T]int32, items []T) []int32 {
	numbers := make([]int32, len(items))
	for i, item := range items {
		id, ok := ids[item]
		if !ok {
			id = int32(len(ids)) //nolint:gosec // a text of 1 MB has far fewer sentences
			ids[item] = id
		}
		numbers[i] = id
	}
	return numbers
}

type aligner struct {
	old, now          []int32
	forward, backward []int // furthest reaching point on each diagonal
	work              *int
	out               []stretch
}

// run aligns old[a0:a1] with now[b0:b1].
func (a *aligner) run(a0, a1, b0, b1 int) {
	start := a0
	for a0 < a1 && b0 < b1 && a.old[a0] == a.now[b0] {
		a0, b0 = a0+1, b0+1
	}
	a.add(start, a0, b0-(a0-start), b0, true)
	end := a1
	for a0 < a1 && b0 < b1 && a.old[a1-1] == a.now[b1-1] {
		a1, b1 = a1-1, b1-1
	}
	if a0 == a1 || b0 == b1 {
		a.add(a0, a1, b0, b1, false)
	} else if x, y, ok := a.middle(a0, a1, b0, b1); ok {
		a.run(a0, x, b0, y)
		a.run(x, a1, y, b1)
	} else {
		a.add(a0, a1, b0, b1, false)
	}
	a.add(a1, end, b1, b1+(end-a1), true)
}

// add appends a stretch, joined to the last one where they are alike.
func (a *aligner) add(a0, a1, b0, b1 int, same bool) {
	if a0 == a1 && b0 == b1 {
		return
	}
	if n := len(a.out); n > 0 && a.out[n-1].same == same {
		a.out[n-1].oldEnd, a.out[n-1].newEnd = a1, b1
		return
	}
	a.out = append(a.out, stretch{a0, a1, b0, b1, same})
}

// middle finds a point in the middle of a shortest edit path through the box by
// searching from both corners until the two meet. It fails when the budget is
// used up, or when the box has nothing in common.
func (a *aligner) middle(a0, a1, b0, b1 int) (x, y int, ok bool) {
	n, m := a1-a0, b1-b0
	delta, zero := n-m, len(a.forward)/2
	vf, vb := a.forward, a.backward
	vf[zero+1], vb[zero+1] = 0, 0
	for d := 0; d <= (n+m+1)/2; d++ {
		if *a.work -= 2*d + 2; *a.work <= 0 {
			return 0, 0, false
		}
		for k := -d; k <= d; k += 2 {
			x := furthest(vf, zero+k, k == -d, k == d)
			y := x - k
			for x < n && y < m && x >= 0 && y >= 0 && a.old[a0+x] == a.now[b0+y] {
				x, y = x+1, y+1
				*a.work--
			}
			vf[zero+k] = x
			if c := delta - k; delta%2 != 0 && c >= -(d-1) && c <= d-1 && x+vb[zero+c] >= n {
				return inBox(a0+x, b0+y, a0, a1, b0, b1)
			}
		}
		for k := -d; k <= d; k += 2 {
			x := furthest(vb, zero+k, k == -d, k == d)
			y := x - k
			for x < n && y < m && x >= 0 && y >= 0 && a.old[a1-1-x] == a.now[b1-1-y] {
				x, y = x+1, y+1
				*a.work--
			}
			vb[zero+k] = x
			if c := delta - k; delta%2 == 0 && c >= -d && c <= d && x+vf[zero+c] >= n {
				return inBox(a1-x, b1-y, a0, a1, b0, b1)
			}
		}
	}
	return 0, 0, false
}

// furthest is where a path of one more edit starts on a diagonal: from the
// neighbour that has come further.
func furthest(v []int, i int, lowest, highest bool) int {
	if lowest || !highest && v[i-1] < v[i+1] {
		return v[i+1]
	}
	return v[i-1] + 1
}

// inBox takes a meeting point that parts the box into two smaller ones.
func inBox(x, y, a0, a1, b0, b1 int) (int, int, bool) {
	if x < a0 || x > a1 || y < b0 || y > b1 || x == a0 && y == b0 || x == a1 && y == b1 {
		return 0, 0, false
	}
	return x, y, true
}
