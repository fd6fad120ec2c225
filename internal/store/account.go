package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// People keeps people, their roles and their sessions.
type People struct{ DB *DB }

const personColumns = `id, organ_id, login, name, title, lang, active, password_hash, password_at, past_hashes, must_change,
	failures, locked_until, known_failures, known_until, totp_secret, totp_step, invite_hash, invite_until, COALESCE(external_id, ''), created_at, left_at`

func scanPerson(row interface{ Scan(...any) error }) (account.Person, error) {
	var (
		p                                              account.Person
		past                                           string
		hashed, strange, known, invited, created, left int64
	)
	err := row.Scan(&p.ID, &p.Organ, &p.Login, &p.Name, &p.Title, &p.Lang, &p.Active, &p.Hash, &hashed, &past, &p.MustChange,
		&p.Strange.Failures, &strange, &p.Known.Failures, &known, &p.Factor, &p.FactorStep, &p.InviteDigest, &invited, &p.External, &created, &left)
	if err == nil {
		err = json.Unmarshal([]byte(past), &p.Past)
	}
	p.HashedAt, p.Strange.Until, p.Known.Until, p.InviteUntil = moment(hashed), moment(strange), moment(known), moment(invited)
	p.CreatedAt, p.LeftAt = moment(created), moment(left)
	return p, err
}

// Person gives somebody with roles and recovery codes.
func (s People) Person(ctx context.Context, id string) (account.Person, error) {
	return s.one(ctx, s.DB.read, "id = $1", id)
}

// ByLogin gives the person with a login.
func (s People) ByLogin(ctx context.Context, login string) (account.Person, error) {
	return s.one(ctx, s.DB.read, "login = $1", login)
}

// ByInvite gives the person with an open invitation.
func (s People) ByInvite(ctx context.Context, digest string) (account.Person, error) {
	return s.one(ctx, s.DB.read, "invite_hash <> '' AND invite_hash = $1", digest)
}

// ByExternal gives the person of an identity.
func (s People) ByExternal(ctx context.Context, external string) (account.Person, error) {
	return s.one(ctx, s.DB.read, "external_id = $1", external)
}

func (s People) one(ctx context.Context, q querier, condition, value string) (account.Person, error) {
	p, err := scanPerson(q.QueryRowContext(ctx, "SELECT "+personColumns+" FROM person WHERE "+condition, value))
	if err != nil {
		return p, missing(err, "没有这个人。")
	}
	if p.Grants, err = grantsOf(ctx, q, p.ID); err != nil {
		return p, err
	}
	p.Recovery, err = collect(ctx, q, scanText, "SELECT hash FROM recovery_code WHERE person_id = $1 AND used_at = 0 ORDER BY hash", p.ID)
	return p, err
}

func scanText(row interface{ Scan(...any) error }) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}

func grantsOf(ctx context.Context, q querier, person string) ([]account.Grant, error) {
	return collect(ctx, q, scanGrant, "SELECT organ_id, role FROM role_grant WHERE person_id = $1 ORDER BY granted_at, organ_id, role", person)
}

func scanGrant(row interface{ Scan(...any) error }) (g account.Grant, err error) {
	err = row.Scan(&g.Organ, &g.Role)
	return g, err
}

