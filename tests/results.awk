# Reads one TRX file; prints "passed N failed N skipped N", then a line for each test that failed
# or was skipped: "failed NAME: MESSAGE" (its first line) or "skipped NAME: REASON".
function plain(text) {
    gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
    gsub(/&#x[0-9A-F]+;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
}
/<UnitTestResult / {
    match($0, /outcome="[^"]*"/); outcome = substr($0, RSTART + 9, RLENGTH - 10)
    match($0, /testName="[^"]*"/); name = plain(substr($0, RSTART + 10, RLENGTH - 11))
    if (outcome == "Passed") passed++
    else if (outcome == "NotExecuted") { skipped++; listed[++lines] = "skipped " name ":" }
    else { failed++; listed[++lines] = "failed " name ":" }
}
outcome != "Passed" && /<Message>/ {
    reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason)
    listed[lines] = listed[lines] " " plain(reason)
    outcome = ""
}
END {
    printf "passed %d failed %d skipped %d\n", passed, failed, skipped
    for (i = 1; i <= lines; i++) print listed[i]
}
