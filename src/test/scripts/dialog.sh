#!/usr/bin/env bash
# Opens a command's dialog in ImageJ on a virtual screen, takes its picture and presses OK.
# TYPE, if set, is typed into the first field.
# usage: dialog.sh FOLDER TITLE java arguments of the program that opens the dialog
set -u
folder=$1
title=$2
shift 2
display=":$((90 + RANDOM % 900))"
Xvfb "$display" -screen 0 1400x1000x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
export DISPLAY=$display
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done
openbox >/dev/null 2>&1 &
manager=$!
"$@" >"$folder/out" 2>"$folder/err" &
program=$!
trap 'kill $program $manager $screen 2>/dev/null' EXIT

window=""
for _ in $(seq 120); do
	window=$(xdotool search --onlyvisible --name "^$title" 2>/dev/null | head -1)
	[ -n "$window" ] && break
	kill -0 $program 2>/dev/null || break
	sleep 0.5
done
[ -n "$window" ] || { import -window root "$folder/screen.png"; echo "no dialog '$title'" >&2; exit 1; }
sleep 1
xdotool windowactivate --sync "$window"
[ -n "${TYPE:-}" ] && xdotool type --delay 5 "$TYPE"
sleep 0.5
import -window "$window" "$folder/dialog.png"
xdotool key Return
for _ in $(seq 120); do
	[ -e "$folder/finished" ] && break
	kill -0 $program 2>/dev/null || break
	sleep 0.5
done
import -window root "$folder/screen.png"
[ -e "$folder/finished" ]
