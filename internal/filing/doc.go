// Package filing is how figures that no record of the house has come to the disclosure
// office: sections file them month by month, quarter by quarter or year by year, with
// evidence, and somebody else confirms them (条例§49, 国办公开办函〔2021〕30号).
//
// What is filed is data: a Figure says what exactly counts, how often, by whom, and
// whether periods are added up or the last stands. A Return is what one section files
// for one period; Table in state.go says everything that can happen to it. What was
// confirmed never changes: a correction is a new version with its reason. The annual
// report takes its figures from the confirmed versions alone, and says which are
// missing (count.go).
//
// Start at Figure and Return; Office in office.go is what pages call.
package filing
