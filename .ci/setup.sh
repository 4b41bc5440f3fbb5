#!/usr/bin/env bash
# Installs what is missing for building Workprint ("build") and for testing it ("test"). What is there stays as it is.
# On a system without apt it says what is needed and goes on.
set -euo pipefail

build=(build-essential pkg-config curl ca-certificates libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev
  ffmpeg flite espeak-ng fonts-wqy-microhei gstreamer1.0-plugins-good gstreamer1.0-libav)
tests=(webkit2gtk-driver xvfb xauth dbus dbus-x11 poppler-utils)

say() { echo "setup: $*" >&2; }

wanted=()
for part in "$@"; do
  case "$part" in
    build) wanted+=("${build[@]}") ;;
    test)
      wanted+=("${tests[@]}")
      # Coverage reads its profiles with rustup's llvm-tools or, where they are not installed, with Debian's.
      compgen -G "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/*/bin/llvm-cov" >/dev/null || wanted+=(llvm-19)
      ;;
    *) say "unknown part $part"; exit 2 ;;
  esac
done

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else say "not root and no sudo: run as root: $*"; exit 1; fi
}

apt_install() {
  say "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  missing=()
  for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
else
  for command in cc pkg-config node npm ffmpeg; do
    command -v "$command" >/dev/null || say "$command is missing; install it with your system's packages"
  done
fi

# At least this version of a program: version_of FOUND LEAST.
new_enough() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

rust_least=1.95.0
rust_found=$(rustc --version 2>/dev/null | cut -d' ' -f2 || true)
if ! new_enough "${rust_found:-0}" "$rust_least"; then
  say "Rust ${rust_found:-is missing}${rust_found:+ is too old}: getting the stable one with rustup"
  if ! command -v rustup >/dev/null; then
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c rustfmt -c clippy --no-modify-path
  else
    rustup toolchain install stable --profile minimal -c rustfmt -c clippy
    # For this folder alone: what is the default elsewhere stays so.
    rustup override set stable --path "$(pwd)"
  fi
fi

node_least=20.19.0
node_found=$(node --version 2>/dev/null | tr -d v || true)
if ! new_enough "${node_found:-0}" "$node_least"; then
  say "node ${node_found:-is missing}${node_found:+ is too old}: getting a newer one into target/tools"
  npm install --silent --no-audit --no-fund --prefix target/tools node@22
fi
