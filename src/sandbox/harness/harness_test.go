package program

import (
	_fmt "fmt"
	_os "os"
	_reflect "reflect"
	_syscall "syscall"
	_testing "testing"
)

// TestMain is called by Go's test runner instead of the tests. Where all of them ran and passed, it passes the nonce
// from descriptor 3 to descriptor 4; os.Exit and a panic never come back here.
func TestMain(m *_testing.M) {
	if _reflect.ValueOf(m).Elem().FieldByName("tests").Len() == 0 {
		_fmt.Fprintln(_os.Stderr, "no tests")
		_os.Exit(1)
	}
	status := m.Run()
	if status == 0 {
		nonce := make([]byte, 4096)
		length, _ := _syscall.Read(3, nonce)
		if length > 0 {
			_syscall.Write(4, nonce[:length])
		}
	}
	_os.Exit(status)
}
