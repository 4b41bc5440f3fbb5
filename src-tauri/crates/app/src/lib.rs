//! The composition root: puts the rooms together from settings, and the words that any front end speaks.
//!
//! A front end holds one [`App`], sends it requests and listens to its events. Nothing in here draws a window or
//! prints a line.

mod app;
mod choice;
mod crew;
mod doctor;
mod export;
mod home;
mod keys;
mod once;
mod pace;
mod problem;
mod record;
mod relay;
mod report;
mod sample;
mod save;
mod sheet;
mod studio;
mod trial;
mod view;
pub mod wire;

pub use app::{App, LOCAL_PORTS, MediaFile, Options};
pub use home::home_folder;
pub use keys::{Keychain, KeychainError, SystemKeychain};
pub use pace::{Pace, paces};
pub use record::{Record, TaskFinished};
pub use sheet::{SheetOf, contact_sheet};
pub use studio::{PlanReport, Said, Understander, UnderstoodLine, understand_line};
