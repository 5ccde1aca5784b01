-- wrk sends each request of a file once: `wrk -s pushes.lua ADDRESS -- FILE`. The file is made by bench/pushes.py.

local thread

function setup(only)
  thread = only
end

function init(arguments)
  pushes = assert(io.open(arguments[1], "rb"))
  again = 0
end

function request()
  local length = pushes:read("*l")
  if not length then
    again = again + 1
    pushes:seek("set")
    length = pushes:read("*l")
  end
  return pushes:read(tonumber(length))
end

function done(summary, latency)
  local broken = summary.errors
  io.write(string.format(
    '{"answered": %d, "seconds": %f, "p50": %f, "p99": %f, "refused": %d, "broken": %d, "again": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6,
    broken.status, broken.connect + broken.read + broken.write + broken.timeout, thread:get("again")
  ))
end