// Add keeps new people, all or none.
func (s People) Add(ctx context.Context, newcomers []account.Newcomer) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, n := range newcomers {
			if err := tx.addPerson(ctx, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) addPerson(ctx context.Context, n account.Newcomer) error {
	p := n.Person
	_, err := tx.ExecContext(ctx, `INSERT INTO person (id, organ_id, login, name, title, active, invite_hash, invite_until, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Organ, p.Login, p.Name, p.Title, p.Active, p.InviteDigest, micros(p.InviteUntil), micros(p.CreatedAt))
	if duplicate(err) {
		return taken("login", "登录名“"+p.Login+"”已经有人使用，请换一个。")
	}
	if err != nil {
		return err
	}
	if err := tx.saveGrants(ctx, p, nil, n.Events[0]); err != nil {
		return err
	}
	return tx.append(ctx, n.Events)
}

// Record keeps events that change nobody's record.
func (s People) Record(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}

// Names gives the names of people by key.
func (s People) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for part := range slices.Chunk(ids, 500) {
		var w where
		w.in("id", keys(part))
		pairs, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (pair [2]string, err error) {
			err = row.Scan(&pair[0], &pair[1])
			return pair, err
		}, "SELECT id, name FROM person"+w.sql(), w.args...)
		if err != nil {
			return nil, err
		}
		for _, pair := range pairs {
			names[pair[0]] = pair[1]
		}
	}
	return names, nil
}

// Update changes a person as judge says.
func (s People) Update(ctx context.Context, id string, judge account.Judge) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return s.update(ctx, tx, id, judge) })
}

// UpdateAll changes several people as judge says, all or none.
func (s People) UpdateAll(ctx context.Context, ids []string, start func(), judge account.Judge, check func() error) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		start()
		for _, id := range ids {
			if err := s.update(ctx, tx, id, judge); err != nil {
				return err
			}
		}
		return check()
	})
}

func (s People) update(ctx context.Context, tx *Tx, id string, judge account.Judge) error {
	p, err := s.one(ctx, tx, "id = $1"+tx.forUpdate(), id)
	if err != nil {
		return err
	}
	var admins map[account.Grant]int
	if p.Administers() { // others' sign-ins must not wait for each other
		if admins, err = tx.administrators(ctx); err != nil {
			return err
		}
	}
	organ := p.Organ
	before, recovery := slices.Clone(p.Grants), slices.Clone(p.Recovery)
	events, err := judge(&p, admins)
	if err != nil {
		return err
	}
	if err := tx.savePerson(ctx, p); err != nil {
		return err
	}
	if p.Organ != organ {
		if err := tx.movePersonal(ctx, p); err != nil {
			return err
		}
	}
	if len(events) > 0 {
		if err := tx.saveGrants(ctx, p, before, events[0]); err != nil {
			return err
		}
	}
	if !slices.Equal(recovery, p.Recovery) {
		if err := tx.saveRecovery(ctx, p); err != nil {
			return err
		}
	}
	return tx.append(ctx, events)
}

// administrators counts the people in office with each administrator's role in
// each organ. Their grants are locked, so that two who leave at once see each
// other.
func (tx *Tx) administrators(ctx context.Context) (map[account.Grant]int, error) {
	grants, err := collect(ctx, tx, scanGrant, `SELECT g.organ_id, g.role FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE p.active AND g.role IN ('system-admin', 'security-admin', 'audit-admin') ORDER BY g.person_id, g.organ_id`+tx.lockOf("g"))
	counts := map[account.Grant]int{}
	for _, g := range grants {
		counts[g]++
	}
	return counts, err
}

// movePersonal takes somebody's own data along to another organ: whose business
// they are decides who may see them.
func (tx *Tx) movePersonal(ctx context.Context, p account.Person) error {
	owner := event.Subject{Type: "person", ID: p.ID}
	_, err := tx.ExecContext(ctx, "UPDATE personal SET organ_id = $1 WHERE owner = $2 AND erased_at = 0", p.Organ, owner.String())
	return err
}

// WithFactor gives the keys of people with a second factor.
func (s People) WithFactor(ctx context.Context, after string, most int) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM person WHERE totp_secret IS NOT NULL AND id > $1 ORDER BY id LIMIT $2", after, most)
}

func (tx *Tx) savePerson(ctx context.Context, p account.Person) error {
	past, err := json.Marshal(append([]string{}, p.Past...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE person SET organ_id = $1, name = $2, title = $3, lang = $4, active = $5, password_hash = $6, password_at = $7,
		past_hashes = $8, must_change = $9, failures = $10, locked_until = $11, known_failures = $12, known_until = $13, totp_secret = $14, totp_step = $15,
		invite_hash = $16, invite_until = $17, external_id = NULLIF($18, ''), left_at = $19 WHERE id = $20`,
		p.Organ, p.Name, p.Title, p.Lang, p.Active, p.Hash, micros(p.HashedAt), string(past), p.MustChange,
		p.Strange.Failures, micros(p.Strange.Until), p.Known.Failures, micros(p.Known.Until), p.Factor, p.FactorStep, p.InviteDigest, micros(p.InviteUntil), p.External, micros(p.LeftAt), p.ID)
	if duplicate(err) {
		return taken("external", "这个统一身份认证账号已经绑定了别人。")
	}
	return err
}

// saveGrants writes the difference, with who granted and when from the event.
func (tx *Tx) saveGrants(ctx context.Context, p account.Person, before []account.Grant, by event.Event) error {
	for _, g := range before {
		if !slices.Contains(p.Grants, g) {
			if _, err := tx.ExecContext(ctx, "DELETE FROM role_grant WHERE person_id = $1 AND organ_id = $2 AND role = $3", p.ID, g.Organ, string(g.Role)); err != nil {
				return err
			}
		}
	}
	for _, g := range p.Grants {
		if slices.Contains(before, g) {
			continue
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO role_grant (person_id, organ_id, role, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5)",
			p.ID, g.Organ, string(g.Role), by.Actor, micros(by.At)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveRecovery(ctx context.Context, p account.Person) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM recovery_code WHERE person_id = $1", p.ID); err != nil {
		return err
	}
	for _, hash := range p.Recovery {
		if _, err := tx.ExecContext(ctx, "INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)", p.ID, hash); err != nil {
			return err
		}
	}
	return nil
}

// Empty tells whether there is nobody at all.
func (s People) Empty(ctx context.Context) (bool, error) {
	var n int
	err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM person LIMIT 1) AS one").Scan(&n)
	return n == 0, err
}

// peopleOrder holds the columns to sort by, with the key behind them so that
// pages do not overlap.
var peopleOrder = map[string]string{"": "p.name, p.id", "name": "p.name, p.id", "login": "p.login, p.id", "created": "p.created_at, p.id"}

// List gives the people of some organs.
func (s People) List(ctx context.Context, places []account.Place, q paging.Query, now time.Time) (paging.Page[account.Person], error) {
	var page paging.Page[account.Person]
	w := peopleWhere(organColumn(places), places, q, now)
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM person p"+w.sql(), w.args...).Scan(&page.Total); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	people, err := collect(ctx, s.DB.read, scanPerson, "SELECT "+personColumns+" FROM person p"+w.sql()+" ORDER BY "+ordered(peopleOrder, q)+tail, args...)
	if err != nil {
		return page, err
	}
	page.Rows = people
	return page, s.addGrants(ctx, page.Rows)
}

// After gives people of the same list behind one, by name.
func (s People) After(ctx context.Context, places []account.Place, q paging.Query, now time.Time, than *account.Person, n int) ([]account.Person, error) {
	w := peopleWhere(organColumn(places), places, q, now)
	if than != nil {
		w.add("(p.name, p.id) > (?, ?)", than.Name, than.ID)
	}
	people, err := collect(ctx, s.DB.read, scanPerson, "SELECT "+personColumns+" FROM person p"+w.sql()+" ORDER BY p.name, p.id LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(n)...)
	if err != nil {
		return nil, err
	}
	return people, s.addGrants(ctx, people)
}

// organColumn names the column that places are compared with. COALESCE keeps
// SQLite from collecting and sorting everybody of many organs for a page: it walks
// along the names instead. Those of a single organ are few, and have an index.
func organColumn(places []account.Place) string {
	if slices.ContainsFunc(places, func(p account.Place) bool { return p.Below }) {
		return "COALESCE(p.organ_id, '')"
	}
	return "p.organ_id"
}

// peopleWhere gives the conditions of a list of people.
func peopleWhere(column string, places []account.Place, q paging.Query, now time.Time) *where {
	var w where
	w.within(column, places)
	if q.Words != "" {
		w.add(`(p.name LIKE ? ESCAPE '\' OR p.login LIKE ? ESCAPE '\')`, like(q.Words), like(q.Words))
	}
	if organ := q.Filter(account.FilterOrgan); organ != "" {
		w.within(column, []account.Place{{Organ: organ, Below: true}})
	}
	if role := q.Filter(account.FilterRole); role != "" {
		w.add("EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND g.role = ?)", role)
	}
	switch account.State(q.Filter(account.FilterState)) {
	case account.Active:
		w.add("p.active AND p.locked_until <= ? AND p.known_until <= ? AND (p.password_hash <> '' OR p.external_id IS NOT NULL)", micros(now), micros(now))
	case account.Invited:
		w.add("p.active AND p.locked_until <= ? AND p.known_until <= ? AND p.password_hash = '' AND p.external_id IS NULL", micros(now), micros(now))
	case account.Locked:
		w.add("p.active AND (p.locked_until > ? OR p.known_until > ?)", micros(now), micros(now))
	case account.Left:
		w.add("NOT p.active")
	}
	return &w
}

// addGrants fetches the roles of a page of people at once.
func (s People) addGrants(ctx context.Context, people []account.Person) error {
	if len(people) == 0 {
		return nil
	}
	var w where
	ids := make([]any, len(people))
	index := map[string]*account.Person{}
	for i := range people {
		ids[i], index[people[i].ID] = people[i].ID, &people[i]
	}
	w.in("person_id", ids)
	type held struct {
		person string
		account.Grant
	}
	grants, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (h held, err error) {
		err = row.Scan(&h.person, &h.Organ, &h.Role)
		return h, err
	}, "SELECT person_id, organ_id, role FROM role_grant"+w.sql()+" ORDER BY granted_at, organ_id, role", w.args...)
	for _, h := range grants {
		index[h.person].Grants = append(index[h.person].Grants, h.Grant)
	}
	return err
}

// EndSessions ends a person's sessions but one.
func (s People) EndSessions(ctx context.Context, person, except string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2", person, except)
		return err
	})
}

// Sessions gives a person's sessions, the newest first.
func (s People) Sessions(ctx context.Context, person string) ([]account.Session, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (v account.Session, err error) {
		var created, seen int64
		err = row.Scan(&v.ID, &v.Address, &v.Agent, &created, &seen)
		v.CreatedAt, v.SeenAt = moment(created), moment(seen)
		return v, err
	}, "SELECT token_hash, address, agent, created_at, seen_at FROM session WHERE person_id = $1 ORDER BY created_at DESC", person)
}
