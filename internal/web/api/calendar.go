package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/web"
)

type yearQuestion struct {
	Year   int    `path:"year" minimum:"1949" maximum:"9998" doc:"年份" example:"2026"`
	Region string `query:"region" doc:"有地方放假安排的地区；空为全国"`
}

type yearHoliday struct {
	Name string   `json:"name" example:"国庆节"`
	Off  []string `json:"off" doc:"放假的日子"`
	Work []string `json:"work" doc:"调休上班的日子"`
	Cite string   `json:"cite" doc:"通知的文号" example:"国办发明电〔2025〕7号"`
}

type yearAnswer struct {
	Body struct {
		Year     int           `json:"year"`
		Workdays int           `json:"workdays" doc:"全年的工作日数"`
		Holidays []yearHoliday `json:"holidays"`
		Regions  []string      `json:"regions" doc:"有地方放假安排的地区"`
	}
}

func (a API) year(s *server) {
	register(s, web.Needs(account.SeeCalendar), huma.Operation{
		OperationID: "get-calendar-year", Method: http.MethodGet, Path: "/calendar/{year}", Tags: []string{"期限"}, Summary: "一年的放假和调休安排",
		Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, _ account.Actor, in *yearQuestion) (*yearAnswer, error) {
		whole, err := a.Calendars.Calendar(ctx)
		if err != nil {
			return nil, err
		}
		local, err := whole.In(in.Region)
		if err != nil {
			return nil, askedWrongly(err)
		}
		var out yearAnswer
		out.Body.Year, out.Body.Holidays, out.Body.Regions = in.Year, []yearHoliday{}, append([]string{}, whole.Regions()...)
		places := map[string]int{} // in Holidays, by name and notice
		for d := calendar.On(in.Year, time.January, 1); d.Year() == in.Year; d = d.Add(1) {
			day, err := local.Day(d)
			if err != nil {
				return nil, err
			}
			if day.Kind.Works() {
				out.Body.Workdays++
			}
			out.note(places, day)
		}
		return &out, nil
	})
}

func (y *yearAnswer) note(places map[string]int, day calendar.Day) {
	if day.Holiday == "" {
		return
	}
	i, known := places[day.Holiday+day.Cite]
	if !known {
		i = len(y.Body.Holidays)
		places[day.Holiday+day.Cite] = i
		y.Body.Holidays = append(y.Body.Holidays, yearHoliday{Name: day.Holiday, Off: []string{}, Work: []string{}, Cite: day.Cite})
	}
	if h := &y.Body.Holidays[i]; day.Kind == calendar.MakeUp {
		h.Work = append(h.Work, day.Date.String())
	} else {
		h.Off = append(h.Off, day.Date.String())
	}
}
