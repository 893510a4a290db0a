-- A multipart upload, as a browser or curl sends it. Arguments: the file, API key.
-- wrk makes the request once, from these: sending costs the client the same with either server.
function init(args)
  local boundary = "bench-boundary-7d1c9a"
  local input = assert(io.open(args[1], "rb"))
  local file = input:read("*a")
  input:close()
  wrk.method = "POST"
  wrk.headers["X-API-KEY"] = args[2]
  wrk.headers["Content-Type"] = "multipart/form-data; boundary=" .. boundary
  wrk.body = "--" .. boundary .. "\r\n"
    .. 'Content-Disposition: form-data; name="file"; filename="a.png"\r\n'
    .. "Content-Type: image/png\r\n\r\n"
    .. file
    .. "\r\n--" .. boundary .. "--\r\n"
end

function done(summary)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("figures %d %d %d", summary.requests - summary.errors.status, summary.duration, failed))
end
