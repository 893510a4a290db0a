-- The same bytes as post.lua's file, by PUT; nginx names the file. Arguments: bytes of the file.
-- wrk makes the request once, from these: sending costs the client the same with either server.
function init(args)
  local png = "\137PNG\r\n\26\n"
  wrk.method = "PUT"
  wrk.body = png .. string.rep("\0", tonumber(args[1]) - #png)
end

function done(summary)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("figures %d %d %d", summary.requests - summary.errors.status, summary.duration, failed))
end
