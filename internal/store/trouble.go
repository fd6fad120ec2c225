package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"gongkai/internal/errs"
)

// trouble is something that is wrong with the machine or the database server:
// what people are told, and by what codes it is known. Codes of PostgreSQL may
// be whole classes.
type trouble struct {
	chinese, english string
	postgres         []string
	sqlite           []int
	system           []error
}

var troubles = []trouble{
	{"数据库用户名或者密码不对，请检查数据库地址。", "the database refuses user or password: check its address", []string{"28"}, nil, nil},
	{"数据库服务器上没有这个数据库，请先建立它。", "the server has no such database: create it first", []string{"3D"}, nil, nil},
	{"没有读写权限，请检查数据目录和文件的权限，或者数据库用户的权限。", "the right to read or write is missing: check those of the data folder and its files, or of the database user", []string{"42501"}, []int{sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}, []error{fs.ErrPermission, syscall.EROFS}},
	{"磁盘已满，没有保存；请清理磁盘空间后重试。", "the disk is full and nothing was saved: make room and try again", []string{"53100"}, []int{sqlite3.SQLITE_FULL}, []error{syscall.ENOSPC}},
	{"数据库正被别的程序占用，没有保存；请稍后重试。", "another program holds the database and nothing was saved: try again later", []string{"55P03"}, []int{sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}, nil},
	{"数据库文件不是 SQLite 数据库，或者已经损坏；请检查路径，或者从备份恢复。", "the file is no SQLite database, or it is damaged: check the path, or restore from a backup", nil, []int{sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}, nil},
	{"数据库所在的磁盘读写出错，请检查磁盘。", "the disk of the database fails: check it", []string{"58"}, []int{sqlite3.SQLITE_IOERR}, []error{syscall.EIO}},
	{"数据库服务器的连接已满，请稍后重试，或者调大 max_connections。", "the database server takes no more connections: try again later, or raise max_connections", []string{"53"}, nil, nil},
	lost,
}

var lost = trouble{"数据库暂时连不上，请稍后重试；持续如此时请检查数据库服务器和网络。", "the database cannot be reached: try again later; if that goes on, check server and network", []string{"08", "57P"}, nil, nil}

// Explain puts an error of the machine or the database server into a sentence;
// Unavailable, for none of them is the fault of what was asked. Others come back
// unchanged.
func Explain(err error) error {
	if err == nil || errs.KindOf(err) != errs.Internal {
		return err
	}
	for _, t := range troubles {
		if t.is(err) {
			return errs.Wrap(err, errs.Unavailable, "%s", t.chinese).InEnglish("%s", t.english)
		}
	}
	if cutOff(err) {
		return errs.Wrap(err, errs.Unavailable, "%s", lost.chinese).InEnglish("%s", lost.english)
	}
	return err
}

func (t trouble) is(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return slices.ContainsFunc(t.postgres, func(class string) bool { return strings.HasPrefix(pg.Code, class) })
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		const primary = 0xff // the rest of a code only says more
		return slices.Contains(t.sqlite, lite.Code()&primary)
	}
	return slices.ContainsFunc(t.system, func(e error) bool { return errors.Is(err, e) })
}

// cutOff tells whether the way to the server broke.
func cutOff(err error) bool {
	var (
		wire    *net.OpError
		connect *pgconn.ConnectError
	)
	return errors.As(err, &wire) || errors.As(err, &connect) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}
