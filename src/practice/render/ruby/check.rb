# Calls renderings with their examples. Before this text stands `RENDERINGS`: a list of the code, the entry's name, and
# the source of a list of [arguments, expected], where an expected error is `:raised` and nothing expected `:nothing`.
require 'date'
require 'set'
require 'stringio'
require 'timeout'

$VERBOSE = nil

def __same(a, b)
  case b
  when Float then a.is_a?(Numeric) && (a == b || (a - b).abs <= 1e-9 * [1, a.abs, b.abs].max || (a.to_f.nan? && b.nan?))
  when Integer then a.is_a?(Integer) && a == b
  when Array then a.is_a?(Array) && a.length == b.length && a.zip(b).all? { |x, y| __same(x, y) }
  when Hash then a.is_a?(Hash) && a.length == b.length && b.all? { |key, value| a.key?(key) && __same(a[key], value) }
  when Struct then a.is_a?(b.class) && __same(a.to_a, b.to_a)
  else a == b
  end
end

def __first_difference(code, entry, cases)
  eval(code, TOPLEVEL_BINDING, 'program')
  receiver = Object.new
  eval(cases, TOPLEVEL_BINDING, 'cases').each do |arguments, expected|
    shown = "#{entry}(#{arguments.inspect[1..-2]})"
    begin
      result = receiver.send(entry, *arguments)
    rescue StandardError, SystemStackError => e
      next if expected == :raised
      return "#{shown} raised #{e.class} #{e.message}, expected #{expected.inspect}"
    end
    return "#{shown} is #{result.inspect}, expected an error" if expected == :raised
    return "#{shown} is #{result.inspect}, expected #{expected.inspect}" unless expected == :nothing || __same(result, expected)
  end
  'ok'
end

# Renderings define the same names: each is taken away before the next.
def __forget(constants, methods)
  (Object.constants - constants).each { |name| Object.send(:remove_const, name) }
  (Object.private_instance_methods(false) - methods).each { |name| Object.send(:remove_method, name) }
end

output = $stdout
$stdout = StringIO.new
RENDERINGS.each_with_index do |(code, entry, cases), index|
  constants = Object.constants
  methods = Object.private_instance_methods(false)
  begin
    answer = Timeout.timeout(5) { __first_difference(code, entry, cases) }
  rescue Exception => e
    answer = "#{e.class}: #{e.message}"
  end
  __forget(constants, methods)
  output.puts "#{index} #{answer[0, 500].split.join(' ')}"
end
$stdout = output
