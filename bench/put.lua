-- The same bytes as post.lua's file, by PUT; nginx names the file. Arguments: the file.
-- wrk makes the request once, from these: sending costs the client the same with either server.
function init(args)
  local input = assert(io.open(args[1], "rb"))
  wrk.method = "PUT"
  wrk.body = input:read("*a")
  input:close()
end

function done(summary)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("figures %d %d %d", summary.requests - summary.errors.status, summary.duration, failed))
end
