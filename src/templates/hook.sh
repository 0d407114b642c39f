#!/bin/sh
# kpolicy hook: コミットする内容を点検します。kpolicy hook install が書きました。
# kpolicy hook: checks what is being committed. Written by kpolicy hook install.
before="$(dirname "$0")/@NAME@.before-kpolicy"
if [ -x "$before" ]; then
    "$before" "$@" || exit
fi
kpolicy=kpolicy
command -v "$kpolicy" >/dev/null 2>&1 || kpolicy=@PROGRAM@
command -v "$kpolicy" >/dev/null 2>&1 || {
    echo 'kpolicy が見つからないため、コミットする内容を点検できません。管理者に知らせてください。' >&2
    echo '急ぐときは git commit --no-verify で、点検せずにコミットできます。' >&2
    echo 'kpolicy is not installed here, so nothing was checked (git commit --no-verify skips this).' >&2
    exit 1
}
exec "$kpolicy" @WHERE@check --staged
