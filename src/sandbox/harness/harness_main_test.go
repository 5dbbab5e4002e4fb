package main

import (
	_os "os"
	_syscall "syscall"
	_testing "testing"
)

// TestMain is called by Go's test runner, and calls the program. Where that came back, it passes the nonce from
// descriptor 3 to descriptor 4; os.Exit and a panic never come back here.
func TestMain(m *_testing.M) {
	main()
	nonce := make([]byte, 4096)
	length, _ := _syscall.Read(3, nonce)
	if length > 0 {
		_syscall.Write(4, nonce[:length])
	}
	_os.Exit(0)
}
