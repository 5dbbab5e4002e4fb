# Runs the program and, where it came to its end without an error, passes the nonce from descriptor 3 to descriptor 4.
# The block is registered first, so it runs last: unit tests run at exit, and their failure is seen by the error that
# ends the process. `exit` in the program leaves `ended` false.
ended = false
at_exit do
  succeeded = $!.nil? || ($!.is_a?(SystemExit) && $!.success?)
  IO.for_fd(4, 'w', autoclose: false).syswrite(IO.for_fd(3, autoclose: false).sysread(4096)) if ended && succeeded
end
$0 = '/cell/program.rb'
load $0
ended = true
