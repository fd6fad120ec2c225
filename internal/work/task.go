package work

// Task is which of the office's tasks an item belongs to: lists count by it.
type Task string

// The tasks, as the model report names them.
const (
	Request Task = "request" // 依申请公开
	Publish Task = "publish" // 主动公开
	Report  Task = "report"  // 年度报告
	Consult Task = "consult" // 意见征集
	Rating  Task = "rating"  // 好差评
	Hall    Task = "hall"    // 办事大厅
	Duty    Task = "duty"    // 组织和培训
	Monitor Task = "monitor" // 监测和整改
	Other   Task = "other"
)

// TaskWords are the words for a task.
type TaskWords struct {
	Task             Task
	Chinese, English string
}

// Tasks gives the tasks in the order in which they are shown.
func Tasks() []TaskWords {
	return []TaskWords{
		{Request, "依申请公开", "Requests"},
		{Publish, "主动公开", "Publication"},
		{Report, "年度报告", "Annual report"},
		{Consult, "意见征集", "Consultation"},
		{Rating, "好差评", "Ratings"},
		{Hall, "办事大厅", "Service hall"},
		{Duty, "组织和培训", "Organisation and training"},
		{Monitor, "监测和整改", "Monitoring"},
		{Other, "其他", "Other"},
	}
}

// Words gives the words for the task; ok is false when there is no such task.
func (t Task) Words() (w TaskWords, ok bool) {
	for _, w := range Tasks() {
		if w.Task == t {
			return w, true
		}
	}
	return TaskWords{Task: t, Chinese: string(t), English: string(t)}, false
}
