// Package consult is 意见征集: drafts on which everybody is asked for an opinion, the
// ledger of the opinions, and the answer to each (重大行政决策程序暂行条例§15,
// 重大行政决策程序暂行条例§18, 优化营商环境条例§62).
//
// A Consultation goes through Table in state.go. Whether it is open, over or overdue is
// told by its days (phase.go), never kept. An Opinion is adopted, adopted in part or not,
// with a reason; opinions that say the same are answered once. No opinion is public: the
// feedback tells how many there were, what they said in the words of the office, and what
// became of them. Names and contacts are sealed in the vault of package personal, and
// neither a record nor an event holds them.
//
// Pages call Office (office.go); what everybody may read is given by Public (public.go).
package consult
