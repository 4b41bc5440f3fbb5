//! How an update stands, and which step may follow which. Plain data: nothing in here asks, downloads or installs.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A version that can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UpdateOffer {
    /// Its number.
    pub(crate) version: String,
    /// What changed, as plain text.
    pub(crate) notes: String,
    /// The size of its package in thousands of bytes, where the feed tells it.
    pub(crate) size_kb: Option<u32>,
}

/// Who puts the new version in the place of this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum UpdateWay {
    /// The program itself.
    Itself,
    /// The system's package manager, which owns the installation; the system asks for a password.
    Asks {
        /// The same as a command for a terminal.
        command: String,
    },
    /// The person, with this command: nothing here can ask for a password.
    ByHand {
        /// The command.
        command: String,
    },
}

/// How an update stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub(crate) enum UpdateState {
    /// This build knows no key that new versions would be signed with.
    NotConfigured,
    /// Nobody has asked yet.
    Idle,
    /// The feed is being asked.
    Checking,
    /// There is nothing newer.
    UpToDate,
    /// There is something newer.
    Offered {
        /// What.
        offer: UpdateOffer,
    },
    /// It is on its way.
    Downloading {
        /// What.
        offer: UpdateOffer,
        /// How much is there, in thousands of bytes.
        done_kb: u32,
        /// Of how much.
        of_kb: Option<u32>,
    },
    /// It is here, and its signature is the right one.
    Ready {
        /// What.
        offer: UpdateOffer,
        /// Who installs it.
        way: UpdateWay,
        /// It is installed when the person quits.
        at_quit: bool,
    },
    /// It is being put in this one's place.
    Installing {
        /// What.
        offer: UpdateOffer,
    },
    /// It is in its place and begins with the next start.
    Installed {
        /// What.
        offer: UpdateOffer,
    },
    /// Something went wrong; this version goes on as it was.
    Failed {
        /// What was on its way.
        offer: Option<UpdateOffer>,
        /// What happened.
        why: String,
        /// What to do.
        hint: String,
    },
}

impl UpdateState {
    /// The feed may be asked: nothing is under way, and nothing waits that asking would throw away.
    pub(super) fn asked(&self) -> Option<Self> {
        matches!(self, Self::Idle | Self::UpToDate | Self::Offered { .. } | Self::Failed { .. })
            .then_some(Self::Checking)
    }

    /// The package may be fetched, at first or again.
    pub(super) fn fetched(&self) -> Option<Self> {
        match self {
            Self::Offered { offer } | Self::Failed { offer: Some(offer), .. } => {
                Some(Self::Downloading { offer: offer.clone(), done_kb: 0, of_kb: offer.size_kb })
            }
            _ => None,
        }
    }

    /// It may be put in place.
    pub(super) fn begun(&self) -> Option<Self> {
        match self {
            Self::Ready { offer, way: UpdateWay::Itself | UpdateWay::Asks { .. }, .. } => {
                Some(Self::Installing { offer: offer.clone() })
            }
            _ => None,
        }
    }

    /// It is put in place at the end. Only what the program does itself can wait for it: nobody is there to give a
    /// password then.
    pub(super) fn put_off(&self, at_quit: bool) -> Option<Self> {
        match self {
            Self::Ready { offer, way: UpdateWay::Itself, .. } => {
                Some(Self::Ready { offer: offer.clone(), way: UpdateWay::Itself, at_quit })
            }
            _ => None,
        }
    }

    /// This version is not wanted.
    pub(super) fn skipped(&self) -> Option<(Self, String)> {
        match self {
            Self::Offered { offer } | Self::Ready { offer, .. } | Self::Failed { offer: Some(offer), .. } => {
                Some((Self::Idle, offer.version.clone()))
            }
            _ => None,
        }
    }
}

/// The most notes that are shown, in letters.
const NOTES: usize = 20_000;

/// Notes from outside as plain text: no control characters but the ends of lines, none that turn the direction of
/// what stands beside them, and an end.
pub(super) fn plain(notes: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = notes.chars().filter(|c| *c == '\n' || !(c.is_control() || turns(*c)));
    kept.take(NOTES).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offer() -> UpdateOffer {
        UpdateOffer { version: "0.2.0".to_owned(), notes: String::new(), size_kb: Some(9) }
    }

    fn ready(way: UpdateWay) -> UpdateState {
        UpdateState::Ready { offer: offer(), way, at_quit: false }
    }

    fn all() -> Vec<UpdateState> {
        let asks = UpdateWay::Asks { command: "sudo apt install ./it.deb".to_owned() };
        let by_hand = UpdateWay::ByHand { command: "sudo apt install ./it.deb".to_owned() };
        let failed = |offer| UpdateState::Failed { offer, why: "It was cut off.".to_owned(), hint: String::new() };
        vec![
            UpdateState::NotConfigured,
            UpdateState::Idle,
            UpdateState::Checking,
            UpdateState::UpToDate,
            UpdateState::Offered { offer: offer() },
            UpdateState::Downloading { offer: offer(), done_kb: 1, of_kb: None },
            ready(UpdateWay::Itself),
            ready(asks),
            ready(by_hand),
            UpdateState::Installing { offer: offer() },
            UpdateState::Installed { offer: offer() },
            failed(None),
            failed(Some(offer())),
        ]
    }

    /// Checks in which of all states a step may be taken.
    fn check(step: impl Fn(&UpdateState) -> bool, wanted: &[usize]) {
        let may: Vec<usize> = all().iter().enumerate().filter(|(_, state)| step(state)).map(|(n, _)| n).collect();
        assert_eq!(may, wanted);
    }

    #[test]
    fn each_step_is_taken_only_where_it_makes_sense() {
        check(|s| s.asked().is_some(), &[1, 3, 4, 11, 12]);
        check(|s| s.fetched().is_some(), &[4, 12]);
        check(|s| s.begun().is_some(), &[6, 7]);
        check(|s| s.put_off(true).is_some(), &[6]);
        check(|s| s.skipped().is_some(), &[4, 6, 7, 8, 12]);
    }

    #[test]
    fn the_same_step_twice_is_taken_once() {
        for state in all() {
            for step in [UpdateState::asked, UpdateState::fetched, UpdateState::begun] {
                let twice = step(&state).and_then(|next| step(&next));
                assert_eq!(twice, None, "from {state:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn notes_are_plain_text_and_end(notes in any::<String>(), long in 0usize..30_000) {
            let shown = plain(&format!("{notes}{}", "é".repeat(long)));
            prop_assert!(shown.chars().count() <= NOTES);
            prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()));
            let turned = shown.contains(['\u{202e}', '\u{2066}']);
            prop_assert!(!turned);
        }
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(plain("- One\r\n- \u{202e}Two\u{7}\n"), "- One\n- Two");
    }
}
