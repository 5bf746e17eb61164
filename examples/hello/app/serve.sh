#!/bin/sh
# Serves the page on port 8080, writes a line for each request and a heartbeat, and ends at once when told to.
cd /app || exit 1
httpd -f -vv -p 8080 -h /app/www &
server=$!
trap 'echo "stopping"; kill "$server"; exit 0' TERM INT
echo "serving \"$(cat message.txt)\" on port 8080"
beat=0
while kill -0 "$server" 2>/dev/null; do
    beat=$((beat + 1))
    echo "heartbeat $beat"
    sleep 2 &
    wait $!
done
echo "the web server ended"
exit 1
