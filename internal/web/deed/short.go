package deed

import (
	"net/http"
	"net/url"

	"gongkai/internal/web"
)

// Short is the page of an act that is asked in a short form.
type Short struct {
	Kit  *web.Kit
	Form *web.Form // nil where the act cannot be done now
	Why  error     // it cannot be done
	Back string    // page of the thing
	Done string    // what is said when it is done
	// Show shows the page with an HTTP status.
	Show func(status int) error
}

// Ask asks for the act.
func (s Short) Ask() error {
	if s.Why != nil {
		return s.Show(web.Status(s.Why))
	}
	return s.Show(http.StatusOK)
}

// Answer does the act with what was typed. After an error the form is shown again, with
// all that was typed.
func (s Short) Answer(w http.ResponseWriter, r *http.Request, do func(typed url.Values) error) error {
	typed, err := s.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err = s.Why; err == nil {
		err = do(typed)
	}
	if err == nil {
		return s.Kit.Done(w, r, s.Back, s.Done)
	}
	if s.Form != nil {
		s.Form.Fill(typed)
		if !s.Form.Fail(err) {
			return err
		}
	}
	return s.Show(web.Status(err))
}
