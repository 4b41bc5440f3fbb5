// English, the words of new versions.

export const updating = {
  "update.title": "Updates",
  "update.now": "This is Workprint {version}.",
  "update.not_configured":
    "This build does not look for new versions: it was made without the key that releases are signed with. Install a new version as you installed this one.",
  "update.check": "Look for a new version",
  "update.checking": "Looking for a new version…",
  "update.up_to_date": "There is nothing newer.",
  "update.offered": "Workprint {version} is there.",
  "update.look": "See what is new",
  "update.notes": "What is new",
  "update.download": "Download",
  "update.downloading": "Downloading Workprint {version}",
  "update.done_of": "{done} of {all}",
  "update.ready":
    "It was downloaded and its signature checked. Your projects stay; the library is backed up before a new version changes it.",
  "update.install": "Install and restart",
  "update.at_quit": "Install when I quit",
  "update.at_quit_done": "It will be installed when you quit.",
  "update.asks":
    "It was downloaded and its signature checked. Your system's package manager owns Workprint, so it installs the new version and may ask for your password. In a terminal it is this:",
  "update.by_hand":
    "It was downloaded and its signature checked. Your system's package manager owns Workprint, so it must install the new version. Close Workprint and give this command in a terminal:",
  "update.skip": "Skip this version",
  "update.installing": "Installing Workprint {version}…",
  "update.installed": "Workprint {version} is installed. It begins with the next start.",
  "update.at_start": "Look for a new version at each start",
  "update.privacy": "Looking asks one public file for the newest version. Nothing about you or your films is sent.",
};
