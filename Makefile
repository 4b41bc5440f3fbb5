# Workprint's one door for people and machines: `make run` to use it, `make test` to prove it.
# Every target installs what it misses (.ci/setup.sh) and asks nothing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

# What setup brought along on a machine without Rust or a new enough node.
export PATH := $(HOME)/.cargo/bin:$(CURDIR)/target/tools/node_modules/.bin:$(PATH)
export CARGO_TERM_COLOR ?= auto

EXAMPLE := Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. Gentle, a little melancholy. Narration only.
ifndef IDEA
IDEA := $(EXAMPLE)
endif

# A display and a message bus of its own, so that tests meet nobody's desktop and leave nothing on it.
IN_WINDOW := dbus-run-session -- xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp"

UI_SOURCES := $(shell find ui/src ui/public -type f 2>/dev/null) ui/index.html ui/vite.config.ts ui/tsconfig.json ui/package.json

.PHONY: run dev test soak check cli film bench starting coverage package try-package manual bindings sample guide art train-understanding setup setup-test ui-check

# The window. Without a display, the example film from the command line.
run: setup ui/dist/index.html
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
		cargo run --bin workprint; \
	else \
		echo "This machine has no display, so there is no window to open. Making the example film with the command line instead."; \
		cargo run --bin workprint-cli -- film "$(EXAMPLE)" --yes --out workprint-example.mp4; \
	fi

# The window with live reload of the UI and a restart at each change of the Rust code.
dev: setup
	CI=true node_modules/.bin/tauri dev

# Everything that must hold before a change lands. Also fails when the generated bindings are old. Clippy compiles what is
# then tested, as `cargo clippy` would call it (with -D warnings): checking six hundred crates a second time would take
# longer than all tests.
test: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test: export CLIPPY_ARGS := -Dwarnings__CLIPPY_HACKERY__
test: setup-test ui-check ui/dist/index.html
	cargo fmt --all --check
	cargo test --workspace --tests --no-run
	$(IN_WINDOW) cargo test --workspace --tests

# The long tests: many kills, many damaged inputs, long films.
soak: setup-test ui/dist/index.html
	$(IN_WINDOW) cargo test --workspace -- --ignored

# Format, lints, types, bindings, licences, the table of rooms.
check: setup-test ui-check ui/dist/index.html
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace --test it -- bindings:: licences:: releases:: rooms:: tidy::

# target/release/workprint-cli
cli: setup
	cargo build --release -p cli --bin workprint-cli

# make film IDEA="A short film about …"
film: setup
	@cargo run --bin workprint-cli -- film "$$WORDS" --yes
# Through the environment, so that no shell and no make reads a dollar or a quote in it.
film: export WORDS := $(value IDEA)

# How long the 30-second film takes, and each stage's share; how near films with remote models come to the shortest time
# there is; what the engine itself costs.
bench: setup
	cargo bench -p testkit -p cli --bench overhead --bench makespan
	target/release/workprint-cli bench

# From the start of the program to a usable window, and its memory, beside a bare Tauri window.
starting: setup-test ui/dist/index.html
	cargo build --release --bin workprint --example bare
	$(IN_WINDOW) node .ci/starting.mjs target/release/workprint target/release/examples/bare

# Lines of the rooms that the tests run; fails under 80 %.
coverage: setup-test ui/dist/index.html
	$(IN_WINDOW) node .ci/coverage.mjs

# Packages for Debian and Fedora, in target/release/bundle.
package: setup
	CI=true node_modules/.bin/tauri build --bundles deb,rpm

# Installs the package in a fresh Debian 12 and uses it there. As root, with debootstrap.
try-package:
	.ci/try_package.sh

# Writes the manual page and the completions from the words of the command line.
manual: setup
	WORKPRINT_WRITE_MANUAL=1 cargo test --workspace --test manual

# Writes ui/src/platform/bindings.ts from the Rust commands and events.
bindings: setup ui/dist/index.html
	WORKPRINT_WRITE_BINDINGS=1 cargo test --workspace --test it bindings_are_fresh

# Makes the film of the sample project anew: src-tauri/crates/app/sample.
sample: setup
	WORKPRINT_WRITE_SAMPLE=1 cargo test --package app --test app -- --ignored the_sample_is_made_anew

# Trains the built-in classifier of messages from its corpus: src-tauri/crates/orchestrator/corpus.
train-understanding: setup
	cargo run --package orchestrator --example train_understanding

# Takes the pictures of docs/USER_GUIDE.md anew from the real window.
guide: setup-test ui/dist/index.html
	$(IN_WINDOW) cargo test --workspace --test window -- --ignored the_pictures_of_the_guide
	mkdir -p docs/guide
	for picture in target/tmp/window/guide-*.png; do \
		name=$${picture##*/guide-}; \
		ffmpeg -y -loglevel error -i "$$picture" -q:v 4 "docs/guide/$${name%.png}.jpg"; \
	done

# Rasterises the icon.
art: setup
	node_modules/.bin/tauri icon icons/workprint.svg -o icons
	rm -rf icons/android icons/ios icons/Square* icons/StoreLogo.png

setup:
	@.ci/setup.sh build
	@$(MAKE) --no-print-directory node_modules/.package-lock.json

setup-test:
	@.ci/setup.sh build test
	@$(MAKE) --no-print-directory node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json package.json ui/package.json
	npm ci --no-audit --no-fund
	@touch $@

ui-check: node_modules/.package-lock.json
	npm run check
	npm run test

# The build script writes a page as old as time where there is none, so this replaces it.
ui/dist/index.html: $(UI_SOURCES) | node_modules/.package-lock.json
	npm run build
	@touch $@
