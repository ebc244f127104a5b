# Reads one TRX file; prints "passed N failed N skipped N", then for each test that did not pass
#   skipped NAME: REASON
#   failed NAME: MESSAGE              its first line
#     the lines of the message and the stack that follow, at most 10 of them
BEGIN { message_lines = 6; all_lines = 10 }

function plain(text) {
    gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
    gsub(/&#x[0-9A-F]+;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
}

# One line of a message or a stack; the first one of a result goes beside its name.
function take(text) {
    text = plain(text); sub(/\r$/, "", text)
    if (!named) { listed[lines] = listed[lines] " " text; named = 1; return }
    if (outcome == "NotExecuted" || text ~ /^[ \t]*$/) return
    if (taken >= (reading == "Message" ? message_lines : all_lines)) return
    taken++; listed[++lines] = "  " text
}

/<UnitTestResult / {
    match($0, /outcome="[^"]*"/); outcome = substr($0, RSTART + 9, RLENGTH - 10)
    match($0, /testName="[^"]*"/); name = plain(substr($0, RSTART + 10, RLENGTH - 11))
    named = 0; taken = 0
    if (outcome == "Passed") passed++
    else if (outcome == "NotExecuted") { skipped++; listed[++lines] = "skipped " name ":" }
    else { failed++; listed[++lines] = "failed " name ":" }
}

outcome != "" && outcome != "Passed" {
    line = $0
    if (reading == "" && match(line, /<(Message|StackTrace)>/)) {
        reading = substr(line, RSTART + 1, RLENGTH - 2)
        line = substr(line, RSTART + RLENGTH)
    }
    if (reading != "") {
        end = match(line, "</" reading ">")
        take(end ? substr(line, 1, RSTART - 1) : line)
        if (end) reading = ""
    }
}

/<\/UnitTestResult>/ { outcome = "" }

END {
    printf "passed %d failed %d skipped %d\n", passed, failed, skipped
    for (i = 1; i <= lines; i++) print listed[i]
}
