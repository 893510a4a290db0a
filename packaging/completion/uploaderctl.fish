# fish completion for uploaderctl(8). The command itself knows what can come next.

function __uploaderctl_suggestions
    set -l line (commandline --cut-at-cursor --current-process | string replace --regex '^\s*\S+\s*' '')
    # Of all ways to ask for help one.
    uploaderctl "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match --invert --regex '^(/|-[?h]$)'
end

complete --command uploaderctl --arguments '(__uploaderctl_suggestions)'
