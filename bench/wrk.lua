-- Each request goes as the next of the people whose cookies stand in a file, one a line; at the end
-- one line of JSON. Times are microseconds. A second argument is the pause between a person's clicks, in
-- milliseconds on average.
local cookies, at = {}, 0

function init(args)
  if not args[1] then return end
  for line in io.lines(args[1]) do cookies[#cookies + 1] = line end
  at = math.random(0, math.max(#cookies - 1, 0))
  local pause = tonumber(args[2])
  if pause then delay = function() return math.random(pause / 2, pause * 3 / 2) end end
end

function request()
  if #cookies == 0 then return wrk.format("GET") end
  at = at % #cookies + 1
  return wrk.format("GET", nil, { Cookie = cookies[at] })
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"failed":%d,"statuses":%d,"p50":%d,"p95":%d,"p99":%d}\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout, e.status,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
