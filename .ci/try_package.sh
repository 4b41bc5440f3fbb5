#!/bin/bash
# Installs the Debian package in a fresh Debian 12 and uses it there without a network: a film from the command line, then
# the window's journey. Takes the package away again and looks for what is left. Needs root, debootstrap and some 3 GB.
set -euo pipefail
cd "$(dirname "$0")/.."

package=$(ls target/release/bundle/deb/*.deb)
root=$(mktemp -d /var/tmp/workprint-fresh.XXXXXX)
leave() {
  for at in dev/pts dev/shm dev sys proc; do umount -l "$root/$at" 2>/dev/null || true; done
  rm -rf --one-file-system "$root"
}
trap leave EXIT

debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian
cp /etc/resolv.conf "$root/etc/resolv.conf"
for at in proc sys dev; do mount --bind "/$at" "$root/$at"; done
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive HOME=/root LANG=C.UTF-8 "$@"; }
alone() { unshare -n chroot "$root" env HOME=/root LANG=C.UTF-8 bash -c "ip link set lo up; cd /root; $1"; }

cp "$package" "$root/root/workprint.deb"
inside apt-get update
inside apt-get install -y --no-install-recommends /root/workprint.deb
ls -l "$package"
inside dpkg-query -W -f 'installed: ${Installed-Size} kB\n' workprint
inside workprint doctor

# What only the trying needs.
inside apt-get install -y --no-install-recommends iproute2 xvfb xauth dbus webkit2gtk-driver
alone 'workprint film "A 15-second paper film about a fox who finds a lantern" --yes --out fox.mp4
  ffprobe -v error -show_entries format=duration -of csv=p=0 fox.mp4'

# The journey looks for the program where cargo puts it.
journey=$(cargo test --workspace --test window --no-run 2>&1 | sed -n 's/.*(\(.*\/window-[0-9a-f]*\))$/\1/p')
program="$root$(pwd)/target/debug/workprint"
mkdir -p "$(dirname "$program")" "$root$(pwd)/target/tmp"
cp "$root/usr/bin/workprint" "$program"
cp "$journey" "$root/root/journey"
alone 'dbus-run-session -- xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp" ./journey from_a_sentence_to_a_film'

inside apt-get purge -y workprint
left=$(find "$root/usr" "$root/etc" "$root/opt" -xdev -iname '*workprint*')
if [ -n "$left" ]; then
  echo "Left behind: $left" >&2
  exit 1
fi
echo "It installs, makes films without a network, and is removed."
