#!/bin/sh
# The page: message from the source, greeting from the container's environment.
escape() { sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'; }
message=$(escape </app/message.txt)
greeting=$(printf '%s' "${GREETING:-}" | escape)
cat <<HTML
Content-Type: text/html; charset=utf-8
Cache-Control: no-store

<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$message</title>
<style>
  body { font: 18px/1.5 system-ui, sans-serif; margin: 12vh auto; max-width: 32rem; padding: 0 1rem; }
  h1 { font-size: 2rem; margin: 0 0 1rem; }
  p { color: #555; margin: 0 0 .5rem; }
</style>
<h1>$message</h1>
<p>$greeting</p>
<p>container $(hostname), $(date -u '+%Y-%m-%d %H:%M:%S') UTC</p>
</html>
HTML
